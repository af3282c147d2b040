"""Layer: the standard library and the package as bytecode.

Saves: three seconds on the first answer, in which the browser would compile Python's sources.

Assumes: Pyodide runs under Node, and pyodide-build's `py-compile` runs in it. Bytecode is good for one version of Python
only, so Pyodide's own Python compiles it.
"""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from pathlib import Path

from ..cache import kept
from ..errors import BundleError
from ..node import run_program
from ..paths import LIBRARY, PROGRAMS, PYODIDE_LOCK, PYODIDE_PACKAGES, ROOT
from ..stock import Parts
from .layer import Layer

_COMPILER = (PROGRAMS / "compile.mjs", PROGRAMS / "bare_code.py", PYODIDE_LOCK)


def apply(parts: Parts, cache: Path) -> Parts:
    """Compile the library, once for a version of Pyodide, and the package."""
    if not PYODIDE_PACKAGES.is_dir():
        raise BundleError(f'{PYODIDE_PACKAGES.relative_to(ROOT)} is missing. Run "make assets", which installs it.')
    runtime = parts.loader.parent
    library = kept(
        cache, "library-*.zip", (parts.library, *_COMPILER), lambda target: compile_zip(parts.library, target, runtime)
    )
    package = kept(
        cache,
        "package-*.zip",
        (parts.wheel, library, *_COMPILER),
        lambda target: compile_zip(parts.wheel, target, runtime, library),
    )
    return dataclasses.replace(parts, library=library, package=package)


def compile_zip(source: Path, target: Path, runtime: Path, library: Path | None = None) -> None:
    """Write the bytecode of a zip or a wheel. Python is started with `library`, or else with Pyodide's own."""
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        folder = Path(name)
        shutil.copy(source, folder / source.name)
        arguments: list[str | Path] = [f"{runtime}/", library or runtime / LIBRARY, PYODIDE_PACKAGES, folder]
        run_program("compile.mjs", arguments, "pyodide-build cannot compile the modules to bytecode")
        compiled = [path for path in folder.iterdir() if path.name != source.name or source.suffix != ".whl"]
        if len(compiled) != 1:
            raise BundleError(f"pyodide-build made {len(compiled)} files of {source.name}, not one.")
        compiled[0].replace(target)


LAYER = Layer(
    name="bytecode",
    saves="3 s on the first answer: the browser compiles no Python",
    assumes="Pyodide runs under Node, and pyodide-build compiles in it",
    apply=apply,
)
