"""Read the clauses of a description that limit a machine: what it lacks, and what of its memory others use."""

from __future__ import annotations

from collections.abc import Sequence

from .machine_description import Description
from .machine_parts import FIGURE, MARK, NUMBER, OTHER, WORD, Part

BETWEEN = (",", ";", ".", "!", "?", "(", ")", "、", "。", "-", "–", "—", ":", "/", "+")
FARTHEST = 4  # parts between “no” and the card, or between a share and the word that says what of it
FARTHEST_TAKEN = 7
LETTERS_OF_A_NUMBER = 2
# What computers, cards and phones are sold with, in gigabytes. Other figures in a sentence are of something else.
SOLD = (
    0.25, 0.5, 1, 2, 3, 4, 6, 8, 10, 11, 12, 16, 18, 20, 24, 32, 36, 40, 48, 64, 80, 96, 128, 160, 192, 256, 384, 512,
)  # fmt: skip


def read_limits(description: Description) -> None:
    """Note what the machine lacks and what of its memory is in use, and mark the parts that say so as used."""
    for at, part in enumerate(description.parts):
        if part.means("processor-only"):
            _deny(description, at, at)
        elif part.means("without"):
            end = _next_card(description.parts, at)
            if end is not None:
                _deny(description, at, end)
        elif part.means("without-behind"):
            start = _before(description.parts, at)
            if start is not None and description.parts[start].means("card"):
                _deny(description, start, at)
        elif part.means("half") or part.kind == FIGURE:
            _take_away(description, at)


def is_a_clause(parts: Sequence[Part], at: int) -> bool:
    """Whether a figure makes up a clause that says nothing else, and is one that memory is sold in: “chat, 16 gigs”."""
    if not any(abs(parts[at].value - size) < size / 16 for size in SOLD):
        return False
    start, end = _end(parts, at, -1), _end(parts, at, 1)
    rest = (*parts[start + 1 : at], *parts[at + 1 : end])
    if not all(part.is_soft or part.kind == MARK or part.means("and") for part in rest):
        return False
    beside = [parts[place] for place in (start - 1, end + 1) if 0 <= place < len(parts)]
    return not any(part.means("disk") and not part.means("model") for part in beside)


def are_ones(parts: Sequence[Part], figures: Sequence[int]) -> bool:
    """Whether each of several figures is of one of the cards that a text mentions: “two cards, one with 16 GB and one with 8”."""
    if len(figures) < 2 or not any(part.means("card") for part in parts[: figures[0]]):
        return False
    before = (_before(parts, at) for at in figures)
    return all(place is not None and parts[place].kind == NUMBER and parts[place].value == 1 for place in before)


def is_in_a_number(parts: Sequence[Part], at: int) -> bool:
    """Whether a part is a letter or two of a number such as those of computers: T480, 8700K."""
    part = parts[at]
    if part.kind != OTHER or len(part.text) > LETTERS_OF_A_NUMBER or part.is_character:
        return False
    is_behind = part.adjacent and at > 0 and parts[at - 1].kind == NUMBER
    return is_behind or (at + 1 < len(parts) and parts[at + 1].kind == NUMBER and parts[at + 1].adjacent)


def _end(parts: Sequence[Part], at: int, step: int) -> int:
    """Return the place of the mark that ends a clause in one direction, or the place beyond the text."""
    at += step
    while 0 <= at < len(parts) and not (parts[at].kind == MARK and parts[at].text in BETWEEN):
        at += step
    return at


def _next_card(parts: Sequence[Part], at: int) -> int | None:
    for end in range(at + 1, min(at + 1 + FARTHEST, len(parts))):
        part = parts[end]
        if part.means("card"):
            return end
        if part.kind not in (WORD, OTHER) or not (part.is_soft or part.kind == OTHER):
            return None
    return None


def _before(parts: Sequence[Part], at: int) -> int | None:
    """Return the part before, without the small words between."""
    return next((place for place in range(at - 1, -1, -1) if not parts[place].is_soft), None)


def _deny(description: Description, start: int, end: int) -> None:
    description.without_card = True
    description.used.update(range(start, end + 1))


def _take_away(description: Description, at: int) -> None:
    """Note that a half or so many gigabytes are in use, if a word shortly behind says so: “half of it is taken by …”."""
    parts = description.parts
    is_half = parts[at].means("half")
    for end in range(at + 1, min(at + 1 + FARTHEST_TAKEN, len(parts))):
        part = parts[end]
        if part.means("taken") or (is_half and part.means("left")):
            if is_half:
                description.half = True
            else:
                description.taken = parts[at].value
            description.used.update((at, end))
            return
        if part.kind == MARK or part.kind == FIGURE or not (part.is_soft or part.kind == OTHER or is_half):
            return
        if not is_half and part.kind == OTHER:
            return
