"""Estimates of memory: against published files, beside the tables of other tools, and what is said in doubt."""

import json
import statistics
from pathlib import Path

import pytest

from nameplate import decode, estimate, pick

FILES = json.loads((Path(__file__).parents[1] / "vectors" / "memory" / "file_sizes.json").read_text(encoding="utf-8"))
ROWS = FILES["files"]

# Bytes for each parameter in other tools' tables, to compare with.
# https://github.com/AlexsJones/llmfit/blob/3f44fd3/llmfit-core/src/models.rs (quant_bpp); what it does not list is 0.58
LLMFIT = {
    "F32": 4.0, "F16": 2.0, "BF16": 2.0, "Q8_0": 1.05, "Q6_K": 0.80, "Q5_K_M": 0.68, "Q4_K_M": 0.58, "Q4_0": 0.58,
    "Q3_K_M": 0.48, "Q2_K": 0.37, "UD-Q4_K_XL": 0.58, "UD-Q6_K_XL": 0.80, "UD-Q8_K_XL": 1.05, "4bit": 0.55, "8bit": 1.0,
}  # fmt: skip
# https://github.com/Andyyyy64/whichllm/blob/a897551/src/whichllm/data/quantization.py
WHICHLLM = {
    "F32": 4.0, "F16": 2.0, "BF16": 2.0, "Q8_0": 1.0625, "Q6_K": 0.8125, "Q5_K_M": 0.6875, "Q5_K_S": 0.6875,
    "Q5_0": 0.625, "Q4_K_M": 0.5625, "Q4_K_S": 0.5625, "Q4_0": 0.5, "Q3_K_M": 0.4375, "Q3_K_S": 0.4375, "Q3_K_L": 0.4375,
    "Q2_K": 0.3125, "IQ4_XS": 0.5, "IQ3_XXS": 0.375, "IQ2_XXS": 0.25, "MXFP4": 0.53125, "NVFP4": 0.5625, "IQ1_S": 0.21,
    "IQ1_M": 0.22, "IQ2_S": 0.275, "IQ2_M": 0.30, "IQ3_S": 0.40, "IQ3_M": 0.42, "IQ3_XS": 0.41, "IQ4_NL": 0.5,
}  # fmt: skip


def spread(errors: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    ordered = sorted(errors)
    return statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]


@pytest.fixture(scope="module")
def answered() -> list[tuple]:
    """Rows with an estimate that carries no flag, each with the relative error."""
    pairs = [(row, estimate(row["name"], row["quant"])) for row in ROWS]
    return [
        (row, found, abs(found.weights_bytes / row["bytes"] - 1))
        for row, found in pairs
        if found.weights_bytes is not None and not found.flags
    ]


def test_enough_files_are_answered_without_doubt(answered: list[tuple]) -> None:
    assert len(ROWS) >= 150
    assert len(answered) >= 0.7 * len(ROWS)


def test_half_of_the_errors_are_below_2_and_95_of_100_below_10_per_cent(answered: list[tuple]) -> None:
    median, p95 = spread([error for _, _, error in answered])
    assert median <= 0.02
    assert p95 <= 0.10


def test_the_range_holds_the_real_size_and_says_something(answered: list[tuple]) -> None:
    inside = [found.range[0] <= row["bytes"] <= found.range[1] for row, found, _ in answered]
    widths = [(found.range[1] - found.range[0]) / found.weights_bytes for _, found, _ in answered]
    assert sum(inside) >= 0.95 * len(inside)
    assert statistics.median(widths) < 0.25


@pytest.mark.parametrize("table", [LLMFIT, WHICHLLM, "digits of the label"])
@pytest.mark.parametrize("params", ["as the name says", "as known here"])
def test_better_than_other_tables(answered: list[tuple], table: dict | str, params: str) -> None:
    """The others are given our count of parameters too, so that the bits per weight are compared alone."""
    ours, theirs = [], []
    for row, found, error in answered:
        reading = decode(row["name"])
        billions = found.params_b if params == "as known here" else reading.params_b or found.params_b
        label = found.quant or ""
        if isinstance(table, str):
            bits = decode(f"llama-7b-{label}").bits
            each = bits / 8 if bits else None
        else:
            each = table.get(label, 0.58 if table is LLMFIT else None)
        if each is not None:
            ours.append(error)
            theirs.append(abs(billions * 1e9 * each / row["bytes"] - 1))
    assert len(ours) > 60
    for mine, other in zip(spread(ours), spread(theirs), strict=True):
        assert mine < other


@pytest.mark.parametrize(
    ("name", "quant", "flag"),
    [
        ("gpt-oss-20b-F16.gguf", None, "native-4-bit"),
        ("ai/gpt-oss-safeguard:20B-F16", None, "native-4-bit"),
        ("NVIDIA-Nemotron-3-Nano-30B-A3B-Q2_K.gguf", None, "rows-not-256"),
        ("Falcon-7B-Instruct-Q4_K_M.gguf", None, "rows-not-256"),
        ("mixtral:8x7b-instruct-v0.1-q4_K_M", None, "experts-times-size"),
        ("beyonder-4x7b-v2-Q4_K_M.gguf", None, "experts-times-size"),
        ("Qwen2.5-0.5B-Instruct", "Q4_K_M", "under-1b"),
        ("gemma-3n-E4B-it-Q4_K_M.gguf", None, "effective-size"),
        ("gemma3n:e2b", None, "effective-size"),
        ("llava:7b", "Q4_0", "vision-projector"),
        ("gemma3:4b", "Q4_K_M", "vision-projector"),
        ("granite-4.0-h-nano:1B-Q8_0", None, "label-far-off"),
        ("qwen2-1_5b-instruct-q4_0.gguf", None, "glued-decimal"),
        ("bloomz-7b1-Q4_K_M.gguf", None, "glued-decimal"),
        ("some-new-thing-Q4_K_M.gguf", None, "size-not-in-name"),
        ("Llama-3.1-8B-Instruct", "AQLM", "unknown-label"),
    ],
)
def test_what_a_label_cannot_tell_is_flagged(name: str, quant: str | None, flag: str) -> None:
    assert flag in [found.id for found in estimate(name, quant).flags]


@pytest.mark.parametrize(
    ("name", "quant"),
    [
        ("Llama-3.1-8B-Instruct-Q4_K_M.gguf", None),
        ("all-MiniLM-L6-v2-f16.gguf", None),
        ("Qwen3-32B-AWQ", None),
        ("Mistral-7B-Instruct-v0.3", "Q5_K_M"),
        ("mlx-community/Qwen3-30B-A3B-8bit", None),
        ("qwen1_5-7b-chat-q5_k_m.gguf", None),
    ],
)
def test_ordinary_names_are_not(name: str, quant: str | None) -> None:
    assert estimate(name, quant).flags == ()


@pytest.mark.parametrize(
    ("finetune", "base"),
    [
        ("dolphin-2.9.4-llama3.1-8b-finetune", "meta-llama/Llama-3.1-8B"),
        ("wizardlm-13b-v1.2.Q4_0.gguf", "meta-llama/Llama-2-13b-hf"),
        ("our-own-Qwen2.5-7B-finetune", "Qwen/Qwen2.5-7B"),
    ],
)
def test_a_finetune_has_the_parameters_of_its_base(finetune: str, base: str) -> None:
    assert estimate(finetune).params_b == pytest.approx(estimate(base).params_b, rel=0.01)


@pytest.mark.parametrize(("tag", "params_b"), [("8b", 8.191), ("70b", 70.55), ("671b", 671.0)])
def test_a_tag_is_the_model_it_was_copied_from_not_the_one_its_library_is_named_after(
    tag: str, params_b: float
) -> None:
    found = estimate(f"deepseek-r1:{tag}")
    assert found.params_b == pytest.approx(params_b, rel=0.01)
    assert not any(flag.id == "label-far-off" for flag in found.flags)


def test_no_size_no_figure() -> None:
    found = estimate("some-new-thing-Q4_K_M.gguf")
    assert found.params_b is found.weights_bytes is found.total_bytes is found.range is None


def test_without_the_architecture_the_sum_is_a_lower_bound() -> None:
    found = estimate("SorskootLLM-70b-instruct", "Q4_K_M")
    assert found.kv_cache_bytes is found.total_bytes is None
    assert found.least_bytes == found.weights_bytes + found.overhead_bytes


def test_the_parts_add_up() -> None:
    found = estimate("Qwen3-8B-Q4_K_M.gguf", context=32_768, kv_dtype="q8_0")
    assert found.total_bytes == found.weights_bytes + found.kv_cache_bytes + found.overhead_bytes
    assert found.overhead_range[0] <= found.overhead_bytes <= found.overhead_range[1]


@pytest.mark.parametrize(
    ("name", "size"),  # in gigabytes: what Ollama offers of it unchanged, and a conversion by llama.cpp
    [("openai/gpt-oss-20b", 13.78), ("gpt-oss-120b", 65.36), ("gpt-oss-20b-mxfp4.gguf", 12.10)],
)
def test_what_a_maker_leaves_in_16_bits_counts(name: str, size: float) -> None:
    assert (estimate(name).weights_bytes or 0) / 1e9 == pytest.approx(size, rel=0.02)


def test_unquantized_weights_are_as_the_maker_publishes_them() -> None:
    assert estimate("meta-llama/Llama-3.1-8B").quant == "BF16"
    assert estimate("deepseek-ai/DeepSeek-V3").quant == "FP8"
    assert estimate("llama3.1:8b").quant == "Q4_K_M"


def test_docker_hub_holds_files_as_ollama_does() -> None:
    assert estimate("docker.io/ai/llama3.1:8B").quant == "Q4_K_M"
    assert "vision-projector" in {flag.id for flag in estimate("ai/qwen3-vl:4B-BF16").flags}


def test_a_model_in_the_catalogue_has_its_own_figures_whatever_its_name_says() -> None:
    assert estimate("allenai/MolmoE-1B-0924").params_b == 7.2  # the name states what is at work for a token
    assert estimate("llava-hf/llava-onevision-qwen2-0.5b-ov-hf").kv_cache_bytes is not None
    assert estimate("openbmb/MiniCPM-o-2_6").kv_cache_bytes is not None  # of unknown size


def test_mistral_large_3_caches_one_vector_for_a_token() -> None:
    model, same = "mistralai/Mistral-Large-3-675B-Instruct-2512", "deepseek-ai/DeepSeek-V3"
    assert estimate(model).kv_cache_bytes == estimate(same).kv_cache_bytes


def test_w4a16_is_no_build_for_mlx() -> None:
    ours, published = estimate("our-own-Llama-3.1-8B-w4a16"), estimate("Llama-3.1-8B-Instruct-quantized.w4a16")
    assert ours.weights_bytes == pytest.approx(published.weights_bytes, rel=0.01)


@pytest.mark.parametrize("name", ["x-0b", "Qwen3-0B", "Qwen3-0B-A0B", "gemma-3n-E0B", "Mixtral-0x0B"])
def test_a_size_of_zero_is_not_a_size(name: str) -> None:
    assert estimate(name).weights_bytes is None
    assert pick([name, "Qwen3-4B"], "chat").best in ("Qwen3-4B", None)
