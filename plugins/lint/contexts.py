"""Check that context lengths look like real ones, to notice an extra digit or two swapped ones.

Unusual ones that are right are listed in unusual_contexts.yml with the reason; a row that no model needs is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..catalog.faults import Fault
from ..catalog.front_matter import FrontMatterError, Place, read_page, read_yaml
from ..catalog.loader import CatalogError
from ..catalog.models import Family
from ..site.checkout import Page, Site

UNUSUAL = Path(__file__).with_name("unusual_contexts.yml")
NEAR = 2  # tokens: BERT's 514, OpenAI's 8,191


def check(site: Site) -> Iterator[Fault]:
    """Find context lengths that look like a slip, and exceptions that are no longer needed."""
    try:
        families = site.catalog().families
    except CatalogError:
        return
    rows = _exceptions(UNUSUAL)
    needed = set()
    for page in site.pages:
        family = families.get(page.path.stem) if page.source.startswith("families/") else None
        for place, context in _contexts(family) if family else ():
            if not is_usual(context):
                needed.add(context)
                if context not in rows:
                    yield _fault(page, place, context)
    for context, line in rows.items():
        if context not in needed:
            yield Fault(UNUSUAL, line, str(context), "no model has this context length. Take the row out")


def is_usual(context: int) -> bool:
    """Return whether a context length looks real: a multiple of 1,000, or within two tokens of a multiple of 256.

    Ten times a power of two, or ten times 1,000 doubled a few times, probably has an extra digit.

    >>> [is_usual(context) for context in (514, 8191, 32768, 128000, 200000, 262144, 1010000)]
    [True, True, True, True, True, True, True]
    >>> [is_usual(context) for context in (32786, 327680, 1280000, 131702)]
    [False, False, False, False]
    """
    tenth, rest = divmod(context, 10)
    if rest == 0 and (
        _is_power_of_two(tenth) or (tenth >= 4000 and tenth % 1000 == 0 and _is_power_of_two(tenth // 1000))
    ):
        return False
    return context % 1000 == 0 or min(context % 256, -context % 256) <= NEAR


def _is_power_of_two(number: int) -> bool:
    return number >= 1 and number & (number - 1) == 0


def _contexts(family: Family) -> Iterator[tuple[Place, int]]:
    """Find the context lengths that a page writes; a copy's own comes from its original, which is checked itself."""
    for name, size in family.sizes.items():
        if size.context is not None:
            yield ("sizes", name, "context"), size.context
    for index, variant in enumerate(family.variants):
        if variant.context is not None:
            yield ("variants", index, "context"), variant.context


def _fault(page: Page, place: Place, context: int) -> Fault:
    try:
        line = read_page(page.path).line(place)
    except FrontMatterError:
        line = 1
    shown = f"{place[0]}[{place[1]}].context" if isinstance(place[1], int) else f"{place[0]}.{place[1]}.context"
    message = (
        f"{context:,} tokens is an unusual context length. Count the digits again; if the source says so, "
        f"list it in {UNUSUAL.name} with the reason"
    )
    return page.fault(line, shown, message)


def _exceptions(path: Path) -> dict[int, int]:
    """Return the listed context lengths, each with its line."""
    document = read_yaml(path)
    return {row["context"]: document.line((index,)) for index, row in enumerate(document.data or [])}
