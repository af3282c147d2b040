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
    denials_behind: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Clause(NamedTuple):
    """The words of a clause that it asks for, and those that it denies; `halves` are those around a word that may link.

    `is_wish` says whether its words say that it is the wish itself, `is_missing` that this is all that is still wanted,
    `is_question` whether a question mark ends it.
    """

    asks: tuple[str, ...]
    denies: tuple[str, ...]
    halves: tuple[tuple[str, ...], ...] = ()
    is_wish: bool = False
    is_question: bool = False
    is_missing: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Return all words, with what denies."""
        return self.asks + self.denies


def _split(part: str, small: Divider) -> tuple[str, str]:
    """Return what a part of a sentence asks for, and what it denies with the words that deny.

    >>> _split("chat isn't needed", Divider(denials_behind=("isn't needed",)))
    ('', "chat isn't needed")
    """
    behind = _pattern(small.denials_behind).search(part)
    if behind is not None and part[: behind.start()].strip():
        rest = part[behind.end() :]
        if not rest.strip(" ,.!") or is_by_character(behind[0]):
            return rest, part[: behind.end()]
    found = _pattern(small.denials).search(_pattern(small.lacks).sub(lambda words: " " * len(words[0]), part))
    if found and not part[found.end() :].strip(" ,.!") and _pattern(small.request_words).search(part[: found.start()]):
        return "", part  # a wish that ends in a denial, as German ones do: “antworten soll er nicht”
    return (part[: found.start()], part[found.start() :]) if found else (part, "")


@functools.lru_cache(maxsize=128)
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
    link, wish, missing = _pattern(small.links), _pattern(small.request_words), _pattern(small.missing)
    for sentence, mark in zip(_ENDS.split(lowered), (*_ENDS.findall(lowered), ""), strict=True):
        is_question = "?" in mark or "？" in mark
        is_wish = wish.search(sentence) is not None
        for part in _pattern(small.conjunctions).split(sentence):
            asked, denied_part = _split(part, small)
            before, behind = tokens(asked), tokens(denied_part)
            parts = [tuple(tokens(half)) for half in link.split(asked)] if is_short else []
            halves = tuple(filter(None, parts)) if 1 < len(parts) <= MOST_HALVES else ()
            for start in range(0, max(len(before), 1 if behind else 0), LONGEST):
                denied = tuple(behind[:LONGEST]) if start == 0 else ()
                words = tuple(before[start : start + LONGEST])
                yield Clause(words, denied, halves, is_wish, is_question, missing.search(asked) is not None)
