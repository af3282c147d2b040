"""Find facts whose source was last checked long ago, so that someone can check them again."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from .contents import Catalog
from .sources import FAMILIES, ROOT, TERMS

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
    for kind, rows in _tables(catalog).items():
        yield from _of_rows(kind, rows, catalog.files)


def _tables(catalog: Catalog) -> dict[str, Mapping[str, BaseModel]]:
    """Return the tables by the kind of their rows; a row without a name has its number."""
    picking, pastes, machines = catalog.picking, catalog.pastes, catalog.machines
    return {
        "line": catalog.lines,
        "licence": catalog.licences,
        "model": catalog.architectures,
        "repository": catalog.file_sizes,
        "library": catalog.library,
        "command": pastes.commands,
        "layout": pastes.folders,
        "language": pastes.prose,
        "contents": pastes.repository_files,
        "task": picking.tasks,
        "wording": picking.wording,
        "rule": picking.rules,
        "capabilities": {str(index): row for index, row in enumerate(picking.capabilities)},
        "runtime": picking.runtimes,
        "skill": picking.skills,
        "tiers": {str(index): row for index, row in enumerate(picking.tiers)},
        "series": machines.series,
        "generation": machines.generations,
        "meaning": machines.words,
    }


def _of_rows(
    kind: str, rows: Mapping[str, BaseModel], files: Mapping[tuple[str, str], Path]
) -> Iterator[CheckedSource]:
    """Find the sources of a table's rows, as far as they have one."""
    counted: Counter[Path] = Counter()
    for name, row in rows.items():
        path = files[kind, name]
        key = f"[{counted[path]}]" if name.isdecimal() else name
        counted[path] += 1
        checked, address = getattr(row, "checked", None), getattr(row, "source", None)
        if checked is not None:
            yield CheckedSource(_shown(path), key, address or "", checked)


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
