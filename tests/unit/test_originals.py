"""Copies have what their originals are known for, and say where it comes from."""

from __future__ import annotations

import pytest

from nameplate import decode, estimate
from nameplate.resolve.original import INHERITED, LEFT_BY_TRAINING
from nameplate.vocabulary.lookup import vocabulary

COPIES = ("unsloth/gemma-3-4b-it-GGUF", "deepseek-r1:7b", "phi3:mini", "unsloth/DeepSeek-R1-0528-GGUF", "qwq")


@pytest.mark.parametrize("name", COPIES)
def test_what_a_copy_has_from_its_original_says_so(name: str) -> None:
    copy = decode(name)
    assert copy.original is not None
    original = decode(copy.original)
    inherited = {key for key, source in copy.sources.items() if source == "original"} - {"lineage"}
    assert inherited
    assert inherited <= INHERITED
    inherited -= {key for key, source in original.sources.items() if source == "name"}  # a name rounds its size
    assert {key: getattr(copy, key) for key in inherited} == {key: getattr(original, key) for key in inherited}


@pytest.mark.parametrize("name", COPIES)
def test_without_the_catalogue_nothing_is_said_of_an_original(name: str) -> None:
    bare = decode(name, catalogue=False)
    assert bare.original is None
    assert "original" not in bare.sources.values()
    assert bare.context is None


@pytest.mark.parametrize("name", COPIES)
def test_how_a_copy_is_stored_and_when_it_was_published_is_its_own(name: str) -> None:
    sources = decode(name).sources
    for key in ("quant", "quant_method", "bits", "format", "date", "max_output"):
        assert sources.get(key) != "original", key


def test_the_lineage_that_a_short_name_leaves_out() -> None:
    reading = decode("deepseek-r1:7b")
    assert reading.lineage.base_family == "Qwen"
    assert reading.sources["lineage"] == "original"


def test_further_training_leaves_size_and_architecture_but_not_the_stage() -> None:
    tuned = decode("huihui-ai/Qwen3-30B-A3B-abliterated")
    assert tuned.original is None
    assert (tuned.experts, tuned.sources["experts"]) == (128, "original")
    assert {key for key, source in tuned.sources.items() if source == "original"} <= LEFT_BY_TRAINING


def test_a_copy_of_a_closed_model_does_not_exist() -> None:
    assert decode("someone/claude-haiku-4-5-GGUF").original is None


def test_every_model_of_the_library_is_found() -> None:
    words = vocabulary()
    assert len(words.ollama) > 60
    for library, entries in words.ollama.items():
        assert len({parts for parts, *_ in entries}) == len(entries), library
        assert all(name.casefold().rpartition("/")[2] in words.catalogue for _, name, *_ in entries), library


def test_the_memory_of_a_copy_is_that_of_its_original() -> None:
    assert estimate("phi3:mini", "Q4_0").weights_bytes == estimate("Phi-3-mini-128k-instruct", "Q4_0").weights_bytes
    assert estimate("deepseek-r1:8b", "Q4_K_M", context=8192).kv_cache_bytes is not None
