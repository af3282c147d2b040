"""Attention as a toy: shares that add up, word order that counts or doesn't, and a word that its neighbours change."""

from __future__ import annotations

import json
import math
import re
from html import unescape
from itertools import permutations
from typing import Any

import pytest

from nameplate.demos.attention import SAMPLES
from nameplate.demos.looking import LONGEST, SHARPNESS, looked, mixed, turned
from nameplate.demos.registry import answer
from nameplate.demos.word_table import length_of, similarity, words_of_glove


def shown(**values: str) -> Any:
    return json.loads(answer("attention", json.dumps(values)))


@pytest.mark.parametrize("order", [True, False])
def test_shares_add_up_and_nobody_looks_ahead(order: bool) -> None:
    found = looked(["the", "fruit", "of", "the", "tree", "is", "the", "apple"], order)
    assert [len(shares) for shares in found.shares] == [*range(8)]
    for shares in found.shares[1:]:
        assert sum(shares) == pytest.approx(1)
        assert all(share > 0 for share in shares)


def test_shares_are_the_softmax_of_similarities() -> None:
    table = words_of_glove()
    fits = [similarity(table.centred("apple"), table.centred(word)) for word in ("fruit", "stone")]
    raised = [math.exp(SHARPNESS * fit) for fit in fits]
    expected = [one / sum(raised) for one in raised]
    assert looked(("fruit", "stone", "apple"), False).shares[2] == pytest.approx(expected)


def test_without_order_the_words_before_are_a_heap() -> None:
    shares = [
        dict(zip(words, looked((*words, "today"), False).shares[3], strict=True))
        for words in permutations(("dog", "bites", "man"))
    ]
    assert all(one == pytest.approx(shares[0]) for one in shares)


def test_with_order_their_places_count() -> None:
    one = looked(["dog", "bites", "man", "today"], True).shares[3]
    other = looked(["man", "bites", "dog", "today"], True).shares[3]
    assert abs(one[0] - other[2]) > 0.02


def test_turning_changes_no_length_and_depends_on_the_distance_alone() -> None:
    table = words_of_glove()
    one, other = table.centred("dog"), table.centred("man")
    assert turned(one, 0) == pytest.approx(one)
    assert length_of(turned(one, 9)) == pytest.approx(length_of(one))
    fits = [similarity(turned(one, place), turned(other, place + 3)) for place in (0, 5, 11)]
    assert fits[1:] == pytest.approx(fits[:2])


@pytest.mark.parametrize(("text", "gains"), [(SAMPLES[2], "pear"), (SAMPLES[3], "computers")])
def test_apple_becomes_what_is_around_it(text: str, gains: str) -> None:
    words = text.split()
    table = words_of_glove()
    found = looked(words, True)
    before = [one.word for one in table.nearest_centred(table.centred("apple"), 6)]
    after = [one.word for one in table.nearest_centred(mixed(found, len(words) - 1), 6)]
    assert "microsoft" in before
    assert gains in after
    assert ("microsoft" in after) == (gains == "computers")


def test_what_is_shown_is_what_was_worked_out() -> None:
    found = shown(text="dog bites man today", order="")
    rows = re.findall(r'<th scope="row">(\w+)</th><td>(\d+) %</td><td>.*?</td><td>(\d+) %</td>', found["html"])
    assert [row[0] for row in rows] == ["dog", "bites", "man"]
    assert [row[1] for row in rows] == [row[2] for row in rows]
    assert "Word order is off" in found["summary"]
    rows = re.findall(
        r"<td>(\d+) %</td><td>.*?</td><td>(\d+) %</td>", shown(text="dog bites man today", order="on")["html"]
    )
    assert [row[0] for row in rows] != [row[1] for row in rows]


def test_a_reader_goes_back_and_forth_and_not_beyond_the_text() -> None:
    text = "dog bites man today"
    assert shown(text=text, step="earlier")["sets"]["back"] == "1"
    assert "<mark>man</mark>" in shown(text=text, step="earlier")["html"]
    assert shown(text=text, step="earlier", back="99")["sets"]["back"] == "2"
    assert shown(text=text, step="later", back="0")["sets"]["back"] == "0"
    assert shown(text=text, step="last", back="2")["sets"]["back"] == "0"
    assert "only one word before it" in shown(text=text, back="2")["summary"]
    assert shown(sample=SAMPLES[0], back="2")["sets"] == {"text": SAMPLES[0], "back": "0"}


def test_unknown_words_are_left_out_and_said() -> None:
    found = shown(text="a dog bites <b> man")
    assert "Left out: “a” isn't among the 4,500 words" in unescape(found["html"])
    assert "<b>" not in found["html"]
    assert "<mark>man</mark>" in found["html"]
    for text in ("", "dog", "a b c", "+ -"):
        assert shown(text=text)["summary"].startswith("Type at least two words")


def test_a_long_text_is_cut() -> None:
    assert shown(text="dog man " * 30)["html"].count("np-demo-look-word") <= 2 * LONGEST


@pytest.mark.parametrize("text", SAMPLES)
def test_what_is_offered_is_known(text: str) -> None:
    assert "Left out" not in shown(text=text)["html"]
