"""Recognize what a description of a machine is made of: names of products, figures of memory, and words around them.

What is found here is only what a part may be; `machine_reading` decides what belongs together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .arguments import MOST_GB
from .hardware import Product, hardware
from .machine_text import Token, between, tokens

NAME, FIGURE, NUMBER, TIMES, WORD, MARK, OTHER = "name", "figure", "number", "times", "word", "mark", "other"
MULTIPLIES = ("x", "×", "*", "✕")
JOINS = ("-", "_", ".", "+")  # marks inside a name
DECIMAL = (".", ",")
PLURALS = ("s", "er", "ers")  # endings of a name that is a number: 3090s, 3060er
LONGEST_NUMBER = 9  # digits
THOUSANDS = 3  # digits after a comma that aren't decimals
TERA = 1024
MEGA = 1 / 1024
LEAST = 0.25  # gigabytes
SHORTEST_SURE = 4  # characters of a name that always means a machine: A100, but not M3
SOFT = ("article", "filler")


class Part(NamedTuple):
    """A part of a description: what it is, and its place in the text.

    `value` is the number, or the gigabytes of a figure; `meanings` are those of a word; `sure` says whether a name means
    a machine by itself, or only if something beside it says so.
    """

    kind: str
    text: str
    start: int
    end: int
    adjacent: bool
    meanings: tuple[str, ...] = ()
    value: float = 0
    product: Product | None = None
    sure: bool = True

    def means(self, *meanings: str) -> bool:
        """Whether it is a word with one of these meanings."""
        return bool(self.meanings) and any(meaning in meanings for meaning in self.meanings)

    @property
    def is_soft(self) -> bool:
        """Whether it says nothing by itself."""
        return bool(self.meanings) and all(meaning in SOFT for meaning in self.meanings)

    @property
    def is_plural_ending(self) -> bool:
        """Whether it is the ending of a name that is a number: 3090s."""
        return self.kind == OTHER and self.adjacent and self.text in PLURALS

    @property
    def is_character(self) -> bool:
        """Whether it has a Chinese or Japanese character at its end."""
        return "\u3040" <= self.text[-1] <= "\u9fff"


def parts(text: str) -> tuple[Part, ...]:
    """Return the parts of a text.

    >>> [part.kind for part in parts("two RTX 3090 with 24 GB")]
    ['number', 'name', 'word', 'figure']
    """
    found: list[Part] = []
    pieces = tokens(text)
    at = 0
    while at < len(pieces):
        part, length = _part(pieces, at)
        found.append(part)
        at += length
    return tuple(found)


def _part(pieces: Sequence[Token], at: int) -> tuple[Part, int]:
    """Return the part that begins at a token, and the number of tokens in it."""
    token = pieces[at]
    if token.text in MULTIPLIES:
        return _made(TIMES, pieces, at), 1
    if not token.is_word:
        return _made(MARK, pieces, at), 1
    figure = _figure(pieces, at)
    if figure is not None:
        return figure
    known = hardware()
    for key, length in reversed(list(_phrases(pieces, at))):
        product = known.named(key)
        if product is not None and _is_whole(pieces, at, length) and not _is_plural(key, pieces[at : at + length]):
            return _made(NAME, pieces, at, length, product=product, sure=_is_sure(key)), length
        phrase = key.replace("~", " ")
        meanings, number = known.words.get(phrase, ()), known.numbers.get(phrase)
        if number is not None:
            return _made(NUMBER, pieces, at, length, meanings, number), length
        if meanings:
            return _made(WORD, pieces, at, length, meanings), length
    if token.is_number:
        return _made(NUMBER, pieces, at, value=min(float(token.text[:LONGEST_NUMBER]), MOST_GB)), 1
    return _made(OTHER, pieces, at), 1


def _made(
    kind: str, pieces: Sequence[Token], at: int, length: int = 1, meanings: tuple[str, ...] = (), value: float = 0,
    product: Product | None = None, sure: bool = True,
) -> Part:  # fmt: skip
    """Return a part made of tokens."""
    first = pieces[at]
    text, end = first.text, first.end
    if length > 1:
        words = pieces[at : at + length]
        text, end = " ".join(word.text for word in words if word.is_word), words[-1].end
    return Part(kind, text, first.start, end, first.adjacent, meanings, value, product, sure)


def _phrases(pieces: Sequence[Token], at: int) -> Iterator[tuple[str, int]]:
    """Yield the key of the words from a token on, one more each time, and the number of tokens that they take."""
    most = hardware().longest.get(pieces[at].text, 0)
    last, key, end = pieces[at], pieces[at].text, at + 1
    for words in range(1, most + 1):
        yield key, end - at
        if words == most or end == len(pieces):
            return
        if pieces[end].text in JOINS and pieces[end].adjacent and end + 1 < len(pieces):
            if not pieces[end + 1].adjacent and pieces[end].text != "+":
                return
            end += 1
        if not pieces[end].is_word:
            return
        key += between(last, pieces[end]) + pieces[end].text
        last = pieces[end]
        end += 1


def _is_whole(pieces: Sequence[Token], at: int, length: int) -> bool:
    """Whether a name isn't a part of a longer word, such as a model's name: MiniMax-M2, A100k."""
    first, end = pieces[at], at + length
    if first.adjacent:
        before = pieces[at - 1]
        if before.text in JOINS or before.text == "/":
            return at < 2 or not before.adjacent or pieces[at - 2].text in MULTIPLIES
        if before.is_word and not before.is_character and before.text not in MULTIPLIES:
            return False
    if end < len(pieces) and pieces[end].adjacent:
        after = pieces[end]
        return not after.is_word or after.is_character or after.text in (*MULTIPLIES, *PLURALS)
    return True


def _is_plural(key: str, words: Sequence[Token]) -> bool:
    """Whether the s at the end of a name is a plural: V100s, but L40S."""
    return key.endswith("~s") and words[-1].written == "s" and words[0].written.isupper()


def _is_sure(key: str) -> bool:
    together = key.replace("~", "").replace(" ", "")
    return len(together) >= SHORTEST_SURE and not together.isdecimal()


def _figure(pieces: Sequence[Token], at: int) -> tuple[Part, int] | None:
    """Return a figure of memory that begins at a token: digits, perhaps decimals, and a unit."""
    token = pieces[at]
    if not token.is_number or (token.adjacent and at and not _may_precede(pieces, at)):
        return None
    digits, end = token.text, at + 1
    if end + 1 < len(pieces) and pieces[end].text in DECIMAL and pieces[end].adjacent and pieces[end + 1].adjacent:
        more = pieces[end + 1].text
        if more.isdecimal():
            digits, end = digits + ("" if len(more) == THOUSANDS else ".") + more, end + 2
    if end < len(pieces) and pieces[end].text == "-" and pieces[end].adjacent:
        end += 1
    if end == len(pieces) or len(digits) > len(str(MOST_GB)):
        return None
    factor, words = _factor(pieces, end)
    if factor is None or _is_rate(pieces, end):
        return None
    value = float(digits) * factor
    least = LEAST if factor == MEGA else 1 / MOST_GB
    length = end + words - at
    return (_made(FIGURE, pieces, at, length, value=value), length) if least <= value <= MOST_GB else None


def _may_precede(pieces: Sequence[Token], at: int) -> bool:
    """Whether a figure may touch what is before it."""
    before = pieces[at - 1]
    if before.text in DECIMAL:
        return not (before.adjacent and at > 1 and pieces[at - 2].is_number)
    is_memory = not {"memory", "graphics-memory"}.isdisjoint(hardware().words.get(before.text, ()))
    return not before.text[0].isalnum() or before.is_character or before.text in MULTIPLIES or is_memory


def _factor(pieces: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Return the gigabytes of a unit, None for another word, and the number of tokens in it: ギガ has two."""
    words = hardware().words
    unit = pieces[at]
    if unit.is_character:
        for length in (4, 3, 2):
            meanings = words.get(" ".join(piece.text for piece in pieces[at : at + length]), ())
            if "unit" in meanings or "mega" in meanings:
                return (1 if "unit" in meanings else MEGA), length
        return None, 2
    meanings = words.get(unit.text, ())
    if "tera" in meanings:
        return TERA, 1
    if "mega" in meanings:
        return MEGA, 1
    return (1 if "unit" in meanings or ("adjacent-unit" in meanings and unit.adjacent) else None), 1


def _is_rate(pieces: Sequence[Token], unit: int) -> bool:
    """Whether a unit goes on to a time: GB/s."""
    return unit + 2 < len(pieces) and pieces[unit + 1].text == "/" and pieces[unit + 2].adjacent
