"""Make what a notation gives back: the parts and helpers that all notations share."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

from ..vocabulary.meaning import Candidate, Condition, Meaning, bits_of

END = r"(?![^\W_])"
# How a parameter count may be written: 70, 1.5, 1_5 and 1p5 (a decimal), 0-5 (where dots are not allowed).
NUMBER = r"(?:\d{1,3}\.\d{1,3}|\d{1,3}p\d{1,2}|\d{1,4})"
MakeMeaning = Callable[..., Meaning]


def single(length: int, meaning: Meaning) -> Candidate:
    return Candidate(length, ((0, length, meaning),))


@functools.lru_cache(maxsize=1024)
def condition(cost: float, why: str | None = None, **circumstances: Any) -> Condition:
    empty: dict[str, Any] = {"after": (), "before": (), "lines": (), "kinds": (), "adjacent": None, "first": None}
    seen, unseen = (bits_of(circumstances.pop(key, ())) for key in ("seen", "unseen"))
    return Condition(**{**empty, **circumstances}, seen=seen, unseen=unseen, cost=cost, why=why)


def number(text: str) -> float | int:
    """The value of a number in any of the ways in which names write decimals.

    >>> number("70"), number("1.5"), number("0p5"), number("1_8")
    (70, 1.5, 0.5, 1.8)
    """
    value = float(re.sub(r"[_p-]", ".", text))
    return int(value) if value == int(value) else value
