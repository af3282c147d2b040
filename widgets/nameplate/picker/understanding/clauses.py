"""Cut a request into clauses, and separate what each one denies from what it asks for."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from .features import is_by_character, tokens

_ENDS = re.compile(r"[.!?…]+(?=\s|$)|[;:\n\r()|]+|\s[-–—]+\s|,(?=\s)|[。！？；，、]")
LONGEST = 60  # words; a longer stretch without a mark is cut
LONGEST_LINKED = 500  # characters of a request whose clauses are halved: a longer one is a story
MOST_HALVES = 4  # parts between words that may link; more are a list of things


class Divider(NamedTuple):
    """The small words of a language that divide a request, as clauses.yml explains them."""

    denials: tuple[str, ...] = ()
    conjunctions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    request_words: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


class Clause(NamedTuple):
    """The words of a clause up to a word of denial, and those behind it; `halves` are those around a word that may link.

    `is_wish` says whether its words say that it is the wish itself, `is_question` whether a question mark ends it.
    """

    asks: tuple[str, ...]
    denies: tuple[str, ...]
    halves: tuple[tuple[str, ...], ...] = ()
    is_wish: bool = False
    is_question: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Return all words, with what denies."""
        return self.asks + self.denies


@functools.lru_cache(maxsize=32)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of some words; those of Chinese and Japanese have no edges."""
    by_length = sorted(words, key=len, reverse=True)
    spelled = (re.escape(word) if is_by_character(word) else rf"\b{re.escape(word)}\b" for word in by_length)
    return re.compile("|".join(spelled) or r"(?!)")


def clauses(text: str, small: Divider) -> Iterator[Clause]:
    """Yield the clauses of a text, divided at marks and at the small words of its language.

    >>> [clause.words for clause in clauses("Hi! Sum up mails, then translate them", Divider(conjunctions=("then",)))]
    [('hi',), ('sum', 'up', 'mails'), ('translate', 'them')]
    >>> [(clause.asks, clause.denies) for clause in clauses("a bot, no stories", Divider(denials=("no",)))]
    [(('a', 'bot'), ()), ((), ('no', 'stories'))]
    """
    lowered = text.lower().replace("’", "'")
    is_short = len(text) <= LONGEST_LINKED
    denial, link, wish = _pattern(small.denials), _pattern(small.links), _pattern(small.request_words)
    lack = _pattern(small.lacks)
    for sentence, mark in zip(_ENDS.split(lowered), (*_ENDS.findall(lowered), ""), strict=True):
        is_question = "?" in mark or "？" in mark
        is_wish = wish.search(sentence) is not None
        for part in _pattern(small.conjunctions).split(sentence):
            found = denial.search(lack.sub(lambda words: " " * len(words[0]), part))
            asked = part[: found.start()] if found else part
            before = tokens(asked)
            behind = tokens(part[found.start() :]) if found else []
            parts = [tuple(tokens(half)) for half in link.split(asked)] if is_short else []
            halves = tuple(filter(None, parts)) if 1 < len(parts) <= MOST_HALVES else ()
            for start in range(0, max(len(before), 1 if behind else 0), LONGEST):
                denied = tuple(behind[:LONGEST]) if start == 0 else ()
                yield Clause(tuple(before[start : start + LONGEST]), denied, halves, is_wish, is_question)
