"""Render the card that a family's page begins with: what most readers come for, out of the family's data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from nameplate.render.labels import day, written

from ..catalog.models import Family, Licence, Variant
from .family_tables import range_of_sizes
from .markup import escaped, question, way_up
from .page import PageAddress

LATEST = 3  # members
MOST_LICENCES = 3  # that are named; with more, the table of the variants has them


def card(known: Family, here: PageAddress, texts: Mapping[str, Licence] = MappingProxyType({})) -> str:
    """Return what is known of a family in a few rows; what isn't known has no row."""
    rows = "".join(f"<div><dt>{title}</dt><dd>{html}</dd></div>" for title, html in _rows(known, here, texts) if html)
    return f'<div class="site-card"><dl>{rows}</dl></div>'


def _rows(known: Family, here: PageAddress, texts: Mapping[str, Licence]) -> Iterator[tuple[str, str]]:
    yield "Made by", escaped(known.maker)
    yield "Sizes", escaped(range_of_sizes(known))
    yield "Context", _contexts([one.context for one in known.variants if one.context])
    yield "Licence", _licences(known, texts)
    yield "No suffix", escaped(known.no_suffix.description) if known.no_suffix else ""
    yield "Latest", ", ".join(_member(one, known, here) for one in _latest(known.variants))


def _contexts(found: Sequence[int]) -> str:
    """Return context lengths, given in tokens, as a range.

    >>> _contexts([32768]), _contexts([131072, 32768, 40960]), _contexts([])
    ('32,768 tokens', '32,768 to 131,072 tokens', '')
    """
    if not found:
        return ""
    longest = written("context", max(found))
    return longest if len(set(found)) == 1 else f"{min(found):,} to {longest}"


def _licences(known: Family, texts: Mapping[str, Licence]) -> str:
    tags = list(dict.fromkeys(tag for one in known.variants if (tag := one.licence or known.licence)))
    if len(tags) > MOST_LICENCES:
        return f'{len(tags)} licences: see the <a href="#variants">variants</a>'
    return ", ".join(escaped(texts[tag].name if tag in texts else tag) for tag in tags)


def _latest(variants: Sequence[Variant]) -> list[Variant]:
    """Return the newest models whose release day is known. Copies of a model in other formats aren't models of their own."""
    dated = [(one.released, one) for one in variants if one.released and not one.original and not one.retired]
    return [one for _, one in sorted(dated, key=lambda pair: pair[0], reverse=True)[:LATEST]]


def _member(one: Variant, known: Family, here: PageAddress) -> str:
    shown = escaped(one.name.removeprefix(f"{known.organization.hub}/"))
    link = f'<a href="{way_up(here.url)}decode/{escaped(question(q=one.name))}"><code>{shown}</code></a>'
    return f"{link} ({day(one.released.isoformat())})" if one.released else link
