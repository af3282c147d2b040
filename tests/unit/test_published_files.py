"""Memory by what is known of published files: Ollama's tags, projectors, labels that state their bits, hosted models."""

from __future__ import annotations

import pytest

from nameplate import decode, estimate, pick
from nameplate.memory.published import with_default_tag


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("llama3.2:1b", 1_321_082_688),  # Q8_0, though other tags hold Q4_K_M
        ("gemma3:4b", 3_338_792_448),  # with its vision encoder
        ("llava:7b", 4_733_351_360),  # language model and projector in two layers
        ("ggml-large-v3-turbo-q5_0.bin", 574_041_195),
        ("ggerganov/whisper.cpp/ggml-base.en.bin", 147_964_211),
    ],
)
def test_the_size_of_a_published_file_goes_before_the_formula(name: str, size: int) -> None:
    found = estimate(name)
    assert found.weights_bytes == size
    assert found.sources["weights_bytes"] == "measured"
    assert found.range is not None
    assert found.range[0] < size < found.range[1]


def test_another_label_is_worked_out() -> None:
    assert "weights_bytes" not in estimate("llama3.2:1b", "Q4_K_M").sources
    assert "weights_bytes" not in estimate("llama3.2:1b-instruct-q4_K_M").sources
    assert "weights_bytes" not in estimate("somebody/llama3.2:1b").sources


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("llama3.3", "llama3.3:70b"), ("qwq", "qwq:32b"), ("mistral:latest", "mistral:7b"), ("phi4", "phi4:14b"),
        ("Llama-3.3", None), ("phi-4", None), ("deepseek-r1", None), ("deepseek-r1:latest", "deepseek-r1:8b"),
        ("microsoft/phi4", None), ("qwen3:4b", None),
    ],
)  # fmt: skip
def test_a_name_of_the_library_without_a_tag_means_the_default_one(name: str, tag: str | None) -> None:
    assert with_default_tag(decode(name)) == tag
    assert ("default-tag" in [flag.id for flag in estimate(name).flags]) == (tag is not None)


@pytest.mark.parametrize(
    "name", ["gpt-4o", "claude-opus-4-1", "qwen-max", "mistral-medium-2508", "gemini-2.5-flash", "gpt-oss:120b-cloud"]
)
def test_a_model_that_runs_only_at_its_maker_has_no_figure(name: str) -> None:
    found = estimate(name, context=8192)
    assert found.weights_bytes is found.kv_cache_bytes is found.overhead_bytes is found.total_bytes is None
    assert [flag.id for flag in found.flags] == ["maker-only"]


def test_a_model_that_runs_only_at_its_maker_does_not_run_on_a_card() -> None:
    choice = pick(["gpt-4o", "Qwen3-8B-Q4_K_M"], "chat", {"gpu_gb": 12})
    assert choice.best == "Qwen3-8B-Q4_K_M"
    assert [reason.rule for reason in choice.ranking[1].against][:1] == ["maker-only"]
    assert pick(["gpt-4o"], "chat").verdict == "ok"


def test_a_projector_counts_itself() -> None:
    projector, model = estimate("mmproj-gemma-4-E2B-it-Q8_0.gguf"), estimate("gemma-4-E2B-it-Q8_0.gguf")
    assert projector.weights_bytes == pytest.approx(557e6, rel=0.1)
    assert projector.kv_cache_bytes == 0
    assert 10 * projector.params_b < model.params_b


def test_a_projector_that_nobody_counted_has_no_figure() -> None:
    found = estimate("mmproj-some-new-7b-f16.gguf")
    assert found.weights_bytes is None
    assert [flag.id for flag in found.flags] == ["projector-unknown"]


@pytest.mark.parametrize("bits", [3.53, 4.19])
def test_a_label_that_states_its_bits_is_believed(bits: float) -> None:
    found = estimate(f"Qwen3.6-35B-A3B-IQ4_XS-{bits}bpw.gguf")
    assert found.bits_per_weight == bits
    assert found.quant == "IQ4_XS"


@pytest.mark.parametrize(
    ("name", "bytes_"),
    [("MiniMaxAI/MiniMax-M2", 230e9), ("moonshotai/Kimi-K2-Instruct", 1030e9), ("deepseek-ai/DeepSeek-V3.2", 685e9)],
)
def test_weights_without_a_label_are_as_their_maker_publishes_them(name: str, bytes_: float) -> None:
    assert estimate(name).weights_bytes == pytest.approx(bytes_, rel=0.03)


@pytest.mark.parametrize("name", ["Llama-Foo", "Qwen-Nonsense", "deepseek-chat", "gemma-bar"])
def test_a_line_alone_is_no_size(name: str) -> None:
    assert estimate(name).params_b is None


@pytest.mark.parametrize(
    ("name", "params"),
    [("QwQ-finetune", 32.76), ("mistral-nemo-foo", 12.25), ("Llama-3.3-foo", 70.55), ("phi-4-mini", 3.836)],
)
def test_a_line_with_one_size_is_enough(name: str, params: float) -> None:
    assert estimate(name).params_b == pytest.approx(params)
