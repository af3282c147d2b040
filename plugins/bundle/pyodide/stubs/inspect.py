class Parameter:
    pass


class Signature:
    pass


def iscoroutinefunction(value):
    return False


def signature(*asked, **options):
    raise ValueError("signatures are left out")  # a class then has no docstring made from its signature


def unwrap(function):
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function
