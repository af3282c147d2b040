"""The plain path: Pyodide as npm publishes it, and the package's wheel. It needs nothing else and always works.

`Parts` says what a page starts Python from. The stock parts are those of Pyodide and the wheel; a layer replaces some of
them. Whatever they are, they have to give the same answer: `check` compares it with that of the wheel in this Python.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .cache import digest, kept
from .errors import BundleError
from .node import run, run_program
from .paths import LIBRARY, LOADER, PROGRAMS, RUNTIME, SCRIPT, WASM

# A name whose answer has to be the same everywhere, with the addresses of the glossary and the families.
KNOWN = ("SorskootLLM-70b-instruct", "../glossary/", "../families/")
_ANSWER = (
    "import sys; sys.path.insert(0, sys.argv[1]); from nameplate.browser import answer; print(answer(*sys.argv[2:]))"
)


@dataclass(frozen=True)
class Parts:
    """What a page starts Python from, and the names of the layers that have made it so."""

    loader: Path  # the module with loadPyodide()
    script: Path  # the script around the WebAssembly
    wasm: Path
    library: Path  # a zip with the standard library
    wheel: Path  # the package for others to install
    package: Path | None  # a zip with the package; None if the library's zip holds it
    snapshot: Path | None = None
    layers: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that a page loads."""
        found = (self.loader, self.script, self.wasm, self.library, self.package, self.snapshot)
        return tuple(path for path in found if path is not None)


def stock(wheel: Path, runtime: Path = RUNTIME) -> Parts:
    """Return the parts as they are published."""
    if not runtime.is_dir():
        raise BundleError('node_modules/pyodide is missing. Run "make assets", which installs it.')
    missing = [name for name in (LOADER, SCRIPT, WASM, LIBRARY) if not (runtime / name).is_file()]
    if missing:
        raise BundleError(
            f"Pyodide {version_of_runtime(runtime)} has no {', '.join(missing)}. Is it another kind of release?"
        )
    return Parts(
        loader=runtime / LOADER,
        script=runtime / SCRIPT,
        wasm=runtime / WASM,
        library=runtime / LIBRARY,
        wheel=wheel,
        package=wheel,
    )


def check(parts: Parts, cache: Path) -> None:
    """Raise BundleError unless Python, started from the parts under Node, gives the wheel's own answer."""

    def make(target: Path) -> None:
        here = run([sys.executable, "-I", "-S", "-c", _ANSWER, str(parts.wheel), *KNOWN], "the wheel does not answer")
        there = run_program("answer.mjs", [described(parts), json.dumps(KNOWN)], "Python does not start in Pyodide")
        if here.strip() != there.strip():
            raise BundleError(f"the answer to {KNOWN[0]} is another one in Pyodide: {there.strip()[:200]}")
        target.write_text(there, encoding="utf-8")

    kept(cache, "answer-*.json", (*parts.files, parts.wheel, PROGRAMS / "start.mjs", PROGRAMS / "answer.mjs"), make)


def described(parts: Parts) -> str:
    """Return the parts as start.mjs reads them, in JSON."""
    paths = {"script": parts.script, "library": parts.library, "package": parts.package, "snapshot": parts.snapshot}
    return json.dumps(
        {
            "runtime": f"{parts.loader.parent}/",
            "lock": {"info": about_runtime(parts.loader.parent), "packages": {}},
            **{role: str(path) if path else None for role, path in paths.items()},
        }
    )


def about_runtime(runtime: Path = RUNTIME) -> dict[str, str]:
    """Return what Pyodide says about itself: `python` is the version of its Python."""
    about: dict[str, str] = json.loads((runtime / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    return about


def version_of_runtime(runtime: Path = RUNTIME) -> Any:
    """Return Pyodide's version."""
    return json.loads((runtime / "package.json").read_text(encoding="utf-8"))["version"]


def fingerprint(paths: tuple[Path, ...]) -> str:
    """Return a digest of the contents of files."""
    return digest(path.read_bytes() for path in paths)
