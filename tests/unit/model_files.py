"""Write small files in the formats of models: headers with the numbers of a real one, and no weights to speak of."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

U32, F32, BOOL, TEXT, LIST, U64 = 4, 6, 7, 8, 9, 10
F16_CODE, Q4_K_CODE, Q6_K_CODE, F32_CODE = 1, 12, 14, 0
Tensor = tuple[str, Sequence[int], int]

LLAMA_8B: Mapping[str, Any] = {
    "general.architecture": "llama",
    "general.name": "Meta Llama 3.1 8B Instruct",
    "general.type": "model",
    "general.size_label": "8B",
    "general.finetune": "Instruct",
    "general.file_type": 15,
    "llama.context_length": 131_072,
    "llama.block_count": 32,
    "llama.embedding_length": 4096,
    "llama.attention.head_count": 32,
    "llama.attention.head_count_kv": 8,
    "tokenizer.ggml.model": "gpt2",
    "tokenizer.ggml.tokens": [f"word {number}" for number in range(200)],
    "tokenizer.chat_template": "{{ messages }}",
}
# 8.03 billion weights: most of them as Q4_K.
TENSORS_8B: Sequence[Tensor] = (
    ("blk.0.ffn_down.weight", (4096, 1_600_000), Q4_K_CODE),
    ("output.weight", (4096, 360_000), Q6_K_CODE),
    ("output_norm.weight", (4096,), F32_CODE),
)


def gguf(metadata: Mapping[str, Any], tensors: Iterable[Tensor] = (), order: str = "<", version: int = 3) -> bytes:
    """Return a GGUF file without the weights."""
    listed = list(tensors)
    parts = [b"GGUF", struct.pack(f"{order}IQQ", version, len(listed), len(metadata))]
    for key, value in metadata.items():
        parts += [_text(key, order), *_value(value, order)]
    for name, shape, code in listed:
        parts += [_text(name, order), struct.pack(f"{order}I{len(shape)}Q", len(shape), *shape)]
        parts.append(struct.pack(f"{order}IQ", code, 0))
    return b"".join(parts)


def _text(text: str, order: str) -> bytes:
    encoded = text.encode()
    return struct.pack(f"{order}Q", len(encoded)) + encoded


def _value(value: Any, order: str) -> Iterable[bytes]:
    if isinstance(value, str):
        yield struct.pack(f"{order}I", TEXT) + _text(value, order)
    elif isinstance(value, bool):
        yield struct.pack(f"{order}IB", BOOL, value)
    elif isinstance(value, int):
        yield struct.pack(f"{order}IQ", U64, value)
    elif isinstance(value, float):
        yield struct.pack(f"{order}If", F32, value)
    else:
        kind, items = (TEXT, [_text(one, order) for one in value]) if value and isinstance(value[0], str) else (
            U32, [struct.pack(f"{order}I", one) for one in value]
        )  # fmt: skip
        yield struct.pack(f"{order}IIQ", LIST, kind, len(value)) + b"".join(items)


def sparse(path: Path, header: bytes, size: int) -> Path:
    """Write a file that is as long as its weights need, without writing them."""
    with path.open("wb") as file:
        file.write(header)
        file.truncate(size)
    return path


def safetensors(tensors: Mapping[str, tuple[str, Sequence[int]]]) -> tuple[bytes, int]:
    """Return the header of a safetensors file, and the bytes of its weights."""
    bits = {"BF16": 16, "F16": 16, "F32": 32, "I32": 32, "U8": 8, "F8_E4M3": 8}
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    place = 0
    for name, (dtype, shape) in tensors.items():
        size = bits[dtype] // 8
        for one in shape:
            size *= one
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [place, place + size]}
        place += size
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text, place


def write_safetensors(path: Path, tensors: Mapping[str, tuple[str, Sequence[int]]]) -> Path:
    """Write a safetensors file of the right length."""
    header, size = safetensors(tensors)
    return sparse(path, header, len(header) + size)


def write_gguf(path: Path, metadata: Mapping[str, Any] = LLAMA_8B, tensors: Sequence[Tensor] = TENSORS_8B) -> Path:
    """Write a GGUF file of the right length. All tensors begin at the same place, so the largest decides."""
    header = gguf(metadata, tensors)
    bytes_of = {Q4_K_CODE: 144 / 256, Q6_K_CODE: 210 / 256, F32_CODE: 4, F16_CODE: 2}
    sizes = [bytes_of.get(code, 0) * _product(shape) for _, shape, code in tensors]
    return sparse(path, header, len(header) + 64 + int(max(sizes, default=0)))


def _product(shape: Sequence[int]) -> int:
    found = 1
    for one in shape:
        found *= one
    return found
