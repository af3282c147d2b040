"""A model that is trained in the page: it guesses the next letter from the last one, and has a weight for each pair.

The chances after a letter are the softmax of its weights. A step of training nudges each weight by the learning rate times
the difference between how often a letter came next and how likely the model thought it was: that is the gradient of the
cross-entropy.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from .counting import drawn, novel, to_read

LETTERS = "abcdefghijklmnopqrstuvwxyz "
Weights = tuple[tuple[float, ...], ...]  # of a letter, for each that may follow
START: Weights = ((0.0,) * len(LETTERS),) * len(LETTERS)


@functools.lru_cache(maxsize=1)
def followers() -> tuple[tuple[float, ...], ...]:
    """Return what the model is to learn: for each letter the shares of those that follow it in the novel.

    >>> round(followers()[LETTERS.index("q")][LETTERS.index("u")], 2)
    1.0
    """
    counts = [[0] * len(LETTERS) for _ in LETTERS]
    for last, following in _pairs():
        counts[last][following] += 1
    return tuple(tuple(count / (sum(row) or 1) for count in row) for row in counts)


@functools.lru_cache(maxsize=1)
def frequencies() -> tuple[float, ...]:
    """Return the share of each letter in the novel."""
    times = [0] * len(LETTERS)
    for last, _ in _pairs():
        times[last] += 1
    return tuple(count / sum(times) for count in times)


@functools.lru_cache(maxsize=1)
def _pairs() -> tuple[tuple[int, int], ...]:
    text = " ".join(word for word in novel()[: to_read()] if word[0].isalpha())
    places = [LETTERS.index(letter) for letter in text if letter in LETTERS]
    return tuple(pairwise(places))


def softmax(weights: Sequence[float]) -> list[float]:
    """Return chances: the larger the weight, the larger the chance, and together they are 1.

    >>> softmax([0.0, 0.0]), [round(chance, 2) for chance in softmax([2.0, 0.0])]
    ([0.5, 0.5], [0.88, 0.12])
    """
    most = max(weights)
    raised = [math.exp(weight - most) for weight in weights]
    total = sum(raised)
    return [one / total for one in raised]


def nudges(weights: Sequence[float], target: Sequence[float], rate: float) -> list[float]:
    """Return by how much each weight of a letter changes in one step.

    >>> nudges([0.0, 0.0], [1.0, 0.0], 2.0)
    [1.0, -1.0]
    """
    return [rate * (wanted - chance) for wanted, chance in zip(target, softmax(weights), strict=True)]


class Training:
    """What becomes of the weights at one learning rate, step by step. A step that was taken once is kept."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self._weights = [START]
        self._losses = [cross_entropy(START)]

    def weights(self, steps: int) -> Weights:
        """Return the weights after so many steps from nothing."""
        while len(self._weights) <= steps:
            last = self._weights[-1]
            self._weights.append(tuple(map(self._nudged, last, followers())))
            self._losses.append(cross_entropy(self._weights[-1]))
        return self._weights[steps]

    def losses(self, steps: int) -> list[float]:
        """Return the loss before the first step and after each of so many.

        >>> first, *_, last = Training(2.0).losses(10)
        >>> round(first, 2) == round(math.log(len(LETTERS)), 2), last < first
        (True, True)
        """
        self.weights(steps)
        return self._losses[: steps + 1]

    def _nudged(self, row: Sequence[float], target: Sequence[float]) -> tuple[float, ...]:
        return tuple(weight + nudge for weight, nudge in zip(row, nudges(row, target, self.rate), strict=True))


@functools.lru_cache(maxsize=16)
def training(rate: float) -> Training:
    """Return the training at a learning rate."""
    return Training(rate)


def cross_entropy(weights: Weights) -> float:
    """Return how surprised a model is by the next letter on average: minus the logarithm of the chance it gave that letter."""
    total = 0.0
    for share, row, target in zip(frequencies(), weights, followers(), strict=True):
        chances = softmax(row)
        total -= share * sum(
            wanted * math.log(max(chance, 1e-12)) for wanted, chance in zip(target, chances, strict=True) if wanted
        )
    return total


@functools.lru_cache(maxsize=1)
def best() -> float:
    """Return the loss of a model that knows every share exactly: no model that sees one letter does better."""
    return -sum(
        share * sum(wanted * math.log(wanted) for wanted in target if wanted)
        for share, target in zip(frequencies(), followers(), strict=True)
    )


def written(weights: Weights, length: int, seed: int = 7) -> str:
    """Return a text that a model writes, letter by letter.

    >>> len(written(START, 40))
    40
    """
    text, last = "", LETTERS.index(" ")
    for _ in range(length):
        chances: Mapping[str, float] = dict(zip(LETTERS, softmax(weights[last]), strict=True))
        letter, seed = drawn(chances, seed)
        text, last = text + letter, LETTERS.index(letter)
    return text
