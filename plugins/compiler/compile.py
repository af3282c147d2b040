"""Turn the checked data files into the modules of literals that the package loads: one for decoding, others for the rest.

Python keeps literals of tuples as constants in its bytecode, and nothing loads faster. The tables are laid out here the
way the decoder uses them, so that it has nothing to prepare when it starts. The modules are written when the wheel is
built and, in a checkout, whenever a data file or the compiler has changed; they are never committed. What only memory/ or picker/ needs
is in modules of its own, which reading a name doesn't load.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from nameplate.demos import pair_merges
from nameplate.lattice.search import NameReader

from ..catalog.contents import Catalog
from ..catalog.inheritance import PROPRIETARY
from ..catalog.loader import load
from ..catalog.models import Family, Line, Variant, Words
from ..catalog.sentences import unmarked
from ..catalog.sources import TEXTS, VECTORS
from . import differences as compile_differences
from . import machines as compile_machines
from . import memory as compile_memory
from . import pastes as compile_pastes
from . import picking as compile_picking
from . import sample_text
from . import vectors as compile_vectors
from .constants import Row, Table, Tables
from .identities import CataloguedName, identities, read_names, reader_of
from .library import library
from .stated import stated
from .wordlist import Wordlist

HEADER = '"""Made from the data files by plugins/compiler/compile.py. Do not edit: change the data."""\n\n'
LARGE = 50  # entries
QUANTIZATION = "quantization"  # the group of the glossary


def write(folder: Path) -> None:
    """Write the compiled modules into a folder. Raises CatalogError if the data have faults.

    A module that says the same as before isn't touched, so that its bytecode stays.
    """
    catalog = load()
    for name, parts in PARTS.items():
        target = folder / name
        before = target.read_text(encoding="utf-8") if target.exists() else ""
        text = _kept(name, before) or _module({**_made_from(name), **parts(catalog)})
        mark = hashlib.sha256(text.encode()).hexdigest()
        written = f"{HEADER}{_module({'FINGERPRINT': mark})}{text}"
        if written != before:  # at once: another process may be loading it
            draft = folder / f".{name}.{os.getpid()}"
            draft.write_text(written, encoding="utf-8")
            draft.replace(target)


def _module(parts: Tables) -> str:
    return "".join(f"{name} = {_literal(value)}\n" for name, value in parts.items())


def _kept(name: str, before: str) -> str:
    """Return what a module that was made from the same files says below its fingerprint, or nothing."""
    mark = _module(_made_from(name))
    return mark + before.partition(mark)[2] if mark and mark in before else ""


def _made_from(name: str) -> Tables:
    """Return a digest of the files that a module is made from, if those are all that it is made from."""
    if name not in MADE_OF:
        return {}
    digest = hashlib.sha256()
    for path in (Path(__file__), *MADE_OF[name]):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return {"MADE_FROM": digest.hexdigest()[:16]}


def decoding(catalog: Catalog) -> Tables:
    """Return the constants that the decoder loads."""
    reading = _reading(catalog)
    return {
        **reading.tables,
        **identities(reading.names),
        **library(reading.reader, catalog.library.values()),
    }


def picking(catalog: Catalog) -> Tables:
    """Return the constants that the picker loads."""
    return {
        **compile_picking.parts(catalog),
        "ROLES": {one.key: one.roles for one in _reading(catalog).names if one.roles},
    }


def memory(catalog: Catalog) -> Tables:
    """Return the constants that sizes are found with."""
    reader = _reading(catalog).reader
    return {**compile_memory.parts(catalog), **stated(reader, compile_memory.known_names(catalog))}


class _Reading(NamedTuple):
    """The tables that names are read with, and what they make of the names of all catalogued models."""

    tables: Tables
    reader: NameReader
    names: tuple[CataloguedName, ...]


_last: list[_Reading] = []  # what was read before, if anything


@functools.lru_cache(maxsize=1)
def _reading(catalog: Catalog) -> _Reading:
    tables = {**_words(catalog), **_platforms(catalog), **_families(catalog)}
    if _last and _last[-1].tables == tables:  # other data have changed while the site is served
        return _last[-1]
    reader = reader_of(tables)
    _last[:] = [_Reading(tables, reader, tuple(read_names(reader, tables)))]
    return _last[-1]


def _literal(value: Table) -> str:
    """Return the source of a value. A large dictionary is zipped from two constants, which takes half the bytecode."""
    if isinstance(value, dict) and len(value) > LARGE:
        return f"dict(zip({tuple(value)!r}, {tuple(value.values())!r}))"
    return repr(value)


def _words(catalog: Catalog) -> Tables:
    """Return the tables in which the decoder looks words up; see wordlist.py."""
    words = Wordlist(catalog.terms.values(), catalog.lines.values())
    return {
        "CONDITIONS": words.conditions.all(),
        "ASKED_FOR": words.asked_for(),
        "TELLING_PLATFORMS": tuple(sorted(words.platforms)),
        "MEANINGS": words.meanings.all(),
        "WORDS": words.packed(),
        "INSIDE": {word: tuple(numbers) for word, numbers in words.inside.items()},
        "GENERATION_LETTERS": {letter: tuple(lines) for letter, lines in words.generation_letters.items()},
        "SIGNERS": tuple(sorted(words.signers)),
        "ABBREVIATIONS": words.abbreviations,
        "LANGUAGE_CODES": tuple(line.line for line in catalog.lines.values() if line.language_codes),
        "OWNERS": tuple(sorted(name for name in _organizations(catalog) if not words.names_line(name))),
        "TERMS": {slug: (term.term, unmarked(term.definition)) for slug, term in catalog.terms.items()},
        "NOTATIONS": {
            str(name): (term.slug, term.description) for term in catalog.terms.values() for name in term.notations
        },
        "EXCLUDED_ROLES": {
            str(row.value): term.excluded_roles
            for term in catalog.terms.values()
            for row in term.names
            if term.excluded_roles and row.field == "task"
        },
        "BITS_PER_WEIGHT": {
            str(row.value if row.value is not None else row.words[0]): (row.bpw, term.slug)
            for term in catalog.terms.values()
            for row in term.names
            if row.bpw is not None
        },
        "KEEPS_TRAINING": tuple(sorted(_keeps_training(catalog))),
        "SHRINKING": tuple(
            sorted({str(row.value) for term in catalog.terms.values() for row in term.names if row.shrinks})
        ),
        "SPEEDS": tuple(
            sorted(
                {
                    ("word", str(row.value).lower())
                    for term in catalog.terms.values()
                    for row in term.names
                    if row.serves_faster
                }
            )
        ),
        "REPACKAGING": tuple(sorted(_repackaging(catalog))),
        "PUBLISHERS": {
            publisher.lower(): _all_that_it_sets(row)
            for term in catalog.terms.values()
            for row in term.names
            for publisher in row.publishers
        },
    }


def _keeps_training(catalog: Catalog) -> set[tuple[str, str]]:
    """What may be said of the lineage of a model that was not trained further: how it was quantized, cut or repacked.

    A method of training counts unless its word says otherwise; a modification counts only if its word says so.
    """
    usual = {"lineage.method": True, "lineage.modifications": False}
    return {
        (row.field, str(row.value if row.value is not None else row.words[0]))
        for term in catalog.terms.values()
        for row in term.names
        if row.field in usual and not (usual[row.field] if row.retrains is None else row.retrains)
    }


def _repackaging(catalog: Catalog) -> set[tuple[str, str]]:
    """Return what the lineage of a model may say whose weights were only stored in another way."""
    kept = _keeps_training(catalog)
    return {
        (row.field, str(row.value))
        for term in catalog.terms.values()
        for row in term.names
        if term.group == QUANTIZATION and (row.field, str(row.value)) in kept
    }


def _organizations(catalog: Catalog) -> set[str]:
    """Return the accounts that publish their own models and the vendors that platforms name, in lower case."""
    publishers = {publisher.lower() for line in catalog.lines.values() for publisher in line.publishers}
    return publishers | {vendor for platform in catalog.platforms.values() for vendor in platform.vendors}


def _all_that_it_sets(row: Words) -> Row:
    """Return what is true of every repository of an organization that publishes only one kind."""
    return ((row.field, row.value), *row.sets.items())


def _platforms(catalog: Catalog) -> Tables:
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
        "JOINING": tuple(account for p in platforms for account in p.joining),
        "REPACKAGERS": tuple(account for p in platforms for account in p.repackagers),
        "PROGRAMS": tuple(sorted(compile_pastes.parts(catalog)["PROGRAMS"])),
        "HUB_ACCOUNTS": tuple(prefix.lower() for p in platforms if p.hub_account for prefix in p.prefixes),
        "TUNING_PLATFORMS": tuple(p.platform for p in platforms if p.tunes),
        "PATHS": tuple(p.platform for p in platforms if p.path),
    }


def _families(catalog: Catalog) -> Tables:
    families: dict[str, Row] = {}
    for family in catalog.families.values():
        families[family.line] = (*families.get(family.line, ()), _family(family, _editions(family, catalog)))
    foundations = {line.based_on for line in catalog.lines.values()}
    published = {family.line for family in catalog.families.values() if family.licence != PROPRIETARY}
    closed = {line for line in families if line not in published}
    return {
        "LINES": {
            name: _line(line, foundations, line.closed or name in closed) for name, line in catalog.lines.items()
        },
        "FILE_NAMES": tuple((line.file_names, name) for name, line in catalog.lines.items() if line.file_names),
        "FAMILIES": families,
        "CATALOGUE": _by_name(catalog.families.values()),
        # The key of a copy in CATALOGUE, and the full name of the model that it is an unchanged copy of.
        "ORIGINALS": {
            _own_name(variant): variant.original
            for family in catalog.families.values()
            for variant in family.variants
            if variant.original is not None
        },
    }


def _by_name(families: Iterable[Family]) -> dict[str, Row]:
    """Return every variant by its own name without the publisher, and by the other names that its maker serves it under."""
    aliases: dict[str, Row] = {}
    named: dict[str, Row] = {}
    for family in families:
        for variant in family.variants:
            row = named[_own_name(variant)] = _variant(family, variant)
            aliases |= {alias.casefold(): row for alias in variant.aliases}
            for alias, day in (variant.aliases_released or {}).items():
                aliases[alias.casefold()] = _variant(family, variant.model_copy(update={"released": day}))
    return {**aliases, **named}


def _own_name(variant: Variant) -> str:
    return variant.name.casefold().rpartition("/")[2]


def _line(line: Line, foundations: set[str | None], closed: bool) -> Row:
    """Return the row of a line. It is a foundation if others start from it and it starts from no other."""
    foundation = line.line in foundations and line.based_on is None
    return (
        line.line, line.publishers, line.task, line.roles, line.based_on, foundation, line.sizes_in_words, line.version_is_generation,
        closed, line.dates, line.maker, tuple(item.edition for item in line.editions if item.own_numbers),
    )  # fmt: skip


def _editions(family: Family, catalog: Catalog) -> tuple[str | None, ...]:
    """Return the editions that a page describes.

    These are the ones that it lists; otherwise the plain line and the editions of its variants that no other page lists.
    """
    if family.editions:
        return family.editions
    elsewhere = {edition for page in catalog.families.values() if page.line == family.line for edition in page.editions}
    named = {variant.edition for variant in family.variants if variant.edition is not None}
    return (None, *sorted(named - elsewhere))


def _family(family: Family, editions: tuple[str | None, ...]) -> Row:
    plain = family.no_suffix
    checked = family.sources[plain.source].checked.isoformat() if plain else None
    url = family.sources[plain.source].url if plain else None
    return (
        family.slug, family.title, family.line, family.generations, editions, family.dates, family.modalities,
        (plain.stage, plain.reasoning, plain.task, plain.description, url, checked) if plain else None,
        tuple((s.suffix, s.stage, s.reasoning, s.task) for s in family.suffixes), family.licence == PROPRIETARY, family.sizes_are_active,
    )  # fmt: skip


def _variant(family: Family, variant: Variant) -> Row:
    """Return the row of a variant: its facts, when they were checked, and which of them its page says of all variants."""
    facts = {
        "alias": variant.alias, "stage": variant.stage, "reasoning": variant.reasoning, "task": variant.task, "params_b": variant.params_b,
        "active_params_b": variant.active_params_b, "effective_params_b": variant.effective_params_b, "experts": variant.experts,
        "context": variant.context, "max_output": variant.max_output, "released": variant.released.isoformat() if variant.released else None,
        "modalities": variant.modalities or family.modalities or None, "open_weights": _open_weights(family, variant),
    }  # fmt: skip
    known = tuple((key, value) for key, value in facts.items() if value is not None)
    of_page = () if variant.modalities else ("modalities",)
    return (variant.name, family.slug, known, family.sources[variant.source].checked.isoformat(), of_page)


def _open_weights(family: Family, variant: Variant) -> bool | None:
    """Return whether anybody can have the weights, which a licence or a place on a hub shows."""
    licence = variant.licence or family.licence
    if licence == PROPRIETARY:
        return False
    return True if licence or "/" in variant.name else None


PARTS = {
    "_compiled.py": decoding,
    "_compiled_differences.py": compile_differences.parts,
    "_compiled_machines.py": compile_machines.parts,
    "_compiled_memory.py": memory,
    "_compiled_pastes.py": compile_pastes.parts,
    "_compiled_picking.py": picking,
    "_compiled_texts.py": sample_text.parts,
    "_compiled_vectors.py": compile_vectors.parts,
}

# What takes long and is made from these files alone, so that other changes needn't wait for it.
MADE_OF = {
    "_compiled_texts.py": (TEXTS / "moby-dick.txt", Path(sample_text.__file__), Path(pair_merges.__file__)),
    "_compiled_vectors.py": (VECTORS / "glove.txt", Path(compile_vectors.__file__)),
}
