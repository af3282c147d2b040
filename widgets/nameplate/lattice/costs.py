"""Work out what a candidate costs in its context: its neighbours, the fields seen so far, the lines that the name mentions."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any, TypeVar

from ..vocabulary.meaning import BITS, Candidate, Condition, Meaning

TOKEN_PENALTY = 0.4  # what each token costs by itself: of two explanations, the one with fewer parts is better
PRUNE_MARGIN = 3.5  # a path that costs this much more than the best one to the same place is dropped
BEAM_WIDTH = 3  # states kept at each place of the text
ANY_FIELD = "anything"  # stands for the last field where nothing asks for it
NOTHING: frozenset[str] = frozenset()

# Costs that depend on the next token: for which fields, and what the path costs more or less if one of them follows.
Deferred = tuple[tuple[tuple[str, ...], float], ...]
# What a path so far means for what follows: the field of its last token, whether the next token is adjacent to it,
# all fields so far as bits, and the costs that depend on the next token.
State = tuple[str, bool, int, Deferred]
START: State = ("start", False, 0, ())
ANY_STATE: State = (ANY_FIELD, False, 0, ())
# What holds for a whole text: the lines that it names, and what they are made for.
LineContext = frozenset[str]


def transition(state: State, found: Candidate, line_context: LineContext) -> tuple[State, float]:
    """Return the state after a candidate, and what taking it costs."""
    before, adjacent, seen, deferred = state
    parts = found.parts
    field = parts[0][2].field
    if field == "separator":
        return (before, False, seen, deferred), 0.0
    cost = resolve_deferred(deferred, field or "unknown") if deferred else 0.0
    for _, _, meaning in parts:
        if meaning.when:
            price, _, deferred = _cost_in_context(meaning, before, adjacent, seen, line_context)
        else:
            price, deferred = meaning.cost, ()
        cost += price + TOKEN_PENALTY
        before, adjacent = meaning.field or "unknown", True
        seen |= BITS.get(before, 0)
    return (before, True, seen, deferred), cost


def part_costs(state: State, found: Candidate, line_context: LineContext) -> list[tuple[float, str | None]]:
    """Return the cost of each part of a candidate, and why it costs that."""
    before, adjacent, seen, _ = state
    if found.parts[0][2].field == "separator":
        return [(0.0, None)]
    costs: list[tuple[float, str | None]] = []
    for _, _, meaning in found.parts:
        price, why, _ = _cost_in_context(meaning, before, adjacent, seen, line_context)
        costs.append((price, why))
        before, adjacent = meaning.field or "unknown", True
        seen |= BITS.get(before, 0)
    return costs


def resolve_deferred(deferred: Deferred, following: str) -> float:
    """Return what a token costs more or less now that its right neighbour is known."""
    for fields, difference in deferred:
        if following in fields:
            return difference
    return 0.0


Costed = TypeVar("Costed", bound=tuple[Any, ...])
cost_of = itemgetter(0)


def prune(reached: Iterable[Costed]) -> list[Costed]:
    """Keep the paths that can still become the best: few, and none that costs much more than the cheapest, which comes first.

    Each begins with its cost.
    """
    ranked = sorted(reached, key=cost_of)
    del ranked[BEAM_WIDTH:]
    limit = ranked[0][0] + PRUNE_MARGIN
    while ranked[-1][0] > limit:
        ranked.pop()
    return ranked


def _cost_in_context(
    meaning: Meaning, before: str, adjacent: bool, seen: int, line_context: LineContext
) -> tuple[float, str | None, Deferred]:
    """Return what a meaning costs here, why, and the costs that depend on its right neighbour."""
    waiting: list[Condition] = []  # for the token that follows
    cost, why = meaning.cost, None
    for when in meaning.when:
        if _holds(when, before, adjacent, seen, line_context):
            if when.before:
                waiting.append(when)
                continue
            cost, why = when.cost, when.why
            break
    return cost, why, tuple([(when.before, when.cost - cost) for when in waiting]) if waiting else ()


def _holds(when: Condition, before: str, adjacent: bool, seen: int, line_context: LineContext) -> bool:
    return (
        (not when.after or before in when.after)
        and (when.first is None or when.first == (before == "start"))
        and (when.adjacent is None or when.adjacent == adjacent)
        and (not when.seen or seen & when.seen != 0)
        and seen & when.unseen == 0
        and (not when.lines or not line_context.isdisjoint(when.lines))
        and (not when.kinds or not line_context.isdisjoint(when.kinds))
    )
