"""Layer: Pyodide's script around the WebAssembly, without what no page of ours calls (pyodide/runtime-script.mjs).

Saves: four fifths of the script's 1.25 MB (two thirds compressed), and 8,500 entries of a table that are made at every
start for libraries that no page loads.

Assumes: the script has the shape that Emscripten gives it today. The program that cuts it counts what it finds of each
kind, and fails if it finds none.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from ..cache import kept
from ..node import run_program
from ..paths import PROGRAMS, WEB
from ..stock import Parts
from .layer import Layer

_PROGRAM = PROGRAMS / "runtime-script.mjs"
# What uses the object that the script makes, beside the script itself and Pyodide's loader.
_USERS = (WEB / "startup" / "snapshot.mjs",)


def apply(parts: Parts, cache: Path) -> Parts:
    """Cut the script."""

    def make(target: Path) -> None:
        arguments: list[str | Path] = [f"{parts.loader.parent}/", parts.loader, *_USERS]
        target.write_text(run_program(_PROGRAM.name, arguments, "the runtime's script cannot be cut"), encoding="utf-8")

    made_from = (parts.script, parts.wasm, parts.loader, *_USERS, _PROGRAM)
    return dataclasses.replace(parts, script=kept(cache, "script-*.mjs", made_from, make))


LAYER = Layer(
    name="runtime_script",
    saves="four fifths of the 1.25 MB script around the WebAssembly",
    assumes="Emscripten writes the script in the shape that it has today",
    apply=apply,
)
