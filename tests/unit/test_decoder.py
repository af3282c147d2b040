"""How a name becomes a reading: what decides between two meanings, and what is known apart from the name."""

import dataclasses
import json
import pickle

import pytest

from nameplate import Reading, Token, decode
from nameplate.decoder import _read
from nameplate.errors import (
    CacheTypeError,
    ControlCharacterError,
    EmptyNameError,
    FileFormatError,
    NameplateError,
    NameTooLongError,
    RequestError,
    UnknownWordError,
)


def token(reading: Reading, text: str) -> Token:
    return next(token for token in reading.tokens if token.text == text)


def test_every_key_is_always_there() -> None:
    keys = set(decode("x").to_dict())
    assert keys == set(decode("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8").to_dict())
    assert {"params_b", "lineage", "tokens", "unknown", "ambiguities", "sources"} <= keys


def test_a_reading_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        decode("llama-7b").params_b = 8  # type: ignore[misc]


def test_to_dict_is_json() -> None:
    answer = decode("Meta-Llama-3.1-405B-Instruct.Q2_K.gguf-00001-of-00009.gguf").to_dict()
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize(
    ("name", "text", "field"),
    [
        ("BAAI/bge-base-en-v1.5", "base", "size_class"),
        ("google-bert/bert-base-uncased", "base", "size_class"),
        ("Qwen/Qwen3-8B-Base", "Base", "stage"),
        ("gradientai/Llama-3-8B-Instruct-1048k", "1048k", "context"),
        ("internlm/internlm2_5-7b-chat-1m", "1m", "context"),
        ("HuggingFaceTB/SmolLM-135M", "135M", "params_b"),
        ("Qwen/Qwen3.8-2.4T-A95B", "2.4T", "params_b"),
        ("TinyLlama/TinyLlama-1.1B-intermediate-step-1431k-3T", "3T", "train_tokens"),
        ("google/gemma-3-4b-it", "it", "stage"),
    ],
)
def test_the_neighbours_decide(name: str, text: str, field: str) -> None:
    assert token(decode(name), text).field == field


def test_what_lost_is_kept_as_an_ambiguity() -> None:
    reading = decode("BAAI/bge-base-en-v1.5")
    assert any(item.text == "base" and item.instead == "stage" and item.why for item in reading.ambiguities)


@pytest.mark.parametrize("name", ["Qwen/Qwen3.5-9B", "google/gemma-3-4b-it", "ERNIE-4.5-21B-A3B-PT-Q2_K"])
def test_what_is_plain_in_its_place_is_no_ambiguity(name: str) -> None:
    assert decode(name).ambiguities == ()


def test_a_meaning_comes_with_its_sentence_and_its_term() -> None:
    found = token(decode("Qwen3-8B-Q4_K_M.gguf"), "Q4_K_M")
    assert found.field == "quant"
    assert found.term == "q4-k-m"
    assert found.says


def test_what_nobody_knows_is_said_to_be_unknown() -> None:
    reading = decode("Llama-3-8B-Flurbelwumpf")
    assert reading.unknown == ("Flurbelwumpf",)
    assert token(reading, "Flurbelwumpf").field is None


@pytest.mark.parametrize(("name", "stage"), [("Qwen/Qwen3-8B", "instruct"), ("meta-llama/Llama-3.1-8B", "base")])
def test_what_no_suffix_means_is_the_familys(name: str, stage: str) -> None:
    reading = decode(name, catalogue=False)
    assert reading.stage == stage
    assert reading.sources["stage"] == "family"
    assert reading.knowledge is not None
    assert reading.knowledge.checked


def test_the_catalogue_knows_single_models_and_can_be_left_out() -> None:
    name = "meta-llama/Llama-3.1-8B-Instruct"
    assert decode(name).context == 131072
    assert decode(name).sources["context"] == "catalogue"
    assert decode(name, catalogue=False).context is None


def test_a_fact_of_the_name_is_not_overwritten_by_the_catalogue() -> None:
    reading = decode("meta-llama/Llama-3.1-8B-Instruct")
    assert reading.params_b == 8
    assert reading.sources["params_b"] == "name"


def test_eight_experts_of_seven_are_not_fifty_six() -> None:
    reading = decode("SomeMix-8x7B", catalogue=False)
    assert (reading.experts, reading.expert_params_b, reading.params_b) == (8, 7, None)


@pytest.mark.parametrize(
    "name", ["Qwen/Qwen3-30B-A3B-Instruct-2507", "mlx-community/google_gemma-3n-E4B-it-4bit", "llama3:8b"]
)
def test_keys_are_the_same_in_whatever_order_they_are_asked_for(name: str) -> None:
    whole = decode(name).to_dict()
    for key in whole:
        _read.cache_clear()
        reading = decode(name)
        first = getattr(reading, key)
        assert reading.to_dict() == whole
        assert getattr(reading, key) is first


@pytest.mark.parametrize(
    "error",
    [
        EmptyNameError(), NameTooLongError(2000, 1024), ControlCharacterError(3, "\a"), CacheTypeError("q9", ["f16"]),
        RequestError("It isn't an object."), FileFormatError("model.gguf", "it is cut off", 12), UnknownWordError("x", []),
    ],
)  # fmt: skip
def test_an_error_survives_pickling(error: NameplateError) -> None:
    """A pool of processes hands errors over in that way, and waits for ever where one can't be read again."""
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_a_reading_survives_pickling_before_anybody_asked_for_it() -> None:
    _read.cache_clear()
    assert pickle.loads(pickle.dumps(decode("Qwen3-8B"))) == decode("Qwen3-8B")


def test_the_family_of_a_model_that_is_called_after_its_task_is_a_fact_of_the_catalogue() -> None:
    reading = decode("embed-v4.0")
    assert (reading.family, reading.sources["family"]) == ("Cohere Embed", "catalogue")
    assert decode("embed-v4.0", catalogue=False).family is None
    assert decode("embed-v0.4").family is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mmproj-Qwen3-VL-8B-Instruct-F16.gguf", "8B"),
        ("RedHatAI/Llama-3.3-70B-Instruct-speculator.eagle3", "70B"),
        ("amd/PARD2-Qwen3-8B", "8B"),
    ],
)
def test_the_size_in_the_name_of_a_file_that_goes_with_a_model_is_that_of_the_model(name: str, text: str) -> None:
    main = token(decode("Qwen3-8B"), "8B")
    beside = token(decode(name), text)
    assert main.says is not None
    assert beside.says is not None
    assert main.says.split(", ", 1)[1] != beside.says.split(", ", 1)[1]
    assert beside.value == float(text.rstrip("B"))
