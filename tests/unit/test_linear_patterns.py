"""No regular expression of the picker and the memory estimate takes longer than its text: what follows an unbounded repeat may be missing.

Where something has to follow it, a long text that lacks this is read again from every place: a request of 20,000
characters took 23 seconds.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

import nameplate.memory
import nameplate.picker

PARSER: Any = re._parser  # type: ignore[attr-defined]
REPEATS = ("MAX_REPEAT", "MIN_REPEAT")


def patterns() -> Iterator[Any]:
    for package in (nameplate.memory, nameplate.picker):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    yield pytest.param(value, id=f"{module.name}.{name}")


def goes_back(tree: Sequence[Any], follows: bool = False) -> bool:
    """Whether an unbounded repeat is followed by something that has to be there; `follows` says so of the whole tree."""
    for kind, argument in reversed(tree):
        unbounded = str(kind) in REPEATS and argument[1] == PARSER.MAXREPEAT
        if (unbounded and follows) or any(goes_back(part, follows) for part in parts_of(str(kind), argument)):
            return True
        can_fail = str(kind) in ("AT", "ASSERT", "ASSERT_NOT")
        follows = follows or can_fail or PARSER.SubPattern(PARSER.State(), [(kind, argument)]).getwidth()[0] > 0
    return False


def parts_of(kind: str, argument: Any) -> list[Sequence[Any]]:
    if kind in REPEATS:
        return [argument[2]]
    if kind == "SUBPATTERN":
        return [argument[3]]
    if kind == "BRANCH":
        return list(argument[1])
    return [argument[1]] if kind in ("ASSERT", "ASSERT_NOT") else []


@pytest.mark.parametrize("pattern", list(patterns()))
def test_nothing_has_to_follow_an_unbounded_repeat(pattern: re.Pattern[str]) -> None:
    assert not goes_back(PARSER.parse(pattern.pattern))


@pytest.mark.parametrize("source", [r"\d+ tokens", r"(?:\d+)\b", r"(?:a|b*c)", r"x(?!\w*y)", r"(?:a+b)*", r"a* *b"])
def test_what_goes_back_is_noticed(source: str) -> None:
    assert goes_back(PARSER.parse(source))


@pytest.mark.parametrize("source", [r"\d[\d.,]*", r"[a-z]+(?:'[a-z]+)?", r"\d{1,4} ?gb\b"])
def test_what_does_not_go_back_passes(source: str) -> None:
    assert not goes_back(PARSER.parse(source))
