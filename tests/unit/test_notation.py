"""Numbers: each notation alone, and the worst input for its regular expressions."""

import inspect
import re

import pytest

from nameplate import decode, notation
from nameplate.notation import candidate as found
from nameplate.notation import dates, numbering, sizes, storage


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x-70b", {"params_b": 70}),
        ("x-1.5B", {"params_b": 1.5}),
        ("x-270m", {"params_b": 0.27}),
        ("x-1_8b", {"params_b": 1.8}),
        ("x-0p5b", {"params_b": 0.5}),
        ("x-0-5b", {"params_b": 0.5}),
        ("bloom-7b1", {"params_b": 7.1}),
        ("llama13b", {"params_b": 13}),
        ("x-2x7B", {"experts": 2, "expert_params_b": 7}),
        ("Llama-4-Scout-17B-16E", {"active_params_b": 17, "experts": 16, "params_b": None}),
        ("x-A2.7B", {"active_params_b": 2.7, "params_b": None}),
        ("granite-3b-a800m", {"params_b": 3, "active_params_b": 0.8}),
        ("x-7b-E4B", {"effective_params_b": 4}),
        ("x-7b-128k", {"context": 131072}),
        ("x-7b-w4a16", {"bits": 4, "activation_bits": 16}),
        ("x-7b-g128", {"group_size": 128}),
        ("x-7b-4.65bpw", {"bits": 4.65}),
        ("x-7b-8bit", {"bits": 8}),
        ("x-7b-20240620", {"date": "2024-06-20"}),
        ("x-7b-2025-04-14", {"date": "2025-04-14"}),
        ("x-7b-05-2026", {"date": "2026-05"}),
        ("x-7b-2507", {"date": "2025-07"}),
        ("x-7b-0528", {"date": "--05-28"}),
        ("x-7b-00003-of-00009", {"shard": (3, 9)}),
        ("x-7b-step-1431k", {"checkpoint": "1431k"}),
        ("x-7b-100B-tokens", {"train_tokens": "100B"}),
        ("claude-opus-4-1", {"generation": "4.1"}),
        ("x-7b-v0.3", {"version": "0.3"}),
        ("x-7b-V1-5", {"version": "1.5"}),
        ("x-7b-Q4_K_P", {"quant": "Q4_K_P", "bits": 4}),
        ("x-20251110_154703", {"date": "2025-11-10", "checkpoint": None}),
        ("x-7b-2026_04_06_16_57", {"date": "2026-04-06", "generation": None}),
        ("x-moe-900m-400ma", {"params_b": 0.9, "active_params_b": 0.4}),
        ("x-30b-3b-active", {"params_b": 30, "active_params_b": 3}),
        ("x-30b-active-3b", {"params_b": 30, "active_params_b": 3}),
        ("x-17Bx16E", {"active_params_b": 17, "experts": 16, "params_b": None}),
        ("x-7-billion", {"params_b": 7}),
        ("x-350-million", {"params_b": 0.35}),
        ("x-7b-21-09-24", {"date": None}),
        ("x-7b-8da4w", {"bits": 4, "activation_bits": 8}),
        ("x-7b-w4g128", {"bits": 4, "group_size": 128}),
        ("x-7b-awq-w4", {"bits": 4, "quant": "AWQ"}),
        ("x-7b-exl2-6_5", {"bits": 6.5}),
        ("x-7b-25-06-15", {"date": "2025-06-15"}),
        ("x-7b-06-15-25", {"date": "2025-06-15"}),
        ("x-7b-15-06-2025", {"date": "2025-06-15"}),
        ("x-pro-06-15", {"date": "--06-15", "generation": None}),
        ("x-pro-11-24", {"date": "--11-24", "generation": None}),
        ("x-pro-4-20", {"date": None, "generation": "4.20"}),
        ("x-7b-ver2", {"version": "2"}),
        ("x-7b-version-2.1", {"version": "2.1"}),
        ("x-7b-v3a", {"version": "3a"}),
        ("x-7b-v1.13a", {"version": "1.13a"}),
        ("x-7b-q0f16", {"bits": 16, "activation_bits": 16}),
        ("x-7b-GPTQ-4b-128g", {"params_b": 7, "bits": 4, "group_size": 128}),
        ("x-GPTQ-4b", {"params_b": 4, "bits": None}),
        ("x-70b-exl2-4.25", {"bits": 4.25, "version": None}),
        ("x-7b-1.58", {"bits": 1.58, "version": None}),
        ("x-bitnet-1.58b", {"bits": 1.58, "params_b": None}),
        ("x-800MA-3BT", {"params_b": 3, "active_params_b": 0.8}),
        ("x-837Mparams-3.6Btokens", {"params_b": 0.837, "train_tokens": "3.6B"}),
        ("x-3b-600bt", {"params_b": 3, "train_tokens": "600B"}),
        ("x-7b-64eps", {"checkpoint": "epoch 64"}),
        ("x-70b-8M", {"context": 8 << 20}),
        ("x-70b-3M", {"context": None}),
    ],
)
def test_notation(name: str, expected: dict) -> None:
    reading = decode(name, catalogue=False)
    assert {key: getattr(reading, key) for key in expected} == expected


@pytest.mark.parametrize("name", ["v1olet-7b", "h2o-7b", "3d-7b"])
def test_digits_inside_a_word_are_no_version(name: str) -> None:
    assert decode(name).version is None


@pytest.mark.parametrize("name", ["x-7b-dare-0.85", "distilbart-cnn-12-6", "speecht5-common-voice-13-0-basque"])
def test_shares_layers_and_numbers_of_data_are_no_version(name: str) -> None:
    reading = decode(name)
    assert (reading.version, reading.generation) == (None, None)


@pytest.mark.parametrize(("name", "left"), [("Qwen3-80B-REAP75", "reap"), ("x-7b-pruned50", "pruned")])
def test_a_share_at_a_change_of_the_network_leaves_the_word_to_be_read(name: str, left: str) -> None:
    assert left in decode(name).lineage.modifications


MODULES = (notation, dates, found, numbering, sizes, storage)
LATE = type(sizes.SIZE)  # patterns are compiled when they are first used
PATTERNS = [value for module in MODULES for _, value in inspect.getmembers(module) if isinstance(value, LATE)]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:30])
def test_patterns_survive_the_worst_input(pattern: re.Pattern) -> None:
    """A pattern that went back and forth would not come to an end within the run."""
    for piece in ("1", "1.", "1-", "q4_", "_k", "0", "v1.", "1_", "a", "-s"):
        pattern.match(piece * 10_000 + "!")
