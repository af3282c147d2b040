"""Turn a hub's answer into facts about a variant, each with the place it was found in. Unknown facts are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..reading import JsonObject, Reading
from .architecture import architecture, text_part
from .hub import Answer

# What the hub calls a task, what it is here, and which kinds of input it takes.
# Source: https://huggingface.co/docs/hub/models-tasks, checked on 2026-11-29
TASKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "text-generation": ("text", ("text",)),
    "image-text-to-text": ("text", ("text", "vision")),
    "video-text-to-text": ("text", ("text", "video")),
    "audio-text-to-text": ("text", ("text", "audio")),
    "feature-extraction": ("embedding", ()),
    "sentence-similarity": ("embedding", ("text",)),
    "text-ranking": ("reranker", ("text",)),
    "automatic-speech-recognition": ("asr", ("audio",)),
    "text-to-speech": ("tts", ("text",)),
    "text-to-image": ("image-generation", ("text",)),
    "image-to-image": ("image-editing", ()),
    "text-to-video": ("video-generation", ("text",)),
    "translation": ("translation", ("text",)),
    "fill-mask": ("fill-mask", ("text",)),
    "text-classification": ("classification", ("text",)),
}
# Types of which one stored number is one parameter. Others pack several into one, so that a count of them is too low.
UNPACKED = ("F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2")
EXPERTS = ("num_local_experts", "num_experts", "n_routed_experts")
STRETCHED = ("yarn", "linear", "dynamic", "longrope", "su")
# What the hub calls a relation to another model, and how a note says it.
RELATIONS: Mapping[str, str] = {
    "finetune": "Trained further from {}.",
    "adapter": "An adapter for {}.",
    "merge": "Merged from {}.",
}
COPY = "quantized"


@dataclass(frozen=True)
class Fact:
    """One value of a variant, the source that it comes from (a key of the page's sources), and its place there."""

    key: str
    value: str | int | float | bool | dict[str, str | int] | list[str]
    source: str
    place: str


def facts_of(answer: Answer, reading: Reading) -> list[Fact]:
    """Return what can be known about the variant. A copy takes the facts of its original, so it gets few of its own."""
    original = _original(answer)
    if original is not None:
        return [original, *_packaging(reading)]
    return [
        *_of_the_name(reading),
        *_of_the_metadata(answer),
        *_of_the_config(answer),
        *_packaging(reading),
        *_lineage(answer),
    ]


def _of_the_name(reading: Reading) -> Iterator[Fact]:
    if reading.stage and reading.sources.get("stage") == "name":
        yield Fact("stage", reading.stage, "hub", "read in the name")


def _packaging(reading: Reading) -> Iterator[Fact]:
    for key in ("quant", "format"):
        value = getattr(reading, key)
        if value and reading.sources.get(key) == "name":
            yield Fact(key, value, "hub", "read in the name")


def _of_the_metadata(answer: Answer) -> Iterator[Fact]:
    if answer.parameters and set(answer.parameters) <= set(UNPACKED):
        count = sum(answer.parameters.values())
        yield Fact("params_b", float(f"{count / 1e9:.4g}"), "hub", f"safetensors: {count:,} parameters")
    licence = answer.card.get("license")
    if licence == "other":
        licence = answer.card.get("license_name")
    if isinstance(licence, str) and licence:
        yield Fact("licence", licence.casefold(), "card", "license")
    task, modalities = TASKS.get(answer.pipeline or "", (None, ()))
    if task:
        yield Fact("task", task, "hub", f"pipeline_tag: {answer.pipeline}")
    if modalities:
        yield Fact("modalities", list(modalities), "hub", f"pipeline_tag: {answer.pipeline}")


def _of_the_config(answer: Answer) -> Iterator[Fact]:
    if answer.config is None:
        return
    text = text_part(answer.config)
    context = text.get("max_position_embeddings")
    if isinstance(context, int) and context > 0:
        yield Fact("context", context, "config", f"max_position_embeddings{_stretch(text)}")
    for key in EXPERTS:
        if isinstance(text.get(key), int) and text[key] > 1:
            yield Fact("experts", text[key], "config", key)
            break
    found = architecture(answer.config)
    if found is not None:
        yield Fact("architecture", found, "config", "heads and layers")


def _stretch(text: JsonObject) -> str:
    """Return a warning if the context may hold only after stretching."""
    scaling = text.get("rope_scaling") or text.get("rope_parameters")
    kind = (scaling.get("rope_type") or scaling.get("type")) if isinstance(scaling, Mapping) else None
    return f"; stretched ({kind}), so see what the card states" if kind in STRETCHED else ""


def _bases(answer: Answer) -> tuple[list[str], str | None]:
    """Return the models that this one comes from, and how: as the card says it, or as the hub's tags do."""
    said = answer.card.get("base_model")
    bases = [said] if isinstance(said, str) else [base for base in said or () if isinstance(base, str)]
    relation = answer.card.get("base_model_relation")
    for tag in answer.tags:
        kind, _, base = tag.removeprefix("base_model:").partition(":")
        if tag.startswith("base_model:") and base in bases and not isinstance(relation, str):
            relation = kind
    return bases, relation if isinstance(relation, str) else None


def _original(answer: Answer) -> Fact | None:
    bases, relation = _bases(answer)
    if relation == COPY and len(bases) == 1:
        return Fact("original", bases[0], "card", "base_model, quantized")
    return None


def _lineage(answer: Answer) -> Iterator[Fact]:
    bases, relation = _bases(answer)
    if bases and relation is not None and relation in RELATIONS:
        yield Fact("note", RELATIONS[relation].format(" and ".join(bases)), "card", f"base_model, {relation}")
