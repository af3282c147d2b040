"""Intermediate files, each kept until what it was made from changes."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

# Two sets of each kind are kept: tests make bundles from other sources than the site does.
KEPT = 2


def kept(cache: Path, name: str, made_from: Iterable[Path], make: Callable[[Path], None]) -> Path:
    """Return a file that `make` writes, making it only if these sources have not been used before.

    `name` is that of the file, with a `*` where its digest goes. `make` receives a path in a folder of its own.
    """
    target = cache / name.replace("*", digest(path.read_bytes() for path in made_from))
    if target.exists():
        target.touch()
        return target
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        draft = Path(folder) / target.name
        make(draft)
        draft.replace(target)
    for path in sorted(cache.glob(name), key=lambda path: path.stat().st_mtime_ns)[:-KEPT]:
        path.unlink()
    return target


def digest(parts: Iterable[bytes]) -> str:
    """Return twelve characters that differ if the parts differ, in content or in where one ends.

    >>> digest([b"ab", b"c"]) == digest([b"a", b"bc"])
    False
    """
    collected = hashlib.sha256()
    for part in parts:
        collected.update(len(part).to_bytes(8, "big") + part)
    return collected.hexdigest()[:12]
