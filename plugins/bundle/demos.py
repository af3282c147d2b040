"""Take the demonstrations of the guide out of the wheel: zips of their own, which only pages load that have one."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from .cache import kept
from .layers import bytecode
from .paths import LIBRARY
from .stock import Parts

# The demonstrations with what only they need of the package, and the word vectors, which only two of them need.
ARCHIVES = {
    "demos": ("nameplate/demos/", "nameplate/naming/", "nameplate/_compiled_texts.py"),
    "vectors": ("nameplate/_compiled_vectors.py",),
}


def demos(parts: Parts, cache: Path) -> dict[str, bytes]:
    """Return the zips by name, with bytecode if the rest of the package is bytecode."""
    return {name: _archive(name, parts, cache) for name in ARCHIVES}


def _archive(name: str, parts: Parts, cache: Path) -> bytes:
    compiles = bytecode.LAYER.name in parts.layers

    def make(target: Path) -> None:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            sources = Path(folder) / "sources.zip"
            _write(sources, parts.wheel, ARCHIVES[name])
            if compiles:
                bytecode.compile_zip(sources, target, parts.loader.parent, parts.loader.parent / LIBRARY)
            else:
                sources.replace(target)

    made_from = (parts.wheel, parts.loader, Path(__file__))
    return kept(cache, f"{'compiled' if compiles else 'plain'}-{name}-*.zip", made_from, make).read_bytes()


def _write(target: Path, wheel: Path, members: tuple[str, ...]) -> None:
    """Write the modules into a zip. It is stored, not deflated: hosts compress it as a whole."""
    with zipfile.ZipFile(wheel) as whole, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(whole.namelist()):
            if name.startswith(members) and name.endswith(".py"):
                archive.writestr(zipfile.ZipInfo(name), whole.read(name))
