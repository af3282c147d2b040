"""Code objects that hold nothing but what runs: run in Pyodide, before compile.mjs and warm_up.py use it."""

import functools
import types

_HAS_DOCSTRING = 0x4000000  # CO_HAS_DOCSTRING of inspect, which not everything here imports


def bare(code: types.CodeType) -> types.CodeType:
    """Code without its documentation and the lines of its source, of which nobody sees anything in a browser."""
    consts = [bare(one) if isinstance(one, types.CodeType) else one for one in code.co_consts]
    if code.co_flags & _HAS_DOCSTRING:
        consts[0] = None
    return code.replace(co_consts=tuple(consts), co_linetable=_nowhere(len(code.co_code) // 2))


@functools.cache  # shared by all code of a length
def _nowhere(units: int) -> bytes:
    """A table of places in the source for so many units of code, which has none: an entry for each eight of them.

    An empty table would be shorter, but who writes an error down looks each unit up in it.
    """
    eights, rest = divmod(units, 8)
    return b"\xff" * eights + (bytes([0xF7 + rest]) if rest else b"")
