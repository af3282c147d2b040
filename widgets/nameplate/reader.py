"""The best joint reading of a name: a shortest path over candidate spans.

Every span costs what its meaning costs in its circumstances: what stands before and after it, what the name
has said already, which lines it names. The path from the start of the text to its end that costs least is the
reading; the meanings that it passed by stay behind as ambiguities.
"""

from __future__ import annotations

from typing import NamedTuple

from .lexer import Lexer, phrase_length
from .notation import Found
from .vocabulary import ALNUM_RUN, Meaning, Vocabulary, When, bit_of

EDGE = 0.4  # what each token costs by itself: of two explanations the one with fewer parts is better
HOPELESS = 6.0  # a way that costs so much more than the best one to the same place is given up
BEAM = 8  # states kept at each place of the text


class Piece(NamedTuple):
    """A token on the best path: its place in the text, its meaning, what that cost, and what else it could have been."""

    start: int
    end: int
    meaning: Meaning
    cost: float
    why: str | None
    others: tuple[Meaning, ...]


class State(NamedTuple):
    """What the way so far means for what follows: the field before, all fields so far as bits, open questions."""

    before: str
    seen: int
    pending: tuple[tuple[When, float], ...]


class Step(NamedTuple):
    """A state reached: at what cost, from where, and by which span."""

    cost: float
    origin: tuple[int, State] | None
    found: Found | None
    costs: tuple[tuple[float, str | None], ...]


class Context(NamedTuple):
    """What holds for a whole text: the lines it names, and the tasks of those lines."""

    lines: frozenset[str]
    tasks: frozenset[str]


START = State("start", 0, ())


def read(
    text: str, start: int, end: int, lexer: Lexer, vocabulary: Vocabulary, known: Context | None = None
) -> list[Piece]:
    """The best path through `text[start:end]`."""
    lower = text.lower()
    if len(lower) != len(text):  # a character whose lower case is longer: leave it as it is
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    context = known or survey(lower, start, end, vocabulary)
    best: dict[int, dict[State, Step]] = {start: {START: Step(0.0, None, None, ())}}
    places: dict[int, list[Found]] = {}
    for place in range(start, end):
        states = best.get(place)
        if states is None:
            continue
        if len(states) > 1:
            states = best[place] = _promising(states)
        spans = places[place] = list(lexer.spans(text, lower, place, end))
        for found in spans:
            target = best.setdefault(place + found.length, {})
            for state, step in states.items():
                _extend(state, step, place, found, context, target)
    final = best[end]
    state = min(final, key=lambda item: final[item].cost + _settle(item.pending, "end"))
    return _trace(best, places, end, state)


def _promising(states: dict[State, Step]) -> dict[State, Step]:
    """The states that can still become the best: few, and none much dearer than the cheapest."""
    ranked = sorted(states.items(), key=lambda item: item[1].cost)[:BEAM]
    limit = ranked[0][1].cost + HOPELESS
    return {state: step for state, step in ranked if step.cost <= limit}


def survey(lower: str, start: int, end: int, vocabulary: Vocabulary) -> Context:
    """The lines that a text names for certain."""
    lines: set[str] = set()
    tasks: set[str] = set()
    for match in ALNUM_RUN.finditer(lower, start, end):
        for phrase in vocabulary.heads.get(match[0], ()):
            certain = phrase.meaning.cost < 1.0 or match.start() == start
            if certain and phrase_length(phrase, lower, lower, match.start(), match.end(), end):
                line = vocabulary.lines[phrase.meaning.line or ""]
                lines.add(line.line)
                tasks.update((line.task,) if line.task else ())
                if line.sizes_in_words:
                    tasks.add("sizes-in-words")
    return Context(frozenset(lines), frozenset(tasks))


def _extend(state: State, step: Step, place: int, found: Found, context: Context, target: dict[State, Step]) -> None:
    first = found.parts[0][2]
    if first.field == "separator":
        after, cost, costs = state, step.cost, ((0.0, None),)
        if state.before.endswith("|"):
            after = state._replace(before=state.before[:-1])
        origin = target.get(after)
        if origin is None or cost < origin.cost:
            target[after] = Step(cost, (place, state), found, costs)
        return
    cost = step.cost + _settle(state.pending, first.field or "unknown")
    before, seen = state.before, state.seen
    pending: tuple[tuple[When, float], ...] = ()
    paid: list[tuple[float, str | None]] = []
    for _, _, meaning in found.parts:
        price, why, pending = _price(meaning, before, seen, context) if meaning.when else (meaning.cost, None, ())
        cost += price + EDGE
        paid.append((price, why))
        field = meaning.field or "unknown"
        before = field + "|"
        seen |= bit_of(field)
    after = State(before, seen, pending)
    known = target.get(after)
    if known is None or cost < known.cost:
        target[after] = Step(cost, (place, state), found, tuple(paid))


def _price(
    meaning: Meaning, before: str, seen: int, context: Context
) -> tuple[float, str | None, tuple[tuple[When, float], ...]]:
    """What a meaning costs here, why, and what it will cost more or less once its right neighbour is known."""
    pending: list[When] = []
    cost, why = meaning.cost, None
    for when in meaning.when:
        if _holds(when, before, seen, context):
            if when.before:
                pending.append(when)
                continue
            cost, why = when.cost, when.why
            break
    return cost, why, tuple((when, when.cost - cost) for when in pending)


def _holds(when: When, before: str, seen: int, context: Context) -> bool:
    glued = before.endswith("|")
    left = before.removesuffix("|")
    return (
        (not when.after or left in when.after)
        and (when.first is None or when.first == (left == "start"))
        and (when.glued is None or when.glued == glued)
        and (not when.seen or seen & when.seen != 0)
        and seen & when.unseen == 0
        and (not when.lines or not context.lines.isdisjoint(when.lines))
        and (not when.line_tasks or not context.tasks.isdisjoint(when.line_tasks))
    )


def _settle(pending: tuple[tuple[When, float], ...], following: str) -> float:
    for when, difference in pending:
        if following in when.before:
            return difference
    return 0.0


def _trace(best: dict[int, dict[State, Step]], places: dict[int, list[Found]], end: int, state: State) -> list[Piece]:
    """The pieces of the best path, from left to right."""
    path: list[Piece] = []
    place = end
    while True:
        step = best[place][state]
        if step.origin is None or step.found is None:
            break
        place, state = step.origin
        found = step.found
        others = tuple(
            item.parts[0][2]
            for item in places[place]
            if item.length == found.length and len(item.parts) == 1 and item is not found
        )
        pieces = [
            Piece(place + start, place + stop, meaning, cost, why, others if len(found.parts) == 1 else ())
            for (start, stop, meaning), (cost, why) in zip(found.parts, step.costs, strict=False)
        ]
        path.extend(reversed(pieces))
    path.reverse()
    return path
