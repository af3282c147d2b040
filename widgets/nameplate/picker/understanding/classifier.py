"""Weigh the features of a text: a linear model with a softmax, on whole numbers and the standard library alone.

A feature has weights for each class. A word has a meaning beside that, which adds a row of each of a few short tables, so
that words of no example count like those that mean the same. All of a feature is one row of bytes. As one large number
with 32 bits for each byte, a row is added to another in a single step, which is what makes this fast enough for a page: a
request of 600 words has ten thousand features. What words mean beside each other is added by `context`.
"""

from __future__ import annotations

import base64
import functools
import itertools
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .context import Context, Place
from .features import features_of, is_by_character, pairs, places, tokens
from .lanes import BIAS, LANE_BITS, as_lanes, as_number, numbers_in
from .relatives import relatives

MOST_KEPT = 20_000  # words whose sums are kept


class Linear:
    """A linear model over features. `scores` gives a number for each class, `shares` probabilities."""

    def __init__(self, packed: Mapping[str, Any]) -> None:
        self.labels: tuple[str, ...] = tuple(packed["labels"])
        self._step: float = packed["step"]
        self._length_step: float = packed["length_step"]
        self._intercepts: tuple[float, ...] = packed["intercepts"]
        self._temperature: float = packed["temperature"]
        self._weighted, meant, features, entries = packed["counts"]
        # Words that have both come first, then other features with weights, then words with a meaning alone.
        self._both = self._weighted + meant - features
        content = _Content(zlib.decompress(base64.b64decode(packed["content"])))
        endings = content.take(packed["names_bytes"]).decode().split("\n")
        self._places = {feature: place for place, feature in enumerate(_unfolded(content.take(features), endings))}
        classes = len(self.labels)
        tables, rows = packed["tables"]
        self._lengths = content.take(features)
        weights = bytearray([BIAS]) * (classes * self._weighted)
        # Most weights are zero. Of the others, it is written how far each is from the one before.
        for place, weight in zip(itertools.accumulate(content.take(entries)), content.take(entries), strict=True):
            weights[place - 1] = weight
        by_feature = bytearray(len(weights))  # they are written by class
        for number in range(classes):
            by_feature[number::classes] = weights[number * self._weighted : (number + 1) * self._weighted]
        self._weights = bytes(by_feature)
        self._codes = [content.take(meant) for _ in range(tables)]
        self._tables = [[as_number(content.take(classes)) for _ in range(rows)] for _ in range(tables)]
        self._bias = as_number(bytes([BIAS]) * classes)
        self._rows: dict[int, tuple[int, int]] = {}
        self._of_words: dict[str, tuple[int, int]] = {}
        self._of_unknown: dict[str, tuple[int, int]] = {}
        self._context = Context(packed["context"], classes, self._meaning) if "context" in packed else None

    def _row(self, place: int) -> tuple[int, int]:
        """Return the row of a feature with its length in the last lane, and how often the bias is in it."""
        found = self._rows.get(place)
        if found is None:
            classes = len(self.labels)
            total, count = self._lengths[place] << LANE_BITS * classes, 0
            if place < self._weighted:
                total, count = total + as_number(self._weights[place * classes : (place + 1) * classes]), 1
            meaning = self._meaning_row(place)
            if meaning is not None:
                total, count = total + meaning, count + len(self._tables)
            found = self._rows[place] = (total, count)
        return found

    def _meaning_row(self, place: int) -> int | None:
        """Return what a feature means, with the bias once for each table; None if it has no meaning."""
        if self._both <= place < self._weighted:
            return None
        word = place if place < self._both else place - self._weighted + self._both
        return sum(table[codes[word]] for table, codes in zip(self._tables, self._codes, strict=True))

    def _meaning(self, place: Place) -> list[int]:
        """Return what the features of a place mean together; what its relatives mean on average for an unknown word."""
        known = [feature for feature in place if feature in self._places]
        words = known or [one for word in place if not is_by_character(word) for one in self._relatives(word)]
        total = count = 0
        for row in (self._meaning_row(self._places[word]) for word in words):
            if row is not None:
                total, count = total + row, count + 1
        if not count:
            return []
        shift, share = BIAS * len(self._tables) * count, 1 if known else count
        return [(number - shift) // share for number in numbers_in(total, len(self.labels))]

    def _relatives(self, word: str) -> list[str]:
        return relatives(word, self._places, self._words)

    def _sum(self, features: Iterable[str]) -> tuple[int, int]:
        """Return the sum of the rows of the features that are known, and how often the bias is in it."""
        places, rows = self._places, self._rows
        total = count = 0
        for feature in features:
            place = places.get(feature)
            if place is not None:
                row, times = rows.get(place) or self._row(place)
                total += row
                count += times
        return total, count

    def _word(self, word: str) -> tuple[int, int]:
        found = self._of_words.get(word)
        if found is None:
            if len(self._of_words) > MOST_KEPT:
                self._of_words.clear()
            found = self._of_words[word] = self._sum(features_of(word))
        return found

    def _unknown(self, word: str) -> tuple[int, int]:
        """Return the sum of an unknown word's runs of letters and of what its relatives are on average."""
        found = self._of_unknown.get(word)
        if found is None:
            if len(self._of_unknown) > MOST_KEPT:
                self._of_unknown.clear()
            row, times = self._word(word)
            of_relatives, more = self._average(self._relatives(word))
            found = self._of_unknown[word] = (row + of_relatives, times + more)
        return found

    @functools.cached_property
    def _words(self) -> list[str]:
        """The words with a meaning, sorted."""
        features = list(self._places)
        return sorted(features[: self._both] + features[self._weighted :])

    def _average(self, words: Sequence[str]) -> tuple[int, int]:
        """Return the average row of some known words, and how often the bias is in it."""
        rows = [self._row(self._places[word]) for word in words]
        if not rows:
            return 0, 0
        most = max(count for _, count in rows)
        lanes = [numbers_in(row + self._bias * (most - count), len(self.labels) + 1) for row, count in rows]
        return as_lanes([sum(numbers) // len(rows) for numbers in zip(*lanes, strict=True)]), most

    def scores(self, words: Sequence[str]) -> list[float] | None:
        """Return the score of each class for a list of tokens; None if nothing in them is known."""
        total, count = self._sum(dict.fromkeys(pairs(words)))
        # A text of unknown words alone says nothing, so their relatives don't either.
        has_known = bool(self._tables) and any(word in self._places for word in words)
        for word in dict.fromkeys(words):
            is_unknown = has_known and word not in self._places and not is_by_character(word)
            row, times = self._unknown(word) if is_unknown else self._word(word)
            total += row
            count += times
        if not count:
            return None
        *sums, length = numbers_in(total, len(self.labels) + 1)
        shift = BIAS * count
        scale = self._step / math.sqrt(max(length, 1) * self._length_step)
        scores = [(number - shift) * scale + start for number, start in zip(sums, self._intercepts, strict=True)]
        if self._context is None:
            return scores
        return [score + more for score, more in zip(scores, self._context.scores(self._read(words)), strict=True)]

    def _read(self, words: Sequence[str]) -> list[Place]:
        """Return the places of a text. Among more unknown words than known ones, the unknown ones say nothing."""
        unknown = {(word,) for word in words if word not in self._places and not is_by_character(word)}
        found = [*places(words)]
        if 2 * sum(place in unknown for place in found) > len(found):
            return [() if place in unknown else place for place in found]
        return found

    def shares(self, words: Sequence[str]) -> dict[str, float]:
        """Return the probability of each class; nothing if no word is known."""
        scores = self.scores(words)
        return {} if scores is None else dict(zip(self.labels, softmax(scores, self._temperature), strict=True))

    def shares_of(self, text: str) -> dict[str, float]:
        """Return the probability of each class for a text."""
        return self.shares(tokens(text))


class _Content:
    """Bytes that are taken from the beginning, one part after the other."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._place = 0

    def take(self, size: int) -> bytes:
        self._place += size
        return self._content[self._place - size : self._place]


def _unfolded(shared: bytes, endings: Sequence[str]) -> Iterator[str]:
    """Yield words that are written without the letters that each shares with the one before.

    >>> list(_unfolded(bytes([0, 4, 2]), ["chat", "ter", "eck"]))
    ['chat', 'chatter', 'check']
    """
    word = ""
    for size, ending in zip(shared, endings, strict=True):
        word = word[:size] + ending
        yield word


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Return probabilities in the order of scores.

    >>> [round(share, 2) for share in softmax([0.0, 1.0, 1.0])]
    [0.16, 0.42, 0.42]
    """
    most = max(scores)
    powers = [math.exp((score - most) / temperature) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
