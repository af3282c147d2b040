"""Train the small network that reads words beside each other; `understanding/context.py` explains and applies it.

A sum of words is the same for "a voice that reads text" and "text that reads a voice". This network sees three words at a time,
as the package does: as what they mean for each class, rounded. It is trained on the same examples, with single words and
detectors left out at random so that it relies on none of them. All sums have double precision: what processors do
differently in the last digits then vanishes when weights become bytes.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from nameplate.picker.understanding.context import UNIT
from nameplate.picker.understanding.features import places, tokens
from nameplate.picker.understanding.lanes import BIAS

DETECTORS = 192
ROUNDS, BATCH = 20, 128
RATE, LAST_RATE = 2e-3, 2e-5  # how far weights move in a step, at the beginning and in the end
WORDS_LEFT_OUT, DETECTORS_LEFT_OUT = 0.1, 0.3
SIZE_OF_MEANINGS = 0.6  # the usual size of the numbers that the network sees
FOR_CONTEXT = 0.1  # what the network counts for beside the linear model
LARGEST = 127
QUANTILE = 0.9998  # what few weights exceed is cut
SEED = 0


def trained(texts: Sequence[str], classes: Any, meanings: Mapping[str, Any], count: int) -> dict[str, Any]:
    """Return the network, packed. `classes` has the number of each text's class, of `count`.

    `meanings` has the whole numbers that each feature means.
    """
    unit = SIZE_OF_MEANINGS / np.sqrt(np.mean(np.array([*meanings.values()], dtype=np.float64) ** 2))
    rows = [_rows(text, meanings, count) * unit for text in texts]
    network = _Network(count, np.random.default_rng(SEED))
    with threadpool_limits(1):
        for number in range(ROUNDS):
            rate = RATE * (1 - number / ROUNDS) + LAST_RATE
            for chosen in _batches(rows, network.chance):
                network.learn(*_padded([rows[at] for at in chosen], count), classes[chosen], rate)
    return _packed(network, unit)


def _rows(text: str, meanings: Mapping[str, Any], size: int) -> Any:
    """Return a row for each place of a text."""
    nothing = np.zeros(size)
    found = [sum((meanings.get(one, nothing) for one in place), nothing) for place in places(tokens(text))]
    return np.array(found or [nothing], dtype=np.float64)


def _batches(rows: Sequence[Any], chance: Any) -> Iterator[Any]:
    """Yield all texts in random order, those of about the same length together."""
    order = chance.permutation(len(rows))
    lengths = np.array([len(row) for row in rows])
    batches = []
    for start in range(0, len(order), BATCH * 16):
        part = order[start : start + BATCH * 16]
        part = part[np.argsort(lengths[part], kind="stable")]
        batches += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
    yield from (batches[at] for at in chance.permutation(len(batches)))


def _padded(rows: Sequence[Any], size: int) -> tuple[Any, Any]:
    """Return texts of the same length with nothing at both ends, and which of their places are real."""
    longest = max(map(len, rows))
    texts, real = np.zeros((len(rows), longest + 2, size)), np.zeros((len(rows), longest, 1))
    for number, row in enumerate(rows):
        texts[number, 1 : 1 + len(row)] = row
        real[number, : len(row)] = 1.0
    return texts, real


class _Network:
    """The weights of the network, and how far and how evenly each has moved lately, as the method Adam needs it."""

    def __init__(self, size: int, chance: Any) -> None:
        self.chance = chance
        self.weights = {
            "filters": chance.normal(size=(3 * size, DETECTORS)) * (1.4 / np.sqrt(3 * size)),
            "biases": np.zeros(DETECTORS),
            "last": chance.normal(size=(2 * DETECTORS, size)) / np.sqrt(2 * DETECTORS),
            "last_biases": np.zeros(size),
        }
        self._moved = {name: np.zeros_like(weights) for name, weights in self.weights.items()}
        self._squares = {name: np.zeros_like(weights) for name, weights in self.weights.items()}
        self._steps = 0

    def learn(self, texts: Any, real: Any, classes: Any, rate: float) -> None:
        """Take one step that makes the right classes of some texts likelier."""
        texts = texts * (self.chance.random((*texts.shape[:2], 1)) > WORDS_LEFT_OUT)
        count, longest, size = texts.shape[0], texts.shape[1] - 2, texts.shape[2]
        beside = np.concatenate([texts[:, :-2], texts[:, 1:-1], texts[:, 2:]], axis=2).reshape(-1, 3 * size)
        numbers = beside @ self.weights["filters"] + self.weights["biases"]
        numbers = np.maximum(numbers.reshape(count, longest, DETECTORS), 0.0) * real
        best, root = numbers.argmax(axis=1)[:, None], np.sqrt(real.sum(axis=1))
        largest = np.take_along_axis(numbers, best, axis=1)[:, 0]
        left = (self.chance.random((count, 2 * DETECTORS)) > DETECTORS_LEFT_OUT) / (1 - DETECTORS_LEFT_OUT)
        detected = np.concatenate([largest, numbers.sum(axis=1) / root], axis=1) * left
        wrong = _shares(detected @ self.weights["last"] + self.weights["last_biases"])
        wrong[np.arange(count), classes] -= 1.0
        wrong /= count
        back = (wrong @ self.weights["last"].T) * left
        to_numbers = np.repeat((back[:, DETECTORS:] / root)[:, None], longest, axis=1)
        to_best = np.take_along_axis(to_numbers, best, axis=1) + back[:, None, :DETECTORS]
        np.put_along_axis(to_numbers, best, to_best, axis=1)
        to_numbers = (to_numbers * (numbers > 0)).reshape(-1, DETECTORS)
        slopes = {
            "filters": beside.T @ to_numbers,
            "biases": to_numbers.sum(axis=0),
            "last": detected.T @ wrong,
            "last_biases": wrong.sum(axis=0),
        }
        self._move(slopes, rate)

    def _move(self, slopes: Mapping[str, Any], rate: float) -> None:
        self._steps += 1
        for name, slope in slopes.items():
            moved, squares = self._moved[name], self._squares[name]
            moved += 0.1 * (slope - moved)
            squares += 0.005 * (slope**2 - squares)
            even = np.sqrt(squares / (1 - 0.995**self._steps)) + 1e-8
            self.weights[name] -= rate * (moved / (1 - 0.9**self._steps)) / even


def _shares(scores: Any) -> Any:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _packed(network: _Network, unit: float) -> dict[str, Any]:
    """Return the weights as bytes, and the size of their steps. `unit` is what a step of a meaning was for the network."""
    filters, filter_step = _stepped(network.weights["filters"])
    last, last_step = _stepped(network.weights["last"] * FOR_CONTEXT)
    step = float(f"{filter_step * unit:.6g}")
    content = b"".join((part + BIAS).astype(np.uint8).tobytes() for part in (filters, last))
    return {
        "detectors": DETECTORS,
        "step": step,
        "biases": tuple(np.rint(network.weights["biases"] / step).astype(int).tolist()),
        "last_step": float(f"{last_step / UNIT:.6g}"),
        "last_biases": tuple(float(f"{one * FOR_CONTEXT:.5g}") for one in network.weights["last_biases"]),
        "content": base64.b64encode(zlib.compress(content, 9)).decode("ascii"),
    }


def _stepped(weights: Any) -> tuple[Any, float]:
    step = float(f"{np.quantile(np.abs(weights), QUANTILE) / LARGEST:.6g}")
    return np.clip(np.rint(weights / step), -LARGEST, LARGEST).astype(np.int64), step
