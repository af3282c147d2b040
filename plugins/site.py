"""What the macros know of the site: the data, the sources of the pages, the page that is being rendered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from . import catalog, sources
from .catalog import Catalog


class PageError(ValueError):
    """A macro call that cannot be answered: `page: what is wrong. What to do.`"""


@dataclass(frozen=True)
class PageAddress:
    """Where the page that calls a macro stands: its source under docs/, and its address in the site."""

    source: str
    url: str


class Data:
    """The checked data files, read anew when one of them has changed (`mkdocs serve` renders many times)."""

    def __init__(self) -> None:
        self._mark: str | None = None

    def current(self) -> Catalog:
        mark = sources.fingerprint()
        if mark != self._mark:
            catalog.load.cache_clear()
            self._mark = mark
        return catalog.load()


def page_sources(docs: Path) -> list[Path]:
    """Every Markdown source of the site, in a stable order."""
    return sorted(docs.rglob("*.md"))
