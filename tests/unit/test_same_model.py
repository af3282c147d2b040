"""Whether two names mean one model: the pairs of tests/vectors/same.json, and what decides them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nameplate import compare, decode
from nameplate.same_model import compare_two

PAIRS = json.loads((Path(__file__).parents[1] / "vectors" / "same.json").read_text(encoding="utf-8"))["pairs"]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['a']} {pair['b']}")
def test_a_pair_gets_its_verdict(pair: dict[str, str]) -> None:
    assert compare(pair["a"], pair["b"]).verdict == pair["verdict"]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['a']} {pair['b']}")
def test_the_order_of_two_names_decides_nothing(pair: dict[str, str]) -> None:
    assert compare(pair["b"], pair["a"]).verdict == pair["verdict"]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['a']} {pair['b']}")
def test_a_verdict_has_its_reasons(pair: dict[str, str]) -> None:
    effects = {reason.effect for reason in compare(pair["a"], pair["b"]).because}
    assert effects
    if pair["verdict"] == "repackaged":
        assert "packaging" in effects
    if pair["verdict"] in ("different", "undecided"):
        assert effects <= {"differs", "one-sided"}


def test_every_name_is_the_model_that_it_names() -> None:
    for name in {name for pair in PAIRS for name in (pair["a"], pair["b"])}:
        assert compare(name, name).verdict == "same", name


def test_without_the_catalogue_a_short_name_is_not_known_to_be_short() -> None:
    short, long = "claude-haiku-4-5", "claude-haiku-4-5-20251001"
    assert compare(short, long).verdict == "same"
    assert compare(short, long, catalogue=False).verdict == "undecided"


def test_a_reason_says_where_each_value_comes_from() -> None:
    verdict, because = compare_two(decode("Qwen/Qwen3-8B"), decode("Qwen/Qwen3-8B-Base"))
    assert verdict == "different"
    assert (because[0].key, because[0].values, because[0].sources) == (
        "stage",
        ("instruct", "base"),
        ("catalogue", "name"),
    )


def test_a_fine_tune_under_a_word_of_its_own_is_not_called_the_same() -> None:
    assert compare("Qwen/Qwen3-8B", "someone/Qwen3-8B-zorp").verdict == "undecided"
    assert compare("Qwen/Qwen3-8B", "someone/Qwen3-8B-SFT").verdict == "different"
