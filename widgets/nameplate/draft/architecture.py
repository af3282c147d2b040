"""Read what the KV cache depends on from a configuration file. What the file leaves open stays None."""

from __future__ import annotations

from collections.abc import Mapping

from ..reading import JsonObject

# Where a model of several modalities keeps the configuration of its language model.
TEXT_PARTS = ("text_config", "llm_config", "language_config", "thinker_config")
FULL, SLIDING, LINEAR = "full_attention", "sliding_attention", "linear_attention"
# Keys of layers that keep a state of their own, or share another's cache; without a list of layers, no count is safe.
UNCOUNTED = ("mamba_", "ssm_", "num_kv_shared_layers", "conv_L_cache")


def text_part(config: JsonObject) -> JsonObject:
    """Return the configuration of the language model: a part of the whole, or the whole.

    >>> text_part({"text_config": {"num_hidden_layers": 34}, "vision_config": {}})
    {'num_hidden_layers': 34}
    """
    for key in TEXT_PARTS:
        inner = config.get(key)
        if isinstance(inner, dict):
            return text_part(inner)
    return config


def architecture(config: JsonObject) -> dict[str, str | int] | None:
    """Return the keys of an architecture, or None if the file doesn't say enough for one.

    >>> architecture({"num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128})
    {'kind': 'gqa', 'layers': 32, 'kv_heads': 8, 'head_dim': 128}
    >>> architecture({"num_hidden_layers": 61, "kv_lora_rank": 512, "qk_rope_head_dim": 64})
    {'kind': 'mla', 'layers': 61, 'kv_lora_rank': 512, 'rope_dim': 64}
    >>> architecture({"num_hidden_layers": 32, "sliding_window": 4096}) is None
    True
    """
    text = text_part(config)
    layers = _whole(text, "num_hidden_layers")
    kinds = _kinds_of_layers(text)
    if layers is None or (kinds is None and any(key.startswith(UNCOUNTED) and text[key] for key in text)):
        return None
    if text.get("num_kv_shared_layers"):
        return None
    rank, rope = _whole(text, "kv_lora_rank"), _whole(text, "qk_rope_head_dim")
    if rank is not None and rope is not None:
        return None if kinds else {"kind": "mla", "layers": layers, "kv_lora_rank": rank, "rope_dim": rope}
    heads = _heads(text)
    return None if heads is None else _with_layers(text, layers, heads, kinds)


def _with_layers(
    text: JsonObject, layers: int, heads: tuple[str, int, int], kinds: Mapping[str, int] | None
) -> dict[str, str | int] | None:
    """Return the architecture of layers that aren't all alike, or of those that are."""
    kind, kv_heads, head_dim = heads
    if kinds is None:
        windowed = text.get("sliding_window") and text.get("use_sliding_window") is not False
        return None if windowed else {"kind": kind, "layers": layers, "kv_heads": kv_heads, "head_dim": head_dim}
    if sum(kinds.values()) != layers or not set(kinds) <= {FULL, SLIDING, LINEAR} or {SLIDING, LINEAR} <= set(kinds):
        return None
    full = kinds.get(FULL, 0)
    shared: dict[str, str | int] = {"layers": layers, "kv_heads": kv_heads, "head_dim": head_dim}
    if LINEAR in kinds:
        return {"kind": "hybrid-linear", **shared, "full_attention_layers": full}
    if SLIDING not in kinds:
        return {"kind": kind, **shared}
    window = _whole(text, "sliding_window")
    if window is None:
        return None
    found = {"kind": "sliding-window", **shared, "global_layers": full, "window": window}
    wide, few = _whole(text, "global_head_dim"), _whole(text, "num_global_key_value_heads")
    if wide or few:  # the layers without a window have heads of their own
        found |= {"head_dim": wide or head_dim, "kv_heads": few or kv_heads}
        found |= {"local_head_dim": head_dim, "local_kv_heads": kv_heads}
    return found


def _kinds_of_layers(text: JsonObject) -> dict[str, int] | None:
    """Count the layers of each kind, if they are listed or come in a stated rhythm."""
    listed, layers = text.get("layer_types"), _whole(text, "num_hidden_layers")
    if isinstance(listed, list) and listed and all(isinstance(kind, str) for kind in listed):
        return {kind: listed.count(kind) for kind in dict.fromkeys(listed)}
    for key, other in (("sliding_window_pattern", SLIDING), ("full_attention_interval", LINEAR)):
        rhythm = _whole(text, key)
        if rhythm is not None and layers is not None:
            return {FULL: layers // rhythm, other: layers - layers // rhythm}
    return None


def _heads(text: JsonObject) -> tuple[str, int, int] | None:
    """Return the kind of attention, the number of key-value heads and their length."""
    heads = _whole(text, "num_attention_heads")
    kv_heads = _whole(text, "num_key_value_heads") if text.get("num_key_value_heads") is not None else heads
    width = _whole(text, "hidden_size")
    head_dim = _whole(text, "head_dim")
    if head_dim is None and width is not None and heads and width % heads == 0:
        head_dim = width // heads
    if kv_heads is None or head_dim is None or heads is None:
        return None
    return ("mha" if kv_heads == heads else "gqa"), kv_heads, head_dim


def _whole(text: JsonObject, key: str) -> int | None:
    value = text.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
