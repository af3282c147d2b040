"""How finely weights are stored, and which file of how many this is."""

from __future__ import annotations

from collections.abc import Iterator

from ..patterns import pattern
from ..reading import FieldValue
from ..vocabulary.meaning import Candidate
from .candidate import END, MakeMeaning, condition, number, single

BITS = pattern(rf"(\d{{1,2}}(?:[.]\d+)?)[-_ ]?bits?{END}")
TERNARY = pattern(
    rf"1[.]58(?:[-_ ]?(?:b|bits?))?{END}(?![.]\d)"
)  # three values are log2(3) bits, not a size or version
SHORT_BITS = pattern(rf"([2348])b{END}")
BPW_BEFORE = pattern(rf"b([1-8][._]\d{{1,2}}){END}(?![.]\d)")  # exl2-b4.6-h8
BARE_BPW = pattern(rf"[1-8][._]\d{{1,3}}{END}(?![.]\d)")
BPW = pattern(rf"(\d{{1,2}}(?:[._]\d+)?)[-_ ]?bpw{END}")
BPW_BEHIND = pattern(rf"b?pw[-_]?([1-8](?:\.\d+)?){END}(?![.]\d)")
GROUP = pattern(rf"(?:(?:gs?|group(?:[-_]?size)?)[-_]?(\d{{2,4}})|(\d{{2,4}})g){END}")
WHOLE_CHANNEL = pattern(rf"group-1{END}")  # the minus one of OpenVINO, which means no groups
BLOCK = pattern(rf"block[-_]?(\d{{2,4}}){END}")
HEAD = pattern(rf"h(?:b|ead)?([2-8]){END}")  # exl2-4.0bpw-h6
SHARE_OF_LABEL = pattern(r"\d\d(?=i?q\d|tq\d|b?f(?:16|32)|mxfp\d)")
ACTIVATION = pattern(rf"w(\d{{1,2}})a(\d{{1,2}})(?:g(\d+)|kv\d+)?{END}")
DYNAMIC = pattern(rf"(\d{{1,2}})d?a(\d{{1,2}})w{END}")  # 8da4w, 16a4w: activations, then weights
WEIGHTS = pattern(rf"w([23468])(?:[-_]?g(\d{{2,4}}))?{END}")
IN_GROUPS = pattern(rf"q([2-8])g(\d{{2,4}}){END}")
PACKED = pattern(rf"q(\d)(?:b?f)(16|32)(?:_\d)?{END}")
LABEL = pattern(
    rf"(?:ud[-_])?(i?q|tq|avq)(\d{{1,2}})(?:_x|_k_[abcdefghijknoqrtuvwyz]|(?:[_-](?:\d|k|[sml]|xx?[sl]|nl|k[stl]|kss|kx?|r[48]|hp|p|hifi))*){END}"
)
WRITTEN_OUT = pattern(rf"(q[2-6]_k) - (small|medium|large){END}")
SHARD = pattern(rf"(?:split-)?(\d{{5}})[-_]of[-_](\d{{5}}){END}|part[-_]?(\d+)[-_]?of[-_]?(\d+){END}")
# gptq-4b beside a size, exl2-4.25
BEHIND_METHOD = condition(0.2, "it follows a way to quantize", after=("quant",), seen=("params_b", "expert_params_b"))
BEHIND_WIDTH = condition(0.2, "it follows a way to quantize", after=("quant", "bits", "lineage.method"))
BEHIND_LABEL = condition(0.3, "it follows a way to quantize", after=("quant",))


def precision(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`4bit`, `gptq-4b`, `3.5bpw`, `w4a16`, `q4f16_1`: how finely the weights are stored"""
    match = BITS.match(text)
    if match:
        bits = number(match[1])
        yield single(match.end(), make("bits", "bits", bits, 0.0))
    match = SHORT_BITS.match(text)
    if match:
        yield single(match.end(), make("bits", "bits", int(match[1]), 9.0, BEHIND_METHOD))
    match = BPW.match(text) or BPW_BEHIND.match(text)
    if match:
        yield single(match.end(), make("bpw", "bits", number(match[1]), 0.0, sets=(("quant", match[0]),)))
    match = BPW_BEFORE.match(text)
    if match:
        yield single(match.end(), make("bpw", "bits", number(match[1]), 9.0, BEHIND_LABEL))
    match = ACTIVATION.match(text)
    if match:
        weights, activations = int(match[1]), int(match[2])
        sets: tuple[tuple[str, FieldValue], ...] = (("activation_bits", activations),)
        sets += (("group_size", int(match[3])),) if match[3] else ()
        if activations < 16:
            sets += (("bits", weights),)
            yield single(match.end(), make("activation_bits", "quant", match[0], 0.0, sets=sets))
        else:  # only the weights are quantized, and how is not said
            sets += (("quant", match[0]),)
            yield single(match.end(), make("activation_bits", "bits", weights, 0.0, sets=sets))
    match = DYNAMIC.match(text)
    if match:
        widths: tuple[tuple[str, FieldValue], ...] = (("bits", int(match[2])), ("activation_bits", int(match[1])))
        yield single(match.end(), make("activation_bits", "quant", match[0], 0.0, sets=widths))
    match = WEIGHTS.match(text)
    if match:
        groups = (("group_size", int(match[2])),) if match[2] else ()
        yield single(match.end(), make("bits", "bits", int(match[1]), 0.5, sets=groups))
    match = IN_GROUPS.match(text)
    if match:
        sets = (("bits", int(match[1])), ("group_size", int(match[2])))
        yield single(match.end(), make("bits", "quant", f"Q{match[1]}", 0.0, sets=sets))
    match = PACKED.match(text)
    if match:
        bits = int(match[1]) or int(match[2])  # q0f16 leaves the weights as they are
        sets = (("bits", bits), ("activation_bits", int(match[2])), ("quant_method", "mlc"))
        yield single(match.end(), make("activation_bits", "quant", match[0], 0.0, sets=sets))


def groups(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`g128`, `128g`, `group-1`, `block-32`: how many weights share a scale"""
    match = GROUP.match(text)
    if match:
        yield single(match.end(), make("group_size", "group_size", int(match[1] or match[2]), 0.5))
    match = WHOLE_CHANNEL.match(text)
    if match:
        yield single(match.end(), make("group_size", "group_size", -1, 0.0))
    match = BLOCK.match(text)
    if match:
        yield single(match.end(), make("group_size", "group_size", int(match[1]), 8.0, BEHIND_WIDTH))


def output_layer(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`h6`, `hb8` behind the bits of an EXL file: how the last layer is stored"""
    match = HEAD.match(text)
    if match:
        head = make("bits", "quant", match[0].upper(), 8.0, BEHIND_WIDTH)
        yield single(match.end(), head._replace(says=f"Its output layer is stored in {match[1]} bits per weight."))


def share_of_label(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`55IQ2_XXS-34Q2_K`: how much of the weights is stored so, in percent; the label comes right behind it"""
    if SHARE_OF_LABEL.match(text):
        share = make("bits", "lineage.method", "mixed-precision", 0.6)
        says = "The share of the weights stored in the format that follows, in per cent."
        yield single(2, share._replace(term="mixed-precision", says=says))


def bare_bits(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`1.58`, and behind the label of a method `exl2-4.25`: bits without a word for them"""
    if not "1" <= text[:1] <= "8" or text[1:2] not in (".", "_"):
        return
    match = TERNARY.match(text)
    if match:
        yield single(match.end(), make("bits", "bits", 1.58, 0.0))
    match = BARE_BPW.match(text)
    if match:
        yield single(match.end(), make("bpw", "bits", number(match[0]), 9.0, BEHIND_LABEL))


def gguf_label(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`Q4_K_P`, `IQ2_KT`, `Q4_K - Medium`: labels in the manner of GGUF files which the vocabulary does not list"""
    written = WRITTEN_OUT.match(text) if " - " in text else None
    if written:
        label = written[1] if written[0] == "q2_k - medium" else f"{written[1]}_{written[2][0]}"
        own: tuple[tuple[str, FieldValue], ...] = (("bits", int(label[1])), ("quant_method", "gguf-k"))
        yield single(written.end(), make("quant_gguf", "quant", label.upper(), 0.0, sets=own))
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
        # A size after it makes q3-8b short for the third generation of a line; so does a word where it opens the name.
        bare = 4.5 if match[0].isalnum() else 0.5
        sized = condition(bare, None, before=("params_b",))
        named = condition(bare, None, before=("unknown",), first=True)
        yield single(
            match.end(),
            make(
                "quant_gguf",
                "quant",
                match[0].upper().replace("-", "_").replace("UD_", "UD-"),
                0.5,
                sized,
                named,
                sets=sets,
            ),
        )


def shard(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`00003-of-00009`: which file of how many"""
    match = SHARD.match(text)
    if match:
        first, last, part, parts = match.groups()
        yield single(match.end(), make("shard", "shard", (int(first or part), int(last or parts)), 0.0))
