"""What a text says of a machine: its cards, its device, and the gigabytes printed on them."""

from __future__ import annotations

from dataclasses import dataclass, field

from .hardware import Product
from .machine_parts import Part


@dataclass(slots=True)
class Cards:
    """Graphics cards of one kind: how many, which, and the printed gigabytes of each, None for the usual ones."""

    count: int
    product: Product | None
    memory: float | None = None


@dataclass(slots=True)
class Description:
    """What a text says of a machine, in printed gigabytes. `used` are the parts that say it."""

    parts: tuple[Part, ...]
    cards: list[Cards] = field(default_factory=list)
    product: Product | None = None
    device: str | None = None
    shared: float | None = None
    memory: float | None = None
    without_card: bool = False
    half: bool = False  # half of the memory is in use
    taken: float | None = None  # gigabytes that are in use
    used: set[int] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing yet but what the machine lacks, and perhaps what kind of device it is."""
        return self.product is None and self.shared is None and self.memory is None

    def set_memory(self, value: float) -> None:
        """Take a figure for main memory."""
        self.memory = value
