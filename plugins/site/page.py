"""Give macros what they know about the site: the data, the sources of the pages, the page that is being rendered."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from ..catalog.contents import Catalog
from ..catalog.faults import Fault
from ..catalog.loader import CatalogError, load


class PageError(ValueError):
    """Say that a macro call can't be answered: `page: what is wrong. What to do.`"""


@dataclass(frozen=True)
class PageAddress:
    """The place of the page that calls a macro: its source under docs/, and its address in the site."""

    source: str
    url: str


class CurrentData:
    """The data of one build: `mkdocs serve` builds many times, and asks many times for each page.

    The files are looked at once. If they have a fault, every question raises CatalogError with all faults.
    """

    _last: Catalog | None = None

    def __init__(self) -> None:
        self._outcome: Catalog | list[Fault]
        try:
            self._outcome = load()
        except CatalogError as error:
            self._outcome = error.faults
            return
        if self._outcome is not CurrentData._last:
            CurrentData._last = self._outcome
            forget_readings()

    @property
    def catalog(self) -> Catalog:
        """The checked data."""
        if isinstance(self._outcome, Catalog):
            return self._outcome
        raise CatalogError(self._outcome)


def forget_readings() -> None:
    """Empty every cache of the package, so that names are read with the words of today."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "nameplate":
            for value in list(vars(module).values()):
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()


def page_sources(docs: Path) -> list[Path]:
    """Return every Markdown source of the site, in a stable order."""
    return sorted(docs.rglob("*.md"))
