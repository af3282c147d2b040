"""Say where a text describes a machine, and which of its words say something that wasn't understood."""

from __future__ import annotations

from collections.abc import Iterator

from .machine_parts import MARK, NUMBER, TIMES, WORD
from .machine_reading import Description

HARDWARE = ("card", "graphics-memory", "memory", "laptop", "computer", "apple", "phone", "board", "processor-only")
ENDS = (".", "!", "?", ";")  # of a sentence


def spans(description: Description) -> tuple[tuple[int, int], ...]:
    """Return the places of the text that describe the machine, those with nothing but small words between them joined."""
    found: list[tuple[int, int]] = []
    last = -1
    for at in sorted(description.used | set(_around(description))):
        part = description.parts[at]
        between = description.parts[last + 1 : at]
        if found and all(one.is_soft or (one.kind == MARK and one.text not in ENDS) for one in between):
            found[-1] = (found[-1][0], part.end)
        else:
            found.append((part.start, part.end))
        last = at
    return tuple(found)


def _around(description: Description) -> Iterator[int]:
    """Yield the words for hardware beside those that were used: `laptop with an RTX 3060`, `L4 cards`."""
    for used in description.used:
        for step in (1, -1):
            at = used + step
            while 0 <= at < len(description.parts) and description.parts[at].is_soft:
                at += step
            if 0 <= at < len(description.parts) and description.parts[at].means(*HARDWARE):
                yield at


def unread(description: Description, text: str) -> tuple[str, ...]:
    """Return the words that say something and weren't understood, as they are written."""
    found: list[tuple[int, int]] = []
    for at, part in enumerate(description.parts):
        silent = part.kind == NUMBER and not part.text.isdecimal()
        if at in description.used or part.is_soft or silent or part.kind in (MARK, TIMES, WORD):
            continue
        start = description.parts[at - 1].start if part.glued and at and at - 1 not in description.used else part.start
        if found and found[-1][1] >= start:
            found[-1] = (found[-1][0], part.end)
        else:
            found.append((start, part.end))
    return tuple(text[start:end] for start, end in found)
