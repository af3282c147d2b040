"""Round a row of weights to few bits in blocks with scales, as the types of llama.cpp lay them out.

Sources: the blocks and their sizes are in https://github.com/ggml-org/llama.cpp/blob/01243c58/ggml/src/ggml-common.h,
checked on 2026-11-30.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

SUPER_BLOCK = 256  # weights; so many share the number that the scales of a k-quant are multiples of
HALF = 16  # bits of a scale that isn't rounded any further, a half-precision number


class Layout(NamedTuple):
    """How weights are stored: `bits` for each, a scale for each `block`, and an offset as well if `offset` is set.

    Scales of fewer than 16 bits are rounded too: each is a multiple of one number for 256 weights.
    """

    bits: int
    block: int
    offset: bool
    scale_bits: int

    @property
    def bits_per_weight(self) -> float:
        """The bits of a weight and its share of scales and offsets.

        >>> [LAYOUTS[name].bits_per_weight for name in ("Q4_0", "Q4_K", "Q6_K", "Q2_K", "Q8_0")]
        [4.5, 4.5, 6.5625, 2.625, 8.5]
        """
        numbers = 2 if self.offset else 1
        shared = numbers * HALF / SUPER_BLOCK if self.scale_bits < HALF else 0.0
        return self.bits + numbers * self.scale_bits / self.block + shared


LAYOUTS = {
    "Q8_0": Layout(8, 32, False, HALF),
    "Q6_K": Layout(6, 16, False, 8),
    "Q5_K": Layout(5, 32, True, 6),
    "Q5_1": Layout(5, 32, True, HALF),
    "Q5_0": Layout(5, 32, False, HALF),
    "Q4_K": Layout(4, 32, True, 6),
    "Q4_1": Layout(4, 32, True, HALF),
    "Q4_0": Layout(4, 32, False, HALF),
    "Q3_K": Layout(3, 16, False, 6),
    "Q2_K": Layout(2, 16, True, 4),
}


class Block(NamedTuple):
    """What is stored for a block: a whole number for each weight, and what turns it into a weight again."""

    scale: float
    offset: float
    codes: tuple[int, ...]

    @property
    def weights(self) -> list[float]:
        """The weights as a program gets them back."""
        return [self.scale * code + self.offset for code in self.codes]


def rounded(weights: Sequence[float], layout: Layout) -> list[Block]:
    """Return the blocks in which a row is stored.

    >>> [block] = rounded([-0.08, 0.03, 0.07, 0.0], Layout(4, 4, False, HALF))
    >>> block.codes, round(block.scale, 4)
    ((-8, 3, 7, 0), 0.01)
    """
    blocks: list[Block] = []
    for start in range(0, len(weights), SUPER_BLOCK):
        row = weights[start : start + SUPER_BLOCK]
        parts = [row[at : at + layout.block] for at in range(0, len(row), layout.block)]
        blocks += _with_offsets(parts, layout) if layout.offset else _around_zero(parts, layout)
    return blocks


def _around_zero(parts: Sequence[Sequence[float]], layout: Layout) -> list[Block]:
    """Round to multiples of a scale, from -8 to 7 of them in 4 bits. The weight farthest from zero becomes -8."""
    lowest = -(1 << layout.bits - 1)
    scales = [max(part, key=abs) / lowest for part in parts]
    if layout.scale_bits < HALF:
        end = -(1 << layout.scale_bits - 1)
        unit = half(max(scales, key=abs) / end)
        scales = [unit * _code(scale, unit, end, -end - 1) for scale in scales]
    else:
        scales = [half(scale) for scale in scales]
    return [
        Block(scale, 0.0, tuple(_code(weight, scale, lowest, -lowest - 1) for weight in part))
        for part, scale in zip(parts, scales, strict=True)
    ]


def _with_offsets(parts: Sequence[Sequence[float]], layout: Layout) -> list[Block]:
    """Round to steps that begin at the block's lowest weight, from 0 to 15 of them in 4 bits."""
    steps = (1 << layout.bits) - 1
    depths = [max(0.0, -min(part)) for part in parts]
    scales = [(max(part) + depth) / steps for part, depth in zip(parts, depths, strict=True)]
    if layout.scale_bits < HALF:
        most = (1 << layout.scale_bits) - 1
        unit, unit_of_depths = half(max(scales) / most), half(max(depths) / most)
        scales = [unit * _code(scale, unit, 0, most) for scale in scales]
        depths = [unit_of_depths * _code(depth, unit_of_depths, 0, most) for depth in depths]
    else:
        scales, depths = [half(scale) for scale in scales], [half(depth) for depth in depths]
    return [
        Block(scale, -depth, tuple(_code(weight + depth, scale, 0, steps) for weight in part))
        for part, scale, depth in zip(parts, scales, depths, strict=True)
    ]


def _code(value: float, unit: float, lowest: int, highest: int) -> int:
    """Return how many units a value is, rounded, and within the range that there are bits for."""
    return min(max(round(value / unit), lowest), highest) if unit else 0


def half(value: float) -> float:
    """Return a number as 16 bits hold it: with 11 digits of base two.

    >>> half(0.1), half(-2.0)
    (0.0999755859375, -2.0)
    """
    mantissa, exponent = math.frexp(value)
    return math.ldexp(round(mantissa * 2048), exponent - 11)


def relative_error(weights: Sequence[float], blocks: Sequence[Block]) -> float:
    """Return the usual difference between weights and what is stored, as a share of the usual weight.

    Usual means the root of the mean square. A row that can be stored as it is has no error:

    >>> relative_error([-8.0, 7.0, 0.0], rounded([-8.0, 7.0, 0.0], LAYOUTS["Q4_0"]))
    0.0
    """
    stored = [weight for block in blocks for weight in block.weights]
    off = sum((one - other) ** 2 for one, other in zip(weights, stored, strict=True))
    return math.sqrt(off / sum(weight**2 for weight in weights))


def bell_row(outliers: bool) -> list[float]:
    """Return 256 made-up weights: most near zero, few far from it, as in a row of a real model. Always the same ones.

    With `outliers`, two of them are seven times as far from zero as is usual.
    """
    seed, row = 20_260_729, []
    for _ in range(SUPER_BLOCK):
        total = 0.0
        for _ in range(12):  # the sum of twelve even draws is bell-shaped
            seed = (1_103_515_245 * seed + 12_345) % (1 << 31)
            total += seed / (1 << 31)
        row.append(round(0.02 * (total - 6), 4))
    if outliers:
        row[19], row[150] = 0.14, -0.14
    return row
