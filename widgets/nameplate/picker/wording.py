"""Compare people's words for a circumstance by their stems, so that spelling, inflection and order don't matter.

A wording is a set of parts that a sentence has to contain, in any order. A part is a word, a phrase (words joined
by `_`, which have to follow each other), a concept (`@image`: one of a group of words), or a word that is denied
(`no_template`: with "no", "not" or "without" shortly before it).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[.,;:!?]")
DENIALS = frozenset(
    ("no", "non", "not", "without", "never", "dont", "doesnt", "cannot", "cant", "nor", "neither", "lack", "isnt")
)
REACH = 3  # words after a denial that it denies
# An ending, what comes in its place, and how much has to be left in front of it.
ENDINGS = (
    ("ization", "", 3), ("isation", "", 3), ("izing", "", 3), ("ising", "", 3), ("izer", "", 3), ("iser", "", 3),
    ("ized", "", 3), ("ised", "", 3), ("ize", "", 3), ("ise", "", 3), ("ification", "if", 3), ("ifying", "if", 3),
    ("ified", "if", 3), ("ifies", "if", 3), ("ifier", "if", 3), ("ify", "if", 3), ("ion", "", 3), ("ing", "", 3),
    ("ied", "i", 3), ("ed", "", 3), ("ies", "i", 2), ("ches", "ch", 2), ("shes", "sh", 2), ("sses", "ss", 2), ("xes", "x", 2),
    ("s", "", 3), ("ly", "", 4), ("e", "", 3), ("y", "i", 3),
)  # fmt: skip
INFLECTIONS = ("ing", "ed", "s")  # what is left may have an ending of its own: captioning, caption
KEPT = frozenset(
    ("ai", "asr", "tts", "rag", "css", "video", "audio", "sms", "faq", "ios", "bus", "gas", "us", "this", "process")
)


@functools.lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return roughly the part of an English word that its forms have in common: good enough to compare by.

    >>> len({stem(word) for word in ("summarise", "summarizes", "summarizing", "summarization", "summarizer")})
    1
    >>> stem("chatting") == stem("chats") == stem("chat"), stem("translate") == stem("translation")
    (True, True)
    """
    if len(word) < 4 or word in KEPT or not word.isalpha():
        return word
    for ending, instead, least in ENDINGS:
        if not word.endswith(ending):
            continue
        rest = word[: -len(ending)]
        if len(rest) >= least and not (ending == "s" and rest[-1] in "su"):
            rest = _undoubled(rest) + instead
            return stem(rest) if ending in INFLECTIONS and len(rest) > 3 else rest
    return word


def _undoubled(rest: str) -> str:
    """Return a word without the letter that was doubled before an ending: `chatt`(ing) is `chat`."""
    if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "aeiousl":
        return rest[:-1]
    return rest


class Part(NamedTuple):
    """One part of a wording: the stems that have to follow each other."""

    kind: str  # "word", "concept" or "denied"
    stems: tuple[str, ...]


def wording(text: str) -> tuple[Part, ...]:
    """Return the parts of a wording as it is written in the data.

    >>> [part.kind for part in wording("pull @fields no_template fill_the_gap")]
    ['word', 'concept', 'denied', 'word']
    """
    return tuple(map(_part, text.lower().split()))


def _part(text: str) -> Part:
    if text.startswith("@"):
        return Part("concept", (text[1:],))
    words = [word for word in re.split(r"[^a-z0-9]+", text) if word]
    if words[0] == "no" and len(words) > 1:
        return Part("denied", tuple(map(stem, words[1:])))
    return Part("word", tuple(map(stem, words)))


Concepts = Mapping[str, Sequence[tuple[str, ...]]]
Wording = Sequence[tuple[str, tuple[str, ...]]]  # parts, as `wording` makes them or as they are compiled


class Sentence:
    """A sentence as stems in order, and which of them are denied."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.stems: list[str] = []
        self.denied: list[bool] = []
        reach = 0
        for word in WORD.findall(_plain(text)):
            if not word[0].isalnum():
                reach = 0
                continue
            bare = word.replace("'", "") if word.endswith("n't") else word.split("'")[0]
            self.words.append(bare)
            self.stems.append(stem(bare))
            self.denied.append(reach > 0 and bare not in DENIALS)
            reach = REACH if bare in DENIALS else max(0, reach - 1)
        self._places: dict[str, list[int]] = {}
        for place, stemmed in enumerate(self.stems):
            self._places.setdefault(stemmed, []).append(place)

    def has(self, part: tuple[str, tuple[str, ...]], concepts: Concepts) -> bool:
        """Whether the sentence has a part of a wording."""
        kind, stems = part
        if kind == "concept":
            return any(self._contains(one, False) for one in concepts[stems[0]])
        return self._contains(stems, kind == "denied")

    def _contains(self, stems: tuple[str, ...], denied: bool) -> bool:
        """Whether the stems follow each other, or are written as one word: `web page`, `webpage`."""
        size = len(stems)
        for place in self._places.get(stems[0], ()):
            if self.denied[place] == denied and tuple(self.stems[place : place + size]) == stems:
                return True
        joined = self._places.get("".join(stems)) if size > 1 else None
        return joined is not None and self.denied[joined[0]] == denied


class Index:
    """Wordings by a word that a matching sentence has to contain, so that few have to be compared."""

    def __init__(self, concepts: Concepts) -> None:
        self._concepts = concepts
        self._by_word: dict[str, list[tuple[str, Wording]]] = {}

    def add(self, owner: str, wordings: Iterable[Wording]) -> None:
        """Add the wordings that mean `owner`."""
        for parts in wordings:
            for word in self._entrances(parts):
                self._by_word.setdefault(word, []).append((owner, parts))

    def _entrances(self, parts: Wording) -> set[str]:
        """Return the words of which a sentence has to contain one for the first part to match."""
        kind, stems = next((part for part in parts if part[0] != "concept"), parts[0])
        phrases = self._concepts[stems[0]] if kind == "concept" else (stems,)
        return {word for phrase in phrases for word in (phrase[0], "".join(phrase))}

    def owners(self, sentence: Sentence) -> frozenset[str]:
        """Return what the sentence means: the owners of the wordings of which it has all parts."""
        return frozenset(
            owner
            for word in set(sentence.stems)
            for owner, parts in self._by_word.get(word, ())
            if all(sentence.has(part, self._concepts) for part in parts)
        )


def _plain(text: str) -> str:
    """Return a text in lower case, with spaces for the marks inside words."""
    text = text.lower().replace("’", "'").replace("&", " and ")
    return re.sub(r"(?<=[a-z0-9])[-_/.](?=[a-z0-9])", " ", text)
