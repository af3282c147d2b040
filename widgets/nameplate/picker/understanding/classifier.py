"""Weigh the features of a text: a linear model with a softmax, on whole numbers and the standard library alone.

A feature has weights for each class. A word has a meaning beside that, which adds a row of each of a few short tables, so
that words of no example count like those that mean the same. All of a feature is one row of bytes. As one large number
with 32 bits for each byte, a row is added to another in a single step, which is what makes this fast enough for a page: a
request of 600 words has ten thousand features.
"""

from __future__ import annotations

import base64
import functools
import math
import sys
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .features import features_of, is_by_character, pairs, tokens
from .relatives import relatives

BIAS = 128  # added to each number of a row, so that it holds no negative one
LANE_BYTES = 4
MOST_KEPT = 20_000  # words whose sums are kept


class Linear:
    """A linear model over features. `scores` gives a number for each class, `shares` probabilities."""

    def __init__(self, packed: Mapping[str, Any]) -> None:
        self.labels: tuple[str, ...] = tuple(packed["labels"])
        self._step: float = packed["step"]
        self._length_step: float = packed["length_step"]
        self._intercepts: tuple[float, ...] = packed["intercepts"]
        self._temperature: float = packed["temperature"]
        self._weighted, meant, features = packed["counts"]
        # Words that have both come first, then other features with weights, then words with a meaning alone.
        self._both = self._weighted + meant - features
        content = zlib.decompress(base64.b64decode(packed["content"]))
        names, content = content[: packed["names_bytes"]], content[packed["names_bytes"] :]
        self._places = {feature: place for place, feature in enumerate(names.decode().split("\n"))}
        classes = len(self.labels)
        tables, rows = packed["tables"]
        self._lengths = content[:features]
        self._weights = _parts(content, features, classes, self._weighted)
        start = features + classes * self._weighted
        self._codes = _parts(content, start, tables, meant)
        start += tables * meant
        self._tables = [
            [_as_number(row) for row in _parts(content, start + table * rows * classes, rows, classes)]
            for table in range(tables)
        ]
        self._bias = _as_number(bytes([BIAS]) * classes)
        self._rows: dict[int, tuple[int, int]] = {}
        self._of_words: dict[str, tuple[int, int]] = {}
        self._of_unknown: dict[str, tuple[int, int]] = {}

    def _row(self, place: int) -> tuple[int, int]:
        """Return the row of a feature with its length in the last lane, and how often the bias is in it."""
        found = self._rows.get(place)
        if found is None:
            total, count = self._lengths[place] << (8 * LANE_BYTES * len(self.labels)), 0
            if place < self._weighted:
                total, count = total + _as_number(bytes([plane[place] for plane in self._weights])), 1
            if place < self._both or place >= self._weighted:
                word = place if place < self._both else place - self._weighted + self._both
                for table, codes in zip(self._tables, self._codes, strict=True):
                    total, count = total + table[codes[word]], count + 1
            found = self._rows[place] = (total, count)
        return found

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
            of_relatives, more = self._average(relatives(word, self._places, self._words))
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
        lanes = [_numbers(row + self._bias * (most - count), len(self.labels) + 1) for row, count in rows]
        return _as_lanes([sum(numbers) // len(rows) for numbers in zip(*lanes, strict=True)]), most

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
        *sums, length = _numbers(total, len(self.labels) + 1)
        shift = BIAS * count
        scale = self._step / math.sqrt(max(length, 1) * self._length_step)
        return [(number - shift) * scale + start for number, start in zip(sums, self._intercepts, strict=True)]

    def shares(self, words: Sequence[str]) -> dict[str, float]:
        """Return the probability of each class; nothing if no word is known."""
        scores = self.scores(words)
        return {} if scores is None else dict(zip(self.labels, softmax(scores, self._temperature), strict=True))

    def shares_of(self, text: str) -> dict[str, float]:
        """Return the probability of each class for a text."""
        return self.shares(tokens(text))


def _parts(content: bytes, start: int, count: int, size: int) -> list[bytes]:
    """Return parts of one size that follow each other."""
    return [content[start + part * size : start + (part + 1) * size] for part in range(count)]


def _as_number(row: bytes) -> int:
    """Return bytes as one number, each in a lane of its own."""
    lanes = bytearray(len(row) * LANE_BYTES)
    lanes[::LANE_BYTES] = row
    return int.from_bytes(lanes, "little")


def _as_lanes(numbers: Sequence[int]) -> int:
    """Return numbers as one large number that holds them side by side."""
    return int.from_bytes(b"".join(number.to_bytes(LANE_BYTES, "little") for number in numbers), "little")


def _numbers(lanes: int, count: int) -> list[int]:
    """Return the numbers that one large number holds side by side."""
    content = lanes.to_bytes(count * LANE_BYTES, "little")
    if sys.byteorder == "little":
        return memoryview(content).cast("I").tolist()
    return [int.from_bytes(content[at : at + LANE_BYTES], "little") for at in range(0, len(content), LANE_BYTES)]


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Return probabilities in the order of scores.

    >>> [round(share, 2) for share in softmax([0.0, 1.0, 1.0])]
    [0.16, 0.42, 0.42]
    """
    most = max(scores)
    powers = [math.exp((score - most) / temperature) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
