"""Find fixed expressions for circumstances, in each language that the picker reads: “unzensiert”, “sans censure”, “商用”.

English says most circumstances in words that are compared by their stems, see `wording`. Here words are compared as they
are written, without accents; a word that ends with `*` in the data may have any ending. Chinese and Japanese have no spaces,
so an expression may be anywhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from .understanding.features import is_by_character, located_tokens, plain, tokens

REACH = 2  # words between a denial and what it denies, with the first word of that
ENTRANCE = 3  # letters by which the expressions that may begin with a word are found
NEGATIVES = tuple("非不无無未没")  # a character right before an expression that denies it
_ENDS = re.compile(r"[.,;:!?]")


class Word(NamedTuple):
    """A word of an expression, and whether more letters may follow."""

    text: str
    is_start: bool


class Phrase(NamedTuple):
    """An expression for a circumstance: its words, or its text in a language without spaces."""

    cue: str
    language: str
    words: tuple[Word, ...]

    @property
    def is_by_character(self) -> bool:
        """Whether it belongs to a language without spaces."""
        return len(self.words) == 1 and is_by_character(self.words[0].text)


class Mention(NamedTuple):
    """A circumstance that a text mentions, and where."""

    cue: str
    start: int
    end: int


def words_of(phrase: str) -> tuple[tuple[str, bool], ...]:
    """Return the words of an expression as it is written in the data.

    >>> words_of("für gewerblich* Zwecke")
    (('fur', False), ('gewerblich', True), ('zwecke', False))
    """
    found: list[tuple[str, bool]] = []
    for piece in phrase.split():
        parts = tokens(piece.rstrip("*"))
        found += [(part, piece.endswith("*") and part is parts[-1]) for part in parts]
    return tuple(found)


class Phrases:
    """All expressions, found by how they begin."""

    def __init__(
        self,
        phrases: Iterable[Phrase],
        denials: Mapping[str, Sequence[str]],
        denials_behind: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._by_start: dict[str, list[Phrase]] = {}
        self._by_character: list[Phrase] = []
        self._denials = {language: frozenset(map(plain, words)) for language, words in denials.items()}
        self._denials_behind = denials_behind
        for phrase in phrases:
            if phrase.is_by_character:
                self._by_character.append(phrase)
            else:
                self._by_start.setdefault(phrase.words[0].text[:ENTRANCE], []).append(phrase)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Yield the circumstances that a text mentions, unless it denies them."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a letter whose small form is two: the places would be wrong
            return
        found = located_tokens(lowered)
        for at, (word, _, _) in enumerate(found):
            for phrase in self._by_start.get(word[:ENTRANCE], ()):
                last = at + len(phrase.words) - 1
                if self._is_at(phrase, found, at) and not self._is_denied(phrase, lowered, found, at):
                    yield Mention(phrase.cue, found[at][1], found[last][2])
        for phrase in self._by_character:
            start = lowered.find(phrase.words[0].text)
            end = start + len(phrase.words[0].text)
            if start >= 0 and not self._is_denied_by_character(phrase.language, lowered[:start], lowered[end:]):
                yield Mention(phrase.cue, start, end)

    def _is_denied_by_character(self, language: str, before: str, behind: str) -> bool:
        """Whether a denial is right around an expression, or a sign or two away: “不是写代码”, “コードではなく”."""
        denials = tuple(self._denials.get(language, ()))
        if before.endswith(NEGATIVES) or (
            denials and any(before[: len(before) - gap].endswith(denials) for gap in range(REACH))
        ):
            return True
        return behind.startswith(self._denials_behind.get(language, ()))

    def _is_at(self, phrase: Phrase, found: Sequence[tuple[str, int, int]], at: int) -> bool:
        if at + len(phrase.words) > len(found):
            return False
        there = (word for word, _, _ in found[at : at + len(phrase.words)])
        return all(
            word.startswith(one.text) if one.is_start else word == one.text
            for one, word in zip(phrase.words, there, strict=True)
        )

    def _is_denied(self, phrase: Phrase, text: str, found: Sequence[tuple[str, int, int]], at: int) -> bool:
        """Whether a denial is shortly before the expression, in the same clause."""
        denials = self._denials.get(phrase.language, frozenset())
        for before in range(max(0, at - REACH), at):
            word, _, end = found[before]
            if word in denials and not _ENDS.search(text, end, found[at][1]):
                return True
        return False


def without(text: str, mentions: Iterable[Mention]) -> str:
    """Return a text without some mentions, every other character still at its place.

    >>> without("chat sans censure", [Mention("uncensored", 5, 17)])
    'chat             '
    """
    for _, start, end in mentions:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
