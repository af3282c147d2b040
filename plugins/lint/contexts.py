"""Check that context lengths look like real ones, to notice an extra digit or two swapped ones.

A length may look real and still have a digit too many: ten times that of another model on the page, or one that no other page
has while others have a tenth of it. Unusual ones that are right are listed in unusual_contexts.yml with the reason, for every
page, or for those where it is right beside a tenth of it; a row that no model needs is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..catalog.faults import Fault
from ..catalog.front_matter import FrontMatterError, Place, read_page, read_yaml
from ..catalog.loader import CatalogError
from ..catalog.models import Family
from ..site.checkout import Page, Site

UNUSUAL = Path(__file__).with_name("unusual_contexts.yml")
NEAR = 2  # tokens: BERT's 514, OpenAI's 8,191


@dataclass(frozen=True)
class Unusual:
    """A context length that is right, in some families or in all, and its line in the list."""

    context: int
    families: tuple[str, ...]
    line: int

    def excepts(self, context: int, slug: str) -> bool:
        """Return whether a length is right on a page. Beside others it is only where the page is named."""
        return self.context == context and (slug in self.families if self.families else not is_usual(context))


def check(site: Site) -> Iterator[Fault]:
    """Find context lengths that look like a slip, and exceptions that are no longer needed."""
    try:
        families = site.catalog().families
    except CatalogError:
        return
    rows = _exceptions(UNUSUAL)
    needed = set()
    written = {slug: list(_contexts(family)) for slug, family in families.items()}
    pages_with: dict[int, set[str]] = {}
    for slug, contexts in written.items():
        for _, context in contexts:
            pages_with.setdefault(context, set()).add(slug)
    for page in site.pages:
        slug = page.path.stem if page.source.startswith("families/") else ""
        beside = {context for _, context in written.get(slug, ())}
        for place, context in written.get(slug, ()):
            doubt = _doubt(context, beside, pages_with)
            excepted = [row for row in rows if row.excepts(context, slug)]
            needed.update(excepted)
            if doubt and not excepted:
                yield _fault(page, place, context, doubt)
    for row in rows:
        if row not in needed:
            message = "no model needs this exception. Take the row out"
            yield Fault(UNUSUAL, row.line, str(row.context), message)


def _doubt(context: int, beside: set[int], pages_with: Mapping[int, set[str]]) -> str:
    """Say what is strange about a context length, or nothing."""
    if not is_usual(context):
        return "an unusual context length"
    tenth, rest = divmod(context, 10)
    if rest == 0 and tenth in beside:
        return "ten times that of another model here"
    if rest == 0 and len(pages_with[context]) == 1 and tenth in pages_with:
        return "a context length that no other family has, and others have a tenth of it"
    return ""


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


def _fault(page: Page, place: Place, context: int, doubt: str) -> Fault:
    try:
        line = read_page(page.path).line(place)
    except FrontMatterError:
        line = 1
    shown = f"{place[0]}[{place[1]}].context" if isinstance(place[1], int) else f"{place[0]}.{place[1]}.context"
    message = (
        f"{context:,} tokens is {doubt}. Count the digits again; if the source says so, "
        f"list it in {UNUSUAL.name} with the reason"
    )
    return page.fault(line, shown, message)


def _exceptions(path: Path) -> list[Unusual]:
    """Return the listed context lengths."""
    document = read_yaml(path)
    return [
        Unusual(row["context"], tuple(row.get("families", ())), document.line((index,)))
        for index, row in enumerate(document.data or [])
    ]
