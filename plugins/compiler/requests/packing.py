"""Pack a model into what the package loads: one byte for a weight, small ones left out, and compressed.

What the meanings of words add would take most of the space. It is written as the sum of a few rows out of short tables,
so that a word needs one byte for each table: first the row that comes nearest, then the one nearest to the rest. What is
left out or inexact matters most in features that many texts have, so these are written most exactly.
"""

from __future__ import annotations

import base64
import zlib
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from nameplate.picker.understanding.classifier import BIAS

from .training import SEED, Fitted

MOST_MEANINGS = 28_700  # words with a meaning and no weights of their own
LEVELS, LARGEST = 31, 127  # steps from zero to what few weights exceed, and to the largest that is kept
QUANTILE = 0.9995
# The share of the weights that is left out at least, those that change the fewest scores, and how many are kept at most.
LEFT_OUT, MOST_WEIGHTS = 0.9, 190_000
TABLES, ROWS = 4, 256
ROUNDS = 12  # of looking for the rows of a table


def packed(model: Fitted, temperature: float = 1.0) -> dict[str, Any]:
    """Return the model as constants of a module; see classifier.py for what each means."""
    weighted, both = len(model.weights), model.both
    alone = _kept(model, MOST_MEANINGS)
    kept = [*range(weighted), *alone]
    sizes = np.abs(model.weights)
    step = float(f"{np.quantile(sizes, QUANTILE) / LEVELS:.6g}")
    matters = np.sqrt(1.0 + model.frequency)
    changes = sizes * matters[:weighted, None]
    least = np.quantile(changes, max(LEFT_OUT, 1.0 - MOST_WEIGHTS / changes.size))
    weights = _stepped(np.where(changes < least, 0.0, model.weights), step)
    with_meaning = [*range(both), *alone]
    meant = model.meanings[[place if place < both else place - weighted + both for place in with_meaning]]
    none = np.zeros((0, 0, 0)), np.zeros((0, 0))
    tables, codes = _tabulated(meant, matters[with_meaning], step) if meant.size else none
    length_step = float(f"{model.lengths.max() / 255:.6g}")
    lengths = np.clip(np.rint(model.lengths[kept] / length_step), 1, 255)
    names = "\n".join(model.features[place] for place in kept).encode()
    parts = (lengths, (weights + BIAS).T, codes.T, tables + BIAS)
    content = zlib.compress(names + b"".join(part.astype(np.uint8).tobytes() for part in parts), 9)
    return {
        "labels": model.labels,
        "step": step,
        "length_step": length_step,
        "intercepts": tuple(float(f"{value:.5g}") for value in model.intercepts),
        "temperature": float(f"{temperature:.4g}"),
        "counts": (weighted, len(meant), len(kept)),
        "tables": tables.shape[:2],
        "names_bytes": len(names),
        "content": base64.b64encode(content).decode("ascii"),
    }


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
    )


def _stepped(numbers: Any, step: float) -> Any:
    return np.clip(np.rint(numbers / step), -LARGEST, LARGEST).astype(np.int64)


def _kept(model: Fitted, most: int) -> list[int]:
    """Return the places of the words with a meaning alone that say most, in their order."""
    weighted = len(model.weights)
    scores = model.meanings[model.both :]
    says = np.round(np.linalg.norm(scores - scores.mean(axis=1, keepdims=True), axis=1), 6)
    order = sorted(range(len(says)), key=lambda row: (-says[row], model.features[weighted + row]))
    return [weighted + row for row in sorted(order[:most])]


def _tabulated(rows: Any, matters: Any, step: float) -> tuple[Any, Any]:
    """Return tables of rows in steps, and for each row the numbers of those in the tables that add up to nearly it.

    `matters` says for each row how much its exactness counts.
    """
    rest = rows.astype(np.float64)
    tables, codes = [], []
    for number in range(TABLES):
        table = _stepped(_centres(rest, matters, SEED + number), step)
        nearest = _nearest(rest, table * step)
        rest = rest - table[nearest] * step
        tables.append(table)
        codes.append(nearest)
    return np.array(tables), np.array(codes).T


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
