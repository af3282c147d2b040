"""The network that reads words beside each other: that it learns their order, and that the package computes what was learnt."""

from __future__ import annotations

import gzip

import numpy as np
import pytest

from nameplate.picker.understanding.classifier import Linear
from nameplate.picker.understanding.context import Context
from nameplate.picker.understanding.features import places, tokens
from nameplate.picker.understanding.lanes import as_number, level, numbers_in
from nameplate.picker.understanding.learnt import _compiled, reader
from plugins.compiler.requests.context import trained
from plugins.compiler.requests.packing import packed
from plugins.compiler.requests.training import fit

MOST_BYTES = 1_000_000  # of what the picker loads to understand requests, compressed
MEANINGS = {"voice": [40, 0], "text": [0, 40], "into": [20, 20], "读": [30, 0], "写": [0, 30]}
TEXTS = [("voice into text", 0), ("text into voice", 1), ("读写", 0), ("写读", 1)]


def meaning_of(place: tuple[str, ...]) -> list[int]:
    return [sum(numbers) for numbers in zip(*(MEANINGS.get(one, [0, 0]) for one in place), strict=True)]


def test_rows_with_negative_numbers_add_up() -> None:
    row = as_number(bytes([100, 130])) - level(128, 2)
    assert numbers_in(3 * row + level(1000, 2), 2) == [1000 - 84, 1006]


def test_the_order_of_words_is_learnt() -> None:
    texts, classes = zip(*(TEXTS * 60), strict=True)
    learnt = trained(texts, np.array(classes), {word: np.array(row) for word, row in MEANINGS.items()}, 2)
    context = Context(learnt, 2, meaning_of)
    for text, wanted in TEXTS:
        scores = context.scores([*places(tokens(text))])
        assert scores[wanted] > scores[1 - wanted], text


def test_the_same_examples_give_the_same_weights() -> None:
    texts, classes = zip(*(TEXTS * 3), strict=True)
    meanings = {word: np.array(row) for word, row in MEANINGS.items()}
    first, second = (trained(texts, np.array(classes), meanings, 2) for _ in range(2))
    assert first == second


def test_a_packed_model_scores_as_it_was_fitted() -> None:
    texts = [
        f"{verb} the {thing}" for verb in ("translate", "summarise", "draw") for thing in ("letter", "page", "cat")
    ]
    labels = [text.split()[0] for text in texts]
    meanings = {word: np.eye(4)[len(word) % 4] for text in texts for word in text.split()}
    model = Linear(packed(fit(texts, labels, {}, meanings)))
    for text, label in zip(texts, labels, strict=True):
        shares = model.shares_of(text)
        assert max(shares, key=lambda one: shares[one]) == label


def test_what_is_learnt_stays_small() -> None:
    learnt = _compiled()
    text = repr([learnt.DIVIDERS, learnt.TASKS, learnt.LANGUAGES])
    assert len(gzip.compress(text.encode())) < MOST_BYTES


@pytest.mark.parametrize("text", ["read it aloud", "把文字读出来", "przeczytaj to na głos"])
def test_context_adds_to_the_score_of_each_class(text: str) -> None:
    model = reader()._tasks
    assert model._context is not None
    more = model._context.scores([*places(tokens(text))])
    assert len(more) == len(model.labels)
    assert any(abs(one) > 0.01 for one in more)
