"""Work out the key-value cache: what a model remembers of the text it has read, one entry per token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import ArchitectureError, CacheTypeError, shown

# Bits of one stored number. The 8- and 4-bit types are blocks of 32 numbers with one 16-bit scale each.
# Source: https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-common.h (block_q8_0, block_q4_0)
CACHE_BITS = {"f16": 16.0, "bf16": 16.0, "q8_0": 8.5, "q4_0": 4.5, "fp8": 8.0}
MOST = 1_000_000_000  # of tokens and of whatever else is counted here: far beyond any model
KINDS = ("mha", "gqa", "mla", "sliding-window", "hybrid-linear", "compressed", "encoder")
NEEDED = {
    "mha": ("kv_heads", "head_dim"),
    "gqa": ("kv_heads", "head_dim"),
    "mla": ("kv_lora_rank", "rope_dim"),
    "sliding-window": ("kv_heads", "head_dim", "global_layers", "window"),
    "hybrid-linear": ("kv_heads", "head_dim", "full_attention_layers"),
    "compressed": ("head_dim", "window", "sparse_layers", "sparse_ratio", "index_dim", "dense_layers", "dense_ratio"),
    "encoder": (),
}
OPTIONAL = {"mla": ("full_attention_layers",), "sliding-window": ("local_kv_heads", "local_head_dim")}
# Tokens that are read at once: a cache with a window holds them besides the window, for every layer that has one.
# Source: https://github.com/ggml-org/llama.cpp/pull/13833 (n_ubatch, 512 by default)
BATCH = 512
PARTS_OF_LAYERS = ("global_layers", "full_attention_layers", "sparse_layers", "dense_layers")
DIVISORS = ("sparse_ratio", "dense_ratio")


@dataclass(frozen=True, slots=True)
class Architecture:
    """The numbers that the size of the cache depends on; the keys are those of a public configuration.

    `layers` counts all layers. Of them `global_layers` see the whole context where the others see a `window`
    of tokens, and `full_attention_layers` have a cache at all where the others keep a state of fixed size.
    `kv_lora_rank` and `rope_dim` are the lengths of the one vector that latent attention stores for a token.
    `local_kv_heads` and `local_head_dim` are those of the layers with a window, where they differ from the others.

    Compressed attention stores one vector for keys and values together, for a window of tokens in every layer. Of the
    tokens before that, `sparse_layers` keep one vector for `sparse_ratio` tokens, with an index entry of `index_dim`
    numbers to choose by, and `dense_layers` keep one for `dense_ratio` tokens.

    An encoder reads everything at once and writes nothing word by word, so it has no cache. Of a model with an encoder
    and a decoder only the decoder counts here: it stores what it writes, and what the encoder has read, once per token.
    """

    kind: str
    layers: int
    kv_heads: int | None = None
    head_dim: int | None = None
    global_layers: int | None = None
    window: int | None = None
    full_attention_layers: int | None = None
    kv_lora_rank: int | None = None
    rope_dim: int | None = None
    local_kv_heads: int | None = None
    local_head_dim: int | None = None
    sparse_layers: int | None = None
    sparse_ratio: int | None = None
    index_dim: int | None = None
    dense_layers: int | None = None
    dense_ratio: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Architecture:
        """Return an architecture from the keys of a request; keys that its kind doesn't need are left out.

        Raises ArchitectureError where the kind isn't known, or a number is missing or can't be right.

        >>> Architecture.of({"kind": "gqa", "layers": 32, "kv_heads": 8, "head_dim": 128}).layers
        32
        """
        kind = given.get("kind") if isinstance(given, Mapping) else None
        if not isinstance(kind, str) or kind not in KINDS:
            raise ArchitectureError(f"{shown(kind)} is not a kind of attention. Known: {', '.join(KINDS)}.")
        also = (key for key in OPTIONAL.get(kind, ()) if given.get(key) is not None)
        numbers = {key: given.get(key) for key in ("layers", *NEEDED[kind], *also)}
        for key, value in numbers.items():
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
                raise ArchitectureError(
                    f'An architecture of the kind {kind} needs "{key}", a whole number from 0 to {MOST:,}.'
                )
            if key in DIVISORS and value == 0:
                raise ArchitectureError(f'"{key}" is a number of tokens to put together, so it can\'t be 0.')
            if key in PARTS_OF_LAYERS and value > given["layers"]:
                raise ArchitectureError(f'"{key}" counts some of the layers, so it can\'t be more than "layers".')
        return cls(kind, **{key: given[key] for key in numbers})


def kv_cache_bytes(architecture: Architecture, context: int, kv_dtype: str = "f16", batch: int = 0) -> int:
    """Return the bytes of the cache for `context` tokens, exactly.

    `batch` is the number of tokens that a layer with a window keeps besides the window: those being read.

    Llama 3.1 8B needs 4 GiB at 32,768 tokens, DeepSeek-V3 with latent attention only 10.7 at 163,840:

    >>> kv_cache_bytes(Architecture("gqa", 32, kv_heads=8, head_dim=128), 32_768) / 2**30
    4.0
    >>> kv_cache_bytes(Architecture("mla", 61, kv_lora_rank=512, rope_dim=64), 163_840)
    11513364480

    Raises CacheTypeError for an unknown type.
    """
    return round(_numbers(architecture, context, batch) * cache_bits(kv_dtype) / 8)


def cache_bits(kv_dtype: str) -> float:
    """Return the bits of one number in the cache: 16 for `f16` and `bf16`, 8.5 for `q8_0`, 4.5 for `q4_0`, 8 for `fp8`."""
    try:
        return CACHE_BITS[kv_dtype.lower()]
    except (KeyError, AttributeError):
        raise CacheTypeError(kv_dtype, CACHE_BITS) from None


def _numbers(a: Architecture, context: int, batch: int) -> int:
    """Return how many numbers the cache holds."""
    layers = a.layers if a.full_attention_layers is None else a.full_attention_layers
    if a.kind == "encoder":
        return 0
    if a.kind == "compressed":
        return _compressed(a, context, batch)
    if a.kind == "mla":
        return layers * ((a.kv_lora_rank or 0) + (a.rope_dim or 0)) * context
    each = 2 * (a.kv_heads or 0) * (a.head_dim or 0)  # a key and a value
    if a.kind != "sliding-window":
        return each * layers * context
    local = 2 * (a.local_kv_heads or a.kv_heads or 0) * (a.local_head_dim or a.head_dim or 0)
    everywhere = a.global_layers or 0
    return each * everywhere * context + local * (layers - everywhere) * min((a.window or 0) + batch, context)


def _compressed(a: Architecture, context: int, batch: int) -> int:
    """Return how many numbers a cache of compressed attention holds.

    Source: https://github.com/huggingface/transformers/blob/015c0781/src/transformers/models/deepseek_v4/configuration_deepseek_v4.py
    """
    vector = a.head_dim or 0
    recent = a.layers * vector * min((a.window or 0) + batch, context)
    sparse = (a.sparse_layers or 0) * (vector + (a.index_dim or 0)) * (context // (a.sparse_ratio or 1))
    return recent + sparse + (a.dense_layers or 0) * vector * (context // (a.dense_ratio or 1))
