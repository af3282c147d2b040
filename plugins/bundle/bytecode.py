"""The one zip that Python starts from in the browser: bytecode of the standard library and of the package.

Both are compiled by the browser's own Python: Pyodide runs under Node, and in it pyodide-build's py-compile. Bytecode
is good for one version of Python only, and a browser that compiles from source spends three seconds on it.
The standard library is cut to the modules that the package needs there; see stand_ins/README.md.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from .node import NODE

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "node_modules" / "pyodide"
WASM, GLUE, LOADER = "pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs"  # files of it; GLUE runs the WebAssembly
PYODIDE_PACKAGES = ROOT / "build" / "pyodide-packages"
LOCK = ROOT / "requirements" / "pyodide.txt"
COMPILE = Path(__file__).with_name("pyodide") / "compile.mjs"
BARE = Path(__file__).with_name("pyodide") / "bare.py"
STAND_INS = Path(__file__).with_name("pyodide") / "stand_ins"
NEEDED = Path(__file__).with_name("pyodide") / "needed.mjs"

# The command line and what only it asks for are of no use in a browser, and would bring argparse along.
NOT_IN_THE_BROWSER = re.compile(
    r"nameplate/(__main__\.pyc?|cli/.*|render/(memory|pick)_text\.pyc?|(memory|picker)/request\.pyc?)"
)
# Ciphers and compressions that no page uses; the modules of the library that ask for them go on where they are missing.
OPTIONAL = re.compile(r"(ssl|bz2|lzma)\.pyc|compression/.*")


class BundleError(Exception):
    """Something that the bundle is made from is missing or does not work."""


def browser_zip(wheel: Path, cache: Path) -> Path:
    """The zip for a wheel, made anew only when the wheel or what makes the zip has changed."""
    made_from = (
        wheel,
        COMPILE,
        BARE,
        NEEDED,
        LOCK,
        Path(__file__),
        RUNTIME / "python_stdlib.zip",
        RUNTIME / WASM,
        *_stand_ins(),
    )
    target = cache / f"python-{digest(path.read_bytes() for path in made_from)}.zip"
    if not target.exists():
        forget(cache, "python-*.zip")
        library = compiled_library(cache)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            package = compiled_package(wheel, library, Path(folder))
            reduced = with_stand_ins(library, Path(folder) / "reduced")
            needed = needed_members(modules_of(wheel), package, reduced)
            draft = Path(folder) / target.name
            join(draft, package, reduced, needed)
            draft.replace(target)
    return target


def compiled_library(cache: Path) -> Path:
    """The whole standard library as bytecode: made once for a version of Pyodide and of pyodide-build."""
    key = digest(path.read_bytes() for path in (RUNTIME / "python_stdlib.zip", COMPILE, BARE, LOCK))
    library = cache / f"library-{key}.zip"
    if not library.exists():
        forget(cache, "library-*.zip")
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            shutil.copy(RUNTIME / "python_stdlib.zip", folder)
            _compile(Path(folder), RUNTIME / "python_stdlib.zip")
            (Path(folder) / "python_stdlib.zip").replace(library)
    return library


def compiled_package(wheel: Path, library: Path, folder: Path) -> Path:
    """The wheel as bytecode, in an empty folder."""
    shutil.copy(wheel, folder)
    _compile(folder, library)
    (compiled,) = (path for path in folder.glob("*.whl") if path.name != wheel.name)
    return compiled


def with_stand_ins(library: Path, folder: Path) -> Path:
    """The library with the modules of STAND_INS instead of those of the same names, as bytecode in a new folder."""
    folder.mkdir()
    reduced = folder / "library.zip"
    with zipfile.ZipFile(reduced, "w") as archive:
        for path in _stand_ins():
            archive.writestr(zipfile.ZipInfo(path.relative_to(STAND_INS).as_posix()), path.read_bytes())
    _compile(folder, library)
    replaced = {path.relative_to(STAND_INS).with_suffix("").as_posix() for path in _stand_ins()}
    with zipfile.ZipFile(reduced, "a") as archive, zipfile.ZipFile(library) as whole:
        for name in whole.namelist():
            module = name.removesuffix(".pyc")
            if module not in replaced and module.partition("/")[0] not in replaced:
                archive.writestr(zipfile.ZipInfo(name), whole.read(name))
    return reduced


def modules_of(wheel: Path) -> dict[str, str]:
    """The source of each module that the browser gets, by its path in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith(".py") and not NOT_IN_THE_BROWSER.fullmatch(name)
        }


def mentioned_modules(sources: dict[str, str]) -> list[str]:
    """The modules in `sources` and all that they import, inside functions too.

    >>> mentioned_modules({"a/__init__.py": "import re, json.decoder", "a/b.py": "def f():\\n from math import pi"})
    ['a', 'a.b', 'json.decoder', 'math', 're']
    """
    mentioned = {path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in sources}
    for path, source in sources.items():
        for node in ast.walk(ast.parse(source, path)):
            if isinstance(node, ast.Import):
                mentioned.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                mentioned.add(node.module)
    return sorted(mentioned)


def needed_members(sources: dict[str, str], package: Path, library: Path) -> set[str]:
    """The members of the library's zip that Python loads for the package (see needed.mjs)."""
    modules = json.dumps(mentioned_modules(sources))
    command = [NODE, str(NEEDED), f"{RUNTIME}/", str(library), str(package), modules]
    return set(json.loads(run(command, "the package does not run in Pyodide")))


def join(target: Path, package: Path, library: Path, needed: set[str]) -> None:
    """Write the needed part of the library and the package's modules into one zip.

    It is stored, not deflated: hosts compress it as a whole, which is smaller, and Python opens it faster.
    """
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(library) as archive:
        members.update((name, archive.read(name)) for name in needed if not OPTIONAL.fullmatch(name))
    with zipfile.ZipFile(package) as archive:
        modules = (name for name in archive.namelist() if name.endswith(".pyc"))
        names = (name for name in modules if not NOT_IN_THE_BROWSER.fullmatch(name))
        members.update((name, archive.read(name)) for name in names)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            archive.writestr(zipfile.ZipInfo(name), members[name])  # of the earliest date that a zip knows


def digest(parts: Iterable[bytes]) -> str:
    """Twelve characters that differ where the parts differ, in content or in where one ends.

    >>> digest([b"ab", b"c"]) == digest([b"a", b"bc"])
    False
    """
    collected = hashlib.sha256()
    for part in parts:
        collected.update(len(part).to_bytes(8, "big") + part)
    return collected.hexdigest()[:12]


def run(command: list[str], complaint: str, cwd: Path = ROOT) -> str:
    """What a program printed. Raises BundleError, beginning with the complaint, if it failed."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BundleError(f"{complaint}:\n{(done.stderr or done.stdout).strip()}")
    return done.stdout


def forget(cache: Path, pattern: str) -> None:
    """Remove what was made from other sources."""
    for path in cache.glob(pattern):
        path.unlink()


def _stand_ins() -> list[Path]:
    return sorted(STAND_INS.rglob("*.py"))


def _compile(folder: Path, library: Path) -> None:
    command = [NODE, str(COMPILE), f"{RUNTIME}/", str(library), str(PYODIDE_PACKAGES), str(folder)]
    run(command, "pyodide-build cannot compile the modules to bytecode")
