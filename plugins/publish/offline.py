"""List what a reader's browser keeps for a time without a network: offline.json, which docs/service-worker.js reads.

That is every page but those of single families, which are too many to be downloaded unasked, and all that these pages load.
A page that a reader has opened is kept anyway.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin, urlsplit

from ..trust.tags import elements

LIST = "offline.json"
PAGE = "offline.html"  # shown in place of a page that isn't kept
_LOADING = {"link": "href", "script": "src", "img": "src"}  # elements that load a file, and the attribute that names it
_LOADED = {"stylesheet", "icon", "modulepreload"}
_WORKER = re.compile(r'"search": ?"([^"]+)"')
_DATA = ("search/search_index.json", "api/v1/names.json")  # what scripts of the pages load


def finish(site: Path) -> tuple[int, int]:
    """Write the list into a finished site. Return how many files it has, and their bytes."""
    found = sorted(set(kept(site)))
    (site / LIST).write_text(json.dumps(found, indent=0) + "\n", encoding="utf-8")
    return len(found), sum(_file(site, address).stat().st_size for address in found)


def kept(site: Path) -> Iterator[str]:
    """Yield the addresses of pages and files, relative to the top of the site."""
    for path in [*_pages(site), site / PAGE]:
        if path.is_file():
            address = path.relative_to(site).as_posix().removesuffix("index.html")
            text = path.read_text(encoding="utf-8")
            yield address
            yield from (found for found in loaded_by(text, address) if _file(site, found).is_file())
    yield from (address for address in _DATA if (site / address).is_file())
    manifest = json.loads((site / "assets" / "manifest.json").read_text(encoding="utf-8"))
    yield from (f"assets/{path}" for path in manifest["modules"].values())
    for more in ("requests", "demos", "vectors"):
        yield f"assets/{PurePosixPath(manifest['for_browser'][more]['path']).name}"


def loaded_by(page: str, address: str) -> Iterator[str]:
    """Yield the addresses of what a page loads from its own site, relative to the top of the site.

    >>> list(loaded_by('<link rel="stylesheet" href="../a.css"><script src="b.js"></script><a href="c/">c</a>', "d/"))
    ['a.css', 'd/b.js']
    """
    for tag, _ in elements(page):
        found = tag.get(_LOADING.get(tag.name, "")) or ""
        is_loaded = tag.name != "link" or not _LOADED.isdisjoint((tag.get("rel") or "").split())
        if is_loaded and (file := found.partition("#")[0].partition("?")[0]):
            yield from _local(file, address)
    for worker in _WORKER.findall(page):
        yield from _local(worker, address)


def _local(reference: str, address: str) -> Iterator[str]:
    """Yield where a reference leads, unless that is another site."""
    if not urlsplit(reference).netloc:
        yield urljoin(f"https://site.example/{address}", reference).removeprefix("https://site.example/")


def _pages(site: Path) -> list[Path]:
    """Return the pages that are worth keeping for everybody."""
    pages = sorted(site.rglob("index.html"))
    return [
        path for path in pages if len(path.relative_to(site).parts) < 3 or path.relative_to(site).parts[0] != "families"
    ]


def _file(site: Path, address: str) -> Path:
    path = site / address
    return path / "index.html" if address.endswith("/") or not address else path
