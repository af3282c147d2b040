"""Take the demonstrations of the guide out of the wheel: a zip of its own, which only pages load that have one."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from .cache import kept
from .layers import bytecode
from .paths import LIBRARY
from .stock import Parts

# The demonstrations, and what only they need of the package.
PARTS = ("nameplate/demos/", "nameplate/naming/", "nameplate/_compiled_texts.py")


def demos(parts: Parts, cache: Path) -> bytes:
    """Return the zip, with bytecode if the rest of the package is bytecode."""
    compiles = bytecode.LAYER.name in parts.layers

    def make(target: Path) -> None:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            sources = Path(folder) / "demos.zip"
            _write(sources, parts.wheel)
            if compiles:
                bytecode.compile_zip(sources, target, parts.loader.parent, parts.loader.parent / LIBRARY)
            else:
                sources.replace(target)

    made_from = (parts.wheel, parts.loader, Path(__file__))
    return kept(cache, f"{'compiled' if compiles else 'plain'}-demos-*.zip", made_from, make).read_bytes()


def _write(target: Path, wheel: Path) -> None:
    """Write the modules into a zip. It is stored, not deflated: hosts compress it as a whole."""
    with zipfile.ZipFile(wheel) as whole, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(whole.namelist()):
            if name.startswith(PARTS) and name.endswith(".py"):
                archive.writestr(zipfile.ZipInfo(name), whole.read(name))
