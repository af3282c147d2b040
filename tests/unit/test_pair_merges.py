"""Byte-pair encoding: what is learnt, and that nothing is lost when a text is cut."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from nameplate.demos.counting import novel_text
from nameplate.demos.pair_merges import Tokenizer, joined, learnt, learnt_from_novel, words
from nameplate.demos.registry import answer

TEXTS = ["", "the sailors said", "a  b\n\tc", "Müller 🐳", "snake_case __x__ 12.5", "x" * 500, "\u202eabc", "名前"]


def shown(**values: str) -> Any:
    return json.loads(answer("tokens", json.dumps(values)))


def slowly_learnt(text: str, most: int) -> list[bytes]:
    """The definition, without anything kept from step to step."""
    pieces = {word: [bytes((byte,)) for byte in word.encode()] for word in words(text)}
    times = Counter(words(text))
    found = []
    for _ in range(most):
        counts: Counter[tuple[bytes, bytes]] = Counter()
        for word, parts in pieces.items():
            for pair in pairwise(parts):
                counts[pair] += times[word]
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        if counts[best] < 2:
            break
        pieces = {word: joined(parts, best) for word, parts in pieces.items()}
        found.append(b"".join(best))
    return found


@pytest.mark.parametrize(
    "text", ["low low low lower newest newest newest widest", "aaaa aaa aa banana bananas ananas", "abc"]
)
def test_what_is_learnt_is_what_the_definition_says(text: str) -> None:
    assert [merge.piece for merge in learnt(text, 12)] == slowly_learnt(text, 12)


def test_what_was_compiled_is_what_is_learnt() -> None:
    assert learnt_from_novel()[:200] == learnt(novel_text(), 200)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("merges", [0, 20, 1000])
def test_the_pieces_are_the_text(text: str, merges: int) -> None:
    pieces = Tokenizer(learnt_from_novel()[:merges]).cut(text)
    assert b"".join(pieces).decode() == text


def test_each_piece_has_a_number_of_its_own() -> None:
    merges = learnt_from_novel()
    tokenizer = Tokenizer(merges)
    numbers = [tokenizer.number(merge.piece) for merge in merges]
    assert len(set(numbers)) == len(merges) == 1000
    assert [tokenizer.number(bytes((byte,))) for byte in range(256)] == list(range(256))
    assert min(numbers) == 256


def test_frequent_words_become_whole_and_rare_ones_stay_in_parts() -> None:
    tokenizer = Tokenizer(learnt_from_novel())
    assert tokenizer.cut(" the whale") == [b" the", b" whale"]
    assert len(tokenizer.cut(" strawberry")) > 2


def test_more_steps_make_fewer_tokens() -> None:
    counts = [len(Tokenizer(learnt_from_novel()[:merges]).cut("the sailors said")) for merges in (0, 20, 200, 1000)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == 16


def test_the_page_counts_what_it_shows() -> None:
    found = shown(text="the sailors said", merges="14")
    assert found["summary"] == "16 characters become 4 tokens, cut by a vocabulary of 1,256 pieces."
    assert found["html"].count("np-demo-token-") == 4
    assert "1 token," in shown(text="x", merges="0")["summary"]


def test_text_is_shown_as_it_is_and_no_more() -> None:
    html = shown(text="<script>", merges="0")["html"]
    assert "<script>" not in html
    assert "&lt;" in html
