"""Layer: short stubs instead of modules that Pyodide imports and no page needs (pyodide/stubs/).

Saves: a third of the library and the package, 0.4 MB compressed. Pyodide imports an event loop, a parser of Python, and what installs packages and shows
signatures; a page's worker only calls functions, and they return.

Assumes: Pyodide's own modules import these ones and use no more of them than the stubs have. A stub for a module that no
longer exists is an error, too.
"""

from __future__ import annotations

import dataclasses
import tempfile
import zipfile
from collections.abc import Container
from pathlib import Path

from ..cache import kept
from ..errors import BundleError
from ..paths import PROGRAMS
from ..stock import Parts
from .bytecode import compile_zip
from .layer import Layer

STUBS = PROGRAMS / "stubs"


def apply(parts: Parts, cache: Path) -> Parts:
    """Replace modules of the library by stubs."""
    runtime = parts.loader.parent
    library = kept(
        cache,
        "stubbed-*.zip",
        (parts.library, *stub_files()),
        lambda target: with_stubs(parts.library, target, runtime),
    )
    return dataclasses.replace(parts, library=library)


def stub_files() -> list[Path]:
    """Return the stubs, sorted by path."""
    return sorted(STUBS.rglob("*.py"))


def with_stubs(library: Path, target: Path, runtime: Path) -> None:
    """Write the library with the stubs in it, as bytecode if it is bytecode."""
    with zipfile.ZipFile(library) as whole:
        names = whole.namelist()
        stubs = {_module(path.relative_to(STUBS).as_posix()): path for path in stub_files()}
        unknown = stubs.keys() - {_module(name) for name in names}
        if unknown:
            raise BundleError(
                f"Pyodide has no module {', '.join(sorted(unknown))} any more, for which there is a stub."
            )
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            draft = Path(folder) / "stubs.zip"
            with zipfile.ZipFile(draft, "w") as archive:
                for path in stubs.values():
                    archive.writestr(zipfile.ZipInfo(path.relative_to(STUBS).as_posix()), path.read_bytes())
            if any(name.endswith(".pyc") for name in names):
                compile_zip(draft, target, runtime, library)
            else:
                draft.replace(target)
        with zipfile.ZipFile(target, "a") as archive:
            for name in names:
                if not _replaced(name, stubs):
                    archive.writestr(zipfile.ZipInfo(name), whole.read(name))


def _module(name: str) -> str:
    """Return a module's path without what says that it is one.

    >>> _module("asyncio/__init__.pyc"), _module("pyodide/code.py")
    ('asyncio', 'pyodide/code')
    """
    return name.removesuffix("c").removesuffix(".py").removesuffix("/__init__")


def _replaced(name: str, stubs: Container[str]) -> bool:
    """Whether a member of the library is a module that has a stub, or part of a package that has one."""
    module = _module(name)
    return module in stubs or module.partition("/")[0] in stubs


LAYER = Layer(
    name="stubs",
    saves="a third of the library and the package: 0.4 MB compressed",
    assumes="Pyodide imports these modules and uses no more of them than the stubs have",
    apply=apply,
)
