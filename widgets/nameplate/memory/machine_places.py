"""Say where a text describes a machine, and which of its words say something that wasn't understood."""

from __future__ import annotations

from collections.abc import Iterator

from .machine_description import Description
from .machine_parts import MARK, NUMBER, TIMES, WORD, Part

HARDWARE = ("card", "graphics-memory", "memory", "laptop", "computer", "apple", "phone", "board", "processor-only")
ENDS = (".", "!", "?", ";", "。", "！", "？")  # of a sentence


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
    found: list[list[Part]] = []
    numbers = set(_numbers(description))
    for at, part in enumerate(description.parts):
        if at in description.used or at in numbers or part.kind == MARK:
            continue
        if found and part.adjacent and found[-1][-1].end == part.start:
            found[-1].append(part)
        else:
            found.append([part])
    return tuple(text[word[0].start : word[-1].end] for word in found if any(map(_says_something, word)))


def _numbers(description: Description) -> Iterator[int]:
    """Yield the parts of the numbers behind words for computers, which say nothing of their memory: i7-8700K, Ryzen 5 5600X."""
    in_number = False
    for at, part in enumerate(description.parts):
        letters = part.adjacent and len(part.text) <= 2 and part.text.isalpha()
        in_number = part.means("computer", "laptop") or (
            in_number and (part.kind == NUMBER or part.text == "-" or letters)
        )
        if in_number:
            yield at


def _says_something(part: Part) -> bool:
    if part.kind == NUMBER and not part.text.isdecimal():  # a number word, such as an article: ein, une
        return False
    return not part.is_soft and part.kind not in (TIMES, WORD)
