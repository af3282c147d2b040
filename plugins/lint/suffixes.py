"""Check that a suffix means on its page what the variants with it say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..catalog.faults import Fault
from ..catalog.front_matter import FrontMatterError, read_page
from ..catalog.loader import CatalogError
from ..catalog.models import Family, Suffix
from ..site.checkout import Page, Site

KEYS = ("stage", "reasoning", "task")
_BETWEEN = re.compile(r",\s*")  # one row may explain several spellings: "-AWQ, -FP8"


class Contradiction(NamedTuple):
    """A key for which a variant and a suffix of its name give different values; `row` is the variant's place."""

    row: int
    key: str
    suffix: Suffix


def check(site: Site) -> Iterator[Fault]:
    """Find variants that contradict what their page says about a suffix of their name."""
    try:
        families = site.catalog().families
    except CatalogError:
        return
    pages = {page.source: page for page in site.pages}
    for slug, family in families.items():
        if page := pages.get(f"families/{slug}.md"):
            yield from (_fault(page, family, found) for found in contradictions(family))


def contradictions(family: Family) -> Iterator[Contradiction]:
    """Find where a variant contradicts a suffix in its name. A copy says what its original says.

    If several suffixes speak of a key, one has to agree: -Thinking counts more than the date behind it.
    """
    for index, variant in enumerate(family.variants):
        found = suffixes_of(variant.name, family.suffixes) if variant.original is None else []
        for key in KEYS:
            telling = [suffix for suffix in found if getattr(suffix, key) is not None]
            if telling and all(getattr(suffix, key) != getattr(variant, key) for suffix in telling):
                yield Contradiction(index, key, telling[0])


def suffixes_of(name: str, suffixes: tuple[Suffix, ...]) -> list[Suffix]:
    """Return the suffixes in a name; one that is part of another (-reasoning of -non-reasoning) doesn't count.

    >>> rows = [Suffix(suffix=text, means=".", source="card") for text in ("-reasoning", "-non-reasoning")]
    >>> [found.suffix for found in suffixes_of("xai/grok-4-fast-non-reasoning", tuple(rows))]
    ['-non-reasoning']
    """
    spans = [
        (match.span(), suffix)
        for suffix in suffixes
        for spelling in _BETWEEN.split(suffix.suffix)
        for match in re.finditer(re.escape(spelling) + r"(?![a-z0-9])", name.rpartition("/")[2], re.IGNORECASE)
    ]
    return [
        suffix
        for (start, end), suffix in spans
        if not any(begin <= start and end <= finish and (begin, finish) != (start, end) for (begin, finish), _ in spans)
    ]


def _fault(page: Page, family: Family, found: Contradiction) -> Fault:
    variant = family.variants[found.row]
    place = ("variants", found.row, found.key)
    try:
        line = read_page(page.path).line(place)
    except FrontMatterError:
        line = 1
    stated, expected = getattr(variant, found.key), getattr(found.suffix, found.key)
    message = (
        f'"{variant.name}" says {_shown(stated)}, and the suffix "{found.suffix.suffix}" of this page says '
        f"{_shown(expected)}. Look up which is right and correct the other"
    )
    return page.fault(line, f"variants[{found.row}].{found.key}", message)


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value).lower() if isinstance(value, bool) else f'"{value}"'
