"""Fit a linear model, and lay out its weights so that the package can add them up by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.svm import LinearSVC

from .matrix import FOR_MEANING, space

STRENGTH = 0.5  # the inverse of the regularization
SEED = 0
TOLERANCE = 1e-2


@dataclass(frozen=True)
class Fitted:
    """A model: for each label the weights of the features that have some, and what the meaning of words adds to them.

    The features are in the order of `matrix.Space`; `lengths` are the squares of their own lengths, and `frequency` is the
    number of texts that each is in.
    """

    labels: tuple[str, ...]
    features: tuple[str, ...]
    both: int
    weights: Any
    meanings: Any
    lengths: Any
    frequency: Any
    intercepts: Any


def fit(
    texts: Sequence[str],
    labels: Sequence[str],
    words: Mapping[str, str],
    meanings: Mapping[str, Any],
    *,
    balance: float = 0.0,
    most_runs: int | None = None,
) -> Fitted:
    """Return the model of some texts with their labels. `words` are known beside those of the texts.

    `balance` lets a text count for more, the fewer its label has: with 1, each label counts the same in all. See
    `matrix.space` for `most_runs`.
    """
    found = space(texts, words, meanings, most_runs)
    weights = _weights(labels, balance)
    model = LinearSVC(C=STRENGTH, tol=TOLERANCE, random_state=SEED, class_weight=weights)
    model.fit(found.rows(texts), np.array(labels))
    coefficients = model.coef_.T
    own, of_meaning = coefficients[: found.weighted], coefficients[found.weighted :]
    rarity = found.rarity[:, None]
    with_meaning = np.concatenate([rarity[: found.both], rarity[found.weighted :]])
    return Fitted(
        tuple(map(str, model.classes_)),
        found.features,
        found.both,
        own * rarity[: found.weighted],
        found.meanings @ of_meaning * with_meaning * FOR_MEANING,
        found.rarity**2,
        found.frequency,
        model.intercept_.copy(),
    )


def _weights(labels: Sequence[str], balance: float) -> dict[str, float]:
    """Return what a text of each label counts for.

    >>> _weights(["a", "a", "a", "a", "b"], 1.0)
    {'a': 0.625, 'b': 2.5}
    """
    counts = Counter(labels)
    return {label: round((len(labels) / (len(counts) * count)) ** balance, 4) for label, count in counts.items()}
