"""The ways through one unit of a text: a shortest path over its candidate spans.

Names share most of their parts, so what was worked out for a unit is kept in it. What differs between the texts in which
it stands rarely matters: they are told apart by what the circumstances of its own meanings ask for (`Asked`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..vocabulary.meaning import BITS, Found, Meaning, When
from .chunks import Unit
from .costs import ANYTHING, EDGE, NOTHING, Around, Pending, State, over, prices, promising
from .lexer import Lexer

MEMORY = 5_000  # sets of circumstances whose demands are remembered, and states between units
NOWHERE = Found(0, ())  # the span by which a unit is entered


class Piece(NamedTuple):
    """A token on the best path: its place in the text, its meaning, what that cost, and what else it could have been."""

    start: int
    end: int
    meaning: Meaning
    cost: float
    why: str | None
    others: tuple[Meaning, ...]


# A candidate span from a place in a unit: the place behind it, the span, its price if that is the same everywhere, and the
# field that it says, also as a bit.
Edge = tuple[int, Found, float | None, str, int]


class Asked(NamedTuple):
    """What of the text around a unit its meanings ask for; nothing else makes a difference to them.

    `after` are last fields, `seen` fields as bits, `around` lines and what they are made for.
    """

    after: frozenset[str]
    seen: int
    around: Around


NOT_ASKED = Asked(NOTHING, 0, NOTHING)


# A place reached inside a unit: at what cost, in which state, from where, and by which span that starts where.
Step = tuple[float, State, "Step | None", int, Found]


class Way:
    """One way through a unit: what it costs, the state in which it ends, and its pieces.

    `said` are the meanings of the pieces that were explained, which is all that most of a reading follows from;
    `unexplained` says whether there are others; `first` is the meaning of the first piece.
    """

    __slots__ = ("_around", "_steps", "_unit", "cost", "end", "first", "said", "unexplained")

    def __init__(self, unit: Unit, around: Around, last: Step) -> None:
        cost, (before, _, seen, pending), *_ = last
        self.end: State = (before, False, seen, pending)
        self.cost = cost
        self._unit = unit
        self._around = around
        self._steps = steps = _steps(last)
        meanings = [part[2] for _, _, found in steps for part in found.parts]
        self.said = [m for m in meanings if m.field != "separator" and (m.field is not None or m.roles)]
        self.unexplained = any(meaning.field is None for meaning in meanings)
        self.first = meanings[0]

    def meanings(self, offset: int) -> Iterator[tuple[int, int, Meaning]]:
        """The pieces from left to right without their prices: start, end and meaning of each."""
        for _, place, found in self._steps:
            at = offset + place
            for start, end, meaning in found.parts:
                yield at + start, at + end, meaning

    def pieces(self, offset: int) -> Iterator[Piece]:
        """The pieces from left to right; the prices are worked out again on the way."""
        for state, place, found in self._steps:
            parts, at = found.parts, offset + place
            others = self._others(place, found) if len(parts) == 1 else ()
            told = prices(state, found, self._around)
            for (start, end, meaning), (cost, why) in zip(parts, told, strict=True):
                yield Piece(at + start, at + end, meaning, cost, why, others)

    def _others(self, place: int, found: Found) -> tuple[Meaning, ...]:
        return tuple(
            other.parts[0][2]
            for end, other, *_ in self._unit.edges[place]
            if end == place + found.length and len(other.parts) == 1 and other is not found
        )


# The promising ways through a unit, each with its cost and the state behind it.
Onward = tuple[tuple[float, State, Way], ...]


def prepare(unit: Unit, lexer: Lexer) -> Asked:
    """Find the candidate spans at every place of a unit that one of them leads to, and what they ask for."""
    text, lower = unit.text, unit.lower
    whens: set[When] = set()
    reached = {0}
    unit.edges = edges = {}
    for place in range(len(text)):
        if place in reached:
            edges[place] = spans = [_edge(place, found) for found in lexer.spans(text, lower, place)]
            for end, found, price, *_ in spans:
                reached.add(end)
                if price is None:
                    for part in found.parts:
                        whens.update(part[2].when)
    asked = unit.asked = _asked(frozenset(whens)) if whens else NOT_ASKED
    return asked


def _edge(place: int, found: Found) -> Edge:
    parts = found.parts
    meaning = parts[0][2]
    field = meaning.field or "unknown"
    same = len(parts) == 1 and not meaning.when and field != "separator"
    return (place + found.length, found, meaning.cost + EDGE if same else None, field, BITS.get(field, 0))


@functools.lru_cache(maxsize=MEMORY)
def _asked(whens: frozenset[When]) -> Asked:
    after = {field for when in whens for field in when.after}
    if any(when.first is not None for when in whens):
        after.add("start")
    seen = 0
    for when in whens:
        seen |= when.seen | when.unseen
    around = {line for when in whens for line in (*when.lines, *when.kinds)}
    return Asked(frozenset(after), seen, frozenset(around) or NOTHING)


def ways_onward(unit: Unit, state: State, around: Around, asked_after: frozenset[str], asked_seen: int) -> Onward:
    """The promising ways through a unit that is entered in a state, each with its cost and the state behind it.

    Of that state no more is told than the units behind this one ask for: `asked_after` are last fields, `asked_seen`
    fields as bits. States between which nothing that follows makes a difference are one, in which the cheapest ends.
    """
    if around:
        around &= unit.asked.around
    entry = (state, around, asked_after, asked_seen)
    found: Onward | None = unit.onward.get(entry)
    if found is None:
        found = unit.onward[entry] = tuple(_onward(unit, state, around, asked_after, asked_seen))
    return found


def _onward(
    unit: Unit, state: State, around: Around, asked_after: frozenset[str], asked_seen: int
) -> Iterable[tuple[float, State, Way]]:
    reached: dict[State, tuple[float, State, Way]] = {}
    for way in _ways_through(unit, state, around):
        before, _, seen, pending = way.end
        after = _told(before if before in asked_after else ANYTHING, (state[2] | seen) & asked_seen, pending)
        known = reached.get(after)
        if known is None or way.cost < known[0]:
            reached[after] = (way.cost, after, way)
    return reached.values() if len(reached) == 1 else promising(reached.values())


@functools.lru_cache(maxsize=MEMORY)
def _told(before: str, seen: int, pending: Pending) -> State:
    """A state between two units. Equal ones are one object, so that they are quickly found to be equal."""
    return (before, False, seen, pending)


def _ways_through(unit: Unit, state: State, around: Around) -> list[Way]:
    """The promising ways through a unit, which depend on what it asks for itself.

    The last field of the state is one that the unit asks for, or `ANYTHING`.
    """
    before, _, seen, pending = state
    seen &= unit.asked.seen
    entry = (before, seen, pending, around)
    found: list[Way] | None = unit.ways.get(entry)
    if found is None:
        found = unit.ways[entry] = _search(unit, (before, False, seen, pending), around)
    return found


def _search(unit: Unit, entered: State, around: Around) -> list[Way]:
    reached: dict[int, dict[State, Step]] = {place: {} for place in (*unit.edges, len(unit.text))}
    reached[0][entered] = (0.0, entered, None, 0, NOWHERE)
    for place, edges in unit.edges.items():
        known = reached[place].values()
        steps = promising(known) if len(known) > 1 else list(known)
        for end, found, price, field, bit in edges:
            target = reached[end]
            for step in steps:
                before, state, *_ = step
                if price is not None and not state[3]:
                    after: State = (field, True, state[2] | bit, ())
                    cost = before + price
                else:
                    after, cost = over(state, found, around)
                    cost += before
                best = target.get(after)
                if best is None or cost < best[0]:
                    target[after] = (cost, after, step, place, found)
    return [Way(unit, around, step) for step in promising(reached[len(unit.text)].values())]


def _steps(last: Step) -> list[tuple[State, int, Found]]:
    """The steps of a way from left to right: the state and the place before each, and the span that was taken."""
    steps: list[tuple[State, int, Found]] = []
    _, _, previous, place, found = last
    while previous is not None:
        steps.append((previous[1], place, found))
        _, _, previous, place, found = previous
    steps.reverse()
    return steps
