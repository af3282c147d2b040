"""Measure by cross-validation how well unseen requests are understood, and how far a stated confidence can be trusted."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sklearn.model_selection import StratifiedGroupKFold

from nameplate.picker.understanding.classifier import Linear, softmax
from nameplate.picker.understanding.features import is_by_character, tokens

from ...catalog.requests import Example, Requests
from .models import BALANCE, MOST_RUNS, NOTHING, label
from .packing import packed
from .training import SEED, fit

FOLDS = 5
BINS = 10
BEGINNING = 5  # letters by which words are compared to find sentences that are nearly the same
TEMPERATURES = [round(0.02 * step, 2) for step in range(2, 60)]


class Judged(NamedTuple):
    """An example, and the scores that a model gave it that hadn't seen it."""

    example: Example
    labels: tuple[str, ...]
    scores: list[float]

    def shares(self, temperature: float) -> dict[str, float]:
        """Return the probabilities at a temperature."""
        return dict(zip(self.labels, softmax(self.scores, temperature), strict=True))


def evaluated(
    requests: Requests, words: Mapping[str, str], meanings: Mapping[str, Any], temperature: float, threshold: float
) -> dict[str, Any]:
    """Return the report: accuracy by task and language, the best temperature, and the reliability curve."""
    judged = cross_validated(requests.single, words, meanings)
    shares = [one.shares(temperature) for one in judged]
    hits = [
        max(found, key=lambda name: found[name]) == label(one.example)
        for one, found in zip(judged, shares, strict=True)
    ]
    sure = [max(found.values()) for found in shares]
    answered = [hit for hit, confidence in zip(hits, sure, strict=True) if confidence >= threshold]
    return {
        "examples": len(requests.single),
        "folds": FOLDS,
        "accuracy": _rate(hits),
        "among_the_first_three": _rate(
            label(one.example) in sorted(found, key=lambda name: -found[name])[:3]
            for one, found in zip(judged, shares, strict=True)
        ),
        "by_task": _grouped(hits, [label(one.example) or "none" for one in judged]),
        "by_language": _grouped(hits, [one.example.language for one in judged]),
        "temperature": temperature,
        "best_temperature": best_temperature(judged),
        "threshold": threshold,
        "answered": round(len(answered) / len(hits), 4),
        "accuracy_where_answered": _rate(answered),
        "calibration_error": round(calibration_error(sure, hits), 4),
        "reliability": reliability(sure, hits),
    }


def cross_validated(examples: Sequence[Example], words: Mapping[str, str], meanings: Mapping[str, Any]) -> list[Judged]:
    """Return the scores of each example from a model of the others, as the package computes them."""
    wanted = [label(one) for one in examples]
    judged: list[Judged] = []
    alike = [gist(one.text) for one in examples]
    for known, unseen in StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED).split(wanted, wanted, alike):
        # A word that only unseen examples have is as unknown as it would be in a reader's request.
        seen = {word for at in known for word in _all_parts(examples[at].text)}
        kept = {word: vector for word, vector in meanings.items() if word in words or word in seen}
        texts = [examples[at].text for at in known]
        fitted = fit(texts, [wanted[at] for at in known], words, kept, balance=BALANCE, most_runs=MOST_RUNS)
        model = Linear(packed(fitted))
        for at in unseen:
            scores = model.scores(tokens(examples[at].text))
            if scores is None:
                scores = [1.0 if name == NOTHING else 0.0 for name in model.labels]
            judged.append(Judged(examples[at], model.labels, scores))
    return judged


def gist(text: str) -> str:
    """Return what sentences that are nearly the same have in common, so that none is judged by a model of the others.

    >>> gist("Résumer un contrat") == gist("resumir un contrato") == gist("contrato: resumir")
    True
    """
    words = tokens(text)
    if any(map(is_by_character, words)):
        return "".join(sorted(set("".join(words))))
    return " ".join(sorted({word[:BEGINNING] for word in words if len(word) > 2} or set(words)))


def _all_parts(text: str) -> Iterable[str]:
    from .matrix import counted

    return counted(tokens(text)).keys()


def best_temperature(judged: Sequence[Judged]) -> float:
    """Return the temperature at which the right answers are likeliest together."""

    def surprise(temperature: float) -> float:
        return -sum(math.log(max(one.shares(temperature)[label(one.example)], 1e-9)) for one in judged)

    return min(TEMPERATURES, key=surprise)


def reliability(confidences: Sequence[float], hits: Sequence[bool]) -> list[dict[str, float]]:
    """Return the reliability curve: for each range of confidence how many answers it has, and how many are right.

    >>> reliability([0.95, 0.97, 0.92, 0.15], [True, True, False, False])
    [{'from': 0.1, 'count': 1, 'confidence': 0.15, 'right': 0.0}, {'from': 0.9, 'count': 3, 'confidence': 0.9467, 'right': 0.6667}]
    """
    groups: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, hit in zip(confidences, hits, strict=True):
        groups[min(int(confidence * BINS), BINS - 1)].append((confidence, hit))
    return [
        {
            "from": place / BINS,
            "count": len(group),
            "confidence": round(sum(confidence for confidence, _ in group) / len(group), 4),
            "right": _rate(hit for _, hit in group),
        }
        for place, group in sorted(groups.items())
    ]


def calibration_error(confidences: Sequence[float], hits: Sequence[bool]) -> float:
    """Return the expected calibration error: how far confidence and accuracy are apart, on average over all answers.

    >>> calibration_error([0.8] * 5, [True, True, True, True, False])
    0.0
    """
    curve = reliability(confidences, hits)
    return sum(row["count"] * abs(row["confidence"] - row["right"]) for row in curve) / len(hits)


def _grouped(hits: Sequence[bool], names: Sequence[str]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for hit, name in zip(hits, names, strict=True):
        groups[name].append(hit)
    return {name: {"count": len(group), "accuracy": _rate(group)} for name, group in sorted(groups.items())}


def _rate(hits: Iterable[bool]) -> float:
    found = list(hits)
    return round(sum(found) / len(found), 4) if found else 0.0
