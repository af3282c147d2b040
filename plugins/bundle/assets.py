"""Write docs/assets/: what the widgets load in the reader's browser.

That is the Python runtime and the package (stock.py, and what layers/ make of them), the modules of widgets/web/, and the
wheel for others to install. Every name holds a hash of the content, so that browsers may keep a file for ever and one
release never mixes with another. manifest.json says what is called what, for the build of the site; manifest.mjs is the
part of it that a browser needs. The same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from .assembly import Assembly, assemble
from .cache import digest
from .demos import demos
from .errors import BundleError
from .first_paint import first_paint_script
from .layers import LAYERS, compress, early_start, joined_modules
from .layers.snapshot import header
from .learnt import learnt
from .node import run
from .paths import LOADER, ROOT, SCRIPT, WASM
from .stock import Parts, about_runtime, version_of_runtime

ASSETS = ROOT / "docs" / "assets"
CACHE = ROOT / "build" / "bundle"

SCHEMA = 2
WITHOUT = "NAMEPLATE_WITHOUT"  # names layers to leave out, with commas between them
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


def main(arguments: list[str] | None = None) -> int:
    """Make the bundle if it has to be made; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m plugins.bundle", description="Write docs/assets/.")
    parser.add_argument("--list", action="store_true", help="print the layers instead")
    if parser.parse_args(arguments).list:
        print("\n".join(described_layers()))
        return 0
    started = time.monotonic()
    try:
        made = bundle()
    except BundleError as error:
        print(error, file=sys.stderr)
        return 1
    if made:
        print(f"docs/assets is ready ({time.monotonic() - started:.1f} s).")
    for warning in warnings(ASSETS):
        print(warning, file=sys.stderr)
    return 0


def bundle(assets: Path = ASSETS, cache: Path = CACHE, without: Collection[str] | None = None) -> bool:
    """Make the folder `assets`, unless its sources are as they were. Return whether it was made.

    `without` names layers to leave out; if it is None, the environment does.
    """
    if without is None:
        without = {name.strip() for name in os.environ.get(WITHOUT, "").split(",")} - {""}
    unknown = set(without) - {layer.name for layer in LAYERS}
    if unknown:
        known = ", ".join(layer.name for layer in LAYERS)
        raise BundleError(f"{WITHOUT}: there is no layer {', '.join(sorted(unknown))}. Known: {known}.")
    made_from = " ".join([_digest_of_sources(), str(assets), *sorted(without)])
    mark = cache / "made-from"
    if mark.exists() and mark.read_text(encoding="utf-8") == made_from and _complete(assets):
        return False
    cache.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        wheel = build_wheel(Path(folder))
        _replace(assets, files_of_site(assemble(wheel, cache, without), Path(folder) / "web", cache))
    mark.write_text(made_from, encoding="utf-8")
    return True


def warnings(assets: Path) -> list[str]:
    """Return a line for each layer that a bundle had to be made without."""
    layers = json.loads((assets / "manifest.json").read_text(encoding="utf-8"))["layers"]
    about = {layer.name: layer for layer in LAYERS}
    return [
        f'WARNING: the bundle is made without the layer "{name}", which saves {about[name].saves}: {why}'
        for name, why in layers.items()
        if why is not None
    ]


def described_layers() -> Iterator[str]:
    """Describe each layer for people."""
    for layer in LAYERS:
        yield f"{layer.name}\n  saves    {layer.saves}\n  assumes  {layer.assumes}"
        if layer.needs:
            yield f"  needs    {', '.join(layer.needs)}"
    yield f"{WITHOUT}=NAME,NAME leaves layers out."


def build_wheel(folder: Path) -> Path:
    """Build the package's pure wheel in an empty folder and return its path."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    run(command, "the wheel cannot be built")
    (wheel,) = folder.glob("*.whl")
    return wheel


def files_of_site(assembly: Assembly, scratch: Path, cache: Path) -> dict[str, bytes]:
    """Return the files of docs/assets/ by their path there; the manifest for the build of the site comes last.

    `scratch` is a folder that does not exist yet; it is left for the caller to remove. `cache` keeps what takes long.
    """
    parts = assembly.parts
    runtime, roles = _runtime_files(parts)
    wheel = f"wheel-{digest([parts.wheel.read_bytes()])}/{parts.wheel.name}"
    requests = learnt(parts.wheel)
    path_of_requests = f"requests-{digest([requests])}.json"
    demonstrations = demos(parts, cache)
    paths_of_demos = {name: f"{name}-{digest([archive])}.zip" for name, archive in demonstrations.items()}
    files = {
        **runtime,
        wheel: parts.wheel.read_bytes(),
        path_of_requests: requests,
        **{paths_of_demos[name]: archive for name, archive in demonstrations.items()},
    }
    for_browser = _for_browser(parts, roles, files)
    for_browser["requests"] = _file(path_of_requests, requests)
    for_browser |= {name: _file(paths_of_demos[name], archive) for name, archive in demonstrations.items()}
    is_joined = joined_modules.LAYER.name in parts.layers
    web = joined_modules.joined(for_browser, scratch) if is_joined else joined_modules.separate(for_browser)
    folder = f"web-{digest(part for name, content in sorted(web.files.items()) for part in (name.encode(), content))}"
    files |= {f"{folder}/{name}": content for name, content in web.files.items()}
    if compress.LAYER.name in parts.layers:
        files |= compress.gzip_variants(files)
    manifest = {
        **_versions(parts),
        "layers": assembly.layers,
        "entry": f"{folder}/{joined_modules.ENTRY}",
        "preload": [f"{folder}/{name}" for name in web.imported],
        "modules": {name: f"{folder}/{name}" for name in sorted(web.files)},
        "early_start": early_start.head_script() if early_start.LAYER.name in parts.layers else "",
        "first_paint": first_paint_script(),
        "for_browser": for_browser,
        "roles": roles,
        "wheel": wheel,
        "files": {
            path: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for path, content in sorted(files.items())
        },
    }
    return {**files, "manifest.json": f"{json.dumps(manifest, indent=2)}\n".encode()}


def _runtime_files(parts: Parts) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return what Python starts from, by path, and the path of each role."""
    # Pyodide looks for these by name, in one folder.
    together = {"pyodide_mjs": (LOADER, parts.loader), "asm_mjs": (SCRIPT, parts.script), "wasm": (WASM, parts.wasm)}
    folder = f"pyodide-{digest(path.read_bytes() for _, path in together.values())}"
    paths = {role: (f"{folder}/{name}", path) for role, (name, path) in together.items()}
    for role, path, name in (
        ("stdlib", parts.library, "python-*.zip"),
        ("package", parts.package, "package-*.zip"),
        ("snapshot", parts.snapshot, "snapshot-*.wasm"),
    ):
        if path is not None:
            paths[role] = (name.replace("*", digest([path.read_bytes()])), path)
    files = {name: path.read_bytes() for name, path in paths.values()}
    return files, {role: name for role, (name, _) in paths.items()}


def _for_browser(parts: Parts, roles: dict[str, str], files: dict[str, bytes]) -> dict[str, Any]:
    """Return what a worker needs to know; addresses are relative to the folder of the web modules."""
    about = header(parts.snapshot) if parts.snapshot else {}
    return {
        **_versions(parts),
        "indexURL": f"../{roles['wasm'].removesuffix(WASM)}",
        "handed": "handed_files" in parts.layers,
        "files": {role: _file(path, files[path]) for role, path in roles.items()},
        **{key: about[key] for key in ("runtime", "state") if key in about},
        "lock": {"info": about_runtime(parts.loader.parent), "packages": {}},
    }


def _file(path: str, content: bytes) -> dict[str, Any]:
    return {"path": f"../{path}", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _versions(parts: Parts) -> dict[str, Any]:
    runtime = parts.loader.parent
    return {
        "schema": SCHEMA,
        "version": parts.wheel.name.split("-")[1],
        "pyodide": version_of_runtime(runtime),
        "python": about_runtime(runtime)["python"],
    }


def _replace(folder: Path, files: dict[str, bytes]) -> None:
    """Make `folder` hold `files` and nothing else but Brotli of them; they are written in their order."""
    for name, content in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}")
            draft.write_bytes(content)
            draft.replace(path)  # a server never sees half a file
    kept = {folder / name for name in files}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept and not (path.suffix == ".br" and path.with_suffix("") in kept):
            path.unlink()


def _complete(assets: Path) -> bool:
    try:
        files = json.loads((assets / "manifest.json").read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return False
    return all(
        (assets / name).is_file() and (assets / name).stat().st_size == about["bytes"] for name, about in files.items()
    )


def _digest_of_sources() -> str:
    return digest(part for path in source_files() for part in (str(path.relative_to(ROOT)).encode(), path.read_bytes()))


def source_files() -> Iterator[Path]:
    """Return everything that the bundle is made from."""
    for name in SOURCES:
        top = ROOT / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("_compiled"):
                yield path
