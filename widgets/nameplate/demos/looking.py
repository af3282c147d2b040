"""Attention as a toy: words look back at each other by the vectors that they have in a plain table.

The sums are those of a model: a score for each pair from a query and a key, softmax, and a mix of values. What a model learns
is left out: query, key and value are the word's own vector, without what all words have in common. So a word would look
at itself above all, and isn't allowed to.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import NamedTuple

from .letters import softmax
from .word_table import SIZE, Vector, dot, length_of, plus, times, words_of_glove

SHARPNESS = 6.0  # what similarities are multiplied by before softmax: the higher, the more one word gets
BASE = 10_000  # of the turns for word order, as in RoPE
LONGEST = 12  # words


class Looked(NamedTuple):
    """The words of a text that the table knows, and how much each looks at those before it."""

    words: tuple[str, ...]
    shares: tuple[tuple[float, ...], ...]  # of a word, for each word before it


@functools.lru_cache(maxsize=1)
def _angles() -> tuple[float, ...]:
    """Return how far each pair of numbers turns from one place to the next: the first a lot, the last hardly."""
    return tuple(BASE ** (-2 * pair / SIZE) for pair in range(SIZE // 2))


def turned(vector: Sequence[float], place: int) -> Vector:
    """Return a vector with each pair of its numbers turned by an angle that grows with the place.

    Two turned vectors fit by how far apart their places are, and not by where they are:

    >>> vector = words_of_glove().vector("cat")
    >>> near, same = dot(turned(vector, 1), turned(vector, 2)), dot(turned(vector, 7), turned(vector, 8))
    >>> round(near - same, 6)
    0.0
    """
    found: list[float] = []
    for angle, one, other in zip(_angles(), vector[::2], vector[1::2], strict=True):
        cosine, sine = math.cos(place * angle), math.sin(place * angle)
        found += (one * cosine - other * sine, one * sine + other * cosine)
    return tuple(found)


def looked(words: Sequence[str], order: bool) -> Looked:
    """Return how much each word looks at each word before it; `order` says whether their places count.

    Without order, words are a heap, and the last word looks at them alike whichever came first:

    >>> one, other = looked("dog bites man today".split(), False), looked("man bites dog today".split(), False)
    >>> [round(share, 2) for share in one.shares[3]], [round(share, 2) for share in other.shares[3]]
    ([0.19, 0.11, 0.71], [0.71, 0.11, 0.19])
    """
    units = [_unit(word) for word in words]
    placed = [turned(unit, place) for place, unit in enumerate(units)] if order else units
    shares = [
        tuple(softmax([SHARPNESS * dot(query, key) for key in placed[:place]])) if place else ()
        for place, query in enumerate(placed)
    ]
    return Looked(tuple(words), tuple(shares))


def mixed(found: Looked, place: int) -> Vector:
    """Return the vector of a word after it has looked: its own, and to it the shares of the words before it."""
    table = words_of_glove()
    vector = table.centred(found.words[place])
    for word, share in zip(found.words[:place], found.shares[place], strict=True):
        vector = plus(vector, times(share, table.centred(word)))
    return vector


@functools.lru_cache(maxsize=256)
def _unit(word: str) -> Vector:
    """Return the vector of a word without what all words have in common, made as long as any other."""
    vector = words_of_glove().centred(word)
    return times(1 / (length_of(vector) or 1.0), vector)
