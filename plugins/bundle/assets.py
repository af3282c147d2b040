"""Make what the widgets load in the reader's browser: `python -m plugins.bundle` writes docs/assets/.

That is the Python runtime (npm's `pyodide`: its WebAssembly unchanged, the script around it made small by runtime_script.py), the
zip that Python starts from (bytecode.py), the memory that it has after its start (snapshot.py), the modules of
widgets/web/ (joined_modules.py), and the package's wheel for whoever wants it. Everything has a name with a hash of its content
in it, so that browsers may keep it for ever and one release never mixes with another; manifest.json says what is called
what, for the build of the site, and the modules hold what a browser needs of it. The same sources give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .bytecode import GLUE, LOADER, PYODIDE_PACKAGES, ROOT, RUNTIME, WASM, BundleError, browser_zip, digest, run
from .compress import gzip_variants
from .joined_modules import PAGE, head, joined
from .runtime_script import glue
from .snapshot import header, snapshot

ASSETS = ROOT / "docs" / "assets"
CACHE = ROOT / "build" / "bundle"

SCHEMA = 1
# Everything that the bundle is made from.
SOURCES = (
    "widgets",
    "plugins",
    "docs/families",
    "pyproject.toml",
    "README.md",
    "requirements/pyodide.txt",
    "package-lock.json",
)


def main() -> int:
    """Make the bundle if it has to be made; the exit code."""
    started = time.monotonic()
    try:
        made = bundle()
    except BundleError as error:
        print(error, file=sys.stderr)
        return 1
    if made:
        print(f"docs/assets is ready ({time.monotonic() - started:.1f} s).")
    return 0


def bundle(assets: Path = ASSETS, cache: Path = CACHE) -> bool:
    """Make the folder `assets`, unless it is there and its sources are as they were. Say whether it was made."""
    made_from = f"{_digest_of_sources()} {assets}"
    mark = cache / "made-from"
    if mark.exists() and mark.read_text() == made_from and _complete(assets):
        return False
    for installed in (RUNTIME, PYODIDE_PACKAGES):
        if not installed.is_dir():
            raise BundleError(f'{installed.relative_to(ROOT)}: is missing. Run "make assets", which installs it.')

    cache.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        wheel = build_wheel(Path(folder))
        python = browser_zip(wheel, cache)
        script = glue(cache)
        memory = snapshot(python, script, cache)
        _replace(assets, files_of_site(wheel, python, script, memory, Path(folder)))
    mark.write_text(made_from)
    return True


def build_wheel(folder: Path) -> Path:
    """Build the package's pure wheel in an empty folder and return its path."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    run(command, "the wheel cannot be built")
    (wheel,) = folder.glob("*.whl")
    return wheel


def files_of_site(wheel: Path, python: Path, script: Path, memory: Path, scratch: Path) -> dict[str, bytes]:
    """What stands in docs/assets/, by its path there; the manifest for the build of the site comes last."""
    runtime = {name: (RUNTIME / name).read_bytes() for name in (LOADER, WASM)}
    runtime[GLUE] = script.read_bytes()
    runtime_folder = f"pyodide-{digest(runtime.values())}"
    stdlib = f"python-{digest([python.read_bytes()])}.zip"
    download = f"wheel-{digest([wheel.read_bytes()])}/{wheel.name}"
    roles = {
        "pyodide_mjs": f"{runtime_folder}/{LOADER}",
        "asm_mjs": f"{runtime_folder}/{GLUE}",
        "wasm": f"{runtime_folder}/{WASM}",
        "stdlib": stdlib,
        "snapshot": f"snapshot-{digest([memory.read_bytes()])}.bin",
    }
    files = {f"{runtime_folder}/{name}": content for name, content in runtime.items()}
    files |= {stdlib: python.read_bytes(), roles["snapshot"]: memory.read_bytes(), download: wheel.read_bytes()}

    for_browser = _for_browser(wheel, memory, roles, files)
    web, at_once = joined(for_browser, scratch / "web")
    web_folder = f"web-{digest(part for name, content in sorted(web.items()) for part in (name.encode(), content))}"
    files |= {f"{web_folder}/{name}": content for name, content in web.items()}
    files |= gzip_variants(files)

    manifest = {
        **_versions(wheel),
        "entry": f"{web_folder}/{PAGE[0]}",
        "modules": {name: f"{web_folder}/{name}" for name in sorted(web)},
        "for_browser": for_browser,
        "early": head(),
        "at_once": [f"{web_folder}/{name}" for name in at_once],
        **roles,
        "wheel": download,
        "files": {
            path: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for path, content in sorted(files.items())
        },
    }
    return {**files, "manifest.json": f"{json.dumps(manifest, indent=2)}\n".encode()}


def _for_browser(wheel: Path, memory: Path, roles: dict[str, str], files: dict[str, bytes]) -> dict[str, Any]:
    """What a worker needs to know; addresses are relative to the folder of the web modules."""
    about = header(memory)
    return {
        **_versions(wheel),
        "indexURL": f"../{roles['wasm'].removesuffix(WASM)}",
        "runtime": about["runtime"],
        "state": about["state"],
        **{role: f"../{path}" for role, path in roles.items()},
        "lock": {"info": _runtime_about(), "packages": {}},
        "bytes": {role: len(files[path]) for role, path in roles.items()},
    }


def _versions(wheel: Path) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "version": wheel.name.split("-")[1],
        "pyodide": json.loads((RUNTIME / "package.json").read_text())["version"],
        "python": _runtime_about()["python"],
    }


def _runtime_about() -> dict[str, str]:
    about: dict[str, str] = json.loads((RUNTIME / "pyodide-lock.json").read_text())["info"]
    return about


def _replace(folder: Path, files: dict[str, bytes]) -> None:
    """Make `folder` hold `files` and nothing else but Brotli of them; they are written in their order."""
    for name, content in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    kept = {folder / name for name in files}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept and not (path.suffix == ".br" and path.with_suffix("") in kept):
            path.unlink()


def _complete(assets: Path) -> bool:
    try:
        files = json.loads((assets / "manifest.json").read_text())["files"]
    except (OSError, ValueError, KeyError):
        return False
    return all(
        (assets / name).is_file() and (assets / name).stat().st_size == about["bytes"] for name, about in files.items()
    )


def _digest_of_sources() -> str:
    return digest(part for path in _sources() for part in (str(path.relative_to(ROOT)).encode(), path.read_bytes()))


def _sources() -> Iterator[Path]:
    for name in SOURCES:
        top = ROOT / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("_compiled"):
                yield path
