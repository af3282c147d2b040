"""Look up machines by name, and the words by which people describe them: the compiled tables of data/machines/.

They are a module of its own, which is loaded when the first description of a machine is read.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..vocabulary.lookup import vocabulary


class Product(NamedTuple):
    """A card, a chip, a device or an instance of a cloud.

    `memory` has the printed gigabytes that it is sold with, the first of which its name alone means. `bandwidth` is in
    GB/s. Of an instance, `card` names the cards in it and `memory` is the main memory beside them.
    """

    name: str
    kind: str
    memory: tuple[int, ...]
    bandwidth: int | None
    generation: str | None
    leading: tuple[str, ...]
    card: str | None
    cards: int
    card_memory: int | None
    source: str


class Generation(NamedTuple):
    """A generation of chips, and the number formats that its units for matrices compute in."""

    title: str
    maker: str
    formats: tuple[str, ...]
    source: str


class Hardware:
    """The tables."""

    def __init__(self, tables: Any) -> None:
        self.names: Mapping[str, int] = tables.NAMES
        self.words: Mapping[str, tuple[str, ...]] = tables.WORDS
        self.numbers: Mapping[str, int] = tables.NUMBERS
        self.longest: Mapping[str, int] = tables.LONGEST  # by the first part: the most parts of a name or a phrase
        self._generations: Mapping[str, Any] = tables.GENERATIONS
        self._products: tuple[Any, ...] = tables.PRODUCTS
        self._series: tuple[Any, ...] = tables.SERIES

    def product(self, index: int) -> Product:
        """Return the product in a row."""
        series, name, memory, bandwidth, card, cards, card_memory = self._products[index]
        kind, generation, leading, source = self._series[series]
        return Product(name, kind, memory, bandwidth, generation, leading, card, cards, card_memory, source)

    def named(self, key: str) -> Product | None:
        """Return the product that a name means, as `machine_text.name_key` writes it.

        Short letters before a number may only be apart from it where the data write them apart: `a 100` isn't an A100.
        """
        index = self.names.get(key, self.names.get(key.replace("~", " ")))
        return self.product(index) if index is not None else None

    def generation(self, name: str | None) -> Generation | None:
        """Return a generation by its id."""
        row = self._generations.get(name or "")
        return Generation(*row) if row is not None else None


@functools.cache
def hardware() -> Hardware:
    """Return the tables, loaded once."""
    vocabulary()  # in a checkout this compiles the data again where it has changed
    from .. import _compiled_machines

    return Hardware(_compiled_machines)
