"""Read words beside each other: what "read" means in "read it aloud" and in "read my handwriting" differs.

At each place of a text, a few hundred detectors look at what the word there and its two neighbours mean. A detector's number
is a weighted sum of these meanings, or zero if that is negative. Its largest number in the text, and its sum over the text,
are weighed for each class. It is the smallest kind of convolutional network, and everything in it is a whole number.
"""

from __future__ import annotations

import base64
import math
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .lanes import BIAS, HIGHEST, LANE_BITS, Positive, as_number, level, numbers_in

MOST_KEPT = 5_000  # places whose products are kept
UNIT = 256  # steps of a detector's number for each class
Place = tuple[str, ...]


class Context:
    """A network over the places of a text. `meaning` gives the numbers that the features of a place add up to."""

    def __init__(self, packed: Mapping[str, Any], size: int, meaning: Callable[[Place], Sequence[int]]) -> None:
        self._detectors: int = packed["detectors"]
        self._step: float = packed["step"]
        self._last_step: float = packed["last_step"]
        self._last_biases: Sequence[float] = packed["last_biases"]
        self._meaning = meaning
        self._size = size
        content = zlib.decompress(base64.b64decode(packed["content"]))
        filters = [_row(content, at, self._detectors) for at in range(3 * size)]
        self._filters = [filters[beside * size : (beside + 1) * size] for beside in range(3)]
        content = content[3 * size * self._detectors :]
        self._last = [_row(content, at, size) for at in range(2 * self._detectors)]
        self._positive = Positive(self._detectors)
        self._level, self._last_level = level(HIGHEST, self._detectors), level(HIGHEST, size)
        self._biases = self._level + sum(number << LANE_BITS * at for at, number in enumerate(packed["biases"]))
        self._kept: dict[Place, tuple[int, ...]] = {}

    def _products(self, place: Place) -> tuple[int, ...]:
        """Return what a place adds to the detectors of the next place, of its own, and of the one before it."""
        found = self._kept.get(place)
        if found is None:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            meant = self._meaning(place)
            found = tuple(
                sum(number * row for number, row in zip(meant, rows, strict=False) if number) for rows in self._filters
            )
            self._kept[place] = found
        return found

    def scores(self, places: Sequence[Place]) -> list[float]:
        """Return what the context adds to the score of each class."""
        products = [self._products(place) for place in places]
        nothing = (0, 0, 0)
        largest = in_all = 0
        for before, here, behind in zip([nothing, *products[:-1]], products, [*products[1:], nothing], strict=True):
            numbers = self._positive(before[0] + here[1] + behind[2] + self._biases)
            in_all += numbers
            largest += self._positive(numbers + self._level - largest)
        step = self._step * UNIT
        share = step / math.sqrt(len(places))
        detected = [int(number * step) for number in numbers_in(largest, self._detectors)]
        detected += [int(number * share) for number in numbers_in(in_all, self._detectors)]
        total = sum(number * row for number, row in zip(detected, self._last, strict=True) if number)
        sums = numbers_in(total + self._last_level, self._size)
        return [(one - HIGHEST) * self._last_step + start for one, start in zip(sums, self._last_biases, strict=True)]


def _row(content: bytes, at: int, size: int) -> int:
    """Return a row of bytes as a number whose lanes may be negative."""
    return as_number(content[at * size : (at + 1) * size]) - level(BIAS, size)
