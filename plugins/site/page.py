"""Give macros what they know about the site: the data, the sources of the pages, the page that is being rendered."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from ..catalog import loader as catalog
from ..catalog import sources
from ..catalog.contents import Catalog


class PageError(ValueError):
    """Say that a macro call can't be answered: `page: what is wrong. What to do.`"""


@dataclass(frozen=True)
class PageAddress:
    """The place of the page that calls a macro: its source under docs/, and its address in the site."""

    source: str
    url: str


def current_catalog() -> Catalog:
    """Return the checked data, read again only when a file has changed: `mkdocs serve` builds many times."""
    return _catalog_of(sources.fingerprint())


@functools.lru_cache(maxsize=1)
def _catalog_of(_mark: str) -> Catalog:
    catalog.load.cache_clear()
    return catalog.load()


def page_sources(docs: Path) -> list[Path]:
    """Return every Markdown source of the site, in a stable order."""
    return sorted(docs.rglob("*.md"))
