from functools import cache
from importlib import import_module


@cache  # in a snapshot stands what Pyodide has run at its start, so that it need not be compiled anew
def _compiled(source):
    """The code of a program and of what it comes to: its last line, or what follows the last semicolon of its only one."""
    mark = "\n" if "\n" in source else ";"
    program, _, last = source.rstrip().rpartition(mark)
    if mark == ";" or not last[:1].isspace():
        try:
            return compile(program, "<exec>", "exec"), compile(last.strip(), "<exec>", "eval")
        except SyntaxError:
            pass
    return compile(source, "<exec>", "exec"), compile("None", "<exec>", "eval")


def eval_code(source, globals=None, locals=None, **options):
    globals = {} if globals is None else globals
    program, last = _compiled(source)
    exec(program, globals, locals)
    return eval(last, globals, locals)


def pyimport_impl(path):
    return import_module(path)
