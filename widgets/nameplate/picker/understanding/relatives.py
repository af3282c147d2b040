"""Find the known words that an unknown one is probably a misspelling or another form of."""

from __future__ import annotations

import bisect
import itertools
import string
import sys
from collections.abc import Container, Iterator, Sequence

MOST = 3  # words that are returned
SHORTEST_MISSPELLED = 5  # letters: with one letter changed, a shorter word may be any other
# The beginning that two forms of a word share: its letters, and its share of the longer form.
SHORTEST_BEGINNING, SHARE_OF_BEGINNING = 4, 0.5
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


def relatives(word: str, known: Container[str], ordered: Sequence[str]) -> list[str]:
    """Return the known words that differ from a word by a typing mistake, or else those of a sorted list that begin alike.

    A mistake inside the word keeps its first and its last letter. Other forms mostly differ at the end.

    >>> words = ["invite", "invoice", "invoiced", "reward", "rewrite"]
    >>> [relatives(word, words, words) for word in ("rewrd", "invoices", "inventory")]
    [['reward'], ['invoiced', 'invoice'], []]
    """
    return _misspelled(word, known) or _same_beginning(word, ordered)


def _misspelled(word: str, known: Container[str]) -> list[str]:
    if len(word) < SHORTEST_MISSPELLED:
        return []
    return sorted({found for found in _changed_inside(word) if found in known})[:MOST]


def _changed_inside(word: str) -> Iterator[str]:
    """Yield a word with one letter inside it left out, added, replaced, or swapped with the next.

    >>> "reward" in _changed_inside("rewrd"), "words" in _changed_inside("word")
    (True, False)
    """
    letters = string.ascii_lowercase if word.isascii() else _CYRILLIC
    for place in range(1, len(word)):
        before, behind = word[:place], word[place:]
        yield from (before + letter + behind for letter in letters)
        if len(behind) > 1:
            yield before + behind[1:]
            yield from (before + letter + behind[1:] for letter in letters)
        if len(behind) > 2:
            yield before + behind[1] + behind[0] + behind[2:]


def _same_beginning(word: str, ordered: Sequence[str]) -> list[str]:
    """Return the words that share the longest beginning with a word, first those that are as long as it is."""
    place = bisect.bisect(ordered, word)
    near = ordered[max(place - 1, 0) : place + 1]
    start = max((_shared_beginning(word, other) for other in near), key=len, default="")
    if len(start) < max(SHORTEST_BEGINNING, SHARE_OF_BEGINNING * len(word)):
        return []
    found = ordered[bisect.bisect_left(ordered, start) : bisect.bisect_left(ordered, start + chr(sys.maxunicode))]
    alike = [other for other in found if len(start) >= SHARE_OF_BEGINNING * len(other)]
    return sorted(alike, key=lambda other: (abs(len(other) - len(word)), other))[:MOST]


def _shared_beginning(first: str, second: str) -> str:
    same = itertools.takewhile(lambda letters: letters[0] == letters[1], zip(first, second, strict=False))
    return "".join(letter for letter, _ in same)
