"""Turn texts into rows of numbers: how often each feature occurs, weighted by how rare it is, and what its words mean."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from nameplate.picker.understanding.features import PAIR, RUN, features_of, pairs, tokens

# Texts that a feature has to be in to have weights of its own; a word with a meaning needs none.
FEWEST_TEXTS, FEWEST_TEXTS_FOR_PAIRS, FEWEST_TEXTS_FOR_RUNS = 2, 3, 4
FOR_RUNS = 0.6  # what a run of letters counts for beside a word
FOR_MEANING = 1.2  # what the meaning of words counts for beside their spelling


def counted(words: Sequence[str]) -> Counter[str]:
    """Return how often each feature occurs, counted as classifier.py does: a word or a pair counts once."""
    found = Counter(dict.fromkeys(pairs(words), 1))
    for word in dict.fromkeys(words):
        found.update(features_of(word))
    return found


@dataclass(frozen=True)
class Space:
    """The features in their order: first those with weights and a meaning, then with weights, then with a meaning alone.

    `frequency` is the number of texts that each is in, `rarity` how rare it is, and `meanings` has a row for each that has
    one, in the same order.
    """

    features: tuple[str, ...]
    both: int
    weighted: int
    frequency: Any
    rarity: Any
    meanings: Any

    @property
    def meant(self) -> Any:
        """The places of the features that have a meaning, in their order."""
        return np.array([*range(self.both), *range(self.weighted, len(self.features))], dtype=np.int64)

    def counts(self, texts: Iterable[str]) -> Any:
        """Return a sparse row for each text: how often each feature occurs, as a share of the text's length."""
        places = {feature: place for place, feature in enumerate(self.features)}
        data: list[float] = []
        columns: list[int] = []
        starts = [0]
        for text in texts:
            found = [(places[one], count) for one, count in counted(tokens(text)).items() if one in places]
            length = math.sqrt(sum(count * self.rarity[place] ** 2 for place, count in found)) or 1.0
            data += [count / length for _, count in found]
            columns += [place for place, _ in found]
            starts.append(len(columns))
        return sparse.csr_matrix((data, columns, starts), shape=(len(starts) - 1, len(self.features)))

    def rows(self, counts: Any) -> Any:
        """Return a sparse row for each row of counts: the features with weights, and behind them what the words mean."""
        spelled = counts[:, : self.weighted] @ sparse.diags(self.rarity[: self.weighted])
        if not self.meanings.shape[1]:
            return spelled.tocsr()
        meant = counts[:, self.meant] @ (self.meanings * self.rarity[self.meant, None] * FOR_MEANING)
        return sparse.hstack([spelled, sparse.csr_matrix(meant)]).tocsr()


def space(
    texts: Sequence[str], words: Collection[str], meanings: Mapping[str, Any], most_runs: int | None = None
) -> Space:
    """Return the features of some texts, and those `words` beside them whose meaning is known.

    At most `most_runs` runs of letters have weights, the most frequent ones.
    """
    frequency: Counter[str] = Counter()
    for text in texts:
        frequency.update(counted(tokens(text)).keys())
    frequent = {one for one, count in frequency.items() if count >= _fewest(one)}
    runs = sorted((one for one in frequent if one.startswith(RUN)), key=lambda one: (-frequency[one], one))
    weighted = frequent.difference(runs[most_runs:] if most_runs else ())
    meant = {one for one in (*frequency, *words) if one in meanings}
    ordered = (*sorted(weighted & meant), *sorted(weighted - meant), *sorted(meant - weighted))
    rarity = np.array(
        [
            (math.log((1 + len(texts)) / (1 + max(1, frequency[one]))) + 1) * (FOR_RUNS if one.startswith(RUN) else 1.0)
            for one in ordered
        ]
    )
    size = len(next(iter(meanings.values()))) if meanings else 0
    table = np.array([meanings[one] for one in ordered if one in meant]).reshape(len(meant), size)
    counts = np.array([frequency[one] for one in ordered])
    return Space(ordered, len(weighted & meant), len(weighted), counts, rarity, table)


def _fewest(feature: str) -> int:
    if feature.startswith(RUN):
        return FEWEST_TEXTS_FOR_RUNS
    return FEWEST_TEXTS_FOR_PAIRS if PAIR in feature else FEWEST_TEXTS
