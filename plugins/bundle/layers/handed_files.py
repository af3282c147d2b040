"""Layer: the worker hands Pyodide its files, which are on their way already (widgets/web/startup/handed-files.mjs).

Saves: the wait for one file after the other. The WebAssembly is compiled while it arrives, before Pyodide asks for it.

Assumes: Pyodide fetches its files with the global fetch(), compiles its WebAssembly with instantiateStreaming(), and takes
the option createPyodideModule, which its documentation leaves out.
"""

from __future__ import annotations

from pathlib import Path

from ..errors import BundleError
from ..stock import Parts
from .layer import Layer

MENTIONED = ("createPyodideModule", "instantiateStreaming", "stdLibURL", "lockFileContents", "packageBaseUrl", "fetch(")


def apply(parts: Parts, cache: Path) -> Parts:
    """See whether Pyodide's loader speaks of everything that is assumed."""
    loader = parts.loader.read_text(encoding="utf-8")
    missing = [word for word in MENTIONED if word not in loader]
    if missing:
        raise BundleError(f"{parts.loader.name} does not mention {', '.join(missing)} any more.")
    return parts


LAYER = Layer(
    name="handed_files",
    saves="the wait for one file after the other",
    assumes="Pyodide uses fetch() and instantiateStreaming(), and takes the option createPyodideModule",
    apply=apply,
)
