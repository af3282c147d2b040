"""What the decoder reads from the name of every official variant, against what its family's page says."""

from collections.abc import Iterator
from typing import Any

import pytest

from nameplate import decode
from plugins.catalog import load
from plugins.schema import Family, Variant

# Names whose number counts another thing than all parameters, each with what it counts; a needless row fails.
COUNTS_SOMETHING_ELSE = {
    "google/t5gemma-2b-2b-ul2": "encoder and decoder apart, without the tables of words",
    "google/t5gemma-2b-2b-ul2-it": "encoder and decoder apart, without the tables of words",
    "google/t5gemma-9b-9b-ul2": "encoder and decoder apart, without the tables of words",
    "google/t5gemma-9b-9b-prefixlm": "encoder and decoder apart, without the tables of words",
    "google/t5gemma-2-270m-270m": "encoder and decoder apart, without the tables of words",
    "google/t5gemma-2-1b-1b": "encoder and decoder apart, without the tables of words",
    "google/t5gemma-2-4b-4b": "encoder and decoder apart, without the tables of words",
}
# Names that the decoder takes for something else than their page, and why; a needless row fails.
READ_OTHERWISE = {
    "llava-hf/llava-v1.6-vicuna-7b-hf": "the language model's own name is stronger than LLaVA's",
    "llava-hf/llava-v1.6-vicuna-13b-hf": "the language model's own name is stronger than LLaVA's",
    "mosaicml/mpt-7b-storywriter": "a word for fiction is found inside the word",
}
# How far a size in a name may be from the count: names round boldly (Falcon3-1B has 1.67 billion), and leave tables of words out.
ROUNDING = 0.45
TUNED = ("instruct", "chat", "reasoning")

FAMILIES = load().families


@pytest.mark.parametrize("slug", FAMILIES)
@pytest.mark.parametrize("catalogue", [True, False], ids=["catalogue", "text"])
def test_the_readings_agree_with_the_page(slug: str, catalogue: bool) -> None:
    """A reading may leave open what only the page knows; it may not contradict it."""
    family = FAMILIES[slug]
    found = {
        variant.name: list(_contradictions(family, variant, catalogue))
        for variant in family.variants
        if variant.name not in READ_OTHERWISE
    }
    assert {name: said for name, said in found.items() if said} == {}


def _contradictions(family: Family, variant: Variant, catalogue: bool) -> Iterator[str]:
    read = decode(variant.name, catalogue=catalogue).to_dict()
    if read["family"] is not None:
        yield from _told("family", family.line, read["family"])
    if family.generations and read["generation"] is not None:
        known = [number.removesuffix(".0") for number in family.generations]
        if read["generation"].removesuffix(".0") not in known:
            yield f"generation {read['generation']}, the page speaks of {known}"
    if variant.stage and read["stage"] and (variant.stage in TUNED) != (read["stage"] in TUNED):
        yield f"stage {read['stage']}, the page says {variant.stage}"
    if catalogue and variant.stage and not read["stage"]:
        yield f"no stage, the page says {variant.stage}"
    if catalogue or read["task"] is not None:
        yield from _told("task", variant.task or "text", read["task"] or "text")
    yield from _told("edition", variant.edition, read["edition"])
    if variant.name not in COUNTS_SOMETHING_ELSE:
        yield from _near("params_b", variant.params_b, read["params_b"])
    yield from _near("active_params_b", variant.active_params_b, read["active_params_b"])
    if read["quant"] is not None:
        yield from _told("quant", (variant.quant or "").lower(), read["quant"].lower())
    if read["format"] is not None:
        yield from _told("format", variant.format, read["format"])
    yield from _dated(variant, read["date"])


def _told(key: str, page: Any, read: Any) -> Iterator[str]:
    if page != read:
        yield f"{key} {read}, the page says {page}"


def _near(key: str, page: float | None, read: float | None) -> Iterator[str]:
    if page is not None and read is not None and not (1 - ROUNDING < read / page < 1 + ROUNDING):
        yield f"{key} {read}, the page says {page}"


def _dated(variant: Variant, read: str | None) -> Iterator[str]:
    """A date in the name is the release, or up to half a year before it: Gemini's previews keep the day they were made."""
    if variant.released is None or read is None or read.startswith("--"):
        return
    parts = [int(part) for part in read.split("-")]
    months = (variant.released.year - parts[0]) * 12 + (variant.released.month - parts[1] if len(parts) > 1 else 0)
    if not -2 <= months <= 6:
        yield f"date {read}, the page says {variant.released}"


@pytest.mark.parametrize("name", [*COUNTS_SOMETHING_ELSE, *READ_OTHERWISE])
def test_an_exception_is_needed(name: str) -> None:
    family, variant = next((page, one) for page in FAMILIES.values() for one in page.variants if one.name == name)
    if name in READ_OTHERWISE:
        assert list(_contradictions(family, variant, catalogue=False)), f"{name} agrees: take the exception out"
    else:
        read = decode(name, catalogue=False).to_dict()
        assert list(_near("params_b", variant.params_b, read["params_b"])), f"{name} agrees: take the exception out"
