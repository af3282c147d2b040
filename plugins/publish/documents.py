"""Define what the site publishes as JSON under api/v1/, and fill it with the data. Nothing is read or written here.

The addresses and what they hold are frozen. Keys may be added, so the schemas admit others; removing one or changing its type
needs a v2. What depends on when and where the site is built, stamp.py fills in when it's finished.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from nameplate.reading import Modality

from ..catalog import models
from ..catalog.contents import Catalog
from ..catalog.data_schemas import DIALECT
from ..catalog.models import Confusion, Family, Likelihood, Organization, Platform, Source, Strict, Term, Variant
from ..catalog.text_types import Text
from ..site.glossary import SUBJECTS, spellings
from ..site.markup import natural_order
from ..site.usage import Use
from .reading_schema import compare_schema, decode_schema, fit_schema, inspect_schema, pick_schema, size_schema

VERSION: Literal[1] = 1
# Version 1 promises texts here, not a closed list.
Modalities = Annotated[
    tuple[Modality, ...], WithJsonSchema({"type": "array", "items": {"type": "string", "minLength": 1}})
]
FOLDER = f"api/v{VERSION}"
# The licence of the data and the pages; LICENSE-DATA says the same to people.
LICENCE: Literal["CC-BY-4.0"] = "CC-BY-4.0"
LICENCE_NAME = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
ATTRIBUTION = f"Nameplate, by the Nameplate authors, {LICENCE_NAME}"


class Document(Strict):
    """What every published document says about itself: its address, version and origin, and the terms of its use."""

    id: str = Field(
        serialization_alias="$id", description="The document's address; its name where the site knows none."
    )
    site: str | None = Field(default=None, description="The site's address: page and the links in texts begin there.")
    date: str | None = Field(default=None, description="The day of the commit that it was made from.")
    commit: str | None = Field(
        default=None, description="The commit that it was made from; null if files differed from it."
    )
    version: Literal[1] = VERSION
    licence: Literal["CC-BY-4.0"] = Field(default=LICENCE, description="The SPDX identifier of the data's licence.")
    licence_url: str = Field(default=LICENCE_URL, description="The licence's text.")
    attribution: str = Field(default=ATTRIBUTION, description="The credit that the licence asks for.")


class Link(Strict):
    """A page of this site: its title, and its address from the top of the site."""

    title: Text
    page: str


class Entry(Strict):
    """A term of the glossary. `names` is how it is written in names, `text` is Markdown with links from the top of the site."""

    slug: str
    term: Text
    aliases: tuple[Text, ...]
    group: str
    definition: Text
    text: Text
    names: tuple[Text, ...]
    seen_in: tuple[Text, ...]
    confused_with: tuple[Confusion, ...]
    used_on: tuple[Link, ...]
    sources: tuple[Source, ...]
    page: str = Field(description="The entry's address from the top of the site.")


class Glossary(Document):
    """Every term of the glossary, in the order of the slugs; `groups` says what the groups are called."""

    groups: dict[str, Text]
    terms: tuple[Entry, ...]


class PublishedVariant(Variant):
    """An official model with everything known about it, including what its size, its family or its original say."""

    size: None = Field(default=None, exclude=True)
    modalities: Modalities = ()
    original: str | None = Field(default=None, description="The model that this one is an unchanged copy of.")


class Maker(Organization):
    """Who makes a family, and its official account on Hugging Face."""

    name: Text


# Version 1 has other names for these keys than the data.


class NoSuffix(models.NoSuffix):
    """What a name of the family means when it has no stage word."""

    description: Text = Field(serialization_alias="says")


class When(models.When):
    """A condition on the rest of the name that changes how likely a meaning is. Everything given has to hold."""

    likelihood: Likelihood = Field(serialization_alias="chance")


class Short(models.Abbreviation):
    """An abbreviation that fine-tuners use, read only with a number right behind it: the L of L3.1."""


class Line(models.Line):
    """A maker's product line without its number, and the words that name it."""

    ambiguous: bool = Field(default=False, serialization_alias="risky")
    abbreviations: tuple[Short, ...] = Field(default=(), serialization_alias="short")


class FamilyPage(Family):
    """A family: rules for its names, and its official variants. A source is named by its key in `sources`.

    Every variant is complete in itself: licence, modalities and what models of one size share are repeated with each.
    """

    organization: Maker
    modalities: Modalities = ()
    no_suffix: NoSuffix | None = None
    task: None = Field(default=None, exclude=True)
    sizes: dict[str, Any] = Field(default={}, exclude=True)
    variants: tuple[PublishedVariant, ...] = ()
    page: str = Field(description="The family's page, from the top of the site.")


class Families(Document):
    """Every family that has a page, in the order of the slugs. Null and empty lists mean that no source was found."""

    families: tuple[FamilyPage, ...]


class Reading(models.Words):
    """Spellings that mean the same in a name; `term` is the glossary's slug."""

    description: Text | None = Field(default=None, serialization_alias="says")
    likelihood: Likelihood = Field(default="usually", serialization_alias="chance")
    when: tuple[When, ...] = ()
    value: Any = None
    sets: dict[str, Any] = Field(default={})
    term: str


class Vocabulary(Document):
    """What the decoder knows: words, product lines and places where models are named."""

    words: tuple[Reading, ...]
    lines: tuple[Line, ...]
    platforms: tuple[Platform, ...]


class Names(Document):
    """The names of all official variants that the families list, without the invented ones."""

    names: tuple[Text, ...]


SHAPES: Mapping[str, type[Strict]] = {
    "glossary": Glossary,
    "families": Families,
    "vocabulary": Vocabulary,
    "names": Names,
}


def documents(catalog: Catalog, uses: Mapping[str, Sequence[Use]]) -> dict[str, dict[str, Any]]:
    """Return every published document by its name in the folder, including schemas."""
    made: dict[str, Strict] = {
        "glossary": glossary(catalog.terms, uses),
        "families": families(catalog.families),
        "vocabulary": vocabulary(catalog),
        "names": names(catalog.families),
    }
    data = {f"{name}.json": document.model_dump(mode="json", by_alias=True) for name, document in made.items()}
    return {**data, **schemas()}


def glossary(terms: Mapping[str, Term], uses: Mapping[str, Sequence[Use]]) -> Glossary:
    """Return what glossary.json holds: the terms by slug, with the pages that use them."""
    entries = (_entry(term, uses.get(slug, ())) for slug, term in sorted(terms.items()))
    return Glossary(id="glossary.json", groups=dict(SUBJECTS), terms=tuple(entries))


def families(known: Mapping[str, Family]) -> Families:
    """Return what families.json holds: the families by slug."""
    return Families(id="families.json", families=tuple(_family(family) for _, family in sorted(known.items())))


def _family(known: Family) -> FamilyPage:
    variants = [
        {
            **variant.model_dump(exclude={"size"}),
            "licence": variant.licence or known.licence,
            "modalities": variant.modalities or known.modalities,
        }
        for variant in known.variants
    ]
    page = f"families/{known.slug}/"
    facts = known.model_dump(exclude={"sizes", "task", "variants"})
    return FamilyPage.model_validate({**facts, "variants": variants, "page": page})


def names(known: Mapping[str, Family]) -> Names:
    """Return what names.json holds: the names of the variants, each once, in order."""
    found = {variant.name for family in known.values() if not family.fictional for variant in family.variants}
    return Names(id="names.json", names=tuple(sorted(found, key=natural_order)))


def vocabulary(catalog: Catalog) -> Vocabulary:
    """Return what vocabulary.json holds: how words in names are read."""
    words = (
        Reading.model_validate({**row.model_dump(), "term": slug})
        for slug, term in sorted(catalog.terms.items())
        for row in term.names
    )
    lines = (Line.model_validate(line.model_dump()) for line in catalog.lines.values())
    return Vocabulary(
        id="vocabulary.json", words=tuple(words), lines=tuple(lines), platforms=tuple(catalog.platforms.values())
    )


def schemas() -> dict[str, dict[str, Any]]:
    """Return a JSON Schema for each document, and for the answers of the commands."""
    made = {name: shape.model_json_schema(mode="serialization") for name, shape in SHAPES.items()}
    answers = {
        "decode": decode_schema(),
        "compare": compare_schema(),
        "pick": pick_schema(),
        "size": size_schema(),
        "fit": fit_schema(),
        "inspect": inspect_schema(),
    }
    return {f"{name}.schema.json": _published(name, schema) for name, schema in {**made, **answers}.items()}


def _published(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema as others read it, with its name and its terms, and open for keys that are added later."""
    about = {"$schema": DIALECT, "$id": f"{name}.schema.json", "$comment": f"{ATTRIBUTION}, {LICENCE_URL}"}
    opened: dict[str, Any] = _open(schema)
    return {**about, **{key: value for key, value in opened.items() if key not in about}}


def _open(part: Any) -> Any:
    """Return a part of a schema that refuses no other keys.

    >>> _open({"type": "object", "additionalProperties": False, "properties": {"a": {"additionalProperties": False}}})
    {'type': 'object', 'properties': {'a': {}}}
    """
    if isinstance(part, list):
        return [_open(one) for one in part]
    if not isinstance(part, Mapping):
        return part
    return {key: _open(value) for key, value in part.items() if not (key == "additionalProperties" and value is False)}


def _entry(term: Term, uses: Sequence[Use]) -> Entry:
    return Entry(
        slug=term.slug,
        term=term.term,
        aliases=term.aliases,
        group=term.group,
        definition=term.definition,
        text=_from_top(term.text),
        names=tuple(spellings(term)),
        seen_in=term.seen_in,
        confused_with=term.confused_with,
        used_on=tuple(Link(title=use.title, page=page_address(use.source)) for use in uses),
        sources=term.sources,
        page=f"glossary/#{term.slug}",
    )


def _from_top(text: str) -> str:
    """Return an entry's Markdown with its links to other entries as they are from the top of the site.

    >>> _from_top("See [GGUF](#gguf).")
    'See [GGUF](glossary/#gguf).'
    """
    return text.replace("](#", "](glossary/#")


def page_address(source: str) -> str:
    """Return the address of a page from the top of the site.

    >>> page_address("index.md"), page_address("guide/index.md"), page_address("guide/which-variant.md")
    ('', 'guide/', 'guide/which-variant/')
    """
    address = source.removesuffix(".md")
    return "" if address == "index" else f"{address.removesuffix('/index')}/"
