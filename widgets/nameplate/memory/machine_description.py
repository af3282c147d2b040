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
    used: set[int] = field(default_factory=set)
