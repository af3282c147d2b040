"""Where a name points: the parts that belong to an address, and the regions that the model's author wrote.

All of them are offsets into the input, so that no character is lost. platforms.py finds the address in a name,
paste.py in anything else that people paste.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from ..reading import FieldValue

# Parts of a paste that fill no key of the reading.
AROUND = frozenset(("platform", "command", "option", "path", "listing", "text"))


class Part(NamedTuple):
    """A stretch of the input that belongs to the address."""

    start: int
    end: int
    field: str
    value: FieldValue


class Region(NamedTuple):
    """A stretch of the input that the model's author wrote; `kind` is `repo`, `file`, `tag`, `revision` or `option`.

    An `option` is the value of a command's option that says something about the model; it fills no key by itself.
    """

    start: int
    end: int
    kind: str


class Address(NamedTuple):
    """Where a name points. `parts` and `regions` never overlap; what lies between them are separators.

    `kind` is what was pasted, where the address says it; `implies` are keys of the reading that follow from the address;
    `local` marks a place on a disk, which says nothing about a page on a hub.
    """

    platform: str
    parts: tuple[Part, ...]
    regions: tuple[Region, ...]
    origins: tuple[Part, ...] = ()  # who published the original, where the name of a copy or its file begins with that
    wholes: tuple[
        tuple[int, int, int], ...
    ] = ()  # regions that were cut by it: their start, and the span of their text
    kind: str | None = None
    implies: tuple[tuple[str, FieldValue], ...] = ()
    local: bool = False


@functools.lru_cache(maxsize=256)
def place(platform: str, kind: str | None, local: bool) -> Address:
    """Return an address without its parts. Equal ones are one object."""
    return Address(platform, (), (), kind=kind, local=local)


def shifted(address: Address, by: int) -> Address:
    """The same address in a text that has `by` more characters in front."""
    if not by:
        return address
    return address._replace(
        parts=tuple(part._replace(start=part.start + by, end=part.end + by) for part in address.parts),
        regions=tuple(region._replace(start=region.start + by, end=region.end + by) for region in address.regions),
    )
