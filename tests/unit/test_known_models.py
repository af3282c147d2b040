"""Ids of hosts lead to the catalogued model that they mean, and to nothing where they could mean several."""

from __future__ import annotations

import pytest

from nameplate import decode
from nameplate.vocabulary.lookup import vocabulary


@pytest.mark.parametrize(
    "other",
    [
        "anthropic/claude-4.5-haiku",
        "claude-haiku-4.5",
        "claude-haiku-4-5@20251001",
        "eu.anthropic.claude-haiku-4-5-20251001-v1:0",
        "databricks-claude-haiku-4-5",
    ],
)
def test_every_way_to_write_a_model_says_the_same_of_it(other: str) -> None:
    own, written = decode("claude-haiku-4-5-20251001"), decode(other)
    for key in ("context", "max_output", "modalities", "reasoning", "released", "open_weights"):
        assert getattr(written, key) == getattr(own, key) is not None, key


def test_a_fact_of_the_model_itself_comes_from_the_catalogue() -> None:
    assert decode("gemini-3-1-pro").sources["context"] == "family"  # of the previews that it may mean
    assert decode("gpt-5.6-terra").sources["context"] == "catalogue"
    assert decode("openai/gpt-5-6-terra").sources["context"] == "catalogue"


def test_what_several_models_differ_in_is_not_said() -> None:
    either = decode("grok-4-1-fast-non")  # a word is missing, so it may be the one that thinks or the other
    assert either.context is None
    assert decode("ministral-3b").context is None


def test_the_newest_is_not_an_older_one() -> None:
    assert decode("gemini-2.5-flash-lite-preview-06-17").context is not None
    assert decode("gemini-2.5-flash-lite-preview-latest").context is None


@pytest.mark.parametrize("name", ["someone/claude-haiku-4-5-20251001", "someone/gpt-5.6-terra", "openai/gpt-5.6-terra"])
def test_nobody_publishes_a_closed_model_on_a_hub(name: str) -> None:
    reading = decode(name)
    assert reading.open_weights is False
    assert reading.url is None
    assert reading.purl is None


def test_another_account_is_not_the_maker() -> None:
    assert decode("Qwen/Qwen3-8B").open_weights is True
    assert decode("someone/Qwen3-8B").open_weights is None
    assert decode("someone/Qwen3-8B").url == "https://huggingface.co/someone/Qwen3-8B"


def test_what_was_packaged_anew_need_not_have_the_limits_of_its_original() -> None:
    assert decode("Llama-3.1-8B-Instruct-q4f16_1-MLC").context is None


def test_without_the_catalogue_nothing_of_it_is_said() -> None:
    bare = decode("databricks-gpt-5-1", catalogue=False)
    assert (bare.context, bare.released, bare.max_output) == (None, None, None)
    assert decode("anthropic/claude-opus-4.1", catalogue=False).open_weights is False  # that is a rule of the family


def test_every_model_of_the_catalogue_is_found_by_its_own_parts() -> None:
    words = vocabulary()
    rows = [(key, row) for family in words.families for row, keys in words.models_of(family).items() for key in keys]
    assert len(rows) > 1000
    assert {key for key, _ in rows} <= words.catalogue.keys()
    assert all(row for _, row in rows)
