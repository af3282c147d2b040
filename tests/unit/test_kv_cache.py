"""The KV cache of each kind of attention, against figures that others have published."""

import pytest

from nameplate import NameplateError, estimate
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


def test_an_encoder_has_no_cache() -> None:
    assert kv_cache_bytes(Architecture("encoder", 24), 8192) == 0


def test_compressed_attention_needs_a_fraction_of_latent_attention() -> None:
    # DeepSeek says that V4-Flash keeps 0.7 times what V4-Pro does for a million tokens, and both far less than V3.2.
    flash = Architecture("compressed", 43, head_dim=512, window=128, sparse_layers=21, sparse_ratio=4, index_dim=128,
                         dense_layers=20, dense_ratio=128)  # fmt: skip
    pro = Architecture("compressed", 61, head_dim=512, window=128, sparse_layers=29, sparse_ratio=4, index_dim=128,
                       dense_layers=32, dense_ratio=128)  # fmt: skip
    latent = Architecture("mla", 61, kv_lora_rank=512, rope_dim=64)
    million = 1_048_576
    assert kv_cache_bytes(flash, million) / kv_cache_bytes(pro, million) == pytest.approx(0.7, rel=0.05)
    assert kv_cache_bytes(pro, million) < 0.15 * kv_cache_bytes(latent, million)
    assert kv_cache_bytes(flash, 3) == 3 * 43 * 512 * 2  # nothing to compress yet


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
        (
            {
                "kind": "compressed",
                "layers": 2,
                "head_dim": 8,
                "window": 4,
                "sparse_layers": 1,
                "sparse_ratio": 0,
                "index_dim": 2,
                "dense_layers": 1,
                "dense_ratio": 16,
            },
            "can't be 0",
        ),
    ],
)
def test_an_architecture_that_is_none(given: dict, message: str) -> None:
    with pytest.raises(NameplateError, match=message):
        Architecture.of(given)


def test_a_type_that_nobody_knows() -> None:
    with pytest.raises(NameplateError, match="Known: f16"):
        kv_cache_bytes(Architecture("gqa", 1, 1, 1), 1, "f64")


# What engines report of models whose layers differ: llama.cpp keeps the 512 tokens being read besides each window.
REPORTED = [
    ("gpt-oss-120b", 2000, "f16", 97_916_027),
    ("gemma-4-12b-it-Q4_K_M.gguf", 262_144, "q8_0", 2_549_088_256),
    ("gemma-4-31B-it-Q4_K_M.gguf", 262_144, "f16", 22_312_355_102),
    ("gemma-4-E4B-it", 4096, "f16", (64 + 40) * 2**20),  # at 1,024 cells a window; more batch more cells
    ("Kimi-K2.5", 262_144, "f16", 18_425_409_700),
]


@pytest.mark.parametrize(("name", "context", "kv_dtype", "measured"), REPORTED)
def test_reported_caches(name: str, context: int, kv_dtype: str, measured: int) -> None:
    assert estimate(name, context=context, kv_dtype=kv_dtype).kv_cache_bytes == pytest.approx(measured, rel=0.02)


def test_layers_with_a_window_may_have_other_heads() -> None:
    gemma = Architecture(
        "sliding-window", 6, 1, 512, global_layers=1, window=1024, local_kv_heads=8, local_head_dim=256
    )
    assert kv_cache_bytes(gemma, 4096) == 2 * 2 * (512 * 4096 + 5 * 8 * 256 * 1024)


@pytest.mark.parametrize("name", ["state-spaces/mamba-2.8b", "RWKV7-G1k-1.5B-20260930"])
def test_a_model_with_a_constant_state_has_no_cache(name: str) -> None:
    assert estimate(name, context=100_000).kv_cache_bytes == 0


def test_latent_attention_in_some_layers_only() -> None:
    kimi = Architecture("mla", 27, kv_lora_rank=512, rope_dim=64, full_attention_layers=7)
    assert kv_cache_bytes(kimi, 1000) == 2 * 7 * 576 * 1000
