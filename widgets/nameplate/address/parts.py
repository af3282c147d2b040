"""Where a name points: the parts that belong to an address, and the regions that the model's author wrote.

Everything is told by offsets into the input, so that no character is lost. platforms.py finds the address in a name.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Part(NamedTuple):
    """A stretch of the input that belongs to the address."""

    start: int
    end: int
    field: str
    value: Any


class Region(NamedTuple):
    """A stretch of the input that the model's author wrote; `kind` is `repo`, `file` or `tag`."""

    start: int
    end: int
    kind: str


class Address(NamedTuple):
    """Where a name points. `parts` and `regions` never overlap; what lies between them are separators."""

    platform: str
    parts: tuple[Part, ...]
    regions: tuple[Region, ...]
    origin: Part | None = None  # who published the original, where a copy's name begins with that


def shifted(address: Address, by: int) -> Address:
    """The same address in a text that has `by` more characters in front."""
    return Address(
        address.platform,
        tuple(part._replace(start=part.start + by, end=part.end + by) for part in address.parts),
        tuple(region._replace(start=region.start + by, end=region.end + by) for region in address.regions),
    )
