"""Write the headline of an answer: one or two sentences with what decides whether this is the right model."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from ..address.kinds import pair_of_names
from ..english import NOUNS, article, count, figure, listed
from ..reading import FieldValue, Reading
from ..vocabulary.lookup import vocabulary
from .labels import day, written

FOR = {"code": "code", "math": "mathematics", "tools": "tool use", "ocr": "reading documents"}
SENSES = {"vision": "image", "audio": "audio", "video": "video"}
FILES = {
    "mmproj": "A projector for images or audio, made for",
    "draft": "A draft model that speeds up",
    "adapter": "An adapter for",
    "vocab": "The tokenizer of",
    "imatrix": "An importance matrix for quantizing",
    "encoder": "One part of",
}
ROLE_OF_KIND = {
    "projector": "mmproj",
    "draft": "draft",
    "adapter": "adapter",
    "tokenizer": "vocab",
    "imatrix": "imatrix",
}
# What was done to the weights, where one word says it; heretic is a tool for that.
MODIFIED = {
    "abliterated": "abliterated",
    "heretic": "abliterated",
    "uncensored": "uncensored",
    "pruned": "pruned",
    "reap": "pruned",
    "sparse": "sparse",
    "upscaled": "upscaled",
}
THINKING = {True: "that thinks before it answers", "hybrid": "with optional thinking", False: "without a thinking mode"}
NO_NAME = "This doesn't look like the name of a model."
TWO_NAMES = "These look like the names of two models."
NOT_EXPLAINED = "No part of this name can be explained yet."
DATA_SET = "This is a data set, not a model: what models are trained or tested on."
CLOSED = "Closed weights: it's available only as a hosted service."
STORED = {"ternary": "ternary weights", "binary": "binary weights"}  # methods that aren't a label or a tool
BY_RULE = "by the family's naming rule"
EMPTY = {
    f.name: getattr(Reading(""), f.name) for f in fields(Reading)
}  # the value of a key about which nothing is known
UNSAID = frozenset(
    {"name", "kind", "platform", "tokens", "unknown", "ambiguities", "sources", "url", "purl", "commands", "knowledge"}
)
ATTACHED = (", with ", ", dated ", ", built on ", ", distilled from ")  # these need no comma after the noun
UNEXPLAINED = (None, "separator", "text")  # fields of pieces that say nothing
DIGITS = 3  # of a size that the name doesn't give


def said(reading: Reading) -> Reading:
    """Return the same reading with only what the name itself says: nothing from the family, nothing from the catalogue.

    >>> said(Reading("Qwen3-8B", params_b=8, stage="instruct", sources={"params_b": "name", "stage": "family"})).stage
    """
    return _without(reading, {key for key, source in reading.sources.items() if source != "name"})


def sentence(reading: Reading) -> str:
    """Return what decides about a model in one sentence, and a second one for how this copy is stored and published.

    What follows from a rule of the family comes last and is marked as such.

    >>> sentence(Reading("SorskootLLM-70b-instruct", family="SorskootLLM", params_b=70, stage="instruct"))
    'A 70-billion-parameter instruct model from the SorskootLLM family.'
    >>> sentence(Reading("Qwen3-8B", family="Qwen", generation="3", stage="instruct", sources={"stage": "family"}))
    "A model from the Qwen 3 family: an instruct model, by the family's naming rule."
    >>> sentence(Reading("Llama-3.2-11B-Vision", family="Llama", generation="3.2", params_b=11, modalities=("vision",)))
    'An 11-billion-parameter model from the Llama 3.2 family, with image support.'
    >>> sentence(Reading("mxbai-embed-large:335m", params_b=0.335, task="embedding", size_class="large"))
    'A 335-million-parameter embedding model, in the “large” size.'
    >>> sentence(Reading("TheBloke/x-GPTQ", family="x", quant_method="gptq", bits=4, publisher="TheBloke"))
    'A model from the x family. Quantized with GPTQ (4-bit), published by TheBloke.'
    >>> sentence(Reading("Mixtral-8x7B", family="Mixtral", experts=8, expert_params_b=7, params_b=46.7))
    'A 46.7-billion-parameter mixture-of-experts model (8 experts of 7 billion each, sharing layers) from the Mixtral family.'
    >>> sentence(Reading("zzz", unknown=("zzz",)))
    'No part of this name can be explained yet.'
    >>> sentence(Reading("Which one is best?", kind="not-a-model-name"))
    "This doesn't look like the name of a model."
    """
    if reading.kind == "not-a-model-name":
        page = page_shown(reading)
        if page is not None:
            return f"This is the address of {page}, not of one model."
        return TWO_NAMES if pair_of_names(reading.name, vocabulary()) else NO_NAME
    if reading.kind == "dataset":
        return DATA_SET
    own = said(reading)
    if all(not _given(getattr(own, f.name)) for f in fields(own) if f.name not in UNSAID):
        return NOT_EXPLAINED
    known = _without(reading, {key for key in ("stage", "reasoning") if _by_rule(reading, key)})
    model = _model(known)
    details = "".join(f", {part}" for part in _details(known, own))
    if not _line(own) and details.startswith(ATTACHED):
        details = details.removeprefix(",")
    rule = _rule(reading)
    if model == "model" and not (_line(own) or details or rule) and reading.publisher:
        return f"A model published by {reading.publisher}. Nothing else in its name could be explained."
    if not (model != "model" or reading.publisher or _line(own) or details or rule or _copy(own) or _role(reading)):
        return NOT_EXPLAINED if is_unread(reading) else "The name doesn't say what kind of model this is."
    phrase = f"{article(model)} {model}{_parts(known)}{_line(own)}{details}{rule}"
    copied = _copy(own)
    if phrase == "a model" and copied:
        phrase, copied = f"{phrase} {copied[0].lower()}{copied[1:-1]}", ""
    return " ".join(filter(None, (_whole_or_part(reading, f"{phrase}."), copied, _closed(reading))))


def page_shown(reading: Reading) -> str | None:
    """Return what an address leads to that isn't a model's: a collection of models; None for any other text."""
    if reading.kind != "not-a-model-name" or reading.host is None:
        return None
    return next((str(token.value) for token in reading.tokens if token.field == "path" and token.value), None)


def is_unread(reading: Reading) -> bool:
    """Whether the text isn't the name of a model, or nothing in it could be explained."""
    if reading.kind == "not-a-model-name":
        return True
    return bool(reading.tokens) and all(token.field in UNEXPLAINED for token in reading.tokens)


def bits_per_weight(reading: Reading) -> float | None:
    """Return the bits that a weight really takes under a label: measured or calculated, with scales; None if not known.

    >>> bits_per_weight(Reading("x-Q4_K_M", quant="Q4_K_M", bits=4)), bits_per_weight(Reading("x-IQ4_XS", quant="IQ4_XS", bits=3.53))
    (4.89, 3.53)
    """
    if reading.bits is not None and not float(reading.bits).is_integer():
        return reading.bits
    known = vocabulary().bits_per_weight.get(reading.quant or "")
    return known[0] if known else None


def _without(reading: Reading, keys: set[str]) -> Reading:
    known = keys & EMPTY.keys()
    return replace(reading, **{key: EMPTY[key] for key in known}) if known else reading


def _given(value: FieldValue) -> bool:
    return value is not None and value != () and value != EMPTY["lineage"]


def _by_rule(reading: Reading, key: str) -> bool:
    return reading.sources.get(key) == "family"


def _model(reading: Reading) -> str:
    """Return what it is: `abliterated 8-billion-parameter instruct model for code`."""
    words = (
        *_modified(reading),
        _size(reading),
        _moe(reading),
        _stage(reading),
        NOUNS.get(reading.task or "", "model"),
    )
    purposes = [FOR[role] for role in reading.roles if role in FOR and role != reading.task]
    return " ".join(filter(None, (*words, f"for {listed(purposes)}" if purposes else "")))


def _modified(reading: Reading) -> list[str]:
    words = [MODIFIED[word] for word in reading.lineage.modifications if word in MODIFIED]
    return list(dict.fromkeys([*words, *(["merged"] if reading.lineage.merge else [])]))


def _size(reading: Reading) -> str:
    size = reading.params_b
    if not size:
        return ""
    return f"{count(_rounded(size, reading, 'params_b')).replace(' ', '-')}-parameter"


def _rounded(size: float, reading: Reading, key: str) -> float:
    """Return a size as the name gives it; one from elsewhere is rounded."""
    return size if reading.sources.get(key, "name") == "name" else float(f"{size:.{DIGITS}g}")


def _moe(reading: Reading) -> str:
    return "mixture-of-experts" if reading.experts or reading.active_params_b or reading.expert_params_b else ""


def _stage(reading: Reading) -> str:
    if reading.reasoning is True and reading.stage in (None, "instruct", "chat") and reading.task in (None, "text"):
        return "reasoning"
    return reading.stage or ""


def _parts(reading: Reading) -> str:
    """Return in brackets how many of the parameters are used for each token, and what the experts are."""
    known = []
    if reading.active_params_b:
        known.append(f"{count(_rounded(reading.active_params_b, reading, 'active_params_b'))} active")
    if reading.experts and reading.expert_params_b:
        shared = " each, sharing layers" if reading.params_b else " each"
        known.append(f"{figure(reading.experts)} experts of {count(reading.expert_params_b)}{shared}")
    elif reading.experts and reading.sources.get("experts", "name") == "name":
        known.append(f"{figure(reading.experts)} experts")
    elif reading.expert_params_b:
        known.append(f"experts of {count(reading.expert_params_b)} each")
    if reading.effective_params_b:
        known.append(f"{count(reading.effective_params_b)} “effective”")
    return f" ({', '.join(known)})" if known else ""


def _line(reading: Reading) -> str:
    """Return the family with its generation and edition, as one word where the name has one: Qwen3Guard, GLM 4.6V."""
    if not reading.family:
        return ""
    family, generation, edition = reading.family, reading.generation, reading.edition
    if len(family) == 1 and generation:  # o3, not o 3
        family, generation = f"{family}{generation}", None
    in_order = (edition, generation) if _is_edition_first(reading) else (generation, edition)
    words = [word for word in (family, *in_order) if word]
    name = reading.name.casefold()
    if generation and edition and in_order[0] == generation and "".join(words[1:]).casefold() in name:
        words = ["".join(words)] if "".join(words).casefold() in name else [words[0], "".join(words[1:])]
    return f" from the {' '.join(words)} family"


def _is_edition_first(reading: Reading) -> bool:
    """Return whether the name has the edition before the generation: Claude Haiku 4.5, not Claude 4.5 Haiku.

    >>> _is_edition_first(Reading("claude-haiku-4-5", generation="4.5", edition="Haiku"))
    True
    >>> _is_edition_first(Reading("claude-3-5-haiku", generation="3.5", edition="Haiku"))
    False
    """
    if not reading.generation or not reading.edition:
        return False
    name = reading.name.casefold()
    generation = re.escape(reading.generation.casefold()).replace(r"\.", "[._-]")
    number = re.search(rf"(?<![\d.]){generation}(?!\d)", name)
    edition = name.find(re.split(r"[ -]", reading.edition.casefold())[0])
    return number is not None and 0 <= edition < number.start()


def _details(known: Reading, own: Reading) -> list[str]:
    origin = own.lineage
    base = " ".join(filter(None, (origin.base_family, origin.base_generation)))
    if base == " ".join(filter(None, (own.family, own.generation))):
        base = ""  # it's named already
    parts = (
        _features(known, own.context),
        own.size_class and not _is_edition(own.size_class, own) and f"in the “{own.size_class}” size",
        base and f"built on {base}",
        origin.teacher and f"distilled from {origin.teacher}",
        own.version and f"version {own.version}",
        own.release_stage and f"{article(own.release_stage)} {own.release_stage} release",
        own.date and f"dated {day(own.date)}",
    )
    return [part for part in parts if part]


def _is_edition(size: str, reading: Reading) -> bool:
    """Return whether the words of the edition name the size already: Mistral Small, Nano-VL."""
    words = (reading.edition or "").casefold().replace("-", " ").split()
    return size.casefold() in words


def _features(reading: Reading, context: int | None) -> str:
    """Return what it can do besides writing text; a thinking mode is said to be missing only of a tuned model."""
    features = [f"a context of {written('context', context)}"] if context else []
    if reading.task in (None, "text"):
        senses = [SENSES[sense] for sense in reading.modalities if sense in SENSES]
        if reading.reasoning == "hybrid":
            features.append("optional thinking")
        if len(senses) == 1:
            features.append(f"{senses[0]} support")
        if reading.reasoning is False and reading.stage in ("instruct", "chat"):
            features.append("no thinking mode")
        if len(senses) > 1:  # a list in the list would have an "and" too many
            return f"with {f'{listed(features)}, plus ' if features else ''}{listed(senses)} support"
    return f"with {listed(features)}" if features else ""


def _rule(reading: Reading) -> str:
    """Return what only the family's rule says about the stage and about thinking."""
    if reading.file_role not in (None, "main") or reading.task not in (None, "text"):
        return ""
    known = reading.reasoning is True and not _by_rule(reading, "reasoning")  # a reasoning model, and said to be one
    stage = reading.stage if _by_rule(reading, "stage") and not known else None
    thinks = (
        THINKING.get(reading.reasoning) if _by_rule(reading, "reasoning") and reading.reasoning is not None else None
    )
    if stage:
        tuned = stage in ("instruct", "chat")
        return f": {article(stage)} {stage} model{f' {thinks}' if thinks and tuned else ''}, {BY_RULE}"
    return f": one {thinks}, {BY_RULE}" if thinks and reading.stage != "base" else ""


def _copy(reading: Reading) -> str:
    """Return what is true of this copy of the model rather than of the model."""
    quantized, form = _quantized(reading), written("format", reading.format) if reading.format else ""
    packed = f"in {form} format" if form and f" {form}" not in quantized else ""
    published = f"published by {reading.publisher}" if reading.publisher else ""
    phrase = ", ".join(filter(None, (" ".join(filter(None, (quantized, packed))), published)))
    return f"{phrase[0].upper()}{phrase[1:]}." if phrase else ""


def _closed(reading: Reading) -> str:
    return CLOSED if reading.open_weights is False else ""


def _quantized(reading: Reading) -> str:
    """Return how the weights are stored, with the bits that each really takes where they are known."""
    width, bits = "", bits_per_weight(reading)
    if bits is not None and bits != reading.bits:
        width = f"{figure(bits)} bits per weight"
    elif reading.bits:
        whole = float(reading.bits).is_integer()
        width = f"{figure(reading.bits)}-bit" if whole else f"{figure(reading.bits)} bits per weight"
    label = reading.quant or (reading.quant_method and written("quant_method", reading.quant_method))
    if label and label.endswith("bpw"):
        return f"quantized to {width}"
    if not label or label == f"{figure(reading.bits or 0)}bit":
        return f"quantized to {figure(reading.bits or 0)} bits" if width else ""
    method = not reading.quant or label.casefold() == written("quant_method", reading.quant_method or "").casefold()
    if label in STORED:
        return f"stored as {STORED[label]}{f' ({width})' if width else ''}"
    how = "stored as" if (reading.bits or 0) >= 16 else "quantized with" if method else "quantized as"
    return f"{how} {label}{f' ({width})' if width else ''}"


def _role(reading: Reading) -> str | None:
    return FILES.get(ROLE_OF_KIND.get(reading.kind, reading.file_role or ""))


def _whole_or_part(reading: Reading, phrase: str) -> str:
    prefix = _role(reading)
    phrase = f"{prefix} {phrase}" if prefix else phrase
    if reading.shard and reading.shard[1] > 1:
        part, parts = reading.shard
        return f"Part {part} of {parts} of {phrase[0].lower()}{phrase[1:]}"
    return f"{phrase[0].upper()}{phrase[1:]}"
