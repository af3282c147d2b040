"""Find how large a model may be, where a request says so: “at most 13B”, “под 30B”, “10 to 32B”.

The words around the figure are in wording.yml, as concepts of their own.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from .figures import plain_text
from .knowledge import compiled
from .understanding.features import is_by_character

FIGURE = re.compile(r"(?<![\w.,])\d{1,4}(?:\.\d{1,2})?")
BETWEEN = r"[ ~≈]{0,3}"
TOLERANCE = 1.05  # a model of “30B” may have 30.5 billion parameters


class SizeLimits(NamedTuple):
    """The fewest and the most parameters that a model may have, in billions; None without a limit."""

    least: float | None = None
    most: float | None = None

    def allows(self, billions: float) -> bool:
        """Whether a model of this size is within the limits."""
        return (self.most is None or billions <= self.most * TOLERANCE) and (
            self.least is None or billions >= self.least / TOLERANCE
        )


NO_SIZE_LIMITS = SizeLimits()


class _Patterns(NamedTuple):
    unit: re.Pattern[str]
    ranges: re.Pattern[str]
    before: dict[str, re.Pattern[str]]
    behind: dict[str, re.Pattern[str]]


def _any(words: tuple[str, ...]) -> str:
    by_length = sorted(words, key=len, reverse=True)
    return "|".join(
        re.escape(word) if is_by_character(word) or not word[0].isalnum() else rf"\b{re.escape(word)}\b"
        for word in by_length
    )


@functools.cache
def _patterns() -> _Patterns:
    words: dict[str, tuple[str, ...]] = compiled().LIMITS
    return _Patterns(
        re.compile(
            rf"[ -]?(?:{'|'.join(map(re.escape, sorted(words['billions'], key=len, reverse=True)))})(?![a-zà-ÿа-я])"
        ),
        re.compile(rf"{BETWEEN}(?:{_any(words['up-to'])}){BETWEEN}$"),
        {
            "most": re.compile(rf"(?:{_any(words['at-most'])})(?: \w{{1,3}})?{BETWEEN}$"),
            "least": re.compile(rf"(?:{_any(words['at-least'])})(?: \w{{1,3}})?{BETWEEN}$"),
        },
        {
            "most": re.compile(rf"[ ,(]{{0,2}}(?:{_any(words['or-less'])})"),
            "least": re.compile(rf"[ ,(]{{0,2}}(?:{_any(words['or-more'])})"),
        },
    )


def size_limits(text: str) -> SizeLimits:
    """Return the limits on parameters that a text states.

    >>> size_limits("a model under 14B")
    SizeLimits(least=None, most=14.0)
    >>> size_limits("something from 10B to 32B"), size_limits("7B or smaller")
    (SizeLimits(least=10.0, most=32.0), SizeLimits(least=None, most=7.0))
    >>> size_limits("llama 3 8B on 16 GB")
    SizeLimits(least=None, most=None)
    """
    found = dict(_stated(plain_text(text)))
    return SizeLimits(found.get("least"), found.get("most"))


def _stated(text: str) -> Iterator[tuple[str, float]]:
    patterns = _patterns()
    last_end = 0
    last: float | None = None
    for figure in FIGURE.finditer(text):
        unit = patterns.unit.match(text, figure.end())
        value, end = float(figure[0]), unit.end() if unit else figure.end()
        if unit:
            if last is not None and patterns.ranges.fullmatch(text, last_end, figure.start()):
                yield from (("least", last), ("most", value))
            before = (
                (side, one.search(text, max(0, figure.start() - 40), figure.start()))
                for side, one in patterns.before.items()
            )
            behind = ((side, one.match(text, end)) for side, one in patterns.behind.items())
            limits = [(len(match[0]), side) for side, match in (*before, *behind) if match]
            if limits:  # “no more than” has “more than” in it
                yield max(limits)[1], value
        is_of_name = text[figure.start() - 1 : figure.start()] == "-"  # Llama-3.3-70B
        last_end, last = end, None if is_of_name else value
