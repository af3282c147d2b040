"""How finely weights are stored, and which file of how many this is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..patterns import pattern
from .found import END, Found, Make, alone, circumstance, number

BITS = pattern(rf"(\d{{1,2}}(?:[.]\d+)?)[-_ ]?bits?{END}")
BPW = pattern(rf"(\d{{1,2}}(?:[._]\d+)?)[-_ ]?bpw{END}")
BPW_BEHIND = pattern(rf"b?pw[-_]?(\d(?:\.\d+)?){END}")
GROUP = pattern(rf"(?:gs?[-_]?(\d{{2,4}})|(\d{{2,4}})g){END}")
ACTIVATION = pattern(rf"w(\d{{1,2}})a(\d{{1,2}})(?:g(\d+)|kv\d+)?{END}")
PACKED = pattern(rf"q(\d)(?:b?f)(16|32)(?:_\d)?{END}")
LABEL = pattern(
    rf"(?:ud[-_])?(i?q|tq|avq)(\d{{1,2}})(?:[_-](?:\d|k|[sml]|xx?[sl]|nl|k[stl]|kss|kx?|r[48]|hp|p|hifi))*{END}"
)
SHARD = pattern(rf"(?:split-)?(\d{{5}})[-_]of[-_](\d{{5}}){END}|part[-_]?(\d+)[-_]?of[-_]?(\d+){END}")


def precision(text: str, make: Make) -> Iterator[Found]:
    """`4bit`, `3.5bpw`, `w4a16`, `q4f16_1`, `g128`: how finely the weights are stored"""
    match = BITS.match(text)
    if match:
        bits = number(match[1])
        yield alone(match.end(), make("bits", "bits", bits, 0.0))
    match = BPW.match(text) or BPW_BEHIND.match(text)
    if match:
        yield alone(match.end(), make("bpw", "bits", number(match[1]), 0.0, sets=(("quant", match[0]),)))
    match = ACTIVATION.match(text)
    if match:
        weights, activations = int(match[1]), int(match[2])
        sets: tuple[tuple[str, Any], ...] = (("activation_bits", activations),)
        sets += (("group_size", int(match[3])),) if match[3] else ()
        if activations < 16:
            sets += (("bits", weights),)
            yield alone(match.end(), make("activation_bits", "quant", match[0], 0.0, sets=sets))
        else:  # only the weights are quantized, and how is not said
            sets += (("quant", match[0]),)
            yield alone(match.end(), make("activation_bits", "bits", weights, 0.0, sets=sets))
    match = PACKED.match(text)
    if match:
        sets = (("bits", int(match[1])), ("activation_bits", int(match[2])), ("quant_method", "mlc"))
        yield alone(match.end(), make("activation_bits", "quant", match[0], 0.0, sets=sets))
    match = GROUP.match(text)
    if match:
        yield alone(match.end(), make("group_size", "group_size", int(match[1] or match[2]), 0.5))


def gguf_label(text: str, make: Make) -> Iterator[Found]:
    """`Q4_K_P`, `IQ2_KT`: labels in the manner of GGUF files which the vocabulary does not list"""
    match = LABEL.match(text)
    if match:
        kind, bits = match[1], int(match[2])
        method = (
            "gguf-i"
            if kind == "iq"
            else "gguf-ternary"
            if kind == "tq"
            else "gguf-k"
            if "k" in match[0]
            else "gguf-legacy"
        )
        sets = (("bits", bits), ("quant_method", method))
        # A size behind it makes q3-8b short for the third generation of a line.
        sized = circumstance(4.5 if match[0].isalnum() else 0.5, None, before=("params_b",))
        yield alone(
            match.end(),
            make(
                "quant_gguf", "quant", match[0].upper().replace("-", "_").replace("UD_", "UD-"), 0.5, sized, sets=sets
            ),
        )


def shard(text: str, make: Make) -> Iterator[Found]:
    """`00003-of-00009`: which file of how many"""
    match = SHARD.match(text)
    if match:
        first, last, part, parts = match.groups()
        yield alone(match.end(), make("shard", "shard", (int(first or part), int(last or parts)), 0.0))
