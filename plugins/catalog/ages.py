"""Find facts whose source was last checked long ago, so that someone can check them again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from .contents import Catalog
from .line_files import file_of
from .sources import ARCHITECTURES, FAMILIES, FILE_SIZES, LIBRARY, LICENCES, LINES, PASTES, PICKING, ROOT, TERMS

COLUMNS = ("page", "source", "title", "checked", "days")


@dataclass(frozen=True)
class CheckedSource:
    """A source of facts: the file that names it, its key there, its title or address, and the day it was checked."""

    page: str
    key: str
    title: str
    checked: datetime.date

    def days(self, today: datetime.date) -> int:
        """Return how many days ago it was checked."""
        return (today - self.checked).days


def stale(catalog: Catalog, days: int, today: datetime.date) -> list[CheckedSource]:
    """Return the sources that were checked more than this many days ago, the oldest first."""
    old = (source for source in checked_sources(catalog) if source.days(today) > days)
    return sorted(old, key=lambda source: (source.checked, source.page, source.key))


def report(sources: Iterable[CheckedSource], today: datetime.date) -> str:
    """Return one line per source, its columns separated by tabs, below a line of their names."""
    rows = ((one.page, one.key, one.title, one.checked.isoformat(), str(one.days(today))) for one in sources)
    return "\n".join("\t".join(row) for row in (COLUMNS, *rows))


def checked_sources(catalog: Catalog) -> Iterator[CheckedSource]:
    """Find every source in the data files. A row of a table is its own source: its key is the name of the row."""
    for family in catalog.families.values():
        for key, source in family.sources.items():
            yield CheckedSource(_shown(FAMILIES / f"{family.slug}.md"), key, source.title, source.checked)
    for term in catalog.terms.values():
        page = _shown(TERMS / term.group / f"{term.slug}.md")
        for index, source in enumerate(term.sources):
            yield CheckedSource(page, f"sources[{index}]", source.title, source.checked)
    for name, line in catalog.lines.items():
        yield from _of_rows({name: line}, LINES / f"{file_of(line.maker)}.yml")
    yield from _of_rows(catalog.licences, LICENCES)
    yield from _of_rows(catalog.architectures, ARCHITECTURES)
    yield from _of_rows(catalog.file_sizes, FILE_SIZES)
    yield from _of_rows(catalog.library, LIBRARY)
    for name, path in PASTES.items():
        yield from _of_rows(getattr(catalog.pastes, name), path)
    for name, path in PICKING.items():
        rows = getattr(catalog.picking, name)
        named = rows if isinstance(rows, Mapping) else {f"[{index}]": row for index, row in enumerate(rows)}
        yield from _of_rows(named, path)


def _of_rows(rows: Mapping[str, BaseModel], path: Path) -> Iterator[CheckedSource]:
    """Find the sources of a table's rows, as far as they have one."""
    for name, row in rows.items():
        checked, address = getattr(row, "checked", None), getattr(row, "source", None)
        if checked is not None:
            yield CheckedSource(_shown(path), name, address or "", checked)


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
