"""Keep many small numbers side by side in one large one, so that rows of them are added and multiplied in a single step.

Each number has a lane of 32 bits. A row may hold negative numbers as long as only sums and products by whole numbers are
made of it: they borrow from the lane above, and adding `level(...)` in the end gives that back.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

BIAS = 128  # added to each number that is kept as a byte, so that none is negative
LANE_BYTES = 4
LANE_BITS = 8 * LANE_BYTES
HIGHEST = 1 << 31  # what is added to each lane to read sums that may be negative


def as_number(row: bytes) -> int:
    """Return bytes as one number, each in a lane of its own."""
    lanes = bytearray(len(row) * LANE_BYTES)
    lanes[::LANE_BYTES] = row
    return int.from_bytes(lanes, "little")


def as_lanes(numbers: Sequence[int]) -> int:
    """Return numbers as one large number that holds them side by side."""
    return int.from_bytes(b"".join(number.to_bytes(LANE_BYTES, "little") for number in numbers), "little")


def level(number: int, count: int) -> int:
    """Return the row that has the same number in each lane."""
    return as_lanes([number]) * (((1 << (LANE_BITS * count)) - 1) // ((1 << LANE_BITS) - 1))


class Positive:
    """Replace negative numbers by zero in all lanes of a row at once. The row has HIGHEST added to each of them."""

    def __init__(self, count: int) -> None:
        self._ones = level(1, count)

    def __call__(self, row: int) -> int:
        """Return the numbers of a row that are positive, with nothing added, and zero for each other one.

        >>> numbers_in(Positive(3)(as_number(bytes([1, 2, 3])) - level(2, 3) + level(HIGHEST, 3)), 3)
        [0, 0, 1]
        """
        is_positive = (row >> LANE_BITS - 1) & self._ones
        return row & ((is_positive << LANE_BITS - 1) - is_positive)


def numbers_in(lanes: int, count: int) -> list[int]:
    """Return the numbers that one large number holds side by side.

    >>> numbers_in(2 * as_number(bytes([1, 2, 3])) + level(10, 3), 3)
    [12, 14, 16]
    """
    content = lanes.to_bytes(count * LANE_BYTES, "little")
    if sys.byteorder == "little":
        return memoryview(content).cast("I").tolist()
    return [int.from_bytes(content[at : at + LANE_BYTES], "little") for at in range(0, len(content), LANE_BYTES)]
