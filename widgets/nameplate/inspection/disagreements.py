"""Compare what a model's files say with what its name says. Where one of them is silent, there's nothing to compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..decoder import decode
from ..errors import NameplateError
from ..memory.known_models import KnownModel, known_models
from ..memory.parameters import size_label
from ..reading import Reading
from .contents import Contents
from .ggml import KINDS, LABELS

ROUNDED = 0.2  # how far a size in a name may be from the count: 1.24 billion are called 1B, 7.6 are called 7B
COUNTED = 0.03  # how far a catalogued count may be from ours: some count embeddings twice, or leave parts out


class Disagreement(NamedTuple):
    """Something that the name and the file both say, differently.

    `key` is that of a reading, or of the contents. `source` says where the first comes from: `name` (the text), `family` (a rule
    of the family), `catalogue` or `original` (a fact about that model).
    """

    key: str
    name_says: str | int | float
    file_says: str | int | float
    source: str
    text: str


def disagreements(reading: Reading, contents: Contents) -> tuple[tuple[Disagreement, ...], tuple[str, ...]]:
    """Return where the two disagree, and the keys on which they agree."""
    known = known_models().named(reading)
    found: list[Disagreement] = []
    agreed: list[str] = []
    for key, disagreement in (
        ("family", _family(reading, contents)),
        ("params_b", _size(reading, contents, known)),
        ("quant", _quantization(reading, contents)),
        ("context", _number("context", reading, contents.context, "a context of {:,} tokens")),
        ("experts", _number("experts", reading, contents.experts, "{:,} experts")),
        *_layout(known, contents),
        ("stage", _stage(reading, contents)),
        ("shard", _shard(reading, contents)),
    ):
        if isinstance(disagreement, Disagreement):
            found.append(disagreement)
        elif disagreement:
            agreed.append(key)
    return tuple(found), tuple(agreed)


Outcome = Disagreement | bool | None  # True where the two agree, None where one of them is silent


def _said(source: str, what: str) -> str:
    return f"The name says {what}" if source == "name" else f"Nameplate knows this model with {what}"


def _family(reading: Reading, contents: Contents) -> Outcome:
    """Compare the line in the name with that in the name inside the file."""
    inside = _read(contents.title)
    if inside is None or inside.family is None or reading.family is None:
        return None
    if (inside.family, inside.generation) == (reading.family, reading.generation):
        return True
    bases = {reading.lineage.base_family, inside.lineage.base_family}
    if inside.family != reading.family and bases & {inside.family, reading.family}:
        return None  # made from it, and each says the other half
    if inside.family == reading.family and None in (inside.generation, reading.generation):
        return True
    mine, its = (f"{one.family} {one.generation or ''}".strip() for one in (reading, inside))
    text = f"The name says {mine}; inside, the file is called “{contents.title}”, which is {its}."
    return Disagreement("family", mine, its, "name", text)


def _size(reading: Reading, contents: Contents, known: KnownModel | None) -> Outcome:
    """Compare the number of weights with what is known of this model, or else with the size in the name."""
    if contents.params is None or reading.file_role not in (None, "main"):
        return None
    counted = contents.params / 1e9
    stated = size_label(reading)
    exact = known.params_b if known is not None else None
    if exact is not None and abs(counted / exact - 1) <= COUNTED:
        return True
    mine = stated if stated is not None else exact if exact is not None else reading.params_b
    if mine is None or mine <= 0:
        return None
    source = "name" if stated is not None else reading.sources.get("params_b", "catalogue")
    if abs(counted / mine - 1) <= ROUNDED:
        return True
    text = f"{_said(source, f'{mine:g} billion parameters')}; the file has {counted:.3g} billion."
    return Disagreement("params_b", mine, round(counted, 3), source, text)


def _quantization(reading: Reading, contents: Contents) -> Outcome:
    if contents.format == "gguf":
        return _label(reading.quant, reading.sources.get("quant", "name"), contents) if reading.quant else None
    if reading.bits is None or contents.bits is None:
        return None
    if reading.bits == contents.bits:
        return True
    mine, its = f"{reading.bits:g} bits", f"{contents.bits:g} bits"
    label = f"{reading.quant}, which is {mine}" if reading.quant else mine
    source = reading.sources.get("bits", "name")
    text = f"{_said(source, label)}; the file says {its}{f' ({contents.label})' if contents.label else ''}."
    return Disagreement("quant", reading.quant or mine, contents.label or its, source, text)


def _label(quant: str, source: str, contents: Contents) -> Outcome:
    """Compare the label of a GGUF file: with the mix that it states, and with the tensors that take most of it."""
    mine = _plain(quant)
    main = next((one.kind for one in contents.stored), None)
    its = contents.label
    kinds = {kind.name for kind in KINDS.values()}
    if its is None and main is None:
        return None
    if mine == its or (its is None and _base(mine) == main):
        return True
    if mine not in LABELS.values():  # a mix of its own, such as Q4_K_XL, is stated as the one that it resembles
        if _base(mine) not in kinds:
            return None
        if _base(mine) in (main, _base(its or "")):
            return True
    elif its is None and main is not None and main[:2] == mine[:2]:
        return None  # a mix, of which the tensors alone don't say which
    found = its or main or ""
    takes = next((one.bits for one in contents.stored), None)
    most = (
        f", and most of it is stored as {main} ({takes:g} bits per weight)" if main and takes and main != found else ""
    )
    text = f"{_said(source, quant)}; the file says {found}{most}."
    return Disagreement("quant", quant, found, source, text)


def _plain(quant: str) -> str:
    """Return a label without whose recipe it is.

    >>> _plain("UD-Q4_K_XL"), _plain("i1-IQ3_M"), _plain("q8_0")
    ('Q4_K_XL', 'IQ3_M', 'Q8_0')
    """
    return quant.upper().rpartition("-")[2]


def _base(label: str) -> str:
    """Return the kind of tensors that a mix is named after.

    >>> _base("Q4_K_XL"), _base("Q8_0"), _base("IQ3_M"), _base("Q6_K_L")
    ('Q4_K', 'Q8_0', 'IQ3_M', 'Q6_K')
    """
    head, _, _ = label.partition("_K_")
    return f"{head}_K" if "_K_" in label else label


def _number(key: str, reading: Reading, its: int | None, words: str) -> Outcome:
    mine = getattr(reading, key)
    if mine is None or its is None:
        return None
    if mine == its or (key == "context" and abs(its / mine - 1) < 0.03):  # 128k is 131,072, and 128,000 to others
        return True
    source = reading.sources.get(key, "name")
    text = f"{_said(source, words.format(mine))}; the file says {words.format(its)}."
    return Disagreement(key, mine, its, source, text)


def _layout(known: KnownModel | None, contents: Contents) -> Iterator[tuple[str, Outcome]]:
    """Compare the layers and heads with those of the model that the name means: they decide how much a context needs."""
    architecture = known.architecture if known is not None else None
    if architecture is None:
        return
    yield "layers", _of_layout("layers", architecture.layers, contents.layers, "{:,} layers")
    plain = architecture.kind in ("mha", "gqa")
    if plain:
        yield "kv_heads", _of_layout("kv_heads", architecture.kv_heads, contents.kv_heads, "{:,} key-value heads")
        yield "head_dim", _of_layout("head_dim", architecture.head_dim, contents.head_dim, "heads of {:,} numbers")


def _of_layout(key: str, mine: int | None, its: int | None, words: str) -> Outcome:
    if not mine or its is None:
        return None
    if mine == its:
        return True
    text = f"{_said('catalogue', words.format(mine))}; the file says {words.format(its)}."
    return Disagreement(key, mine, its, "catalogue", text)


def _stage(reading: Reading, contents: Contents) -> Outcome:
    """Compare what it was tuned for, where both the name and the name inside the file state it."""
    said = " ".join(part for part in (contents.title, contents.finetune) if part)
    inside = _read(said)
    if inside is None or inside.stage is None or reading.stage is None:
        return None
    if "name" not in (inside.sources.get("stage"), reading.sources.get("stage")):
        return None
    if inside.stage == reading.stage or {inside.stage, reading.stage} == {"chat", "instruct"}:
        return True
    if inside.sources.get("stage") != "name":
        return None
    source = reading.sources.get("stage", "name")
    text = f"{_said(source, f'the stage {reading.stage}')}; inside, the file says {inside.stage}."
    return Disagreement("stage", reading.stage, inside.stage, source, text)


def _shard(reading: Reading, contents: Contents) -> Outcome:
    """Say which parts of a split file aren't there."""
    if not contents.missing:
        return True if reading.shard else None
    whole = len(contents.files) + len(contents.missing)
    shown = ", ".join(contents.missing[:3]) + (" and more" if len(contents.missing) > 3 else "")
    text = f"The model has {whole} files, and {len(contents.missing)} of them aren't here: {shown}."
    return Disagreement("shard", whole, len(contents.files), "name", text)


def _read(title: str | None) -> Reading | None:
    if not title:
        return None
    try:
        return decode(" ".join(title.split())[:200])
    except NameplateError:
        return None
