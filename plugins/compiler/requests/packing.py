"""Pack a model into what the package loads: one byte for a weight, small ones left out, and compressed.

What the meanings of words add would take most of the space. It is written as the sum of a few rows out of short tables,
so that a word needs one byte for each table: first the row that comes nearest, then the one nearest to the rest. What is
left out or inexact matters most in features that many texts have, so these are written most exactly. The weights that are
kept are then fitted again to the examples, beside the meanings as they are written, which gives back most of what was lost.
"""

from __future__ import annotations

import base64
import itertools
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from nameplate.picker.understanding.lanes import BIAS

from .context import trained
from .training import SEED, Fitted, fit_again

MOST_MEANINGS = 33_000  # words with a meaning and no weights of their own
LEVELS, LARGEST = 14, 127  # steps from zero to what few weights exceed, and to the largest that is kept
QUANTILE = 0.9995
# The share of the weights that is left out at least, those that change the fewest scores, and how many are kept at most.
LEFT_OUT, MOST_WEIGHTS = 0.9, 212_000
FARTHEST = 255  # places from one weight to the next that a byte can hold
TABLES, ROWS = 4, 256
DIGITS = 6  # decimals of the numbers in the tables before they are fitted again
ROUNDS = 12  # of looking for the rows of a table


def packed(model: Fitted, temperature: float = 1.0, levels: int = LEVELS) -> dict[str, Any]:
    """Return the model as constants of a module; see classifier.py for what each means."""
    weighted, both = len(model.weights), model.both
    alone = _kept(model, MOST_MEANINGS)
    kept = [*range(weighted), *alone]
    sizes = np.abs(model.weights)
    matters = np.sqrt(1.0 + model.frequency)
    changes = sizes * matters[:weighted, None]
    mask = changes >= max(np.quantile(changes, max(LEFT_OUT, 1.0 - MOST_WEIGHTS / changes.size)), 1e-9)
    weights, intercepts = np.where(mask, model.weights, 0.0), model.intercepts
    tables, codes = np.zeros((0, 0, len(model.labels))), np.zeros((0, 0), dtype=np.int64)
    rows = [place if place < both else place - weighted + both for place in [*range(both), *alone]]
    if rows:
        tables, codes = _tabulated(model.meanings[rows], matters[[*range(both), *alone]])
        meanings = np.zeros_like(model.meanings)
        meanings[rows] = _added(tables, codes)
        weights, factors, intercepts = fit_again(model, mask, meanings)
        tables = tables * factors
    step = float(f"{np.quantile(np.abs(weights), QUANTILE) / levels:.6g}")
    weights, tables = _stepped(weights, step), _stepped(tables, step)
    length_step = float(f"{model.lengths.max() / 255:.6g}")
    lengths = np.clip(np.rint(model.lengths[kept] / length_step), 1, 255)
    shared, endings = _folded([model.features[place] for place in kept])
    names = "\n".join(endings).encode()
    gaps, values = _sparse(weights.T.ravel())
    parts = (shared, lengths, gaps, values + BIAS, codes.T, tables + BIAS)
    content = zlib.compress(names + b"".join(np.asarray(part).astype(np.uint8).tobytes() for part in parts), 9)
    found = {
        "labels": model.labels,
        "step": step,
        "length_step": length_step,
        "intercepts": tuple(float(f"{value:.5g}") for value in intercepts),
        "temperature": float(f"{temperature:.4g}"),
        "counts": (weighted, len(rows), len(kept), len(gaps)),
        "tables": tables.shape[:2],
        "names_bytes": len(names),
        "content": base64.b64encode(content).decode("ascii"),
    }
    if rows:
        words = (model.features[place] for place in [*range(both), *alone])
        meant = dict(zip(words, _added(tables, codes), strict=True))
        classes = np.searchsorted(np.array(model.labels), model.wanted)
        found["context"] = trained(model.texts, classes, meant, len(model.labels))
    return found


def without_least(model: Fitted, most: int) -> Fitted:
    """Return a model without meanings that has only the features that say most."""
    says = np.round(np.linalg.norm(model.weights, axis=1), 6)
    order = sorted(range(len(says)), key=lambda place: (-says[place], model.features[place]))
    kept = sorted(order[:most])
    features = tuple(model.features[place] for place in kept)
    return replace(
        model,
        features=features,
        weights=model.weights[kept],
        lengths=model.lengths[kept],
        frequency=model.frequency[kept],
        counts=model.counts[:, kept],
    )


def _folded(words: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return how many letters each word shares with the one before, and the rest of it.

    >>> _folded(["chat", "chatter", "check"])
    ([0, 4, 2], ['chat', 'ter', 'eck'])
    """
    shared = [
        sum(1 for _ in itertools.takewhile(lambda letters: letters[0] == letters[1], zip(before, word, strict=False)))
        for before, word in itertools.pairwise(["", *words])
    ]
    return shared, [word[size:] for word, size in zip(words, shared, strict=True)]


def _sparse(numbers: Any) -> tuple[Any, Any]:
    """Return how far each number that isn't zero is from the one before, and these numbers.

    A zero is among them where the next one is too far for a byte.

    >>> [part.tolist() for part in _sparse(np.array([7, 0, 0, -1, *[0] * 300, 5]))]
    [[1, 3, 255, 46], [7, -1, 0, 5]]
    """
    places = np.flatnonzero(numbers) + 1
    gaps = np.diff(places, prepend=0)
    before = (gaps - 1) // FARTHEST
    ends = np.cumsum(before + 1) - 1
    all_gaps, values = np.full(int((before + 1).sum()), FARTHEST), np.zeros(int((before + 1).sum()), dtype=np.int64)
    all_gaps[ends], values[ends] = gaps - before * FARTHEST, numbers[places - 1]
    return all_gaps, values


def _stepped(numbers: Any, step: float) -> Any:
    return np.clip(np.rint(numbers / step), -LARGEST, LARGEST).astype(np.int64)


def _kept(model: Fitted, most: int) -> list[int]:
    """Return the places of the words with a meaning alone that say most, in their order."""
    weighted = len(model.weights)
    scores = model.meanings[model.both :]
    says = np.round(np.linalg.norm(scores - scores.mean(axis=1, keepdims=True), axis=1), 6)
    order = sorted(range(len(says)), key=lambda row: (-says[row], model.features[weighted + row]))
    return [weighted + row for row in sorted(order[:most])]


def _tabulated(rows: Any, matters: Any) -> tuple[Any, Any]:
    """Return tables of rows, and for each row the numbers of those in the tables that add up to nearly it.

    `matters` says for each row how much its exactness counts.
    """
    rest = rows.astype(np.float64)
    tables, codes = [], []
    for number in range(TABLES):
        table = np.round(_centres(rest, matters, SEED + number), DIGITS)
        nearest = _nearest(rest, table)
        rest = rest - table[nearest]
        tables.append(table)
        codes.append(nearest)
    return np.array(tables), np.array(codes).T


def _added(tables: Any, codes: Any) -> Any:
    """Return the rows that the tables add up to."""
    return sum(table[numbers] for table, numbers in zip(tables, codes.T, strict=True))


def _centres(rows: Any, matters: Any, seed: int) -> Any:
    """Return the weighted middles of groups of rows that are near each other: k-means, as often as ROUNDS says."""
    chance = np.random.default_rng(seed)
    count = min(ROWS, len(rows))
    centres = np.zeros((ROWS, rows.shape[1]))
    centres[:count] = rows[chance.choice(len(rows), count, replace=False, p=matters / matters.sum())]
    for _ in range(ROUNDS):
        nearest = _nearest(rows, centres)
        members = sparse.csr_matrix((matters, (nearest, np.arange(len(rows)))), shape=(ROWS, len(rows)))
        weight = np.asarray(members.sum(axis=1))
        centres = np.where(weight > 0, members @ rows / np.maximum(weight, 1e-9), centres)
    return centres


def _nearest(rows: Any, centres: Any) -> Any:
    """Return the number of the nearest centre for each row."""
    sizes = (centres**2).sum(axis=1)
    return np.concatenate([(sizes - 2 * part @ centres.T).argmin(axis=1) for part in np.array_split(rows, 16)])
