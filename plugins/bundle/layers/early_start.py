"""Layer: a script in the head of a page that starts the worker before anything else (widgets/web/early-start.mjs).

Saves: the time in which the page and the theme's scripts are read, where the address asks for an answer.

Assumes: nothing about Pyodide beyond handed_files.
"""

from __future__ import annotations

from pathlib import Path

from ..paths import WEB
from .joined_modules import esbuild
from .layer import Layer, unchanged

SCRIPT = "early-start.mjs"


def head_script(web: Path = WEB) -> str:
    """Return a script that gives a page the object `nameplate`, with the function `earlyStart`."""
    return esbuild([SCRIPT, "--bundle", "--format=iife", "--global-name=nameplate"], web).strip()


LAYER = Layer(
    name="early_start",
    saves="the time in which a browser reads the page and the theme's scripts",
    assumes="nothing about Pyodide beyond handed_files",
    apply=unchanged,
    needs=("handed_files", "joined_modules"),
)
