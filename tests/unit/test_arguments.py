"""What `estimate` and `pick` do with values that nobody should send: an error of their own, never another one."""

from __future__ import annotations

import io
import json
import math
import sys
from typing import Any

import pytest

from nameplate import ArchitectureError, CacheTypeError, NameplateError, RequestError, estimate, pick
from nameplate.cli import main
from nameplate.memory.arguments import read_tokens
from nameplate.memory.json_request import answer as size_answer
from nameplate.picker.form import read_question
from nameplate.picker.json_request import answer as pick_answer


def deep(levels: int = 5000) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


NOT_NUMBERS = [math.nan, math.inf, -math.inf, -1, 0, True, "8", [8], {}, deep(), 10**400, 10**5000]


@pytest.mark.parametrize("value", NOT_NUMBERS, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("key", ["gpu_gb", "ram_gb", "context"])
def test_limits_are_numbers_above_zero(key: str, value: Any) -> None:
    with pytest.raises(RequestError):
        pick(["Qwen3-4B"], "chat", {key: value})


@pytest.mark.parametrize("value", [*NOT_NUMBERS, 4096.5, 1e308], ids=lambda value: type(value).__name__)
def test_a_context_is_a_whole_number_of_tokens(value: Any) -> None:
    with pytest.raises(RequestError):
        estimate("Qwen3-4B", context=value)


@pytest.mark.parametrize("value", [3, True, ["f16"], deep(), {}, "f13"], ids=lambda value: type(value).__name__)
def test_a_type_of_cache_is_one_that_is_known(value: Any) -> None:
    with pytest.raises(CacheTypeError):
        estimate("Qwen3-4B", kv_dtype=value)


@pytest.mark.parametrize(
    "value",
    [
        3, deep(), {}, {"kind": deep()}, {"kind": "gqa", "layers": math.nan, "kv_heads": 1, "head_dim": 1},
        {"kind": "gqa", "layers": True, "kv_heads": 1, "head_dim": 1}, {"kind": "gqa", "layers": 10**5000},
        {"kind": "sliding-window", "layers": 2, "kv_heads": 1, "head_dim": 1, "window": 8, "global_layers": 3},
        {"kind": "hybrid-linear", "layers": 2, "kv_heads": 1, "head_dim": 1, "full_attention_layers": 3},
    ],
)  # fmt: skip
def test_an_architecture_has_the_numbers_of_its_kind(value: Any) -> None:
    with pytest.raises(ArchitectureError):
        estimate("Qwen3-4B", architecture=value)


def test_what_an_architecture_does_not_need_is_left_out() -> None:
    given = {"kind": "gqa", "layers": 2, "kv_heads": 2, "head_dim": 64, "window": deep(), "note": "x"}
    assert estimate("x", context=100, architecture=given).kv_cache_bytes == 2 * 2 * 2 * 64 * 100 * 2


@pytest.mark.parametrize("names", ["Qwen3-4B", [3], {"a": 1}, ["Qwen3-4B"] * 1_001])
def test_candidates_are_a_list_of_names(names: Any) -> None:
    with pytest.raises(RequestError):
        pick(names, "chat")


@pytest.mark.parametrize(
    "request_", [{"id": math.nan}, {"id": deep()}, {"constraints": [1]}, {"task": ["chat"]}, {"task": 0}]
)
def test_a_request_whose_keys_are_of_the_wrong_type(request_: dict[str, Any]) -> None:
    with pytest.raises(RequestError):
        pick_answer({"candidates": ["Qwen3-4B"], "task": "chat", **request_})


@pytest.mark.parametrize(
    ("label", "nearest"),
    [("Q9_Z", "Q8_0"), ("Q4_K_X", "Q4_K_XL"), ("Q7_K", "Q6_K"), ("IQ4_XT", "IQ4_XS")],
)
def test_a_label_that_is_not_known_is_an_error_that_names_the_nearest(label: str, nearest: str) -> None:
    with pytest.raises(RequestError, match=f"Did you mean {nearest}\\?"):
        estimate("Qwen3-4B", label)


@pytest.mark.parametrize(
    "label", ["Q4_K_M", "q8_0", "UD-Q5_K_XL", "8bit", "w4a16", "4.0bpw", "AWQ", "FP8", "mlx", "Q4KM", "Q8", "EXL3"]
)
def test_labels_that_people_write_are_known(label: str) -> None:
    assert estimate("Qwen3-4B", label).params_b is not None


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("32k", 32_768), ("128K", 131_072), ("1M", 1_048_576), ("8192", 8192), ("16,384", 16_384), ("0.5m", 524_288)],
)
def test_a_context_may_be_written_with_a_unit(text: str, tokens: int) -> None:
    assert read_tokens(text) == tokens
    assert read_question({"context": text}).limits == {"context": tokens}


@pytest.mark.parametrize("text", ["", "k", "32 kilo", "0", "0.5", "-4k", "nan", "1e9", "9" * 400, "all"])
def test_a_text_that_is_no_context(text: str) -> None:
    with pytest.raises(RequestError):
        read_tokens(text)


def test_the_command_line_reads_a_unit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["size", "Llama-3.1-8B-Q4_K_M", "--context", "32k", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["context"] == 32_768
    assert main(["pick", "Llama-3.1-8B-Instruct", "--task", "chat", "--context", "32k"]) == 0
    assert "32,768" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["size", "Llama-3.1-8B", "--context", "lots"])
    assert ended.value.code == 2
    assert "number of tokens" in capsys.readouterr().err


def test_an_unknown_label_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["size", "Llama-3.1-8B", "--quant", "Q9_Z"]) == 2
    assert "Did you mean Q8_0?" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["size", "pick"])
def test_a_stream_outlives_every_line(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        "[" * 100_000, '{"name": ' * 2000, "NaN", '{"name": NaN}', '{"name": "x", "context": NaN}', '{"name": "x", "context": 1e999}',
        '{"candidates": ["x"], "task": "chat", "constraints": {"gpu_gb": Infinity}}', '{"name": "x", "context": ' + "9" * 5000 + "}",
        '{"candidates": ["x"], "task": "chat", "id": ' + "[" * 900 + "]" * 900 + "}", "x" * 1_000_001,
    ]  # fmt: skip
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    assert main([command, "--jsonl"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["error"]["line"] for answer in answers] == list(range(1, len(lines) + 1))


def test_an_estimate_and_a_choice_can_be_hashed() -> None:
    first, second = estimate("Llama-3.1-8B-Q4_K_M"), estimate("Llama-3.1-8B-Q4_K_M")
    assert hash(first) == hash(second)
    assert first == second
    choices = {pick(["Llama-3.1-8B-Q4_K_M"], "chat"), pick(["Llama-3.1-8B-Q4_K_M"], "chat")}
    assert len(choices) == 1


def test_numbers_of_the_json_are_floats_even_where_they_are_whole() -> None:
    needed = size_answer({"name": "some-70b", "quant": "Q8_0"})
    assert isinstance(needed["params_b"], float)
    assert isinstance(needed["bits_per_weight"], float)
    place = pick_answer({"candidates": ["Qwen3-4B"], "task": "chat", "constraints": {"gpu_gb": 8}})["ranking"][0]
    assert isinstance(place["available_gb"], float)
    assert isinstance(place["needed_gb"], float)


def test_every_error_is_one_of_ours() -> None:
    assert all(issubclass(error, NameplateError) for error in (RequestError, CacheTypeError, ArchitectureError))
