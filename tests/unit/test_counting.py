"""The model made by counting: what it counts, how settings change its chances, and that it writes on in order."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from nameplate.demos.counting import chances, counted, drawn, novel, score, to_read
from nameplate.demos.registry import answer

TEXT = Path(__file__).resolve().parents[2] / "widgets" / "nameplate" / "data" / "texts" / "moby-dick.txt"


def shown(**values: str) -> Any:
    return json.loads(answer("next-word", json.dumps(values)))


def test_the_counts_are_those_of_the_text() -> None:
    read = " ".join(novel()[: to_read()])
    after = Counter(re.findall(r"(?<![a-z'])into the (\S+)", read))
    assert counted().guess(["into", "the"], to_read()).counts == after
    assert after["cabin"] == 3
    assert TEXT.read_text(encoding="utf-8").startswith("CHAPTER 1. Loomings.\n\nCall me Ishmael.")


def test_less_text_has_lower_counts() -> None:
    model = counted()
    whole, half = (model.guess(["of", "the"], to_read() // share).counts for share in (1, 2))
    assert sum(half.values()) < sum(whole.values())
    assert all(half[word] <= whole[word] for word in half)


@pytest.mark.parametrize("temperature", [0, 0.1, 0.5, 1, 2])
@pytest.mark.parametrize("top", [1, 3, None])
def test_chances_add_up_to_one(temperature: float, top: int | None) -> None:
    found = chances(counted().guess(["in", "the"], to_read()).counts, temperature, top)
    assert sum(found.values()) == pytest.approx(1)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert len(found) == (1 if temperature == 0 else min(top or 999, 122))


def test_a_low_temperature_favours_the_likeliest() -> None:
    counts = counted().guess(["in", "the"], to_read()).counts
    first = [next(iter(chances(counts, temperature, None).values())) for temperature in (0.1, 0.5, 1, 2)]
    assert first == sorted(first, reverse=True)


def test_words_are_drawn_by_their_chances() -> None:
    seed, times = 1, Counter[str]()
    for _ in range(4000):
        word, seed = drawn({"sea": 0.7, "air": 0.3}, seed)
        times[word] += 1
    assert times["sea"] / 4000 == pytest.approx(0.7, abs=0.03)


def test_more_text_makes_better_guesses() -> None:
    unseen = [score(to_read() // share).unseen for share in (32, 16, 8, 4, 2, 1)]
    assert unseen == sorted(unseen, reverse=True)
    assert score(to_read()).right > score(to_read() // 32).right


def test_the_page_says_what_was_counted() -> None:
    found = shown()
    assert "35 places with 30 different words next" in found["summary"]
    assert "“cabin”, drawn with a chance of 8.6 %" in found["summary"]  # 3 of 35


def test_a_word_is_written_and_the_next_draw_is_another_one() -> None:
    one = shown(do="one")
    assert one["sets"]["text"].startswith("Before I went into the ")
    assert len(one["sets"]["text"].split()) == 6
    ten = shown(do="ten")["sets"]["text"]
    assert ten.startswith(one["sets"]["text"])
    assert shown(do="again", text="x", seed="99")["sets"] == {"text": "Before I went into the", "seed": "1"}


def test_greedy_writing_takes_the_likeliest_word_each_time() -> None:
    assert shown(do="one", temperature="0")["sets"]["text"] == "Before I went into the cabin"


@pytest.mark.parametrize("text", ["", "zorp blarg", "<b>x", "é" * 3000, "... ...", "a" * 5000])
def test_any_text_has_a_next_word(text: str) -> None:
    found = shown(text=text, do="ten", seed="-1", read="77", top="0")
    assert found["sets"]["text"]
    assert "<b>" not in found["html"]
    assert len(found["sets"]["text"]) <= 1600
