"""Words as a reader types them: one, several, or a sum such as `king - man + woman`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from .word_table import SIZE, Vector, WordTable, plus, times

MOST = 14  # words
_TERM = re.compile(r"([-+−–]?)[\s,;=]*([^\s+−–,;=-]+)")
_MARKS = ".!?:\"'“”‘’()"


class Term(NamedTuple):
    """A word, and whether it is added (1) or taken away (-1)."""

    word: str
    sign: int


class Words(NamedTuple):
    """What was typed. It's a sum if there was a sign between two words."""

    terms: tuple[Term, ...]
    is_sum: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The words, each once, in the order in which they were typed."""
        return tuple(dict.fromkeys(term.word for term in self.terms))

    def unknown(self, table: WordTable) -> list[str]:
        """Return the words that a table doesn't have."""
        return [word for word in self.words if word not in table]

    def total(self, table: WordTable) -> Vector:
        """Return the sum of the vectors."""
        found: Vector = (0.0,) * SIZE
        for word, sign in self.terms:
            found = plus(found, times(sign, table.vector(word)))
        return found

    @property
    def written(self) -> str:
        """The sum as one writes it.

        >>> typed("king-man+Woman").written
        'king − man + woman'
        """
        text = "".join(f" {'−' if term.sign < 0 else '+'} {term.word}" for term in self.terms)
        return text.removeprefix(" + ").strip()


def typed(text: str, most: int = MOST) -> Words:
    """Return what was typed, without capitals and punctuation.

    >>> typed("king - man + woman").terms
    (Term(word='king', sign=1), Term(word='man', sign=-1), Term(word='woman', sign=1))
    >>> typed("Cat, dog!"), typed("  ").terms
    (Words(terms=(Term(word='cat', sign=1), Term(word='dog', sign=1)), is_sum=False), ())
    """
    terms: list[Term] = []
    signs = 0
    for sign, found in _TERM.findall(text.lower()):
        word = found.strip(_MARKS)
        if word and len(terms) < most:
            signs += bool(sign and (terms or sign != "+"))
            terms.append(Term(word, -1 if sign and sign != "+" else 1))
    return Words(tuple(terms), signs > 0)


def missing(words: Iterable[str], table: WordTable) -> str:
    """Return a message on words that a table doesn't have, as plain text, with others that are spelled like them."""
    return " ".join(_missing(word, table) for word in words)


def _missing(word: str, table: WordTable) -> str:
    said = f"“{word}” isn't among the {len(table.words):,} words of this table."
    alike = table.alike(word)
    return f"{said} Did you mean {_either(alike)}?" if alike else said


def _either(words: list[str]) -> str:
    """Return words as a choice.

    >>> _either(["queen"]), _either(["queen", "queens", "green"])
    ('“queen”', '“queen”, “queens” or “green”')
    """
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
