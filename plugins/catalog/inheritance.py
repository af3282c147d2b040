"""Fill in what a family page leaves to its line, to a size, to the page as a whole or to the original of a copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .faults import Fault, Origin, nearest
from .models import Family, Line, Organization, Size, Variant

# What a copy may say itself: its own name and packaging, and a context that its files shorten.
OF_A_COPY = (
    "name",
    "original",
    "aliases",
    "aliases_released",
    "alias",
    "quant",
    "format",
    "released",
    "context",
    "note",
    "source",
    "config",
)
# What a copy doesn't take from its original: how the original is packaged, and where it was found.
OF_THE_ORIGINAL = (
    "name", "original", "aliases", "quant", "format", "max_output", "released", "retired", "note", "source", "config",
)  # fmt: skip


HUB = "https://huggingface.co"
PROPRIETARY = "proprietary"  # the licence of weights that only the maker has


def resolved(family: Family, line: Line | None = None) -> Family:
    """Return the family with its maker, and every variant with what its original, its size or its page says.

    What a page or a variant says itself comes first. A copy keeps the name of its original in `original`; a key about
    which nothing is known stays empty.
    """
    of_sizes = [_of_its_size(variant, family) for variant in family.variants]
    known = {variant.name: variant for variant in of_sizes}
    variants = tuple(_of_its_original(variant, known) for variant in of_sizes)
    organization = _of_its_line(family, line) if line else family.organization
    return family.model_copy(update={"organization": organization, "variants": variants})


def _of_its_line(family: Family, line: Line) -> Organization:
    """Return who makes a family. Weights that only the maker has aren't in any account on a hub."""
    own = family.organization
    accounts = () if family.licence == PROPRIETARY else line.publishers
    hub = own.hub or next(iter(accounts), None)
    return Organization(name=own.name or line.maker, hub=hub, url=own.url or (f"{HUB}/{hub}" if hub else line.source))


def _of_its_size(variant: Variant, family: Family) -> Variant:
    size = family.sizes.get(variant.size or "")
    shared = {key: getattr(size, key) for key in Size.model_fields} if size else {}
    if variant.original is None:
        shared["task"] = family.task
    return _filled(variant, shared)


def _of_its_original(variant: Variant, known: Mapping[str, Variant]) -> Variant:
    original = known.get(variant.original or "")
    if original is None:
        return variant
    keys = (key for key in Variant.model_fields if key not in OF_THE_ORIGINAL)
    return _filled(variant, {key: getattr(original, key) for key in keys})


def _filled(variant: Variant, shared: Mapping[str, object]) -> Variant:
    """Return the variant with its empty keys taken from `shared`."""
    return variant.model_copy(
        update={key: value for key, value in shared.items() if getattr(variant, key) in (None, ())}
    )


def check_inheritance(family: Family, line: Line | None, origin: Origin) -> Iterator[Fault]:
    """Find copies and sizes that lead nowhere, and facts that are written twice. `family` is as its page has it."""
    for key in _said_by_the_line(family, line) if line else ():
        message = f'the line "{family.line}" says who makes it. Take this out; if it is wrong there, correct it there'
        yield origin.fault(("organization", key), message)
    if not resolved(family, line).maker:
        message = (
            "nothing says who makes the family. Write the maker into the row of its line, or name: into organization"
        )
        yield origin.fault(("organization",), message)
    originals = {variant.name: variant for variant in family.variants if variant.original is None}
    full = {variant.name: variant for variant in resolved(family).variants}
    for index, variant in enumerate(family.variants):
        for key, message in (
            _faults_of_a_copy(variant, originals, full)
            if variant.original is not None
            else _faults_of_a_model(variant, family)
        ):
            yield origin.fault(("variants", index, key), message)
    used = {variant.size for variant in family.variants}
    for name in family.sizes:
        if name not in used:
            message = f'no variant has the size "{name}". Give it to one with size: {name}, or take it out'
            yield origin.fault(("sizes", name), message)


def _said_by_the_line(family: Family, line: Line) -> Iterator[str]:
    """Find keys of a page's organization that its line has already: a maker is written once, even where the two differ."""
    own = family.organization
    if own.name is not None and line.maker is not None:
        yield "name"
    known = _of_its_line(family.model_copy(update={"organization": Organization()}), line)
    if own.hub is not None and own.hub == known.hub:
        yield "hub"
    if own.url is not None and own.url == known.url:
        yield "url"


def _faults_of_a_copy(
    variant: Variant, originals: Mapping[str, Variant], full: Mapping[str, Variant]
) -> Iterator[tuple[str, str]]:
    original = originals.get(variant.original or "")
    if original is None:
        hint = nearest(str(variant.original), originals)
        yield (
            "original",
            f'"{variant.original}" is not a model of this page, or is a copy itself.{hint} Name a model of the page',
        )
        return
    for key in _said(variant):
        same = getattr(full[original.name], key) == getattr(variant, key)
        if key not in OF_A_COPY:
            yield key, f'a copy takes this from "{original.name}". Take it out, or the key original'
        elif same and key not in OF_THE_ORIGINAL:
            yield key, f'"{original.name}" says the same. A copy says only what differs: take it out'


def _faults_of_a_model(variant: Variant, family: Family) -> Iterator[tuple[str, str]]:
    if variant.task is not None and variant.task == family.task:
        yield "task", "this is the task of the whole page. Take it out here"
    if variant.size is None:
        return
    size = family.sizes.get(variant.size)
    if size is None:
        yield (
            "size",
            f'sizes has no "{variant.size}".{nearest(variant.size, family.sizes)} Add it there, or take it out here',
        )
        return
    for key in Size.model_fields:
        value = getattr(variant, key)
        if value not in (None, ()) and value == getattr(size, key):
            yield key, f'the size "{variant.size}" says the same. Take it out here'


def _said(variant: Variant) -> Iterator[str]:
    return (key for key in Variant.model_fields if getattr(variant, key) not in (None, ()))
