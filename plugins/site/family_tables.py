"""Render the data of family pages as tables, which a narrow screen turns into cards."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from nameplate.english import count, figure
from nameplate.render.labels import written

from ..catalog.contents import Catalog
from ..catalog.models import Family, Licence, Source, Suffix, Variant
from .fit_tables import fits
from .licences import licences
from .markup import escaped, hub_address, natural_order, question, way_up
from .page import PageAddress
from .suffixes import DOES_NOT_APPLY, THINKS, has_no_stage, only_tasks, says_in_every_name
from .table import family_finder, frame, group_title, head, row, sortable

FICTION = "This family is invented as an example. You can't download it."
# The size is the title of a group of rows. Its own column is shown once the reader has sorted the rows differently.
COLUMNS = (
    "Model", "Size", "Kind", "Context", "Longest answer", "Stored as", "Works with", "Licence", "Released", "Retired", "Source",
)  # fmt: skip
ALWAYS = ("Model", "Kind")
SAID_BY_THE_STAGE = ("base", "instruct", "reasoning")
SCALES = ((1000, "T"), (1, "B"), (0.001, "M"))
DATES: Mapping[str, str] = {
    "YYMM": "year and month, so that 2507 is July 2025",
    "MMDD": "month and day, so that 0528 is 28 May",
    "MMYY": "month and year, so that 1124 is November 2024",
    "YYMMDD": "year, month and day, so that 250728 is 28 July 2025",
}
_DATE = re.compile(r"(?<!\d)(\d{4}|\d{6})(?!\d)")


def family(
    known: Family,
    here: PageAddress,
    all_known: Mapping[str, Family] = MappingProxyType({}),
    texts: Mapping[str, Licence] = MappingProxyType({}),
) -> str:
    """Render what comes below the prose of a family's page: memory, licences, sources, and links to related pages."""
    parts = [
        fits(known, here),
        _licences(known, texts),
        _sources(known),
        _relatives(known, all_known, here),
    ]
    return "\n\n".join(part for part in parts if part)


def contents(known: Family, here: PageAddress, texts: Mapping[str, Licence]) -> str:
    """Render links to the parts of a family's page. The theme's list beside the text gives its room to the tables."""
    parts = {
        "names": ("What its names say", bool(rules(known))),
        "variants": ("Variants", True),
        "about": ("About these names", True),
        "memory": ("Memory", bool(fits(known, here))),
        "licences": ("Licences", bool(licences(known, texts))),
        f"sources-of-{known.slug}": ("Sources", True),
    }
    links = "".join(f'<li><a href="#{part}">{title}</a></li>' for part, (title, shown) in parts.items() if shown)
    return f'<nav class="site-contents" aria-label="On this page"><p>On this page</p><ul>{links}</ul></nav>'


def names_and_variants(known: Family, here: PageAddress) -> str:
    """Render what comes above the prose: the rules of the family's names, its variants, and a title for the prose."""
    parts = [
        rules(known),
        "## Variants {: #variants .site-family }",
        _variant_table(known, here),
        "## About these names {: #about }",
    ]
    return "\n\n".join(part for part in parts if part)


def _licences(known: Family, texts: Mapping[str, Licence]) -> str:
    found = licences(known, texts)
    return f"## Licences {{: #licences }}\n\n{found}" if found else ""


def _relatives(known: Family, all_known: Mapping[str, Family], here: PageAddress) -> str:
    """Return the pages of the same line, or if it has no others, those of the same maker."""
    others = [one for one in all_known.values() if one.slug != known.slug and not one.fictional]
    same = [one for one in others if one.line == known.line] or [one for one in others if one.maker == known.maker]
    up = f"{way_up(here.url)}families/"
    links = [
        f'<li><a href="{escaped(f"{up}{one.slug}/")}">{escaped(one.title)}</a></li>'
        for one in sorted(same, key=lambda one: natural_order(one.title))
    ]
    items = "".join([*links, f'<li><a href="{up}">all families</a></li>'])
    return f'<nav class="site-relatives" aria-label="Other families"><p>See also</p><ul>{items}</ul></nav>'


def variants(known: Family, here: PageAddress) -> str:
    """Render the variants of one family, and where each fact was found."""
    parts = [_fiction(known), _variant_table(known, here), _sources(known)]
    return "\n\n".join(part for part in parts if part)


def rules(known: Family) -> str:
    """Render what the names of a family mean without a suffix, and with each of its suffixes."""
    parts = []
    if known.no_suffix:
        mark = _reference(known, known.no_suffix.source)
        parts.append(
            f'<p class="site-rule"><strong>No suffix</strong> {escaped(known.no_suffix.description)} {mark}</p>'
        )
    if known.dates and any(_DATE.search(one.name) for one in known.variants):
        parts.append(f'<p class="site-rule"><strong>Dates</strong> A date in a name is {DATES[known.dates]}.</p>')
    if known.suffixes:
        rows = "".join(_suffix_row(known, suffix) for suffix in known.suffixes)
        titles = head(["Suffix", "What it means"])
        parts.append(
            frame(f"Suffixes of {known.title}", f'<table class="site-table">{titles}<tbody>{rows}</tbody></table>')
        )
    return "\n\n".join(["## What its names say {: #names }", *parts]) if parts else ""


def families(known: Mapping[str, Family], here: PageAddress) -> str:
    """Render the families that have a page, grouped by maker, with what a bare name means in each."""
    columns = ["Family", "Made by", "Without a suffix", "Sizes", "Variants"]
    ordered = sorted(known.values(), key=lambda one: (one.fictional, one.maker.casefold(), natural_order(one.title)))
    bodies = []
    for maker, pages in groupby(ordered, key=lambda one: one.maker):
        rows = [row(list(zip(columns, _overview(one), strict=True)), {"Sizes": _largest(one)}) for one in pages]
        bodies.append(f"<tbody>{group_title(maker, len(columns))}{''.join(rows)}</tbody>")
    table = f'<table class="site-table site-families">{head(columns)}{"".join(bodies)}</table>'
    finder = family_finder("site-families", "Google, embed, 8B, base …", here)
    return f"{finder}\n\n{sortable(frame('Families', table), here)}"


def _overview(known: Family) -> list[str]:
    bare = "every name says it" if known.no_suffix is None and says_in_every_name(known) else ""
    if only_tasks(known) and has_no_stage(known):
        bare = DOES_NOT_APPLY
    elif known.no_suffix:
        thinks = THINKS[known.no_suffix.reasoning] if known.no_suffix.reasoning is not None else ""
        bare = ", ".join(word for word in (known.no_suffix.stage, thinks) if word)
    return [
        f'<a href="{escaped(known.slug)}/">{escaped(known.title)}</a>',
        escaped(known.maker),
        escaped(bare),
        escaped(range_of_sizes(known)),
        str(len(known.variants)),
    ]


def _largest(known: Family) -> float | str:
    return max((one.params_b for one in known.variants if one.params_b), default="")


def counts(catalog: Catalog) -> str:
    """Render how much the site knows, in one line."""
    variants_known = sum(len(one.variants) for one in catalog.families.values())
    return (
        f"{len(catalog.terms):,} terms, {len(catalog.lines):,} product lines, "
        f"{len(catalog.families):,} families with {variants_known:,} variants"
    )


def _variant_table(known: Family, here: PageAddress) -> str:
    if not known.variants:
        return ""
    ordered = sorted(known.variants, key=lambda one: (one.params_b is None, one.params_b or 0, one.name.casefold()))
    sizes = [(size, list(rows)) for size, rows in groupby(ordered, key=_parameters)]
    columns, shared = _columns(known, here)
    bodies = []
    for size, rows in sizes:
        title = group_title(size or "Size not known", len(columns)) if len(sizes) > 1 else ""
        body = "".join(_variant_row(columns, known, one, here) for one in rows)
        bodies.append(f"<tbody>{title}{body}</tbody>")
    table = f'<table class="site-table site-variants">{head(columns)}{"".join(bodies)}</table>'
    return _shared(shared) + sortable(frame(f"Variants of {known.title}", table), here)


def _variant_row(columns: Sequence[str], known: Family, one: Variant, here: PageAddress) -> str:
    cells = [(name, _cell(name, known, one, here)) for name in columns]
    return row(cells, {"Model": one.name, "Size": one.params_b or "", "Context": one.context or ""})


def _columns(known: Family, here: PageAddress) -> tuple[list[str], dict[str, str]]:
    """Return the columns whose cells differ, and separately what is the same for every variant."""
    columns: list[str] = []
    shared: dict[str, str] = {}
    for name in COLUMNS:
        cells = {_cell(name, known, one, here) for one in known.variants}
        if name in ALWAYS or len(cells) > 1:
            columns.append(name)
        elif cells != {""}:
            shared[name] = cells.pop()
    return columns, shared


def _shared(facts: Mapping[str, str]) -> str:
    rows = "".join(f"<div><dt>{escaped(name)}</dt><dd>{html}</dd></div>" for name, html in facts.items())
    return f'<div class="site-shared"><p>The same for all of them</p><dl>{rows}</dl></div>' if rows else ""


def _cell(column: str, known: Family, one: Variant, here: PageAddress) -> str:
    match column:
        case "Model":
            return _model(known, one, here)
        case "Size":
            return escaped(_parameters(one))
        case "Kind":
            return escaped(_kind(one))
        case "Context":
            return _context(one)
        case "Longest answer":
            return written("context", one.max_output) if one.max_output else ""
        case "Stored as":
            return escaped(one.quant or one.format or "")
        case "Works with":
            return escaped(", ".join(one.modalities or known.modalities))
        case "Licence":
            return escaped(one.licence or known.licence or "")
        case "Released":
            return f"<time>{one.released.isoformat()}</time>" if one.released else ""
        case "Retired":
            return f"<time>{one.retired.isoformat()}</time>" if one.retired else ""
        case "Source":
            return "".join(_reference(known, key) for key in dict.fromkeys((one.source, *one.config)))
    raise KeyError(column)


def _context(one: Variant) -> str:
    """Return the context length, and the one after a change of settings where the maker names it."""
    if not one.context:
        return ""
    native = written("context", one.context)
    return f"{native}, extended {written('context', one.extended_context)}" if one.extended_context else native


def _model(known: Family, one: Variant, here: PageAddress) -> str:
    shown = one.name.removeprefix(f"{known.organization.hub}/")
    query = escaped(question(q=one.name))
    decode = f'<a href="{way_up(here.url)}decode/{query}"><code>{_breakable(shown)}</code></a>'
    hub = None if known.fictional else hub_address(one.name)
    name = f"{escaped(one.name)} on Hugging Face"
    page = (
        f' <a class="site-hub" href="{escaped(hub)}" title="{name}" aria-label="{name}" data-search-exclude>↗</a>'
        if hub
        else ""
    )
    note = f'<small class="site-note">{escaped(one.note)}</small>' if one.note else ""
    return decode + page + note


def _kind(one: Variant) -> str:
    words: list[str] = [one.stage or ""]
    if one.stage != "reasoning" and one.reasoning is not None:
        words.append(THINKS[one.reasoning])
    if one.task and one.task != "text":
        words.append(one.task.replace("-", " "))
    words.extend(role.replace("-", " ") for role in one.roles if role not in SAID_BY_THE_STAGE)
    return ", ".join(word for word in dict.fromkeys(words) if word)


def _parameters(one: Variant) -> str:
    parts = [f"{count(one.params_b)} parameters" if one.params_b else ""]
    if one.active_params_b:
        parts.append(f"{count(one.active_params_b)} active")
    if one.effective_params_b:
        parts.append(f"{count(one.effective_params_b)} effective")
    if one.experts:
        parts.append(f"{one.experts} experts")
    return ", ".join(part for part in parts if part)


def range_of_sizes(known: Family) -> str:
    """Return the sizes of a family in a few words, rounded; the family's page has the exact ones."""
    found = sorted({one.params_b for one in known.variants if one.params_b})
    sizes = list(dict.fromkeys(map(short_size, found)))
    return ", ".join(sizes) if len(sizes) < 4 else f"{sizes[0]} to {sizes[-1]}"


def short_size(billions: float) -> str:
    """Return a number of parameters, given in billions, with two or three digits and the letter that names use.

    >>> [short_size(size) for size in (0.0141, 0.596, 8.03, 70.6, 235.1, 405.8, 1600)]
    ['14M', '600M', '8B', '71B', '235B', '406B', '1.6T']
    """
    rounded = float(f"{billions:.3g}" if 100 <= billions < 1000 else f"{billions:.2g}")
    scale, letter = next((scale, letter) for scale, letter in SCALES if rounded >= scale or letter == "M")
    return f"{figure(rounded / scale)}{letter}"


def _suffix_row(known: Family, suffix: Suffix) -> str:
    means = f"{escaped(suffix.means)} {_reference(known, suffix.source)}"
    return row([("Suffix", f"<code>{escaped(suffix.suffix)}</code>"), ("What it means", means)])


def _reference(known: Family, key: str) -> str:
    number = list(known.sources).index(key) + 1
    title = escaped(known.sources[key].title)
    return f'<a class="site-reference" href="#source-{escaped(known.slug)}-{number}" title="{title}">[{number}]</a>'


def _sources(known: Family) -> str:
    items = "".join(_source(known, number, source) for number, source in enumerate(known.sources.values(), start=1))
    return f'<div class="site-sources" id="sources-of-{escaped(known.slug)}"><p>Sources</p><ol>{items}</ol></div>'


def _source(known: Family, number: int, source: Source) -> str:
    return (
        f'<li id="source-{escaped(known.slug)}-{number}"><a href="{escaped(source.url)}">{escaped(source.title)}</a>, '
        f"checked <time>{source.checked.isoformat()}</time></li>"
    )


def _fiction(known: Family) -> str:
    return f'<p class="site-fiction">{FICTION}</p>' if known.fictional else ""


def _breakable(name: str) -> str:
    """Return a name that a line may break at the slash only: elsewhere a break would look like a hyphen of the name."""
    return "/<wbr>".join(escaped(part) for part in name.split("/"))
