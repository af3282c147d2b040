"""The KV cache of each kind of attention, against figures that others have published."""

import pytest

from nameplate import NameplateError
from nameplate.memory.kv_cache import Architecture, kv_cache_bytes

GIB = 2**30
# Published: https://github.com/unslothai/unsloth/pull/4757 (table of KV caches), rounded to 0.01 GiB there.
PUBLISHED = [
    ("Qwen3-0.6B", Architecture("gqa", 28, kv_heads=8, head_dim=128), 40_960, 4.38),
    ("Gemma-3-27B", Architecture("sliding-window", 62, 16, 128, global_layers=10, window=1024), 131_072, 10.41),
    ("DeepSeek-V3.1", Architecture("mla", 61, kv_lora_rank=512, rope_dim=64), 163_840, 10.72),
    ("Qwen3.5-27B", Architecture("hybrid-linear", 64, 4, 256, full_attention_layers=16), 262_144, 16.00),
]


@pytest.mark.parametrize(("model", "architecture", "context", "published"), PUBLISHED)
def test_published_figures(model: str, architecture: Architecture, context: int, published: float) -> None:
    assert kv_cache_bytes(architecture, context) / GIB == pytest.approx(published, rel=0.01), model


def test_multi_head_attention_stores_every_head() -> None:
    assert kv_cache_bytes(Architecture("mha", 32, kv_heads=32, head_dim=128), 4096) == 2 * GIB  # Llama 2 7B


def test_a_window_is_never_longer_than_the_text() -> None:
    near = Architecture("sliding-window", 24, 8, 64, global_layers=12, window=128)
    plain = Architecture("gqa", 24, 8, 64)
    assert kv_cache_bytes(near, 100) == kv_cache_bytes(plain, 100)
    assert kv_cache_bytes(near, 1000) < kv_cache_bytes(plain, 1000)


@pytest.mark.parametrize(("kv_dtype", "share"), [("bf16", 1), ("q8_0", 8.5 / 16), ("q4_0", 4.5 / 16), ("fp8", 0.5)])
def test_smaller_types(kv_dtype: str, share: float) -> None:
    architecture = Architecture("gqa", 32, 8, 128)
    assert kv_cache_bytes(architecture, 8192, kv_dtype) == share * kv_cache_bytes(architecture, 8192)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"kind": "mamba", "layers": 3}, "not a kind of attention"),
        ({"kind": "gqa", "layers": 3, "kv_heads": 8}, 'needs "head_dim"'),
        ({"kind": "gqa", "layers": "many", "kv_heads": 8, "head_dim": 64}, 'needs "layers"'),
        ({"kind": "mla", "layers": 61, "kv_heads": 1, "head_dim": 1}, 'needs "kv_lora_rank"'),
        ({}, "Known: mha, gqa"),
    ],
)
def test_an_architecture_that_is_none(given: dict, message: str) -> None:
    with pytest.raises(NameplateError, match=message):
        Architecture.of(given)


def test_a_type_that_nobody_knows() -> None:
    with pytest.raises(NameplateError, match="Known: f16"):
        kv_cache_bytes(Architecture("gqa", 1, 1, 1), 1, "f64")
