def get_cmeth_docstring(function):
    return ""
