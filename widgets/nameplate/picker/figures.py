"""The figures of a sentence and what follows them: `60k tokens`, `1,500 rows`, `600 pages`.

The sentence is read once from left to right, and what may follow a figure is short: the work grows no faster than the text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from .numerals import in_digits
from .understanding.features import is_by_character

THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")  # as many languages write them: 50.000
SPACED = re.compile(r"(?<![\w.,])(\d{1,3})[ \u00a0\u202f](?=\d{3}(?![\d.,]))")  # and others: 50 000
CHINESE = {
    "一": "1",
    "二": "2",
    "两": "2",
    "兩": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
}
CHINESE_FIGURE = re.compile(rf"[{''.join(CHINESE)}](?=[万萬千百])")
FIGURE = re.compile(r"\d[\d.,]*")
WORD_FACTORS = {"thousand": 1_000, "million": 1_000_000}
# Of things. Units of other languages than English follow without a space in some, and may be shortened: "20 tys.".
COUNTS = {
    "k": 1_000, **WORD_FACTORS, "tausend": 1_000, "mille": 1_000, "mil": 1_000, "mila": 1_000, "tys": 1_000, "тыс": 1_000,
    "万": 10_000, "萬": 10_000, "千": 1_000, "百": 100,
}  # fmt: skip
TOKENS = {"k": 1_024, "m": 1_024 * 1_024, **WORD_FACTORS}


class Figure(NamedTuple):
    """A figure as the sentence writes it, and what was found behind it."""

    digits: str
    behind: re.Match[str]

    def amount(self, factors: Mapping[str, int]) -> int | None:
        """The number, multiplied by the unit that the first group behind it names."""
        return amount(self.digits, self.behind[1] if self.behind.re.groups else None, factors)


@functools.lru_cache(maxsize=8)  # two of the readers of a request ask for it
def plain_text(text: str) -> str:
    """Return a text in lower case with single spaces, and with the numbers in it in digits.

    >>> plain_text("Sixty  thousand tokens")
    '60000 tokens'
    >>> plain_text("40 000 lettres, 五万条")
    '40000 lettres, 5万条'
    """
    digits = CHINESE_FIGURE.sub(lambda found: CHINESE[found[0]], SPACED.sub(r"\1", " ".join(text.lower().split())))
    return in_digits(digits)


def find_figure(text: str, behind: re.Pattern[str], not_after: str = "") -> Figure | None:
    """Return the first figure with something behind it; none that follows a letter, or one of the marks `not_after`.

    >>> found = find_figure("between 5 and 60k tokens", re.compile(r" ?(k)? tokens"))
    >>> found.digits, found.amount(TOKENS)
    ('60', 61440)
    """
    for figure in FIGURE.finditer(text):
        before = text[figure.start() - 1 : figure.start()]
        if (before.isalnum() and not is_by_character(before)) or before == "_" or (before and before in not_after):
            continue
        found = behind.match(text, figure.end())
        if found is not None:
            return Figure(figure[0], found)
    return None


def figure_at(text: str, start: int, behind: re.Pattern[str]) -> Figure | None:
    """Return the figure that begins at a position, with something behind it."""
    figure = FIGURE.match(text, start)
    found = behind.match(text, figure.end()) if figure is not None else None
    return Figure(figure[0], found) if figure is not None and found is not None else None


def amount(digits: str, unit: str | None, factors: Mapping[str, int]) -> int | None:
    """Return the number that digits and perhaps a unit make; None where the digits are not a number.

    >>> amount("1,500", None, {}), amount("1.5", "k", {"k": 1_000}), amount("1.2.3", None, {}), amount("50.000", None, {})
    (1500, 1500, None, 50000)
    """
    digits = digits.rstrip(".,")
    if unit is None and THOUSANDS.fullmatch(digits):
        digits = digits.replace(".", "")
    if unit is None or "," in digits:
        digits = digits.replace(",", "")
    try:
        return int(float(digits) * factors.get(unit or "", 1))
    except (ValueError, OverflowError):  # 1.2.3, or hundreds of digits
        return None
