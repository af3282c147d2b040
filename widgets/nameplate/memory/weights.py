"""Work out the size of a model's weights: parameters times measured bits per weight, not the digit of the label.

A label such as `Q4_K_M` is a mix: most matrices in one type, some finer, and the two large matrices of the vocabulary
by a rule of their own. What was measured on one model therefore shifts on another with more or less vocabulary.
The rules are those of llama.cpp, https://github.com/ggml-org/llama.cpp/blob/master/src/llama-quant.cpp.
"""

from __future__ import annotations

from typing import NamedTuple

from .known_models import Shape, known_models
from .parameters import Parameters
from .storage_label import Label

# What the bits per weight of GGUF labels were measured on: Llama 3.1 8B.
# Source: https://github.com/ggml-org/llama.cpp/blob/master/tools/quantize/README.md
MEASURED_PARAMS_B = 8.030
MEASURED_SHAPE = Shape(4096, 128_256, False, (14336,))
BLOCK = 256  # numbers in one block of a k- or i-quant: a row that it does not divide falls back to another type

# Bits per weight of llama.cpp's types, from the sizes of their blocks.
# Source: https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-common.h
Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, Q8_0 = 2.625, 3.4375, 4.5, 5.5, 6.5625, 8.5
TYPES = {"Q2": Q2_K, "Q3": Q3_K, "Q4": Q4_K, "Q5": Q5_K, "Q6": Q6_K, "Q8": Q8_0, "IQ3": Q3_K, "IQ4": 4.25}
FALLBACK = {"Q4": 5.5, "Q5": 6.0, "Q6": 8.5, "Q8": 8.5}  # Q5_0, Q5_1, Q8_0; everything smaller becomes IQ4_NL
IQ4_NL = 4.5
# Shares of a layer's weights by the length of their rows: the inner rows of the feed-forward part, and all others.
INNER_SHARE, OUTER_SHARE = 0.3, 0.7
# Billions of parameters below which one matrix usually serves as input and as output: so in Llama 3.2 1B and 3B,
# Qwen3 up to 4B, Gemma, SmolLM2; not in Llama 3.1 8B and Qwen3 8B.
TIED_BELOW = 4.5
# How many square matrices the attention of a layer comes to in models with few KV heads, and its share of models whose
# width isn't known. In gpt-oss, whose files have 13.8 and 65.4 GB: https://github.com/ollama/ollama/issues/16416
ATTENTION_MATRICES, USUAL_ATTENTION_SHARE = 3.2, 0.035
NATIVE_BITS = 4.25  # MXFP4: 32 numbers of 4 bits and an 8-bit scale


class Weights(NamedTuple):
    """The size of the weights in bytes, its bounds, and the bits per weight that result."""

    size: int
    low: int
    high: int
    bits_per_weight: float | None


def weights(
    params: Parameters, label: Label, *, native: bool = False, packed: bool = False, with_projector: bool = False
) -> Weights:
    """Return what the weights take under a label.

    `packed` says that it is a GGUF file, whatever the label: the part that sees is in a file of its own then, which
    counts where the name means both (`with_projector`). `native` says that the maker's own weights are 4-bit experts,
    which conversions leave as they are.
    """
    text = params.shape.text_params_b if params.shape is not None else None
    billions = text or params.billions
    apart = max(0.0, params.billions - billions) * 2e9  # the part that sees stays in 16 bits
    if native and label.method != "linear":  # those are made from unpacked weights
        bits = _native_bits(params, label, packed or label.given)
    else:
        bits = _bits(billions, params.shape, label)
    size = billions * 1e9 * bits / 8
    low = size * params.low / params.billions * (1 - label.spread)
    high = size * params.high / params.billions * (1 + label.spread) + apart
    if with_projector or not (label.method == "gguf" or packed):
        size += apart  # only GGUF keeps it apart
    return Weights(round(size), round(low), round(high), round(bits, 3))


def _native_bits(params: Parameters, label: Label, converted: bool) -> float:
    """Return the bits per weight of a model whose experts stay in MXFP4: its maker leaves everything else in 16 bits."""
    rest = min(1.0, 2 * _table_share(params.billions, params.shape) + _attention_share(params))
    others = max(label.bits, NATIVE_BITS)
    if label.label.upper().startswith("MXFP4"):
        others = Q8_0 if converted else 16.0
    return NATIVE_BITS * (1 - rest) + others * rest


def _attention_share(params: Parameters) -> float:
    layers = params.architecture.layers if params.architecture is not None else None
    width = params.shape.width if params.shape is not None else None
    if not layers or not width:
        return USUAL_ATTENTION_SHARE
    return ATTENTION_MATRICES * layers * width**2 / (params.billions * 1e9)


def _bits(billions: float, shape: Shape | None, label: Label) -> float:
    table = _table_share(billions, shape)  # of one matrix of the vocabulary
    tied = shape.tied if shape is not None and shape.vocabulary is not None else billions < TIED_BELOW
    if label.method == "linear":
        kept = table * (1 if tied else 2)
        return label.bits * (1 - kept) + 16.0 * kept
    if label.method == "gguf" and shape is not None:
        return _gguf_bits(table, shape, label)
    return label.bits


def _gguf_bits(table: float, shape: Shape, label: Label) -> float:
    """Return the bits per weight of a mix, adjusted from the measured model to this one's share of vocabulary."""
    ends = _ends(label.label)
    if ends is None:
        return label.bits
    embedding, output = ends
    measured = _table_share(MEASURED_PARAMS_B, MEASURED_SHAPE)
    body = (label.bits - (embedding + output) * measured) / (1 - 2 * measured)
    body = _with_fallbacks(body, shape, label.label)
    if shape.width and shape.width % BLOCK:
        embedding, output = max(embedding, _fallback(label.label)), Q8_0
    if shape.tied:
        return body * (1 - table) + output * table
    return body * (1 - 2 * table) + (embedding + output) * table


def _with_fallbacks(body: float, shape: Shape, label: str) -> float:
    if falls_back(shape.width):
        body = body * (1 - OUTER_SHARE) + max(body, _fallback(label)) * OUTER_SHARE
    if any(map(falls_back, shape.rows)):
        body = body * (1 - INNER_SHARE) + max(body, _fallback(label)) * INNER_SHARE
    return body


def falls_back(length: int | None) -> bool:
    """Whether rows of this length can't be split into the blocks of k- and i-quants.

    >>> [falls_back(length) for length in (4096, 896, None)]
    [False, True, False]
    """
    return length is not None and length % BLOCK != 0


def _fallback(label: str) -> float:
    return FALLBACK.get(_class(label), IQ4_NL)


def _ends(label: str) -> tuple[float, float] | None:
    """Return the bits of the two vocabulary matrices under a label: of the input and of the output.

    None for labels that treat every matrix alike, and for publishers' own mixes.
    """
    if label == "Q3_K_XL" or (label.endswith("_L") and not label.startswith(("Q3", "UD-"))):
        return Q8_0, Q8_0  # not llama.cpp's own: publishers keep both matrices finer
    if label.startswith("UD-") or label.endswith("_XL") or label == "Q8_0":
        return None
    if label.startswith(("IQ1", "IQ2_XXS", "IQ2_XS")):
        return Q2_K, Q5_K
    if label.startswith(("IQ2", "IQ3_XXS")):
        return Q3_K, Q5_K
    kind = _class(label)
    return (TYPES[kind], Q6_K) if kind in TYPES else None


def _class(label: str) -> str:
    """Return the part of a label that names its main type: `Q4` of `Q4_K_M`."""
    return label.upper().removeprefix("UD-").partition("_")[0]


def _table_share(billions: float, shape: Shape | None) -> float:
    """Return the share of a model's parameters in one matrix of its vocabulary, at most 0.4.

    Unknown lengths are set to what is usual now: 128,000 tokens, and a width that grows with the root of the size.
    """
    width = shape.width if shape is not None and shape.width else 4096 * (billions / 8) ** 0.42
    tokens = shape.vocabulary if shape is not None and shape.vocabulary else 128_000
    return min(0.4, width * tokens / (billions * 1e9))


def label_source(label: Label) -> str | None:
    """Return the glossary term that says where a label's bits per weight come from."""
    found = known_models().bits_per_weight.get(label.label)
    return found[1] if found is not None else None


def is_natively_4_bit(params: Parameters) -> bool:
    """Whether the maker published this model's experts in MXFP4, so that other labels barely change its size."""
    reference = params.reference
    return reference is not None and reference.quant == "MXFP4" and reference.reading.quant is None
