"""Fit a linear model, and lay out its weights so that the package can add them up by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.svm import LinearSVC

from .matrix import FOR_MEANING, space

STRENGTH, STRENGTH_AGAIN = 0.5, 2.0  # the inverse of the regularization, of all weights and of those that are kept
SEED = 0
TOLERANCE = 1e-2


@dataclass(frozen=True)
class Fitted:
    """A model: for each label the weights of the features that have some, and what the meaning of words adds to them.

    The features are in the order of `matrix.Space`; `lengths` are the squares of their own lengths, and `frequency` is the
    number of texts that each is in. `texts` and `wanted` are what it was fitted to, `counts` has a row for each text.
    """

    labels: tuple[str, ...]
    features: tuple[str, ...]
    both: int
    weights: Any
    meanings: Any
    lengths: Any
    frequency: Any
    intercepts: Any
    texts: tuple[str, ...]
    wanted: Any
    counts: Any
    balance: float

    @property
    def meant(self) -> Any:
        """The places of the features with a meaning, in the order of `meanings`."""
        return np.array([*range(self.both), *range(len(self.weights), len(self.features))], dtype=np.int64)


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
    counts, wanted = found.counts(texts), np.array(labels)
    weights = _weights(labels, balance)
    model = LinearSVC(C=STRENGTH, tol=TOLERANCE, random_state=SEED, class_weight=weights)
    model.fit(found.rows(counts), wanted)
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
        tuple(texts),
        wanted,
        counts,
        balance,
    )


def fit_again(model: Fitted, kept: Any, meanings: Any) -> tuple[Any, Any, Any]:
    """Return the weights that are `kept`, a factor for what words mean for each label, and the intercepts.

    Weights that are left out, and meanings that are rounded, take with them what the others were fitted to. With
    `meanings` as they are rounded, the weights that are left are fitted again, each label by itself.
    """
    weighted = len(model.weights)
    rarity = np.sqrt(model.lengths[:weighted])
    spelled = (model.counts[:, :weighted] @ sparse.diags(rarity)).tocsc()
    meant = model.counts[:, model.meant] @ meanings
    each = _weights(model.wanted.tolist(), model.balance)
    weights = np.zeros_like(model.weights)
    factors, intercepts = np.ones(len(model.labels)), np.zeros(len(model.labels))
    for number, label in enumerate(model.labels):
        places = np.flatnonzero(kept[:, number])
        rows = sparse.hstack([spelled[:, places], sparse.csc_matrix(meant[:, [number]])]).tocsr()
        one = LinearSVC(C=STRENGTH_AGAIN, tol=TOLERANCE, random_state=SEED, class_weight={True: each[label]})
        one.fit(rows, model.wanted == label)
        weights[places, number] = one.coef_[0, :-1] * rarity[places]
        factors[number], intercepts[number] = one.coef_[0, -1], one.intercept_[0]
    return weights, factors, intercepts


def _weights(labels: Sequence[str], balance: float) -> dict[str, float]:
    """Return what a text of each label counts for.

    >>> _weights(["a", "a", "a", "a", "b"], 1.0)
    {'a': 0.625, 'b': 2.5}
    """
    counts = Counter(labels)
    return {label: round((len(labels) / (len(counts) * count)) ** balance, 4) for label, count in counts.items()}
