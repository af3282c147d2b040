"""A table of word vectors: GloVe's, cut to frequent and everyday words, and rounded to 8 bits a number.

data/vectors/README.md says where it comes from, and plugins/compiler/glove.py how it was cut. What takes time is done with
whole numbers, and for all words at once: the first numbers of all vectors are one long number, four bytes for each word, the
second ones another. The sum of these, each times a number of the vector that words are compared with, has the sum of
products of each word in its four bytes.
"""

from __future__ import annotations

import functools
import heapq
import math
import operator
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ..vocabulary.lookup import vocabulary

SIZE = 100  # numbers of a vector
SCALE = struct.Struct("<e")  # in front of the numbers of a word
ZERO = 128  # the byte of zero
FINE = 4096  # steps of a whole number in a vector that words are compared with
LANE = 4  # bytes of a word in a long number: SIZE times 255 times 2 * FINE is less than they hold

Vector = tuple[float, ...]
# Python 3.12 has this built in, and six times as fast.
sum_of_products: Callable[[Iterable[int], Iterable[int]], int] = getattr(
    math, "sumprod", lambda one, other: sum(map(operator.mul, one, other))
)


class Near(NamedTuple):
    """A word, and how similar it is: 1 in the same direction, 0 across it."""

    word: str
    similarity: float


class WordTable:
    """Words and their vectors, the most frequent word first."""

    def __init__(self, words: Sequence[str], stored: bytes, mean: Vector) -> None:
        length = SCALE.size + SIZE
        self.words = tuple(words)
        self.mean = mean
        self._scales = [SCALE.unpack_from(stored, place)[0] for place in range(0, len(stored), length)]
        starts = range(SCALE.size, len(stored), length)
        self._rows = [stored[start : start + SIZE] for start in starts]
        self._places = {word: place for place, word in enumerate(words)}

    def __contains__(self, word: str) -> bool:
        return word in self._places

    def vector(self, word: str) -> Vector:
        """Return the numbers of a word.

        >>> [round(number, 2) for number in words_of_glove().vector("code")[1:4]]
        [-0.24, 0.73, -0.78]
        """
        place = self._places[word]
        scale = self._scales[place]
        return tuple(scale * (byte - ZERO) for byte in self._rows[place])

    def centred(self, word: str) -> Vector:
        """Return the numbers of a word without what all words have in common."""
        return minus(self.vector(word), self.mean)

    def nearest(self, vector: Vector, count: int) -> list[Near]:
        """Return the words whose vectors are the most similar to one.

        >>> words_of_glove().nearest(words_of_glove().vector("cat"), 2)[1].word
        'dog'
        """
        products = self._products(vector)
        return self._first(map(_divided, products, self._lengths), count, vector)

    def nearest_centred(self, vector: Vector, count: int) -> list[Near]:
        """Return the most similar words where what all words have in common is left out, in the words and the vector."""
        middle = dot(vector, self.mean)
        products = (product - middle for product in self._products(vector))
        return self._first(map(_divided, products, self._centred_lengths), count, vector)

    def _products(self, vector: Vector) -> Iterable[float]:
        """Yield the sum of products of a vector with that of each word."""
        fine = FINE / (max(map(abs, vector)) or 1.0)
        whole = [round(number * fine) for number in vector]
        zeros = ZERO * sum(whole)
        sums = self._lanes(sum(map(operator.mul, self._columns, [number + FINE for number in whole])))
        for products, bytes_, scale in zip(sums, self._sums_of_bytes, self._scales, strict=True):
            yield (products - FINE * bytes_ - zeros) * scale / fine

    @functools.cached_property
    def _columns(self) -> list[int]:
        """Return each place of all vectors as one long number."""
        stored = b"".join(self._rows)
        columns = []
        for place in range(SIZE):
            lanes = bytearray(LANE * len(self._rows))
            lanes[::LANE] = stored[place::SIZE]
            columns.append(int.from_bytes(lanes, "little"))
        return columns

    @functools.cached_property
    def _sums_of_bytes(self) -> Sequence[int]:
        return self._lanes(sum(self._columns))

    def _lanes(self, number: int) -> Sequence[int]:
        """Return what a long number holds for each word."""
        size = len(self._rows)
        return struct.unpack(f"<{size}I", number.to_bytes(LANE * size, "little"))

    def _first(self, products: Iterable[float], count: int, vector: Vector) -> list[Near]:
        own = length_of(vector) or 1.0
        best = heapq.nlargest(count, zip(products, self.words, strict=True))
        return [Near(word, product / own) for product, word in best]

    @functools.cached_property
    def _lengths(self) -> list[float]:
        lengths = []
        for row, scale in zip(self._rows, self._scales, strict=True):
            squares = sum_of_products(row, row) - 2 * ZERO * sum(row) + SIZE * ZERO * ZERO
            lengths.append(scale * math.sqrt(squares))
        return lengths

    @functools.cached_property
    def _centred_lengths(self) -> list[float]:
        square = dot(self.mean, self.mean)
        products = self._products(self.mean)
        return [
            math.sqrt(length * length - 2 * product + square)
            for length, product in zip(self._lengths, products, strict=True)
        ]

    def alike(self, word: str, count: int = 3) -> list[str]:
        """Return the words that are spelled most like one that isn't in the table.

        >>> words_of_glove().alike("quen"), words_of_glove().alike("xyzzy")
        (['queen', 'queens'], [])
        """
        pairs = _pairs(word)
        shares = ((2 * len(pairs & other) / (len(pairs) + len(other)), like) for like, other in self._candidates(word))
        found = heapq.nlargest(count, shares, key=lambda one: one[0])
        return [like for share, like in found if share >= SPELLED_ALIKE]

    def _candidates(self, word: str) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield words as long as another, or nearly, with its first or its last letter: all would take too long."""
        first, last, lengths = word[:1], word[-1:], range(len(word) - 2, len(word) + 3)
        for like in self.words:
            if len(like) in lengths and (like[0] == first or like[-1] == last):
                yield like, _pairs(like)


SPELLED_ALIKE = 0.6  # of the pairs of letters are the same


def _pairs(word: str) -> frozenset[str]:
    """Return the pairs of letters side by side in a word, with its beginning and its end."""
    framed = f"^{word}$"
    return frozenset(framed[place : place + 2] for place in range(len(framed) - 1))


def _divided(product: float, length: float) -> float:
    return product / length if length else 0.0


@functools.lru_cache(maxsize=1)
def words_of_glove() -> WordTable:
    """Return the table that browsers load for the demonstrations."""
    compiled = _compiled()
    return WordTable(compiled.WORDS.split(), compiled.VECTORS, compiled.MEAN)


def _compiled() -> Any:
    """Return the module of compiled vectors; see plugins/compiler/vectors.py for its constants."""
    vocabulary()  # in a checkout this compiles the data again where it has changed
    from .. import _compiled_vectors

    return _compiled_vectors


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the sum of products of two vectors.

    >>> dot((1.0, 2.0), (3.0, 4.0))
    11.0
    """
    return math.fsum(map(operator.mul, one, other))


def length_of(vector: Sequence[float]) -> float:
    """Return how long a vector is.

    >>> length_of((3.0, 4.0))
    5.0
    """
    return math.sqrt(dot(vector, vector))


def similarity(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the cosine of the angle between two vectors.

    >>> similarity((1.0, 0.0), (2.0, 0.0)), similarity((1.0, 0.0), (0.0, 3.0))
    (1.0, 0.0)
    """
    lengths = length_of(one) * length_of(other)
    return dot(one, other) / lengths if lengths else 0.0


def plus(one: Sequence[float], other: Sequence[float]) -> Vector:
    """Return the sum of two vectors.

    >>> plus((1.0, 2.0), (3.0, 4.0))
    (4.0, 6.0)
    """
    return tuple(map(operator.add, one, other))


def minus(one: Sequence[float], other: Sequence[float]) -> Vector:
    """Return the difference of two vectors.

    >>> minus((1.0, 2.0), (3.0, 4.0))
    (-2.0, -2.0)
    """
    return tuple(map(operator.sub, one, other))


def times(number: float, vector: Sequence[float]) -> Vector:
    """Return a vector made longer.

    >>> times(2.0, (1.0, 2.0))
    (2.0, 4.0)
    """
    return tuple(number * one for one in vector)
