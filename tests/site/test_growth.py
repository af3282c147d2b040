"""What the browser loads holds what decoding and explaining need: prose, examples and sources do not make it larger."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from plugins.catalog.contents import Catalog
from plugins.catalog.loader import load
from plugins.catalog.models import Confusion, Family, Source, Term
from plugins.compiler import memory as compile_memory
from plugins.compiler import picking as compile_picking
from plugins.compiler.compile import decoding

LONG = "A long story about this, which nobody who only reads a name needs. " * 50
MORE = Source.model_validate({"title": LONG, "url": "https://example.org/long", "checked": "2026-11-25"})


def longer_term(term: Term) -> Term:
    """The same entry with more of everything that only the glossary shows."""
    return term.model_copy(
        update={
            "text": term.text + LONG,
            "seen_in": (*term.seen_in, "example/Otter-2-8B"),
            "confused_with": (*term.confused_with, Confusion(term="token", why=LONG)),
            "sources": (*term.sources, MORE),
        }
    )


def longer_family(family: Family) -> Family:
    """The same page with more of everything that only readers of the page see."""
    return family.model_copy(
        update={
            "text": family.text + LONG,
            "description": LONG,
            "sources": {**family.sources, "another": MORE},
            "suffixes": tuple(one.model_copy(update={"means": one.means + LONG}) for one in family.suffixes),
            "variants": tuple(one.model_copy(update={"note": LONG}) for one in family.variants),
        }
    )


def with_longer(catalog: Catalog) -> Catalog:
    return dataclasses.replace(
        catalog,
        terms={slug: longer_term(term) for slug, term in catalog.terms.items()},
        families={slug: longer_family(family) for slug, family in catalog.families.items()},
    )


@pytest.mark.parametrize(
    "compiled", [decoding, compile_memory.parts, compile_picking.parts], ids=["decoding", "memory", "picking"]
)
def test_prose_is_not_compiled_for_the_browser(compiled: Callable[[Catalog], object]) -> None:
    assert repr(compiled(with_longer(load()))) == repr(compiled(load()))


@pytest.mark.parametrize(
    "change",
    [
        lambda term: term.model_copy(update={"definition": LONG}),
        lambda term: term.model_copy(update={"term": LONG}),
    ],
    ids=["definition", "name"],
)
def test_what_the_decoder_says_is_compiled(change: Callable[[Term], Term]) -> None:
    catalog = load()
    terms = {**catalog.terms, "gguf": change(catalog.terms["gguf"])}
    assert decoding(dataclasses.replace(catalog, terms=terms)) != decoding(catalog)
