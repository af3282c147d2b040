"""Check that terms, lines and licences agree with each other: no single file can be checked for that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields

from nameplate.reading import Reading

from .faults import Fault, Origin, Origins, nearest, spelling
from .front_matter import Place
from .models import Licence, Line, Term

GROUPS = ("basics", "prediction", "training", "variants", "naming", "quantization", "files", "using", "choosing")
LINEAGE = ("base_family", "teacher", "finetune", "method", "merge", "parents", "modifications")
LINK = re.compile(r"\]\(#([^)\s]+)\)")


def check_terms(terms: Mapping[str, Term], origins: Origins) -> Iterator[Fault]:
    """Find groups, links and keys that don't exist, and words, names and notations that two terms claim."""
    for slug, term in terms.items():
        yield from _check_term(term, terms, origins["term", slug])
    yield from _check_aliases(terms, origins)
    yield from _check_notations(terms, origins)
    yield from _check_words(terms, origins)


def _check_term(term: Term, terms: Mapping[str, Term], origin: Origin) -> Iterator[Fault]:
    if term.group not in GROUPS:
        hint = nearest(term.group, GROUPS)
        yield origin.fault((), f'the folder "{term.group}" is not a group.{hint} Groups: {", ".join(GROUPS)}')
    for index, confusion in enumerate(term.confused_with):
        if confusion.term not in terms:
            yield origin.fault(("confused_with", index, "term"), _no_term(confusion.term, terms))
    for slug in LINK.findall(term.text):
        if slug not in terms:
            path = origin.document.path
            line = path.read_text(encoding="utf-8").split(f"(#{slug})")[0].count("\n") + 1
            yield Fault(path, line, "text", _no_term(slug, terms))
    known = reading_keys()
    for index, row in enumerate(term.names):
        keys: list[tuple[str, Place]] = [(row.field, ("names", index, "field"))]
        keys += [(key, ("names", index, "sets", key)) for key in row.sets]
        for key, place in keys:
            if key not in known:
                hint = nearest(key, known)
                yield origin.fault(place, f'"{key}" is not a key of a reading.{hint} Keys: {", ".join(sorted(known))}')


def reading_keys() -> set[str]:
    """Return the keys of a reading that a word of a name can fill."""
    return {field.name for field in fields(Reading)} | {f"lineage.{name}" for name in LINEAGE}


def _check_aliases(terms: Mapping[str, Term], origins: Origins) -> Iterator[Fault]:
    owner = {term.term.casefold(): slug for slug, term in terms.items()}
    for slug, term in terms.items():
        other = owner[term.term.casefold()]
        if other != slug:
            yield origins["term", slug].fault(("term",), f'"{term.term}" is the name of "{other}" too. Change one')
        for index, alias in enumerate(term.aliases):
            other = owner.setdefault(alias.casefold(), slug)
            if other != slug:
                message = f'"{alias}" is a name of "{other}" already. Take it out of one of them'
                yield origins["term", slug].fault(("aliases", index), message)


def _check_notations(terms: Mapping[str, Term], origins: Origins) -> Iterator[Fault]:
    owner: dict[str, str] = {}
    for slug, term in terms.items():
        for index, notation in enumerate(term.notations):
            other = owner.setdefault(notation, slug)
            if other != slug:
                message = f'"{notation}" is explained by "{other}" already. Take it out of one of them'
                yield origins["term", slug].fault(("notations", index), message)


def _check_words(terms: Mapping[str, Term], origins: Origins) -> Iterator[Fault]:
    owner: dict[tuple[str, str], str] = {}
    for slug, term in terms.items():
        for index, row in enumerate(term.names):
            for word in row.words:
                other = owner.setdefault((spelling(word), row.field), f"{slug}[{index}]")
                if other != f"{slug}[{index}]":
                    message = f'"{word}" fills {row.field} in {other} already. Describe a word once'
                    yield origins["term", slug].fault(("names", index, "words"), message)


def check_lines(lines: Mapping[str, Line], origins: Origins) -> Iterator[Fault]:
    """Find words that two lines claim, and bases that don't exist."""
    owner: dict[str, str] = {}
    for name, line in lines.items():
        origin = origins["line", name]
        for word in line.words:
            other = owner.setdefault(spelling(word), name)
            if other != name:
                yield origin.fault(("words",), f'"{word}" names the line "{other}" already. Keep it with one')
        if line.based_on is not None and line.based_on not in lines:
            yield origin.fault(("based_on",), f'no line is called "{line.based_on}".{nearest(line.based_on, lines)}')


def check_licences(licences: Mapping[str, Licence], origins: Origins) -> Iterator[Fault]:
    """Find tags that two licences claim."""
    owner = {tag: tag for tag in licences}
    for tag, licence in licences.items():
        for alias in licence.aliases:
            other = owner.setdefault(alias, tag)
            if other != tag:
                message = f'"{alias}" is a tag of "{other}" already. Keep it with one'
                yield origins["licence", tag].fault(("aliases",), message)


def _no_term(slug: str, terms: Mapping[str, Term]) -> str:
    return f'no term is called "{slug}".{nearest(slug, terms)} Otherwise add it or take the link out'
