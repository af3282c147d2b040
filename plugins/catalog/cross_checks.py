"""What no single data file can be checked for: that they agree with each other."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .front_matter import Document, Place
from .models import Family, Licence, Line, ModelArchitecture, Term
from .sources import ROOT

GROUPS = ("basics", "prediction", "training", "variants", "naming", "quantization", "files", "using", "choosing")
LINEAGE = ("base_family", "teacher", "finetune", "method", "merge", "parents", "modifications")
LINK = re.compile(r"\]\(#([^)\s]+)\)")


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one place, and what to do about it."""

    path: Path
    line: int
    place: str
    message: str

    def __str__(self) -> str:
        path = self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path
        return f"{path}:{self.line}{' ' + self.place if self.place else ''}: {self.message}."


def cross_check(
    terms: dict[str, Term],
    lines: dict[str, Line],
    licences: dict[str, Licence],
    families: dict[str, Family],
    documents: dict[Any, Document],
) -> Iterator[Fault]:
    """Every disagreement between the files."""
    for slug, term in terms.items():
        yield from _check_term(term, terms, documents["term", slug])
    yield from _check_aliases(terms, documents)
    yield from _check_notations(terms, documents)
    yield from _check_words(terms, documents)
    yield from _check_lines(lines, documents)
    yield from _check_licences(licences, documents)
    yield from _check_names_of_variants(families, documents)
    for slug, family in families.items():
        yield from _check_family(family, lines, documents["family", slug])
        yield from _check_family_licences(family, licences, documents["family", slug])


def _check_term(term: Term, terms: dict[str, Term], document: Document) -> Iterator[Fault]:
    if term.group not in GROUPS:
        yield _fault(
            document,
            (),
            "",
            f'the folder "{term.group}" is not a group.{nearest(term.group, GROUPS)} Groups: {", ".join(GROUPS)}',
        )
    for index, confusion in enumerate(term.confused_with):
        if confusion.term not in terms:
            place: Place = ("confused_with", index, "term")
            yield _fault(document, place, f"confused_with[{index}].term", _no_term(confusion.term, terms))
    for slug in LINK.findall(term.text):
        if slug not in terms:
            line = document.path.read_text(encoding="utf-8").split(f"(#{slug})")[0].count("\n") + 1
            yield Fault(document.path, line, "text", _no_term(slug, terms))
    fields = _reading_fields()
    for index, row in enumerate(term.names):
        keys: list[tuple[str, Place]] = [(row.field, ("names", index, "field"))]
        keys += [(key, ("names", index, "sets", key)) for key in row.sets]
        for key, place in keys:
            if key not in fields:
                known = ", ".join(sorted(fields))
                yield _fault(
                    document,
                    place,
                    f"names[{index}]",
                    f'"{key}" is not a key of a reading.{nearest(key, fields)} Keys: {known}',
                )


def _reading_fields() -> set[str]:
    from dataclasses import fields

    from nameplate.reading import Reading

    return {field.name for field in fields(Reading)} | {f"lineage.{name}" for name in LINEAGE}


def _check_aliases(terms: dict[str, Term], documents: dict[Any, Document]) -> Iterator[Fault]:
    owner = {term.term.casefold(): slug for slug, term in terms.items()}
    for slug, term in terms.items():
        if owner[term.term.casefold()] != slug:
            yield _fault(
                documents["term", slug],
                ("term",),
                "term",
                f'"{term.term}" is the name of "{owner[term.term.casefold()]}" too. Change one',
            )
        for index, alias in enumerate(term.aliases):
            other = owner.setdefault(alias.casefold(), slug)
            if other != slug:
                message = f'"{alias}" is a name of "{other}" already. Take it out of one of them'
                yield _fault(documents["term", slug], ("aliases", index), f"aliases[{index}]", message)


def _check_notations(terms: dict[str, Term], documents: dict[Any, Document]) -> Iterator[Fault]:
    owner: dict[str, str] = {}
    for slug, term in terms.items():
        for index, notation in enumerate(term.notations):
            other = owner.setdefault(notation, slug)
            if other != slug:
                message = f'"{notation}" is explained by "{other}" already. Take it out of one of them'
                yield _fault(documents["term", slug], ("notations", index), f"notations[{index}]", message)


def _check_words(terms: dict[str, Term], documents: dict[Any, Document]) -> Iterator[Fault]:
    owner: dict[tuple[str, str], str] = {}
    for slug, term in terms.items():
        for index, row in enumerate(term.names):
            for word in row.words:
                key = (spelling(word), row.field)
                other = owner.setdefault(key, f"{slug}[{index}]")
                if other != f"{slug}[{index}]":
                    message = f'"{word}" fills {row.field} in {other} already. Describe a word once'
                    yield _fault(documents["term", slug], ("names", index, "words"), f"names[{index}].words", message)


def _check_lines(lines: dict[str, Line], documents: dict[Any, Document]) -> Iterator[Fault]:
    owner: dict[str, str] = {}
    for index, line in enumerate(lines.values()):
        document = documents["line", line.line]
        for word in line.words:
            other = owner.setdefault(spelling(word), line.line)
            if other != line.line:
                yield _fault(
                    document,
                    (index, "words"),
                    f"[{index}].words",
                    f'"{word}" names the line "{other}" already. Keep it with one',
                )
        if line.based_on is not None and line.based_on not in lines:
            message = f'no line is called "{line.based_on}".{nearest(line.based_on, lines)}'
            yield _fault(document, (index, "based_on"), f"[{index}].based_on", message)


def _check_licences(licences: dict[str, Licence], documents: dict[Any, Document]) -> Iterator[Fault]:
    owner = {tag: tag for tag in licences}
    for index, licence in enumerate(licences.values()):
        document = documents["licence", licence.licence]
        for alias in licence.aliases:
            other = owner.setdefault(alias, licence.licence)
            if other != licence.licence:
                message = f'"{alias}" stands for "{other}" already. Keep it with one'
                yield _fault(document, (index, "aliases"), f"[{index}].aliases", message)


def _check_family_licences(family: Family, licences: dict[str, Licence], document: Document) -> Iterator[Fault]:
    """A licence is written by its own tag, so that what it allows is found in one place."""
    used: list[tuple[Place, str | None]] = [(("licence",), family.licence)]
    used += [(("variants", index, "licence"), variant.licence) for index, variant in enumerate(family.variants)]
    for place, tag in used:
        if tag is not None and tag not in licences:
            known = next((one.licence for one in licences.values() if tag in one.aliases), None)
            hint = f' Write "{known}"' if known else nearest(tag, licences)
            message = f'no licence is called "{tag}".{hint} Licences stand in licences.yml'
            yield _fault(document, place, ".".join(map(str, place)), message)


def _check_family(family: Family, lines: dict[str, Line], document: Document) -> Iterator[Fault]:
    if family.line not in lines:
        yield _fault(
            document,
            ("line",),
            "line",
            f'no line is called "{family.line}".{nearest(family.line, lines)} Lines stand in lines.yml',
        )
    used: list[tuple[tuple[str | int, ...], str]] = []
    if family.no_suffix:
        used.append((("no_suffix", "source"), family.no_suffix.source))
    used += [(("suffixes", index, "source"), suffix.source) for index, suffix in enumerate(family.suffixes)]
    used += [(("variants", index, "source"), variant.source) for index, variant in enumerate(family.variants)]
    used += [
        (("variants", index, "config", place), source)
        for index, variant in enumerate(family.variants)
        for place, source in enumerate(variant.config)
    ]
    for place, source in used:
        if source not in family.sources:
            dotted = ".".join(map(str, place))
            yield _fault(
                document, place, dotted, f'there is no source "{source}" in this file.{nearest(source, family.sources)}'
            )
    seen: set[str] = set()
    for index, variant in enumerate(family.variants):
        if variant.name in seen:
            yield _fault(
                document, ("variants", index), f"variants[{index}]", f'"{variant.name}" stands here twice. Keep one'
            )
        seen.add(variant.name)


def _check_names_of_variants(families: dict[str, Family], documents: dict[Any, Document]) -> Iterator[Fault]:
    """An alias leads to one model: it is nowhere the name of a model, nor an alias of another one."""
    owner = {
        variant.name.rpartition("/")[2].casefold(): variant.name
        for family in families.values()
        for variant in family.variants
    }
    for slug, family in families.items():
        for index, variant in enumerate(family.variants):
            for alias in variant.aliases:
                other = owner.setdefault(alias.casefold(), variant.name)
                if other != variant.name:
                    place = ("variants", index, "aliases")
                    message = f'"{alias}" is the model "{other}" already. Keep it with one'
                    yield _fault(documents["family", slug], place, f"variants[{index}].aliases", message)


def check_architectures(
    architectures: dict[str, ModelArchitecture],
    lines: dict[str, Line],
    families: dict[str, Family],
    documents: dict[Any, Document],
) -> Iterator[Fault]:
    """Every disagreement between the architectures of models and the other files."""
    told = {variant.name: variant for family in families.values() for variant in family.variants}
    for index, (model, row) in enumerate(architectures.items()):
        document = documents["model", model]
        if row.line not in lines:
            message = f'no line is called "{row.line}".{nearest(row.line, lines)} Lines stand in lines.yml'
            yield _fault(document, (index, "line"), f"[{index}].line", message)
        variant = told.get(model)
        if variant is None:
            continue
        if row.params_b and variant.params_b and abs(row.params_b / variant.params_b - 1) > 0.02:
            message = f"a family page says {variant.params_b} billion of {model}. Take the wrong one out"
            yield _fault(document, (index, "params_b"), f"[{index}].params_b", message)
        if row.architecture and variant.architecture and row.architecture.layers != variant.architecture.layers:
            message = f"a family page says {variant.architecture.layers} layers of {model}. Take the wrong one out"
            yield _fault(document, (index, "architecture"), f"[{index}].architecture", message)


def spelling(word: str) -> str:
    """The form in which two spellings are the same word.

    >>> spelling("Text-to_image")
    'text to image'
    """
    return re.sub(r"[-_.\s]+", " ", word.casefold()).strip()


def nearest(word: str, known: Iterable[str]) -> str:
    """A question that suggests the most similar known word, or nothing.

    >>> nearest("instuct", ["instruct", "chat"])
    ' Did you mean "instruct"?'
    """
    match = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f' Did you mean "{match[0]}"?' if match else ""


def _no_term(slug: str, terms: dict[str, Term]) -> str:
    return f'there is no term "{slug}".{nearest(slug, terms)} Otherwise add it or take the link out'


def _fault(document: Document, place: tuple[str | int, ...], shown: str, message: str) -> Fault:
    return Fault(document.path, document.line(place), shown, message)
