"""Layer: the memory that Python has after its start, so that a page need not start it (pyodide/snapshot.mjs).

Saves: four tenths of the time to the first answer (1.5 instead of 2.5 times what instantiating the WebAssembly alone takes,
in November 2026), for 1.5 MB more to load, compressed. Where a slow connection makes that the longer way, the page starts
Python from bytecode.

Assumes: loadPyodide() takes the options _makeSnapshot, _loadSnapshot and createPyodideModule, which its documentation
leaves out, and a WebAssembly memory is the same in every browser. The snapshot is good for the one runtime and the one
zip that it was made with. It is made without clock or chance, so that the same sources give the same bytes.
"""

from __future__ import annotations

import dataclasses
import json
import struct
from pathlib import Path
from typing import Any

from ..cache import kept
from ..node import run_program
from ..paths import PROGRAMS, WEB
from ..stock import KNOWN, Parts, described
from .layer import Layer

_PROGRAM = PROGRAMS / "snapshot.mjs"
_USED = (PROGRAMS / "bare_code.py", PROGRAMS / "warm_up.py", PROGRAMS / "start.mjs", WEB / "startup" / "snapshot.mjs")
# A WebAssembly module with one custom section named "memory", whose length takes 5 bytes: see the browser's snapshot.mjs.
PREFIX_BYTES = 8 + 1 + 5 + 1 + len("memory")


def apply(parts: Parts, cache: Path) -> Parts:
    """Start Python, read some names, and write its memory."""

    def make(target: Path) -> None:
        arguments: list[str | Path] = [described(parts), json.dumps(KNOWN), PROGRAMS / "warm_up.py", target]
        run_program(_PROGRAM.name, arguments, "no snapshot can be made of the browser's Python")

    made_from = (*parts.files, _PROGRAM, *_USED)
    return dataclasses.replace(parts, snapshot=kept(cache, "snapshot-*.wasm", made_from, make))


def header(snapshot: Path) -> dict[str, Any]:
    """Return the header of a snapshot, which comes before the memory itself."""
    content = snapshot.read_bytes()
    (length,) = struct.unpack_from("<I", content, PREFIX_BYTES)
    start = PREFIX_BYTES + 4
    about: dict[str, Any] = json.loads(content[start : start + length])
    return about


LAYER = Layer(
    name="snapshot",
    saves="four tenths of the time to the first answer",
    assumes="loadPyodide() takes the options _makeSnapshot and _loadSnapshot",
    apply=apply,
    needs=("cut_library", "handed_files"),
)
