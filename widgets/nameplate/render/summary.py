"""One sentence that says what a model is, composed from what its name says."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from ..english import NOUNS, article, count, figure, listed
from ..reading import Reading
from .labels import day, written

FOR = {
    "code": "code",
    "math": "mathematics",
    "vision": "images",
    "audio": "sound",
    "tools": "tool use",
    "ocr": "reading documents",
}
FILES = {
    "mmproj": "The projector file of",
    "draft": "The draft model for",
    "adapter": "An adapter for",
    "vocab": "The vocabulary of",
    "imatrix": "The importance matrix for",
}
NO_NAME = (
    "This doesn’t look like a model’s name. Paste the name itself, its file, its web address, or the whole command that "
    "runs it: Qwen/Qwen3-8B, llama3.1:8b, Qwen3-8B-Q4_K_M.gguf, ollama run llama3.1:8b."
)
DATA_SET = "This is a data set, not a model: what models are trained or tested on."
EMPTY = {f.name: getattr(Reading(""), f.name) for f in fields(Reading)}  # what a key holds that nothing is known of
UNSAID = frozenset(
    {"name", "kind", "platform", "tokens", "unknown", "ambiguities", "sources", "url", "purl", "knowledge"}
)


def said(reading: Reading) -> Reading:
    """The same reading with only what the name itself says: nothing from the family, nothing from the catalogue.

    >>> said(Reading("Qwen3-8B", params_b=8, stage="instruct", sources={"params_b": "name", "stage": "family"})).stage
    """
    known = {key for key, source in reading.sources.items() if source != "name"} & EMPTY.keys()
    return replace(reading, **{key: EMPTY[key] for key in known}) if known else reading


def sentence(reading: Reading) -> str:
    """What the name says, in one sentence; a second one for how this copy is packed and who published it.

    >>> sentence(Reading("SorskootLLM-70b-instruct", family="SorskootLLM", params_b=70, stage="instruct"))
    'A 70-billion-parameter instruct model of the SorskootLLM line.'
    >>> sentence(Reading("Llama-3.2-11B-Vision", family="Llama", generation="3.2", params_b=11, roles=("vision",)))
    'An 11-billion-parameter model for images, of the Llama line (generation 3.2).'
    >>> sentence(Reading("mxbai-embed-large:335m", params_b=0.335, task="embedding", size_class="large"))
    'A 335-million-parameter embedding model, size “large”.'
    >>> sentence(Reading("TheBloke/x-GPTQ", family="x", quant_method="gptq", bits=4, publisher="TheBloke"))
    'A model of the x line. Quantized with GPTQ (4-bit), published by TheBloke.'
    >>> sentence(Reading("Mixtral-8x7B", family="Mixtral", experts=8, expert_params_b=7))
    'A mixture-of-experts model of the Mixtral line, with 8 experts modelled on 7 billion parameters each.'
    >>> sentence(Reading("zzz", unknown=("zzz",)))
    'Nothing in this name could be explained.'
    >>> sentence(Reading("Which one is best?", kind="not-a-model-name"))[:42]
    'This doesn’t look like a model’s name. Pas'
    """
    if reading.kind == "not-a-model-name":
        return NO_NAME
    if reading.kind == "dataset":
        return DATA_SET
    total = reading.params_b
    reading = said(reading)
    if all(not _given(getattr(reading, f.name)) for f in fields(reading) if f.name not in UNSAID):
        return "Nothing in this name could be explained."
    model = " ".join(filter(None, (_size(reading), _moe(reading), _stage(reading), _noun(reading))))
    purpose, line = _purpose(reading), _line(reading)
    where = f" {purpose}{',' if line else ''}" if purpose else ""
    more = "".join(f", {part}" for part in _more(reading, total))
    if not (where or line or more) and model == "model" and reading.publisher:
        return f"A model published by {reading.publisher}. Nothing else in its name could be explained."
    phrase = f"{article(model)} {model}{where}{line}{more}."
    return f"{_whole_or_part(reading, phrase)} {_copy(reading)}".rstrip()


def _given(value: Any) -> bool:
    return value is not None and value != () and value != EMPTY["lineage"]


def _size(reading: Reading) -> str:
    return f"{count(reading.params_b).replace(' ', '-')}-parameter" if reading.params_b else ""


def _moe(reading: Reading) -> str:
    return "mixture-of-experts" if reading.experts or reading.active_params_b or reading.expert_params_b else ""


def _stage(reading: Reading) -> str:
    if reading.stage == "chat" and reading.task in (None, "text"):
        return "chat"
    if reading.reasoning is True and reading.stage in (None, "instruct"):
        return "reasoning"
    return reading.stage or ""


def _noun(reading: Reading) -> str:
    return NOUNS.get(reading.task or "", "model")


def _purpose(reading: Reading) -> str:
    kinds = dict.fromkeys((*reading.roles, *reading.modalities))
    purposes = [FOR[kind] for kind in kinds if kind in FOR and kind != reading.task]
    return f"for {listed(purposes)}" if purposes else ""


def _line(reading: Reading) -> str:
    if not reading.family:
        return ""
    generation = reading.generation and f"generation {reading.generation}"
    details = ", ".join(filter(None, (generation, reading.edition and f"{reading.edition} edition")))
    return f" of the {reading.family} line{f' ({details})' if details else ''}"


def _more(reading: Reading, total: float | None) -> list[str]:
    origin = reading.lineage
    base = " ".join(filter(None, (origin.base_family, origin.base_generation)))
    parts = (
        reading.size_class and f"size “{reading.size_class}”",
        _experts(reading, total),
        reading.effective_params_b and f"with {count(reading.effective_params_b)} “effective” parameters",
        reading.reasoning == "hybrid" and "with reasoning that can be switched on and off",
        reading.context and f"with a context of {written('context', reading.context)}",
        base and f"built on {base}",
        origin.teacher and f"distilled from {origin.teacher}",
        reading.version and f"version {reading.version}",
        reading.release_stage and f"{article(reading.release_stage)} {reading.release_stage} release",
        reading.date and f"dated {day(reading.date)}",
    )
    return [part for part in parts if part]


def _copy(reading: Reading) -> str:
    """What holds for this copy of the model rather than for the model."""
    packed = _packed(reading)
    published = f"published by {reading.publisher}" if reading.publisher else ""
    phrase = ", ".join(filter(None, (packed, published)))
    return f"{phrase[0].upper()}{phrase[1:]}." if phrase else ""


def _experts(reading: Reading, total: float | None) -> str:
    """Return how many experts there are. They share layers, so the total is less than the product that a name shows."""
    size = ""
    if reading.expert_params_b:
        modelled = f" modelled on {count(reading.expert_params_b)} parameters each"
        size = f" and {count(total)} parameters in all" if total else modelled
    experts = f"with {figure(reading.experts)} experts{size}" if reading.experts else ""
    active = f"{count(reading.active_params_b)} parameters used for each token" if reading.active_params_b else ""
    if experts and active:
        return f"{experts} and {active}"
    return experts or (f"with {active}" if active else "")


def _packed(reading: Reading) -> str:
    form = f"in {written('format', reading.format)} format" if reading.format else ""
    return " ".join(filter(None, (_quantized(reading), form)))


def _quantized(reading: Reading) -> str:
    """Return how the weights are stored. A whole number of bits is nominal: with scales, a file has a little more."""
    width = ""
    if reading.bits:
        nominal = float(reading.bits).is_integer()
        width = f"{figure(reading.bits)}-bit" if nominal else f"{figure(reading.bits)} bits per weight"
    label = reading.quant or (reading.quant_method and written("quant_method", reading.quant_method))
    if not label or label == f"{figure(reading.bits or 0)}bit":
        return f"quantized to {figure(reading.bits or 0)} bits" if width else ""
    how = "stored as" if (reading.bits or 0) >= 16 else "quantized as" if reading.quant else "quantized with"
    return f"{how} {label}{f' ({width})' if width else ''}"


def _whole_or_part(reading: Reading, phrase: str) -> str:
    prefix = FILES.get(reading.file_role or "")
    phrase = f"{prefix} {phrase}" if prefix else phrase
    if reading.shard and reading.shard[1] > 1:
        part, parts = reading.shard
        return f"Part {part} of {parts} of {phrase[0].lower()}{phrase[1:]}"
    return f"{phrase[0].upper()}{phrase[1:]}"
