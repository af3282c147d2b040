"""Turns the checked data files into the modules of literals that the package loads: one for decoding, others for the rest.

Python keeps literals of tuples as constants in its bytecode: nothing loads faster. All is laid out here as the decoder
asks for it, so that nothing has to be made ready when it starts. The modules are made when the wheel is built (and, in a
checkout, whenever a data file is newer); they are never committed. What only memory/ or only picker/ needs stands in
modules of their own, which nobody loads who only reads names.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..catalog.contents import Catalog
from ..catalog.inheritance import PROPRIETARY
from ..catalog.loader import load
from ..catalog.models import Family, Line, Variant, Words
from ..catalog.sentences import unmarked
from . import memory as compile_memory
from . import pastes as compile_pastes
from . import picker as compile_picking
from .identities import identities
from .wordlist import Wordlist, plain

HEADER = '"""Made from the data files by plugins/compiler/compile.py. Do not edit: change the data."""\n\n'
LARGE = 50  # entries


def write(folder: Path, mark: str = "") -> None:
    """Write the compiled modules into a folder. Raises CatalogError where the data has faults.

    The module for decoding comes last: it carries the mark that says that all are there.
    """
    catalog = load()
    for name, parts in reversed(PARTS.items()):
        (folder / name).write_text(_module({"FINGERPRINT": mark, **parts(catalog)}), encoding="utf-8")


def _module(parts: dict[str, Any]) -> str:
    return HEADER + "".join(f"{name} = {_literal(value)}\n" for name, value in parts.items())


def decoding(catalog: Catalog) -> dict[str, Any]:
    """The constants that the decoder loads."""
    tables = {**_words(catalog), **_platforms(catalog), **_families(catalog)}
    return {**tables, **identities(tables)}


def _literal(value: Any) -> str:
    """The source of a value. A large dictionary is zipped from two constants: half the size of one put together."""
    if isinstance(value, dict) and len(value) > LARGE:
        return f"dict(zip({tuple(value)!r}, {tuple(value.values())!r}))"
    return repr(value)


def _words(catalog: Catalog) -> dict[str, Any]:
    """What the decoder looks words up in; see wordlist.py."""
    words = Wordlist(catalog.terms.values(), catalog.lines.values())
    return {
        "WHENS": words.whens.all(),
        "ASKED_FOR": words.asked_for(),
        "MEANINGS": words.meanings.all(),
        "WORDS": words.packed(),
        "INSIDE": {word: tuple(numbers) for word, numbers in words.inside.items()},
        "GENERATION_LETTERS": {letter: tuple(lines) for letter, lines in words.generation_letters.items()},
        "LANGUAGE_CODES": tuple(line.line for line in catalog.lines.values() if line.language_codes),
        "OWNERS": tuple(sorted(name for name in _organizations(catalog) if not words.names_line(name))),
        "TERMS": {slug: (term.term, unmarked(term.definition)) for slug, term in catalog.terms.items()},
        "NOTATIONS": {
            name: (term.slug, term.description) for term in catalog.terms.values() for name in term.notations
        },
        "EXCLUDED_ROLES": {
            row.value: term.excluded_roles
            for term in catalog.terms.values()
            for row in term.names
            if term.excluded_roles and row.field == "task"
        },
        "KEEPS_TRAINING": tuple(_keeps_training(catalog)),
        "PUBLISHERS": {
            publisher.lower(): _all_that_it_sets(row)
            for term in catalog.terms.values()
            for row in term.names
            for publisher in row.publishers
        },
    }


def _keeps_training(catalog: Catalog) -> set[tuple[str, str]]:
    """What may be said of the lineage of a model that was not trained further: how it was quantized, cut or repacked.

    A method of training is one unless its word says otherwise; a modification is none unless its word says so.
    """
    usual = {"lineage.method": True, "lineage.modifications": False}
    return {
        (row.field, str(row.value if row.value is not None else row.words[0]))
        for term in catalog.terms.values()
        for row in term.names
        if row.field in usual and not (usual[row.field] if row.retrains is None else row.retrains)
    }


def _organizations(catalog: Catalog) -> set[str]:
    """Who publishes models of their own, and who makes models for platforms that say so, in lower case."""
    publishers = {publisher.lower() for line in catalog.lines.values() for publisher in line.publishers}
    return publishers | {vendor for platform in catalog.platforms.values() for vendor in platform.vendors}


def _all_that_it_sets(row: Words) -> tuple[tuple[str, Any], ...]:
    """What holds of every repository of an organization that publishes one kind only."""
    return ((row.field, plain(row.value)), *((key, plain(item)) for key, item in row.sets.items()))


def _platforms(catalog: Catalog) -> dict[str, Any]:
    platforms = catalog.platforms.values()
    return {
        "PLATFORM_NAMES": {p.platform: p.name for p in platforms},
        "PAGES": {p.platform: p.page for p in platforms if p.page},
        "PREFIXES": {prefix.lower(): p.platform for p in platforms for prefix in p.prefixes},
        "HOSTS": {host: p.platform for p in platforms for host in p.hosts},
        "SCHEMES": {scheme: p.platform for p in platforms for scheme in p.schemes},
        "ACCOUNTS": {account: p.platform for p in platforms for account in p.accounts},
        "JOINED": {word: p.platform for p in platforms for word in p.joins},
        "AREAS": tuple(area for p in platforms for area in p.areas),
        "VENDORS": tuple(vendor for p in platforms for vendor in p.vendors),
        "ROUTER_TAGS": tuple(tag for p in platforms for tag in p.tags),
        "PATHS": tuple(p.platform for p in platforms if p.path),
    }


def _families(catalog: Catalog) -> dict[str, Any]:
    families: dict[str, tuple[Any, ...]] = {}
    for family in catalog.families.values():
        families[family.line] = (*families.get(family.line, ()), _family(family, _editions(family, catalog)))
    variants = [_variant(family, variant) for family in catalog.families.values() for variant in family.variants]
    foundations = {line.based_on for line in catalog.lines.values()}
    return {
        "LINES": {name: _line(line, foundations) for name, line in catalog.lines.items()},
        "FAMILIES": families,
        "CATALOGUE": _by_name(variants),
        # The key of a copy in CATALOGUE, and the full name of the model that it is an unchanged copy of.
        "ORIGINALS": {
            variant.name.casefold().rsplit("/", 1)[-1]: variant.original
            for family in catalog.families.values()
            for variant in family.variants
            if variant.original is not None
        },
    }


def _by_name(variants: list[tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    """Every variant by its own name without the publisher, and by the other names that its maker serves it under."""
    aliases = {alias.casefold(): row for *row, names in variants for alias in names}
    named = {row[0].casefold().rsplit("/", 1)[-1]: row for *row, _ in variants}
    return {name: tuple(row) for name, row in {**aliases, **named}.items()}


def _line(line: Line, foundations: set[str | None]) -> tuple[Any, ...]:
    """A line is a foundation if others start from it and it starts from none itself."""
    foundation = line.line in foundations and line.based_on is None
    return (
        line.line, line.publishers, line.task, line.roles, line.based_on, foundation, line.sizes_in_words, line.version_is_generation,
        line.dates, line.maker,
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
        (plain.stage, plain.reasoning, plain.task, plain.description, url, checked) if plain else None,
        tuple((s.suffix, s.stage, s.reasoning, s.task) for s in family.suffixes), family.licence == PROPRIETARY, family.sizes_are_active,
    )  # fmt: skip


def _variant(family: Family, variant: Variant) -> tuple[Any, ...]:
    facts = {
        "stage": variant.stage, "reasoning": variant.reasoning, "task": variant.task, "params_b": variant.params_b,
        "active_params_b": variant.active_params_b, "effective_params_b": variant.effective_params_b, "experts": variant.experts,
        "context": variant.context, "max_output": variant.max_output, "released": variant.released,
        "modalities": variant.modalities or family.modalities or None, "open_weights": _open_weights(family, variant),
    }  # fmt: skip
    known = tuple((key, plain(value)) for key, value in facts.items() if value is not None)
    return (variant.name, family.slug, known, family.sources[variant.source].checked.isoformat(), variant.aliases)


def _open_weights(family: Family, variant: Variant) -> bool | None:
    """Whether anybody can have the weights: a licence says so, or a place on a hub."""
    licence = variant.licence or family.licence
    if licence == PROPRIETARY:
        return False
    return True if licence or "/" in variant.name else None


PARTS = {
    "_compiled.py": decoding,
    "_compiled_memory.py": compile_memory.parts,
    "_compiled_pastes.py": compile_pastes.parts,
    "_compiled_picking.py": compile_picking.parts,
}
