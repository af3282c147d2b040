"""The first answer over lines of 10 Mbit/s and of 1.6 Mbit/s: ours, a stock page's, and the floor (see startup)."""

from __future__ import annotations

from collections.abc import Iterator

from .line import BEST, FAST, SLOW
from .measuring import rounds
from .startup import ROUNDS, over
from .visits import prepared


def measure() -> Iterator[str]:
    prepared()
    yield from over(FAST, BEST, rounds(ROUNDS))
    yield from over(SLOW, BEST, rounds(ROUNDS))
