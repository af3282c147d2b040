"""Cut a text into words and figures with their places, as descriptions of machines need them.

Letters and digits are apart (`rtx4090` has two parts), every Chinese or Japanese character is a part, and accents don't
count. Nothing here looks back or ahead further than a few characters, so that the work grows no faster than the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
TOKEN = re.compile(
    rf"\d+|(?<=\d)[xX](?=[^\W\d_]{{1,4}}\d)|(?:(?![{CJK}])[^\W\d_])+|[{CJK}]|\S"
)  # the x of 8xH100 is a part by itself
ACCENTS = str.maketrans("áàâäãåăąćčçéèêëęíìîïłńñóòôöõőøśšúùûüůýźżžё", "aaaaaaaaccceeeeeiiiilnnooooooossuuuuuyzzzе")
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width letters and digits
SHORT = 2  # letters; fewer don't make a word by themselves


class Token(NamedTuple):
    """A part of a text: in lower case without accents, as it is written, and where. `adjacent` means no space before it."""

    text: str
    written: str
    start: int
    end: int
    adjacent: bool

    @property
    def is_number(self) -> bool:
        """Whether it is made of digits."""
        return self.text.isdecimal()

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters or digits."""
        return self.text[0].isalnum()

    @property
    def is_character(self) -> bool:
        """Whether it is a Chinese or Japanese character, between which there are no spaces."""
        return "\u3040" <= self.text[0] <= "\u9fff" or "\uf900" <= self.text[0] <= "\ufaff"


def tokens(text: str) -> tuple[Token, ...]:
    """Return the parts of a text.

    >>> [token.text for token in tokens("2x RTX4090, für Übersetzungen")]
    ['2', 'x', 'rtx', '4090', ',', 'fur', 'ubersetzungen']
    >>> [token.text for token in tokens("显卡24GB")]
    ['显', '卡', '24', 'gb']
    """
    found: list[Token] = []
    end = -1
    for match in TOKEN.finditer(text.translate(WIDE)):
        written = match[0]
        found.append(Token(fold(written), written, match.start(), match.end(), match.start() == end))
        end = match.end()
    return tuple(found)


def fold(word: str) -> str:
    """Return a word in lower case without accents.

    >>> fold("Mémoire"), fold("Ещё")
    ('memoire', 'еще')
    """
    return word.lower().translate(ACCENTS)


def name_key(parts: Sequence[Token]) -> str:
    """Return the parts of a name as one text, with a tilde where a few letters touch a number.

    >>> name_key(tokens("RTX A4000")), name_key(tokens("RTX 4090")), name_key(tokens("970M"))
    ('rtx a~4000', 'rtx 4090', '970~m')
    """
    key = parts[0].text
    for before, part in itertools.pairwise(parts):
        key += between(before, part) + part.text
    return key


def between(before: Token, part: Token) -> str:
    """Return what joins two parts of a name in its key."""
    if part.start != before.end or before.is_number == part.is_number or part.is_character or before.is_character:
        return " "
    return "~" if (len(before.text) <= SHORT if part.is_number else len(part.text) == 1) else " "


def word_key(text: str) -> str:
    """Return the key of a word or a phrase: its parts, without marks between them.

    >>> word_key("don't have"), word_key("显存")
    ('don t have', '显 存')
    """
    return " ".join(token.text for token in tokens(text) if token.is_word)
