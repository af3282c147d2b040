"""Put the keys of a reading and their values into words: one table and a few pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..english import NOUNS, count, figure
from ..reading import FieldValue
from ..vocabulary.lookup import vocabulary

GROUPS: Mapping[str, str] = {
    "address": "Address",
    "family": "Family",
    "size": "Size",
    "purpose": "Purpose",
    "version": "Version",
    "format": "Format",
    "unknown": "Not explained",
}


@dataclass(frozen=True, slots=True)
class Label:
    """The names of one key: in full, and short enough to go under a part of a name; and the group that colours it."""

    name: str
    short: str
    group: str


LABELS: Mapping[str, Label] = {
    "kind": Label("Kind", "kind", "address"),
    "platform": Label("Name format", "name format", "address"),
    "host": Label("Host", "host", "address"),
    "region": Label("Region", "region", "address"),
    "publisher": Label("Publisher", "publisher", "address"),
    "repo": Label("Repository", "repository", "address"),
    "file": Label("File", "file", "address"),
    "tag": Label("Tag", "tag", "address"),
    "revision": Label("Revision", "revision", "address"),
    "command": Label("Command", "command", "address"),
    "option": Label("Command option", "option", "address"),
    "path": Label("Path", "path", "address"),
    "listing": Label("List column", "list", "address"),
    "family": Label("Family", "family", "family"),
    "generation": Label("Generation", "generation", "family"),
    "edition": Label("Edition", "edition", "family"),
    "lineage.base_family": Label("Built on", "built on", "family"),
    "lineage.base_generation": Label("Generation it's built on", "built on", "family"),
    "lineage.teacher": Label("Distilled from", "teacher", "family"),
    "lineage.finetune": Label("Fine-tune", "fine-tune", "family"),
    "lineage.method": Label("Made with", "method", "family"),
    "lineage.merge": Label("Merged with", "merge", "family"),
    "lineage.parents": Label("Parents", "parent", "family"),
    "lineage.modifications": Label("Modified", "modified", "family"),
    "size_class": Label("Size in words", "size", "size"),
    "params_b": Label("Parameters", "parameters", "size"),
    "active_params_b": Label("Active parameters", "active", "size"),
    "effective_params_b": Label("Effective parameters", "effective", "size"),
    "experts": Label("Experts", "experts", "size"),
    "expert_params_b": Label("Size of one expert", "per expert", "size"),
    "context": Label("Context length", "context", "size"),
    "max_output": Label("Longest answer", "longest answer", "size"),
    "stage": Label("Training stage", "stage", "purpose"),
    "task": Label("Task", "task", "purpose"),
    "reasoning": Label("Reasoning", "reasoning", "purpose"),
    "modalities": Label("Works with", "modality", "purpose"),
    "languages": Label("Languages", "language", "purpose"),
    "roles": Label("Good for", "role", "purpose"),
    "version": Label("Version", "version", "version"),
    "release_stage": Label("Release stage", "release", "version"),
    "alias": Label("Alias", "alias", "version"),
    "date": Label("Date", "date", "version"),
    "released": Label("Released", "released", "version"),
    "open_weights": Label("Open weights", "open weights", "version"),
    "train_tokens": Label("Trained on", "trained on", "version"),
    "checkpoint": Label("Checkpoint", "checkpoint", "version"),
    "quant": Label("Quantization", "quantization", "format"),
    "quant_method": Label("Quantization method", "method", "format"),
    "bits": Label("Bits per weight", "bits", "format"),
    "activation_bits": Label("Bits per activation", "activations", "format"),
    "group_size": Label("Weights per group", "group", "format"),
    "format": Label("Format", "format", "format"),
    "library": Label("Library", "library", "format"),
    "device": Label("Made for", "device", "format"),
    "endianness": Label("Byte order", "byte order", "format"),
    "file_role": Label("File type", "file type", "format"),
    "shard": Label("Part of a split file", "part", "format"),
}

UNEXPLAINED = Label("Not explained", "?", "unknown")

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip

WRITTEN_OUT: Mapping[str, Mapping[FieldValue, str]] = {
    "kind": {
        "dataset": "a data set", "imatrix": "an importance matrix", "projector": "a projector for images or audio", "adapter": "an adapter",
        "draft": "a draft model", "tokenizer": "a tokenizer", "not-a-model-name": "not a model's name",
    },
    "platform": {
        "huggingface": "Hugging Face", "gguf-file": "a GGUF file", "ollama": "Ollama", "bedrock": "Amazon Bedrock",
        "vertex": "Google Vertex AI", "azure": "Microsoft Azure", "openrouter": "OpenRouter", "fireworks": "Fireworks AI",
        "api": "a provider's API",
    },
    "reasoning": {True: "yes", False: "no", "hybrid": "can be switched on and off"},
    "open_weights": {True: "yes", False: "no, available only as a hosted service"},
    "file_role": {"main": "the model itself", "mmproj": "projector for images or audio", "draft": "draft model", "vocab": "vocabulary only", "adapter": "adapter", "imatrix": "importance matrix"},
    "quant_method": {
        "gguf-k": "GGUF k-quant", "gguf-i": "GGUF i-quant", "gguf-legacy": "GGUF legacy quant",
        "gguf-ternary": "GGUF ternary quant", "gptq": "GPTQ", "awq": "AWQ", "bnb": "bitsandbytes", "hqq": "HQQ",
        "exl2": "EXL2", "exl3": "EXL3", "mlx": "MLX", "mlc": "MLC", "aqlm": "AQLM", "autoround": "AutoRound",
        "fp8": "FP8", "mxfp": "MXFP", "nvfp4": "NVFP4", "nf3": "NF3", "int4": "INT4", "int8": "INT8",
    },
    "task": {"text": "text generation", "tts": "text to speech", "ocr": "reading documents (OCR)"},
    "languages": {"mul": "several"},
    "modalities": {"vision": "images"},
    "library": {"transformers": "Transformers", "mlx": "MLX", "mlc": "MLC", "openvino": "OpenVINO", "vllm": "vLLM", "onnxruntime": "ONNX Runtime", "ctranslate2": "CTranslate2", "diffusers": "Diffusers", "pytorch": "PyTorch"},
    "format": {"gguf": "GGUF", "mlx": "MLX", "mlc": "MLC", "onnx": "ONNX", "ggml": "GGML", "exl2": "EXL2",
        "exl3": "EXL3", "litert": "LiteRT", "coreml": "Core ML", "openvino": "OpenVINO", "executorch": "ExecuTorch", "rkllm": "RKLLM",
        "mnn": "MNN", "pytorch": "PyTorch", "tensorrt": "TensorRT",
    },
}  # fmt: skip


def label(key: str | None) -> Label:
    """Return the label of a key of the reading; an unknown key is called by its own words.

    >>> label("params_b").name, label("stage").group, label(None).name
    ('Parameters', 'purpose', 'Not explained')
    """
    if key is None:
        return UNEXPLAINED
    return LABELS.get(key) or Label(key.replace("_", " ").replace(".", " ").capitalize(), key.split(".")[-1], "version")


def written(key: str, value: FieldValue) -> str:
    """Return a value in words.

    >>> written("params_b", 70), written("params_b", 0.5), written("context", 131072)
    ('70 billion', '500 million', '131,072 tokens')
    >>> written("date", "2025-07"), written("shard", (3, 9)), written("languages", ("en", "de"))
    ('July 2025', '3 of 9', 'English, German')
    """
    if isinstance(value, (list, tuple)) and key != "shard":
        return ", ".join(written(key, item) for item in value)
    known = WRITTEN_OUT.get(key, {})
    if value in known:
        return known[value]
    return _FORMATS.get(key, str)(value)


def day(date: str) -> str:
    """Return an ISO 8601 date in words, as far as it goes. Anything that isn't such a date is returned unchanged.

    >>> day("2024-06-20"), day("2025-07"), day("2023"), day("--05-28")
    ('20 June 2024', 'July 2025', '2023', '28 May, year not given')
    >>> day("2025-13"), day("soon")
    ('2025-13', 'soon')
    """
    year, _, rest = date[2:].partition("-") if date.startswith("--") else date.partition("-")
    if date.startswith("--"):
        return _month(f"{year}-{rest}", date) + (", year not given" if _month(f"{year}-{rest}", "") else "")
    if not rest:
        return date
    month = _month(rest, "")
    return f"{month} {year}" if month else date


def _month(text: str, otherwise: str) -> str:
    month, _, number = text.partition("-")
    if not (month.isdecimal() and 1 <= int(month) <= 12 and (not number or number.isdecimal())):
        return otherwise
    return f"{int(number)} {MONTHS[int(month) - 1]}" if number else MONTHS[int(month) - 1]


def _tokens(value: FieldValue) -> str:
    return f"{value:,} tokens" if isinstance(value, int) else str(value)


def _group(value: FieldValue) -> str:
    return "a whole channel" if value == -1 else figure(value)


def _task(value: FieldValue) -> str:
    """Return what a model is for by what such a model is called: depth estimation, of a depth estimation model."""
    return NOUNS.get(str(value), str(value)).removesuffix(" model").removeprefix("model of ")


def _language(code: FieldValue) -> str:
    return vocabulary().language_names.get(str(code), str(code))


_FORMATS: Mapping[str, Callable[[FieldValue], str]] = {
    "params_b": count, "active_params_b": count, "effective_params_b": count, "expert_params_b": count,
    "experts": figure, "bits": figure, "activation_bits": figure, "group_size": _group,
    "context": _tokens, "max_output": _tokens, "date": day, "released": day, "shard": lambda value: f"{value[0]} of {value[1]}",
    "task": _task, "languages": _language, "train_tokens": lambda value: f"{value} tokens",
}  # fmt: skip
