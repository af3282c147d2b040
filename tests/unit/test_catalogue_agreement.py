"""What the decoder reads from the name of every official variant, against what its family's page says."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from nameplate import decode
from plugins.catalog.loader import load
from plugins.catalog.models import Family, Variant
from plugins.lint import readings

# Names that mislead, and the keys of a reading that are not to be believed: listed once, beside the rule that uses them.
MISLEADING = {row["name"]: row["keys"] for row in yaml.safe_load(readings.MISLEADING.read_text(encoding="utf-8"))}
FAMILIES = load().families


@pytest.mark.parametrize("slug", FAMILIES)
@pytest.mark.parametrize("catalogue", [True, False], ids=["catalogue", "text"])
def test_the_readings_agree_with_the_page(slug: str, catalogue: bool) -> None:
    """A reading may leave open what only the page knows; it may not contradict it."""
    family = FAMILIES[slug]
    found = {variant.name: list(_contradictions(family, variant, catalogue)) for variant in family.variants}
    assert {name: said for name, said in found.items() if said} == {}


def _contradictions(family: Family, variant: Variant, catalogue: bool) -> Iterator[str]:
    read = decode(variant.name, catalogue=catalogue).to_dict()
    read.update(dict.fromkeys(MISLEADING.get(variant.name, ())))
    if read["family"] is not None:
        yield from _told("family", family.line, read["family"])
    if family.generations and read["generation"] is not None:
        known = [number.removesuffix(".0") for number in family.generations]
        if read["generation"].removesuffix(".0") not in known:
            yield f"generation {read['generation']}, the page speaks of {known}"
    if variant.stage and read["stage"] and (variant.stage in readings.TUNED) != (read["stage"] in readings.TUNED):
        yield f"stage {read['stage']}, the page says {variant.stage}"
    if catalogue and variant.stage and not read["stage"] and "stage" not in MISLEADING.get(variant.name, ()):
        yield f"no stage, the page says {variant.stage}"
    if catalogue or read["task"] is not None:
        yield from _told("task", variant.task or "text", read["task"] or "text")
    if variant.edition and read["edition"]:
        yield from _told("edition", variant.edition, read["edition"])
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
    if page is not None and read is not None and abs(read / page - 1) >= readings.ROUNDING:
        yield f"{key} {read}, the page says {page}"


def _dated(variant: Variant, read: str | None) -> Iterator[str]:
    """A date in the name is the release, or up to half a year before it: Gemini's previews keep the day they were made."""
    if variant.released is None or read is None or read.startswith("--"):
        return
    parts = [int(part) for part in read.split("-")]
    months = (variant.released.year - parts[0]) * 12 + (variant.released.month - parts[1] if len(parts) > 1 else 0)
    if not -2 <= months <= 6:
        yield f"date {read}, the page says {variant.released}"
