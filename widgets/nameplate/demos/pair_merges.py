"""Byte-pair encoding: learn from a text which pairs of pieces to join, and cut other texts into the pieces that result.

The method is that of https://aclanthology.org/P16-1162/ (Sennrich and others, 2016), on bytes, as GPT-2 and Llama 3 use it.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

Piece = bytes
Pair = tuple[Piece, Piece]
MOST = 1000  # merges that are learnt from the novel
BYTES = 256  # the pieces that everything can be cut into: their numbers come first
_WORD = re.compile(
    r" ?[^\W\d_]+| ?\d+| ?[^\w\s]+|_+|\s+"
)  # a space belongs to the word after it; pieces don't cross words


class Merge(NamedTuple):
    """Two pieces that are joined from now on, and how often they were side by side."""

    pair: Pair
    times: int

    @property
    def piece(self) -> Piece:
        """The piece that results."""
        return self.pair[0] + self.pair[1]


def words(text: str) -> list[str]:
    """Return a text cut into words, which no piece crosses.

    >>> words("Call me Ishmael. 1851")
    ['Call', ' me', ' Ishmael', '.', ' 1851']
    """
    return _WORD.findall(text)


def learnt(text: str, most: int) -> list[Merge]:
    """Return the pairs to join, in the order in which they were learnt: each time the one that is there most often.

    Of several, it is the first by the alphabet.

    >>> [merge.piece for merge in learnt("low low low lower newest newest newest widest", 4)]
    [b'es', b'est', b'lo', b'low']
    """
    return _Learner(Counter(words(text))).merges(most)


class _Learner:
    """The pieces of each word, and where each pair is, kept up to date from merge to merge."""

    def __init__(self, times: Counter[str]) -> None:
        self._times = list(times.values())
        self._words = [[bytes((byte,)) for byte in word.encode()] for word in times]
        self._counts: Counter[Pair] = Counter()
        self._places: dict[Pair, set[int]] = {}
        for place in range(len(self._words)):
            self._count(place, 1)

    def merges(self, most: int) -> list[Merge]:
        """Return up to `most` merges; fewer if nothing is left that occurs twice."""
        found: list[Merge] = []
        while len(found) < most and self._counts:
            times = max(self._counts.values())
            if times < 2:
                break
            pair = min(pair for pair, count in self._counts.items() if count == times)
            found.append(Merge(pair, times))
            for place in list(self._places.pop(pair)):
                self._count(place, -1)
                self._words[place] = joined(self._words[place], pair)
                self._count(place, 1)
            self._counts.pop(pair, None)
        return found

    def _count(self, place: int, sign: int) -> None:
        word, times = self._words[place], sign * self._times[place]
        for pair in pairwise(word):
            self._counts[pair] += times
            if sign > 0:
                self._places.setdefault(pair, set()).add(place)
            elif self._counts[pair] == 0:
                del self._counts[pair]


def joined(pieces: Sequence[Piece], pair: Pair) -> list[Piece]:
    """Return pieces with each occurrence of a pair joined, from the left.

    >>> joined([b"a", b"a", b"a"], (b"a", b"a"))
    [b'aa', b'a']
    """
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        if tuple(pieces[at : at + 2]) == pair:
            found.append(pair[0] + pair[1])
            at += 2
        else:
            found.append(pieces[at])
            at += 1
    return found


class Tokenizer:
    """What cuts texts: merges in their order. A piece's number is that of its byte, or 256 and on by the order of merges."""

    def __init__(self, merges: Iterable[Merge]) -> None:
        self._ranks = {merge.pair: rank for rank, merge in enumerate(merges)}
        self._numbers = {first + second: BYTES + rank for (first, second), rank in self._ranks.items()}

    def cut(self, text: str) -> list[Piece]:
        """Return the pieces of a text.

        >>> Tokenizer(learnt("low low low lower newest newest newest widest", 4)).cut("lowest é")
        [b'low', b'est', b' ', b'\\xc3', b'\\xa9']
        """
        return [piece for word in words(text) for piece in self._cut_word(word)]

    def _cut_word(self, word: str) -> list[Piece]:
        pieces = [bytes((byte,)) for byte in word.encode()]
        while len(pieces) > 1:
            pairs = [pair for pair in pairwise(pieces) if pair in self._ranks]
            if not pairs:
                break
            pieces = joined(pieces, min(pairs, key=self._ranks.__getitem__))
        return pieces

    def number(self, piece: Piece) -> int:
        """Return what a model gets in place of a piece.

        >>> Tokenizer([]).number(b"a")
        97
        """
        return self._numbers.get(piece, piece[0])


@functools.cache
def learnt_from_novel() -> list[Merge]:
    """Return what was learnt from the beginning of Moby-Dick when the data was compiled: it takes seconds in a browser."""
    from .counting import compiled

    return [Merge((first, second), times) for first, second, times in compiled().MERGES]
