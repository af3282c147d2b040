"""Read how a label says that weights are stored, and in how many bits: `Q4_K_M`, `4bit`, `AWQ`, `w4a16`, `4.0bpw`."""

from __future__ import annotations

import functools
from typing import NamedTuple

from ..decoder import decode
from ..errors import NameplateError, RequestError, shown
from ..reading import Reading
from .known_models import known_models

MLX_GROUP = 64  # weights that share a scale and a bias of 16 bits each. Source: mlx.core.quantize
# How far files under a label lie from the figure that was measured or calculated for it, seen on published files.
SPREAD = {"plain": 0.025, "gguf": 0.07, "mixed": 0.13, "mlx": 0.12, "linear": 0.1}
# Platforms on which a tag is one GGUF file, and what a tag without a label holds there. Sources:
# https://github.com/ollama/ollama/blob/main/docs/import.mdx, https://github.com/docker/model-cards/tree/main/ai
FILE_HUBS = ("ollama", "docker")
USUAL = "Q4_K_M"
LONGEST_LABEL = 40  # characters
SIMILAR = 0.5  # how alike a text and a label have to be for the label to be suggested


class Label(NamedTuple):
    """A way to store weights: bits per weight as measured or calculated, and by which method.

    `method` is `gguf` (a mix measured on one model), `linear` (only the matrices of the layers are quantized, the
    vocabulary stays in 16 bits), `mlx` or `plain` (all weights alike). `spread` is the share by which files differ.
    """

    label: str
    bits: float
    method: str
    spread: float
    given: bool = True


def storage_label(reading: Reading, quant: str | None = None) -> Label | None:
    """Return how the weights are stored: as asked for, as the name says, or as the platform or the maker does it.

    >>> from nameplate import decode
    >>> storage_label(decode("Llama-3.1-8B-Instruct-Q4_K_M.gguf")).bits
    4.89
    >>> storage_label(decode("Llama-3.1-8B-Instruct"), "8bit").bits
    8.5
    >>> storage_label(decode("Llama-3.1-8B-Instruct")).label
    'BF16'
    """
    asked = _read_label(quant) if quant else None
    found = _label(asked, reading.group_size) if asked is not None else None
    own = _label(reading)
    if found is not None:
        plain = asked is not None and asked.quant_method is None and found.bits < 16
        return own if plain and own is not None and reading.quant_method is not None else found
    if quant and quant.casefold() != "mlx":
        return None
    if own is not None or reading.quant is not None:
        return own
    return _unlabelled(reading)


def check_label(quant: str) -> None:
    """Raise RequestError, with the nearest label that is known, for a text that isn't a quantization label.

    >>> check_label("Q4_K_M")
    >>> check_label("Q9_Z")
    Traceback (most recent call last):
    nameplate.errors.RequestError: 'Q9_Z' is not a quantization label. Did you mean Q8_0?
    """
    if not isinstance(quant, str):
        raise RequestError(f"A quantization label is text such as Q4_K_M, not {shown(quant)}.")
    if not _is_label(quant):
        near = _nearest_label(quant)
        hint = f"Did you mean {near}?" if near is not None else "Examples: Q4_K_M, 8bit, FP8."
        raise RequestError(f"{shown(quant)} is not a quantization label. {hint}")


@functools.lru_cache(maxsize=512)
def _is_label(quant: str) -> bool:
    """Whether all of a text is read as a label, and as one for a number of bits that its type has."""
    reading = _read_label(quant)
    if (
        reading is None
        or reading.unknown
        or not (reading.quant or reading.quant_method or reading.bits or reading.format)
    ):
        return False
    if not (reading.quant_method or "").startswith("gguf"):
        return True
    kind = (reading.quant or "").removeprefix("UD-").partition("_")[0]
    return any(known.partition("_")[0] == kind for known in known_models().bits_per_weight)


def _nearest_label(quant: str) -> str | None:
    """Return the known label that is spelt most like a text; of several, the one whose bits are nearest to its figure."""
    import difflib  # only for a label that isn't known

    text, known = quant[:LONGEST_LABEL].upper(), known_models().bits_per_weight
    figure = next((int(character) for character in text if character in "123456789"), 4)
    alike = {label: difflib.SequenceMatcher(None, text, label.upper()).ratio() for label in known}
    best = max(known, key=lambda label: (alike[label], -abs(known[label][0] - figure), -len(label)))
    return best if alike[best] >= SIMILAR else None


def _unlabelled(reading: Reading) -> Label | None:
    if reading.format == "gguf":
        return None
    if reading.platform in FILE_HUBS:
        return _named(USUAL, given=False)
    model = known_models().named(reading)
    if model is not None and model.quant is not None:
        published = _read_label(model.quant)
        label = _label(published) if published is not None else None
        return label._replace(given=False) if label is not None else None
    return _named("BF16", given=False)


@functools.lru_cache(maxsize=512)
def _read_label(quant: str) -> Reading | None:
    """Return what a label alone says, read as the end of a name."""
    try:
        return decode(f"llama-7b-{quant}", catalogue=False)
    except NameplateError:
        return None


def _label(reading: Reading, group_size: int | None = None) -> Label | None:
    bits = reading.bits
    label = reading.quant or (f"{bits:g}bit" if bits is not None else None)
    if label is None or (bits is not None and bits > 32):
        return None
    group = reading.group_size or group_size
    method = (reading.quant_method or "").partition("-")[0]
    stated = _stated_bits(reading)
    if stated is not None and method == "gguf":
        return Label(label, stated, "plain", SPREAD["plain"])
    spelt = _is_spelt_as_bits(reading)
    if method in ("", "mlx") and bits is not None and bits < 16 and spelt:
        return Label(label, bits + 32 / (group or MLX_GROUP), "mlx", SPREAD["mlx"])
    if label.lower().endswith("bpw") and bits is not None:
        return Label(label, bits, "linear", SPREAD["linear"])
    known = _named(label) if reading.quant is not None or spelt else None
    if known is not None:
        return known
    if bits is None:
        return _named("INT4") if method in ("gptq", "awq", "autoround", "bnb") else None
    if reading.library == "mlx" or reading.format == "mlx":
        return Label(label, bits + 32 / (group or MLX_GROUP), "mlx", SPREAD["mixed"])
    if method == "gguf":
        return _related(label) or Label(label, bits + 0.6, "gguf", SPREAD["mixed"])
    return Label(label, bits + 20 / (group or 128) if bits < 16 else bits, "linear", SPREAD["linear"])


def _is_spelt_as_bits(reading: Reading) -> bool:
    """Whether a name writes `4bit`, as MLX builds do, and not `w4a16` or `int4`."""
    return any(token.field == "bits" and "bit" in token.text.lower() for token in reading.tokens)


def _stated_bits(reading: Reading) -> float | None:
    """Return the bits per weight that a name states beside its label, such as `IQ4_XS-4.19bpw`."""
    tokens = (token for token in reading.tokens if token.field == "bits" and token.text.lower().endswith("bpw"))
    return next((float(token.value) for token in tokens if isinstance(token.value, (int, float))), None)


def _named(label: str, given: bool = True) -> Label | None:
    """Return a label whose bits per weight are in the vocabulary."""
    found = known_models().bits_per_weight.get(label)
    if found is None:
        return None
    bits = found[0]
    method = _method(label)
    mixed = label.startswith(("UD-", "Q2_K")) or label.endswith("_XL")
    spread = (
        SPREAD["plain"]
        if bits >= 16 or label == "Q8_0"
        else SPREAD["mixed" if mixed else "gguf" if label.startswith("MXFP") else method]
    )
    return Label(label, bits, method, spread, given)


def _related(label: str) -> Label | None:
    """Return a publisher's own mix by the mix of llama.cpp that its label begins with: `Q5_K_P` by `Q5_K`, `UD-IQ3_S` by `IQ3_S`."""
    stem = label.removeprefix("UD-")
    while stem:
        found = _named(stem)
        if found is not None:
            return found._replace(label=label, spread=SPREAD["mixed"])
        stem = stem.rpartition("_")[0]
    return None


def _method(label: str) -> str:
    if label.removeprefix("UD-").startswith(("Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q8", "IQ", "TQ")):
        return "gguf"
    if label in ("F16", "BF16", "F32", "FP16", "FP32") or label.startswith("MXFP"):
        return "plain"
    return "linear"
