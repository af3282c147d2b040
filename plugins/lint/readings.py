"""Check that the decoder reads in the names of official models what the families' data say about them.

Names that mislead are listed in misleading_names.yml with the reason; a row that is no longer needed is a fault too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nameplate import decode
from nameplate.reading import Reading

from ..catalog.contents import Catalog
from ..catalog.faults import Fault, spelling
from ..catalog.front_matter import FrontMatterError, read_page, read_yaml
from ..catalog.loader import CatalogError
from ..catalog.models import Family, Variant
from ..site.checkout import Page, Site

MISLEADING = Path(__file__).with_name("misleading_names.yml")
SAME = ("stage", "task", "reasoning", "edition", "experts", "quant")
SIZES = ("params_b", "active_params_b", "effective_params_b")
# How far a size in a name may be from the count: names round boldly (1B for 1.67 billion) and leave embeddings out.
ROUNDING = 0.45
TUNED = ("instruct", "chat", "reasoning")
SAID_BY = {"name": "in the name", "family": "by a rule of the family's page"}


@dataclass(frozen=True)
class Contradiction:
    """A key for which the data and the reading of a name give different values."""

    name: str
    key: str
    written: Any
    read: Any
    source: str


def check(site: Site) -> Iterator[Fault]:
    """Find variants of families whose name is read differently from what the data say."""
    try:
        catalog = site.catalog()
    except CatalogError:
        return
    yield from check_catalog(site, catalog, MISLEADING)


def check_catalog(site: Site, catalog: Catalog, misleading: Path) -> Iterator[Fault]:
    """Do the same for given data; `misleading` lists the names that mislead."""
    rows = _misleading(misleading)
    pages = {page.source: page for page in site.pages}
    needed = set()
    for slug, family in catalog.families.items():
        page = pages.get(f"families/{slug}.md")
        for index, variant in enumerate(family.variants):
            for found in contradictions(family, variant, decode(variant.name, catalogue=False)):
                if (found.name, found.key) in rows:
                    needed.add((found.name, found.key))
                elif page is not None:
                    yield _fault(page, index, found, misleading)
    for (name, key), line in rows.items():
        if (name, key) not in needed:
            yield Fault(
                misleading, line, name, f"{key} is read as the data say, or the name is gone. Take this row out"
            )


def contradictions(family: Family, variant: Variant, reading: Reading) -> Iterator[Contradiction]:
    """Find where a reading without the catalogue contradicts the data. Leaving something open is not a contradiction."""
    for key in (*SAME, *SIZES):
        written, read = getattr(variant, key), getattr(reading, key)
        source = reading.sources.get(key, "name")
        if written is None or read is None or _agree(key, written, read):
            continue
        # A rule covers a whole line: it says instruct for tuned models, no matter how one of them is tuned.
        if key != "stage" or source == "name" or not (written in TUNED and read in TUNED):
            yield Contradiction(variant.name, key, written, read, source)
    if reading.family not in (None, family.line):
        yield Contradiction(variant.name, "family", family.line, reading.family, "name")
    if family.generations and reading.generation and reading.generation not in family.generations:
        listed = ", ".join(family.generations)
        yield Contradiction(variant.name, "generation", listed, reading.generation, "name")


def _agree(key: str, written: Any, read: Any) -> bool:
    if key in SIZES:
        return bool(abs(read / written - 1) < ROUNDING)
    if key in ("quant", "edition"):
        return spelling(str(written)) == spelling(str(read))
    return bool(written == read)


def _fault(page: Page, index: int, found: Contradiction, misleading: Path) -> Fault:
    try:
        line = read_page(page.path).line(("variants", index, found.key))
    except FrontMatterError:
        line = 1
    origin = SAID_BY.get(found.source, "from what is known")
    message = (
        f'the data say {_shown(found.written)}, and the decoder reads {_shown(found.read)} {origin}: "{found.name}". Correct '
        f"the value, or the rule; if the name itself misleads, list it in {misleading.name} with the reason"
    )
    return page.fault(line, f"variants[{index}].{found.key}", message)


def _shown(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else f"{value:g}"


def _misleading(path: Path) -> dict[tuple[str, str], int]:
    """Return the listed names and keys, each with its line."""
    document = read_yaml(path)
    return {
        (row["name"], key): document.line((index,))
        for index, row in enumerate(document.data or [])
        for key in row["keys"]
    }
