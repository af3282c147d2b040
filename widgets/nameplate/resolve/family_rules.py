"""What is known of a family beyond the text of a name: rules from the families' data, and facts about single models."""

from __future__ import annotations

import functools
from typing import NamedTuple

from ..notation import ORDERS, put_in_order
from ..reading import FamilyKnowledge
from ..recent import kept_for_each
from ..vocabulary.lookup import Vocabulary


class Rule(NamedTuple):
    """The rules of one family page.

    `plain` is what a name without a stage word means, `closed` that only the maker has the weights, `sizes_are_active` that
    a size in a name counts the parameters used for each token.
    """

    slug: str
    title: str
    line: str
    generations: tuple[str, ...]
    editions: tuple[str | None, ...]
    dates: str | None
    modalities: tuple[str, ...]
    plain: tuple[str | None, bool | str | None, str | None, str, str | None, str | None] | None
    suffixes: tuple[tuple[str, str | None, bool | str | None, str | None], ...]
    closed: bool
    sizes_are_active: bool


@kept_for_each(2_048)
def rule_for(vocabulary: Vocabulary, line: str | None, generation: str | None, edition: str | None) -> Rule | None:
    """The family page that speaks of this line, generation and edition most closely."""
    rules = [Rule(*row) for row in vocabulary.families.get(line or "", ())]
    fitting = [
        rule
        for rule in rules
        if not rule.generations or bare_generation(generation) in map(bare_generation, rule.generations)
    ]
    for spoken_of in dict.fromkeys((edition, *edition_words(edition))):
        best = [rule for rule in fitting if spoken_of in rule.editions]
        if best:
            return max(best, key=lambda rule: bool(rule.generations))
    return None


def edition_words(edition: str | None) -> tuple[str, ...]:
    """Return the words of an edition, the last one first, since it says which of several it is.

    >>> edition_words("Coder-Next"), edition_words(None)
    (('Next', 'Coder'), ())
    """
    return tuple(reversed(edition.split("-"))) if edition else ()


def bare_generation(generation: str | None) -> str:
    """Generations compare without a leading v and without trailing zeros: `3.0` is `3`."""
    bare = (generation or "").lower().lstrip("v")
    return bare.removesuffix(".0")


def order_date(digits: str, order: str | None) -> tuple[str, bool]:
    """The date in `digits`, and whether the family's own order could be used.

    >>> order_date("0425", "MMYY"), order_date("2507", None)
    (('2025-04', True), ('2025-07', False))
    """
    if order is not None:
        ordered = put_in_order(digits, order)
        if ordered is not None:
            return ordered, True
    for guess in ORDERS.get(len(digits), ()):
        ordered = put_in_order(digits, guess)
        if ordered is not None:
            return ordered, False
    return digits, False


def knowledge(rule: Rule, applied: bool) -> FamilyKnowledge:
    """What to show of a family apart from what the name says."""
    says = (rule.plain[3],) if rule.plain and applied else ()
    source, checked = (rule.plain[4], rule.plain[5]) if rule.plain else (None, None)
    return _knowledge(rule.title, rule.slug, says, source, checked)


@functools.lru_cache(maxsize=512)
def _knowledge(
    title: str, page: str, says: tuple[str, ...], source: str | None, checked: str | None
) -> FamilyKnowledge:
    """Make the knowledge of a family once, for all readings."""
    return FamilyKnowledge(title, page, says, source, checked)


def variants(vocabulary: Vocabulary, page: str, most: int = 40) -> list[str]:
    """The names of a family's variants as its page lists them, at most so many; `page` is the slug of the page."""
    return [vocabulary.catalogue[key][0] for key in vocabulary.catalogued_on.get(page, ())[:most]]


def line_of(vocabulary: Vocabulary, page: str) -> str | None:
    """The line of which a family's page speaks."""
    return next((line for line, rows in vocabulary.families.items() if any(row[0] == page for row in rows)), None)
