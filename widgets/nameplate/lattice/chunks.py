"""Cuts the text of a name into units: parts that no candidate span crosses, so that each is read on its own.

Names share most of their units, and what was found out about one is kept in it.
"""

from __future__ import annotations

from typing import Any, TypeVar

from ..notation.boundaries import end_of, start_of
from ..patterns import pattern
from ..vocabulary.lookup import ALNUM_RUN, NO_BEGINNINGS, Vocabulary
from ..vocabulary.phrases import JOINTS, awaited_behind, phrase_length

# A piece and the marks behind it. A mark between two digits is part of a piece, because numbers are written so.
PIECES = pattern(r"((?:[^\W_]|(?<=\d)[-._](?=\d))+)([\W_]*)")
FIRST_MARKS = pattern(r"[\W_]*")
REACH = 4  # pieces over which a phrase can have begun: text-to-image-editing
LONG = 200  # characters; longer runs are no words and are not remembered
MEMORY = 50_000  # entries of each memory, which starts anew when it is full
NOTHING: frozenset[str] = frozenset()


class Unit:
    """A part of a text that no candidate span crosses: read on its own, and remembered.

    `ends` and `starts` say how a notation could go on behind it and begin before it; `awaited` are the runs with which
    one of its phrases would go on. The rest holds what the reader has worked out (segmentation.py).
    """

    __slots__ = (
        "asked", "awaited", "edges", "ends", "first_run", "lines", "lines_at_start", "lower", "onward", "starts", "text", "ways",
    )  # fmt: skip

    def __init__(self, text: str, lower: str) -> None:
        self.text = text
        self.lower = lower
        self.first_run = ""
        self.starts = self.ends = 0
        self.awaited = NOTHING
        self.lines = NOTHING  # that it names for certain
        self.lines_at_start = NOTHING  # that it names where it stands at the start
        self.edges: Any = None
        self.asked: Any = None
        self.ways: dict[Any, Any] = {}
        self.onward: dict[Any, Any] = {}


class Units:
    """The units of texts in one vocabulary. What was cut once is remembered."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._units: dict[str, Unit] = {}

    def of(self, text: str) -> list[tuple[int, Unit]]:
        """The units of a text, with their offsets. The marks that divide them are left out."""
        units: list[tuple[int, Unit]] = []
        remembered = self._units
        here: Unit | None = None  # the pieces from `begun` on that belong together, the last few of them at least
        begun: list[int] = []
        between, start, end = "", 0 if text[:1].isalnum() else FIRST_MARKS.match(text).end(), 0  # type: ignore[union-attr]
        for piece, marks in PIECES.findall(text):
            there = remembered.get(piece) or self._unit(piece)
            if here is None:
                begun = [start]
            elif between in JOINTS and (here.ends & there.starts or there.first_run in here.awaited):
                begun.append(start)
                joined = text[begun[-REACH:][0] : start + len(piece)]
                there = remembered.get(joined) or self._unit(joined)
            else:
                units.append((begun[0], here if len(begun) <= REACH else self._unit(text[begun[0] : end])))
                begun = [start]
            here, between = there, marks
            end = start + len(piece)
            start = end + len(marks)
        if here is not None:
            units.append((begun[0], here if len(begun) <= REACH else self._unit(text[begun[0] : end])))
        return units

    def _unit(self, text: str) -> Unit:
        lower = lower_case(text)
        unit = Unit(text, lower)
        lines, at_start, awaited = NOTHING, NOTHING, NOTHING
        last = ""
        for match in ALNUM_RUN.finditer(lower):
            start, end = match.span()
            last = match[0]
            beginnings = self._vocabulary.beginnings(last)
            if not start:
                unit.first_run = last
            if beginnings is NO_BEGINNINGS and last[-1] == "v" and lower[end : end + 1].isdecimal():
                end -= 1  # the letter belongs to the number: owlv2
                beginnings = self._vocabulary.beginnings(last[:-1])
            if beginnings is NO_BEGINNINGS:
                continue
            if beginnings.longer:
                awaited = awaited | awaited_behind(beginnings, lower, end)
            for phrase in beginnings.heads:
                if not phrase.rest or phrase_length(phrase, lower, lower, start, end):
                    if phrase.meaning.cost < 1.0:
                        lines = lines | {phrase.meaning.line or ""}
                    elif not start:
                        at_start = at_start | {phrase.meaning.line or ""}
        unit.awaited = awaited
        unit.lines, unit.lines_at_start = lines, lines | at_start
        unit.starts, unit.ends = start_of(lower, unit.first_run), end_of(lower, last)
        if len(text) <= LONG:
            remember(self._units, text, unit)
        return unit


def lower_case(text: str) -> str:
    """Lower case of the same length: the few characters whose lower case is longer stay as they are.

    >>> lower_case("Qwen-İ")
    'qwen-İ'
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


Kept = TypeVar("Kept")


def remember(memory: dict[str, Kept], key: str, value: Kept) -> None:
    if len(memory) >= MEMORY:
        memory.clear()
    memory[key] = value
