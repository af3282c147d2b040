"""Read what a model's config.json says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..draft.architecture import text_part
from ..reading import JsonObject
from .contents import Contents
from .json_files import read_object

EXPERTS = ("num_local_experts", "num_experts", "n_routed_experts")
EXPERTS_USED = ("num_experts_per_tok", "experts_per_token", "moe_topk")
NUMBER_OF_BITS = re.compile(r"(?:^|[^a-z])(?:int|fp|w|nf|float|mxfp|nvfp)(\d{1,2})", re.IGNORECASE)
FULL_BITS = {"float32": 32.0, "float16": 16.0, "bfloat16": 16.0}


def read(path: Path) -> Contents:
    """Return what a configuration says. Raises FileFormatError."""
    config = read_object(path)
    text = text_part(config)
    width, heads = _whole(text, "hidden_size", "n_embd", "d_model"), _whole(text, "num_attention_heads", "n_head")
    head_dim = _whole(text, "head_dim") or (width // heads if width and heads and width % heads == 0 else None)
    label, bits, group = _quantization(config)
    return Contents(
        format="config.json",
        title=_title(config),
        architecture=_architecture(config) or _text(config, "model_type"),
        label=label,
        bits=bits
        if label
        else FULL_BITS.get(str(config.get("dtype") or config.get("torch_dtype") or text.get("dtype"))),
        group_size=group,
        context=_whole(text, "max_position_embeddings", "n_positions", "max_seq_len", "seq_length"),
        layers=_whole(text, "num_hidden_layers", "n_layer", "num_layers"),
        width=width,
        heads=heads,
        kv_heads=_whole(text, "num_key_value_heads") or heads,
        head_dim=head_dim,
        experts=_whole(text, *EXPERTS),
        experts_used=_whole(text, *EXPERTS_USED),
        vocabulary=_whole(text, "vocab_size"),
        files=(path.name,),
    )


def _title(config: JsonObject) -> str | None:
    """Return the name that the model was loaded by, unless that's a folder of someone's machine."""
    name = _text(config, "_name_or_path")
    return None if name is None or name.startswith(("/", ".", "~")) or "\\" in name or name.count("/") > 1 else name


def _architecture(config: JsonObject) -> str | None:
    listed = config.get("architectures")
    return listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], str) else None


def _quantization(config: JsonObject) -> tuple[str | None, float | None, int | None]:
    """Return the method of quantization, its bits and the size of its groups."""
    said = config.get("quantization_config") or config.get("quantization")
    if not isinstance(said, Mapping):
        return None, None, None
    method = said.get("quant_method") or said.get("quant_algo") or said.get("fmt") or said.get("mode")
    label = method if isinstance(method, str) and method else "quantized"
    weights = _weights_of_groups(said)
    bits = _whole(said, "bits", "wbits", "w_bit") or _whole(weights, "num_bits")
    if bits is None and (said.get("load_in_4bit") or said.get("_load_in_4bit")):
        bits = 4
    if bits is None and (said.get("load_in_8bit") or said.get("_load_in_8bit")):
        bits = 8
    found = NUMBER_OF_BITS.search(f" {label}") if bits is None else None
    if found is not None:
        bits = int(found[1])
    return label, bits, _whole(said, "group_size") or _whole(weights, "group_size")


def _weights_of_groups(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return how compressed-tensors describes the weights of its first group."""
    groups = said.get("config_groups")
    first = next(iter(groups.values()), None) if isinstance(groups, Mapping) else None
    weights = first.get("weights") if isinstance(first, Mapping) else None
    return weights if isinstance(weights, Mapping) else {}


def _whole(said: Mapping[str, Any], *keys: str) -> int | None:
    for key in keys:
        value = said.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
    return None


def _text(said: Mapping[str, Any], key: str) -> str | None:
    value = said.get(key)
    return value.strip() or None if isinstance(value, str) else None
