"""Find real names of the catalogue that show a word of the glossary, and others in which the same word means something else.

The decoder reads every catalogued name while the site is built, so an example is never older than the data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nameplate import Reading, decode
from nameplate.reading import Token
from nameplate.render.labels import label

from ..catalog.models import Family, Term

MOST = 3  # examples of one kind
CERTAIN = 0.6  # of a part's confidence; below, its meaning is a guess
# A product is often called by what it's for: that is no other meaning of the word.
PRODUCTS = frozenset(("edition", "family", "publisher"))


@dataclass(frozen=True)
class Example:
    """A catalogued name, and the part of it that matters: from `start` to `end`, read as `means`."""

    name: str
    start: int
    end: int
    means: str

    @property
    def part(self) -> str:
        """The part that matters, as the name writes it."""
        return self.name[self.start : self.end]


@dataclass(frozen=True)
class Shown:
    """Names that have a term's word in its meaning, and names that have the word in another one."""

    examples: tuple[Example, ...] = ()
    others: tuple[Example, ...] = ()


def by_term(terms: Mapping[str, Term], families: Iterable[Family]) -> dict[str, Shown]:
    """Return for each term with words in names what the catalogue's names show of it, the shortest names first.

    Names of one family come once, so that the examples differ. A name that the entry lists itself isn't repeated.
    """
    words = _owners(terms)
    found: dict[str, dict[str, Example]] = defaultdict(dict)
    others: dict[str, dict[str, Example]] = defaultdict(dict)
    for line, reading in _readings(terms, families):
        for token in _certain(reading):
            example = Example(reading.name, token.start, token.end, label(token.field).name.lower())
            if token.term is not None and token.term in terms and reading.name not in terms[token.term].seen_in:
                found[token.term].setdefault(line, example)
            for slug in words.get(token.text.casefold(), ()):
                if _means_another(token, terms[slug]):
                    others[slug].setdefault(line, example)
    return {
        slug: Shown(tuple(found[slug].values())[:MOST], _each_meaning(others[slug].values()))
        for slug in (*found, *(slug for slug in others if slug not in found))
        if terms[slug].names
    }


def _owners(terms: Mapping[str, Term]) -> Mapping[str, Sequence[str]]:
    """Return the terms of each word of names. What takes several parts of a name is left out: one part never is it."""
    owners: dict[str, list[str]] = defaultdict(list)
    for slug, term in terms.items():
        for word in dict.fromkeys(word.casefold() for row in term.names if not row.publishers for word in row.words):
            owners[word].append(slug)
    return owners


def _means_another(token: Token, term: Term) -> bool:
    """Return whether a part is something else than a term with the same word says."""
    fields = {row.field for row in term.names}
    if token.term == term.slug or token.field in fields:
        return False
    return token.field not in PRODUCTS or fields == {"languages"}


def _readings(terms: Mapping[str, Term], families: Iterable[Family]) -> Iterator[tuple[str, Reading]]:
    """Yield each catalogued model and each name of the glossary with its line, short names first: they show a word best."""
    names = {one.name for family in families if not family.fictional for one in family.variants}
    names |= {name for term in terms.values() for name in term.seen_in}
    for name in sorted(names, key=lambda name: (len(name), name)):
        reading = decode(name)
        yield reading.family or name, reading


def _certain(reading: Reading) -> Iterator[Token]:
    return (
        token
        for token in reading.tokens
        if token.field not in (None, "separator", "text") and token.confidence >= CERTAIN
    )


def _each_meaning(examples: Iterable[Example]) -> tuple[Example, ...]:
    """Return one example of each other meaning."""
    first: dict[str, Example] = {}
    for example in examples:
        first.setdefault(example.means, example)
    return tuple(first.values())[:MOST]
