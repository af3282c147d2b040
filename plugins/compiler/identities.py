"""Read the name of every catalogued model, so that an id of a host leads to the model that it means.

The decoder itself reads the names, with the tables that were just made: only that way do a name and an id agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

from nameplate.address import original_publisher, platforms
from nameplate.lattice.search import NameReader
from nameplate.resolve.fields import begin, resolve
from nameplate.resolve.known_models import Part, parts_of
from nameplate.vocabulary.lookup import Vocabulary

Identity = tuple[tuple[int, ...], str]


def reader_of(tables: Mapping[str, Any]) -> NameReader:
    """Return what reads names with the tables that were just made; facts about single models aren't needed for that."""
    return NameReader(Vocabulary(SimpleNamespace(**tables, PARTS=(), IDENTITIES={}, OLLAMA={})))


class CataloguedName(NamedTuple):
    """What the decoder reads in the name of a catalogued model. `key` is that of the model in CATALOGUE."""

    key: str
    line: str | None
    parts: frozenset[Part] | None
    roles: tuple[str, ...]


def identities(names: Iterable[CataloguedName]) -> dict[str, Any]:
    """Return PARTS, each with its number, and IDENTITIES by line: the numbers of a name's parts and its key in CATALOGUE."""
    numbers: dict[Part, int] = {}
    found: dict[str, list[Identity]] = {}
    for name in names:
        if name.line is not None and name.parts is not None:
            row = tuple(sorted(numbers.setdefault(part, len(numbers)) for part in sorted(name.parts)))
            found.setdefault(name.line, []).append((row, name.key))
    return {"PARTS": tuple(numbers), "IDENTITIES": {family: tuple(rows) for family, rows in found.items()}}


def read_names(reader: NameReader, tables: Mapping[str, Any]) -> Iterator[CataloguedName]:
    """Read each name. Copies are left out: their originals represent them."""
    for key, row in tables["CATALOGUE"].items():
        if key in tables["ORIGINALS"]:
            continue
        own = row[0].casefold().rpartition("/")[2] == key
        name, words = row[0] if own else key, reader.vocabulary
        address = original_publisher.cut_off(name, platforms.parse(name, words), words)
        paths = reader.read_regions(name, address.regions, address.platform)
        parts = parts_of(paths)  # an original may say how it is stored: -BF16
        known = resolve(begin(name, address, words), paths, catalogue=False)
        yield CataloguedName(
            key, known.get("family"), parts.parts if parts is not None else None, tuple(known.get("roles", ()))
        )
