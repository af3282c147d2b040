"""Strip code objects of what only debugging needs. This runs in Pyodide, before compile.mjs and warm_up.py use it."""

import functools
import types

_HAS_DOCSTRING = 0x4000000  # CO_HAS_DOCSTRING of inspect, which not everything here imports


def bare(code: types.CodeType) -> types.CodeType:
    """Return code without its docstrings and its table of source lines, which a browser shows to no one."""
    consts = [bare(one) if isinstance(one, types.CodeType) else one for one in code.co_consts]
    if code.co_flags & _HAS_DOCSTRING:
        consts[0] = None
    return code.replace(co_consts=tuple(consts), co_linetable=_nowhere(len(code.co_code) // 2))


@functools.cache  # shared by all code of a length
def _nowhere(units: int) -> bytes:
    """Return a table of source lines that knows no line: an entry for each eight units of code.

    An empty table would be shorter, but Python looks each unit up when it writes down an error.
    """
    eights, rest = divmod(units, 8)
    return b"\xff" * eights + (bytes([0xF7 + rest]) if rest else b"")
