from functools import cache
from importlib import import_module


@cache  # a snapshot keeps what Pyodide has run at its start, so that it isn't compiled again
def _compiled(source):
    """Return the code of a program, and of its value: the last line, or what follows the last semicolon of a single line."""
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
