"""Check that terms, lines, platforms and licences agree with each other, which no single file can show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .comparison_models import Difference
from .faults import Fault, Origin, Origins, nearest, spelling
from .models import Licence, Line, Platform, Term
from .word_values import check_word_values

GROUPS = ("basics", "prediction", "training", "variants", "naming", "quantization", "files", "using", "choosing")
LINK = re.compile(r"\]\(#([^)\s]+)\)")


def check_terms(terms: Mapping[str, Term], origins: Origins) -> Iterator[Fault]:
    """Find groups, links and keys that don't exist, and words, names and notations that two terms claim."""
    for slug, term in terms.items():
        yield from _check_term(term, terms, origins["term", slug])
    yield from _check_aliases(terms, origins)
    yield from _check_notations(terms, origins)
    yield from _check_words(terms, origins)
    yield from check_word_values(terms, origins)


def _check_term(term: Term, terms: Mapping[str, Term], origin: Origin) -> Iterator[Fault]:
    if term.group not in GROUPS:
        hint = nearest(term.group, GROUPS)
        yield origin.fault((), f'the folder "{term.group}" is not a group.{hint} Groups: {", ".join(GROUPS)}')
    for index, row in enumerate(term.names):
        capitals = [word for word in row.words if word != word.casefold()]
        if capitals and row.case is None:
            message = f'"{capitals[0]}" has capitals. Write it in lower case, or add case: exact if they decide'
            yield origin.fault(("names", index, "words"), message)
    for index, confusion in enumerate(term.confused_with):
        if confusion.term not in terms:
            yield origin.fault(("confused_with", index, "term"), _no_term(confusion.term, terms))
    for slug in LINK.findall(term.text):
        if slug not in terms:
            path = origin.document.path
            line = path.read_text(encoding="utf-8").split(f"(#{slug})")[0].count("\n") + 1
            yield Fault(path, line, "text", _no_term(slug, terms))


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


def check_differences(
    differences: Sequence[Difference], terms: Mapping[str, Term], origins: Origins
) -> Iterator[Fault]:
    """Find rows that lead to no entry of the glossary, and two rows about one value."""
    seen: set[tuple[str, object]] = set()
    for index, row in enumerate(differences):
        about = row.key, row.given_by or row.value
        origin = origins["differences", str(index)]
        if row.term not in terms:
            yield origin.fault(("term",), _no_term(row.term, terms))
        if about in seen:
            yield origin.fault((), f"another row is about {row.key} {about[1]}. Join the two")
        seen.add(about)


def check_lines(lines: Mapping[str, Line], origins: Origins) -> Iterator[Fault]:
    """Find words that two lines claim, bases that don't exist, and lines that are based on themselves."""
    owner: dict[str, str] = {}
    for name, line in lines.items():
        origin = origins["line", name]
        for word in line.words:
            other = owner.setdefault(spelling(word), name)
            if other != name:
                yield origin.fault(("words",), f'"{word}" names the line "{other}" already. Keep it with one')
        if line.based_on is not None and line.based_on not in lines:
            yield origin.fault(("based_on",), f'no line is called "{line.based_on}".{nearest(line.based_on, lines)}')
    for name in _circles(lines):
        message = (
            f'"{name}" is based on itself, by way of "{lines[name].based_on}". Take one based_on of the circle out'
        )
        yield origins["line", name].fault(("based_on",), message)


def _circles(lines: Mapping[str, Line]) -> Iterator[str]:
    """Find the lines that are based on themselves, directly or by way of others."""
    for name, line in lines.items():
        seen = {name}
        base = line.based_on
        while base is not None and base in lines and base not in seen:
            seen.add(base)
            base = lines[base].based_on
        if base == name:
            yield name


def check_platforms(platforms: Mapping[str, Platform], origins: Origins) -> Iterator[Fault]:
    """Find prefixes, hosts, schemes and joined words that two platforms claim: one of them would never be read."""
    for key in ("prefixes", "hosts", "schemes", "joins"):
        owner: dict[str, str] = {}
        for name, platform in platforms.items():
            for index, word in enumerate(getattr(platform, key)):
                other = owner.setdefault(word.casefold(), name)
                if other != name:
                    message = f'"{word}" announces the platform "{other}" already. Keep it with one'
                    yield origins["platform", name].fault((key, index), message)


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
