"""No sentence of the decoder is contradicted by the page of a model for which it is shown; claims.yml says what each claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from nameplate import Reading, decode
from nameplate.render.view import view
from nameplate.vocabulary.lookup import vocabulary
from plugins.catalog.inheritance import PROPRIETARY
from plugins.catalog.loader import load
from plugins.catalog.models import Family, Variant
from plugins.lint import readings

MISLEADING = {row["name"]: row["keys"] for row in yaml.safe_load(readings.MISLEADING.read_text(encoding="utf-8"))}
UNITS = {"thousand": 1e-6, "million": 1e-3, "billion": 1.0, "trillion": 1e3}  # in billions
COUNTED = re.compile(r"\d(?:[\d.,]*\d)?[- ]?(?:thousand|million|billion|trillion)\b")
BITS = 0.25  # how far the bits of a label may be from what a weight takes with its scales
TOKENS = 0.1  # how far a context in words may be from the exact one: 128K is 131,072 or 128,000


LIMITS = {"context": TOKENS, "bits": BITS, "experts": 0}


class Claim(NamedTuple):
    """What a phrase says: numbers, as named groups, and for keys the values for which it is true."""

    phrase: re.Pattern[str]
    keys: dict[str, list[Any]]


class Shown(NamedTuple):
    """A sentence, and the model for which it is shown."""

    sentence: str
    family: Family
    variant: Variant


ROWS = yaml.safe_load(Path(__file__).with_name("claims.yml").read_text(encoding="utf-8"))
CLAIMS = [Claim(re.compile(row.pop("phrase")), row) for row in ROWS]
# What a sentence says of another model, which it names.
EXAMPLE = re.compile(r"8x7B has 46\.7 billion parameters, not 56|modelled on a \d+-billion model")


@cache
def shown() -> list[Shown]:
    return [
        Shown(sentence, family, variant)
        for family in load().families.values()
        for variant in family.variants
        for sentence in dict.fromkeys(_sentences(decode(variant.name)))
    ]


def _sentences(reading: Reading) -> Iterator[str]:
    found = view(reading)
    yield found.summary
    yield from (part.says for part in found.parts if part.says)
    yield from reading.knowledge.says if reading.knowledge else ()


def facts(family: Family, variant: Variant) -> dict[str, Any]:
    """Return what the page says of a model; None for what it leaves open."""
    licence = variant.licence or family.licence
    bits = vocabulary().bits_per_weight.get(variant.quant or "")
    known = {
        "stage": variant.stage, "reasoning": variant.reasoning, "task": variant.task, "params_b": variant.params_b,
        "active_params_b": variant.active_params_b, "effective_params_b": variant.effective_params_b, "experts": variant.experts,
        "context": variant.context, "modalities": variant.modalities or family.modalities or None,
        "open_weights": None if licence is None else licence != PROPRIETARY, "bits": bits[0] if bits else None,
    }  # fmt: skip
    return known | dict.fromkeys(MISLEADING.get(variant.name, ()))


def contradictions(one: Shown) -> Iterator[str]:
    known = facts(one.family, one.variant)
    for phrase, keys in CLAIMS:
        found = phrase.search(one.sentence)
        if found is None:
            continue
        for key, value in keys.items():
            page = known[key]
            values = page if isinstance(page, tuple) else (page,)
            if page is not None and not any(item in value and type(item) in map(type, value) for item in values):
                yield f"{one.variant.name}: the page says {key} {page}, but it is told: {one.sentence}"
        for key, text in found.groupdict().items():
            if key == "unit" or known[key] is None:
                continue
            said = float(text.replace(",", "")) * UNITS[found.groupdict().get("unit") or "billion"]
            limit = LIMITS.get(key, readings.ROUNDING)
            if abs(said / known[key] - 1) > limit:
                yield f"{one.variant.name}: the page says {key} {known[key]}, but it is told: {one.sentence}"


def test_no_sentence_is_contradicted_by_a_page() -> None:
    assert [fault for one in shown() for fault in contradictions(one)] == []


@pytest.mark.parametrize("claim", CLAIMS, ids=[claim.phrase.pattern for claim in CLAIMS])
def test_every_claim_is_made_by_a_sentence(claim: Claim) -> None:
    assert any(claim.phrase.search(one.sentence) for one in shown())


def test_every_number_of_parameters_is_a_claim_that_is_checked() -> None:
    """A sentence with a number in it that no claim covers could say anything."""
    unchecked = set()
    for one in shown():
        covered = [
            found.span() for phrase, _ in CLAIMS if "(?P<" in phrase.pattern for found in phrase.finditer(one.sentence)
        ]
        covered += [found.span() for found in EXAMPLE.finditer(one.sentence)]
        for number in COUNTED.finditer(one.sentence):
            if not any(start <= number.start() and number.end() <= end for start, end in covered):
                unchecked.add(one.sentence)
    assert unchecked == set()


def test_a_false_sentence_is_found() -> None:
    family = next(family for family in load().families.values() if family.slug == "qwen3")
    variant = next(variant for variant in family.variants if variant.name == "Qwen/Qwen3-8B")
    told = (
        "A 70-billion-parameter base model.",
        "Closed weights: it's available only as a hosted service.",
        "Accepts images.",
    )
    assert [len(list(contradictions(Shown(sentence, family, variant)))) for sentence in told] == [2, 1, 1]
