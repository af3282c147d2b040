"""Layer: compressed variants beside what the browser loads. `python -m plugins.bundle.layers.compress` adds Brotli.

Saves: two thirds of the bytes on a host that compresses nothing, because the worker loads the gzip files there; and on
hosts that send `.br` and `.gz` files as they are, their time, and a quarter of the bytes.

Assumes: nothing about Pyodide. The bundle itself comes with gzip. Brotli at its best takes half a minute for the runtime's
WebAssembly, so only the finished site gets it, and it is kept by the content's hash.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from ..paths import ROOT
from .layer import Layer, unchanged

ASSETS = ROOT / "docs" / "assets"
CACHE = ROOT / "build" / "brotli"
SMALLEST = 1024  # bytes; below, a response is one packet either way
ENDINGS = (".br", ".gz")


def main() -> int:
    """Add Brotli to what the bundle holds; return the exit code."""
    path = ASSETS / "manifest.json"
    if not path.exists():
        print('docs/assets/manifest.json is missing: run "make assets".', file=sys.stderr)
        return 1
    manifest = json.loads(path.read_text(encoding="utf-8"))
    if manifest["layers"][LAYER.name] is None:
        add_brotli(ASSETS, manifest["files"])
    return 0


def add_brotli(assets: Path, files: Mapping[str, object], cache: Path = CACHE) -> None:
    """Write a `.br` file beside each file that Brotli makes smaller, and drop from the cache what no file needs."""
    cache.mkdir(parents=True, exist_ok=True)
    contents = {path: (assets / path).read_bytes() for path in files if not path.endswith(ENDINGS)}
    wanted = {path: content for path, content in contents.items() if pays(content)}
    with ThreadPoolExecutor() as threads:
        made = dict(zip(wanted, threads.map(lambda content: brotli_of(content, cache), wanted.values()), strict=True))
    for path, content in made.items():
        target = assets / f"{path}.br"
        if not target.exists() or target.read_bytes() != content:
            target.write_bytes(content)
    kept = {_kept(content, cache) for content in wanted.values()}
    for stale in set(cache.glob("*.br")) - kept:
        stale.unlink()


def gzip_variants(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the `.gz` files to put beside those of `files` that gzip makes smaller.

    >>> list(gzip_variants({"a.mjs": b"text " * 1000, "b.mjs": b"text"}))
    ['a.mjs.gz']
    """
    return {f"{path}.gz": gzip.compress(content, 9, mtime=0) for path, content in files.items() if pays(content)}


def pays(content: bytes) -> bool:
    """Whether compressing is worth while: not for what is small, or compressed already."""
    return len(content) >= SMALLEST and not content.startswith((b"PK\x03\x04\x14\x00\x00\x00\x08", b"\x89PNG"))


def brotli_of(content: bytes, cache: Path = CACHE) -> bytes:
    """Return the content as Brotli compresses it best."""
    kept = _kept(content, cache)
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(".draft")
        draft.write_bytes(brotli.compress(content, quality=11, lgwin=24))
        draft.replace(kept)
    return kept.read_bytes()


def _kept(content: bytes, cache: Path) -> Path:
    return cache / f"{hashlib.sha256(content).hexdigest()}.br"


LAYER = Layer(
    name="compress",
    saves="two thirds of the bytes on a host that compresses nothing",
    assumes="nothing about Pyodide",
    apply=unchanged,
)


if __name__ == "__main__":
    sys.exit(main())
