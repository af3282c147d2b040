"""What a span costs in its circumstances: what stands before and after it, what the name has said, which lines it names."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any, TypeVar

from ..vocabulary.meaning import BITS, Found, Meaning, When

EDGE = 0.4  # what each token costs by itself: of two explanations the one with fewer parts is better
HOPELESS = 3.5  # a way that costs so much more than the best one to the same place is given up
BEAM = 3  # states kept at each place of the text
ANYTHING = "anything"  # the last field where nobody asks for it
NOTHING: frozenset[str] = frozenset()

# What waits for the next token: for which fields, and what it will cost more or less if one of them follows.
Pending = tuple[tuple[tuple[str, ...], float], ...]
# What the way so far means for what follows: the field of the last token, whether nothing stands between it and what
# follows, all fields so far as bits, and what waits for the next token.
State = tuple[str, bool, int, Pending]
START: State = ("start", False, 0, ())
UNASKED: State = (ANYTHING, False, 0, ())
# What holds for a whole text: the lines that it names, and what these are made for.
Around = frozenset[str]


def over(state: State, found: Found, around: Around) -> tuple[State, float]:
    """The state behind a span, and what going over it costs."""
    before, glued, seen, pending = state
    parts = found.parts
    field = parts[0][2].field
    if field == "separator":
        return (before, False, seen, pending), 0.0
    cost = settle(pending, field or "unknown") if pending else 0.0
    for _, _, meaning in parts:
        if meaning.when:
            price, _, pending = _price(meaning, before, glued, seen, around)
        else:
            price, pending = meaning.cost, ()
        cost += price + EDGE
        before, glued = meaning.field or "unknown", True
        seen |= BITS.get(before, 0)
    return (before, True, seen, pending), cost


def prices(state: State, found: Found, around: Around) -> list[tuple[float, str | None]]:
    """For each part of a span its price, and why it costs that."""
    before, glued, seen, _ = state
    if found.parts[0][2].field == "separator":
        return [(0.0, None)]
    told: list[tuple[float, str | None]] = []
    for _, _, meaning in found.parts:
        price, why, _ = _price(meaning, before, glued, seen, around)
        told.append((price, why))
        before, glued = meaning.field or "unknown", True
        seen |= BITS.get(before, 0)
    return told


def settle(pending: Pending, following: str) -> float:
    """What a token costs more or less than was said before its right neighbour was known."""
    for fields, difference in pending:
        if following in fields:
            return difference
    return 0.0


Weighed = TypeVar("Weighed", bound=tuple[Any, ...])
cost_of = itemgetter(0)


def promising(reached: Iterable[Weighed]) -> list[Weighed]:
    """What can still become the best: few, and none much dearer than the cheapest, which comes first.

    What is weighed begins with its cost.
    """
    ranked = sorted(reached, key=cost_of)
    del ranked[BEAM:]
    limit = ranked[0][0] + HOPELESS
    while ranked[-1][0] > limit:
        ranked.pop()
    return ranked


def _price(meaning: Meaning, before: str, glued: bool, seen: int, around: Around) -> tuple[float, str | None, Pending]:
    """What a meaning costs here, why, and what it will cost more or less once its right neighbour is known."""
    waiting: list[When] = []  # for what stands behind
    cost, why = meaning.cost, None
    for when in meaning.when:
        if _holds(when, before, glued, seen, around):
            if when.before:
                waiting.append(when)
                continue
            cost, why = when.cost, when.why
            break
    return cost, why, tuple([(when.before, when.cost - cost) for when in waiting]) if waiting else ()


def _holds(when: When, before: str, glued: bool, seen: int, around: Around) -> bool:
    return (
        (not when.after or before in when.after)
        and (when.first is None or when.first == (before == "start"))
        and (when.glued is None or when.glued == glued)
        and (not when.seen or seen & when.seen != 0)
        and seen & when.unseen == 0
        and (not when.lines or not around.isdisjoint(when.lines))
        and (not when.kinds or not around.isdisjoint(when.kinds))
    )
