"""Turns the checked data files into the one module of literals that the decoder loads.

Python keeps literals of tuples as constants in its bytecode: nothing loads faster. The module is made when
the wheel is built (and, in a checkout, whenever a data file is newer); it is never committed.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from .catalog import Catalog, load
from .schema import Family, Line, Term, Variant, When, Words

HEADER = '"""Made from the data files by plugins/compile.py. Do not edit: change the data."""\n\n'


def write(target: Path, mark: str = "") -> None:
    """Write the compiled module. Raises CatalogError where the data has faults."""
    text = module(load(), mark)
    target.write_text(text, encoding="utf-8")


def module(catalog: Catalog, mark: str = "") -> str:
    """The compiled module's source."""
    foundations = {line.based_on for line in catalog.lines.values()}
    parts = {
        "FINGERPRINT": mark,
        "WORDS": tuple(_words(term, row) for term in catalog.terms.values() for row in term.names),
        "TERMS": {slug: (term.term, term.definition) for slug, term in catalog.terms.items()},
        "NOTATIONS": {name: (term.slug, term.says) for term in catalog.terms.values() for name in term.notations},
        "LINES": tuple(_line(line, foundations) for line in catalog.lines.values()),
        "PLATFORMS": tuple(
            (p.platform, p.name, p.prefixes, p.hosts, p.page, p.vendors, p.tags, p.path, p.schemes)
            for p in catalog.platforms.values()
        ),
        "PUBLISHERS": {
            publisher.lower(): _all_that_it_sets(row)
            for term in catalog.terms.values()
            for row in term.names
            for publisher in row.publishers
        },
        "FAMILIES": tuple(_family(family, _editions(family, catalog)) for family in catalog.families.values()),
        "CATALOGUE": tuple(
            _variant(family, variant) for family in catalog.families.values() for variant in family.variants
        ),
    }
    return HEADER + "".join(f"{name} = {value!r}\n" for name, value in parts.items())


def _words(term: Term, row: Words) -> tuple[Any, ...]:
    value = _frozen(row.value) if row.value is not None else row.words[0]
    return (
        row.words, row.field, value, row.roles, tuple((key, _frozen(item)) for key, item in row.sets.items()),
        term.slug, row.says, row.chance, tuple(map(_when, row.when)), row.inside, row.case == "exact",
    )  # fmt: skip


def _all_that_it_sets(row: Words) -> tuple[tuple[str, Any], ...]:
    """What holds of every repository of an organization that publishes one kind only."""
    return ((row.field, _frozen(row.value)), *((key, _frozen(item)) for key, item in row.sets.items()))


def _when(when: When) -> tuple[Any, ...]:
    return (
        when.after, when.before, when.seen, when.unseen, when.lines, when.line_tasks, when.glued, when.first, when.chance, when.why,
    )  # fmt: skip


def _line(line: Line, foundations: set[str | None]) -> tuple[Any, ...]:
    """A line is a foundation if others start from it and it starts from none itself."""
    editions = tuple((e.edition, e.words, e.roles, e.task, e.stage, e.reasoning) for e in line.editions)
    return (
        line.line, line.words, line.maker, line.publishers, line.task, line.roles, line.based_on, line.risky,
        line.line in foundations and line.based_on is None, tuple((short.words, short.edition) for short in line.short), line.sizes_in_words, line.generations, line.version_is_generation, line.dates, editions,
    )  # fmt: skip


def _editions(family: Family, catalog: Catalog) -> tuple[str | None, ...]:
    """The editions that a page speaks for.

    Those that it lists; otherwise the plain line and those that its variants name, unless another page lists them.
    """
    if family.editions:
        return family.editions
    elsewhere = {edition for page in catalog.families.values() if page.line == family.line for edition in page.editions}
    named = {variant.edition for variant in family.variants if variant.edition is not None}
    return (None, *sorted(named - elsewhere))


def _family(family: Family, editions: tuple[str | None, ...]) -> tuple[Any, ...]:
    plain = family.no_suffix
    checked = family.sources[plain.source].checked.isoformat() if plain else None
    url = family.sources[plain.source].url if plain else None
    return (
        family.slug, family.title, family.line, family.generations, editions, family.dates, family.modalities,
        (plain.stage, plain.reasoning, plain.task, plain.says, url, checked) if plain else None,
        tuple((s.suffix, s.stage, s.reasoning, s.task) for s in family.suffixes),
    )  # fmt: skip


def _variant(family: Family, variant: Variant) -> tuple[Any, ...]:
    facts = {
        "stage": variant.stage, "reasoning": variant.reasoning, "task": variant.task, "params_b": variant.params_b,
        "active_params_b": variant.active_params_b, "effective_params_b": variant.effective_params_b, "experts": variant.experts,
        "context": variant.context, "released": variant.released, "modalities": variant.modalities or family.modalities or None,
    }  # fmt: skip
    known = tuple((key, _frozen(value)) for key, value in facts.items() if value is not None)
    return (variant.name, family.slug, known, family.sources[variant.source].checked.isoformat())


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value
