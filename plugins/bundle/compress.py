"""Compressed variants of what the browser loads, each beside its file: `python -m plugins.bundle.compress` adds Brotli.

Hosts that hand out `.br` and `.gz` files as they are save their time, and their readers a quarter of the bytes.
The bundle itself comes with gzip, which the worker unpacks where a host compresses nothing. Brotli at its best takes
half a minute for the runtime's WebAssembly, so the finished site alone gets it, and it is kept by the content's hash.
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

from .bytecode import ROOT

ASSETS = ROOT / "docs" / "assets"
CACHE = ROOT / "build" / "brotli"
SMALLEST = 1024  # bytes; below, a response is one packet either way
ENDINGS = (".br", ".gz")


def main() -> int:
    """Add Brotli to what the bundle holds; the exit code."""
    manifest = ASSETS / "manifest.json"
    if not manifest.exists():
        print('docs/assets/manifest.json is missing: run "make assets".', file=sys.stderr)
        return 1
    add_brotli(ASSETS, json.loads(manifest.read_text())["files"])
    return 0


def add_brotli(assets: Path, files: Mapping[str, object], cache: Path = CACHE) -> None:
    """Write a `.br` file beside each of the files that Brotli makes smaller, and forget what the cache has no use for."""
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
    """The `.gz` files to stand beside those of `files` that gzip makes smaller.

    >>> list(gzip_variants({"a.mjs": b"text " * 1000, "b.mjs": b"text"}))
    ['a.mjs.gz']
    """
    return {f"{path}.gz": gzip.compress(content, 9, mtime=0) for path, content in files.items() if pays(content)}


def pays(content: bytes) -> bool:
    """Whether compressing is worth while: not for what is small, or compressed already."""
    return len(content) >= SMALLEST and not content.startswith((b"PK\x03\x04\x14\x00\x00\x00\x08", b"\x89PNG"))


def brotli_of(content: bytes, cache: Path = CACHE) -> bytes:
    """The content as Brotli compresses it best."""
    kept = _kept(content, cache)
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(".draft")
        draft.write_bytes(brotli.compress(content, quality=11, lgwin=24))
        draft.replace(kept)
    return kept.read_bytes()


def _kept(content: bytes, cache: Path) -> Path:
    return cache / f"{hashlib.sha256(content).hexdigest()}.br"


if __name__ == "__main__":
    sys.exit(main())
