"""The best joint reading of a name: a shortest path over candidate spans.

Every span costs what its meaning costs in its circumstances: what stands before and after it, what the name
has said already, which lines it names. The path from the start of the text to its end that costs least is the
reading; the meanings that it passed by stay behind as ambiguities.

Names share most of their parts, so the ways through one part (`Unit`) are remembered for each state in which
it was entered: reading a name is then mostly looking up.
"""

from __future__ import annotations

from typing import NamedTuple

from .lexer import Lexer, Unit
from .notation import Found
from .vocabulary import Meaning, When, bit_of

EDGE = 0.4  # what each token costs by itself: of two explanations the one with fewer parts is better
HOPELESS = 3.5  # a way that costs so much more than the best one to the same place is given up
BEAM = 3  # states kept at each place of the text
REMEMBERED = 120  # characters; longer units are not real words and are worked out each time


class Piece(NamedTuple):
    """A token on the best path: its place in the text, its meaning, what that cost, and what else it could have been."""

    start: int
    end: int
    meaning: Meaning
    cost: float
    why: str | None
    others: tuple[Meaning, ...]


class State:
    """What the way so far means for what follows. Equal states are one object, so that they are quickly looked up."""

    __slots__ = ("apart", "before", "glued", "pending", "seen")

    def __init__(self, before: str, glued: bool, seen: int, pending: tuple[tuple[When, float], ...]) -> None:
        self.before = before  # the field of the last token
        self.glued = glued  # nothing stands between it and what follows
        self.seen = seen  # all fields so far, as bits
        self.pending = pending  # circumstances that wait for the next token
        self.apart: State = self if not glued else state(before, False, seen, pending)  # the state behind a separator


_STATES: dict[tuple[str, bool, int, tuple[tuple[When, float], ...]], State] = {}


def state(before: str, glued: bool, seen: int, pending: tuple[tuple[When, float], ...] = ()) -> State:
    """The one state object with these values."""
    key = (before, glued, seen, pending)
    found = _STATES.get(key)
    if found is None:
        if len(_STATES) > 100_000:
            _STATES.clear()
        found = _STATES[key] = State(before, glued, seen, pending)
    return found


class Context:
    """What holds for a whole text: the lines that it names, and the tasks of those lines."""

    __slots__ = ("lines", "tasks")

    def __init__(self, lines: frozenset[str], tasks: frozenset[str]) -> None:
        self.lines = lines
        self.tasks = tasks


class Way(NamedTuple):
    """One way through a unit: the state behind the mark that ends it, its cost, and its pieces with offsets from the unit's start.

    `said` are the meanings of the pieces that were explained, which is all that most of a reading follows from.
    """

    state: State
    cost: float
    pieces: tuple[Piece, ...]
    said: tuple[Meaning, ...]


class Path:
    """The best way through a text, which starts at `offset` of the whole name."""

    __slots__ = ("_links", "offset", "said", "understood")

    def __init__(self, links: list[tuple[int, Way]], offset: int) -> None:
        self._links = links
        self.offset = offset
        self.said: list[Meaning] = []
        self.understood = True  # no piece is left unexplained
        for _, way in links:
            self.said += way.said
            if len(way.said) < len(way.pieces):
                self.understood = self.understood and not any(piece.meaning.field is None for piece in way.pieces)

    @property
    def opens_unknown(self) -> bool:
        """Whether the first piece is one that nobody could explain."""
        return bool(self._links) and self._links[0][1].pieces[0].meaning.field is None

    def pieces(self) -> list[Piece]:
        """All pieces from left to right, with their places in the whole name; marks between units are left out."""
        return [
            Piece(begin + start + self.offset, end + start + self.offset, meaning, cost, why, others)
            for start, way in self._links
            for begin, end, meaning, cost, why, others in way.pieces
        ]


class Step(NamedTuple):
    """A state reached inside a unit: at what cost, from where, by which span, and what its parts cost."""

    cost: float
    origin: tuple[int, State] | None
    found: Found | None
    costs: tuple[tuple[float, str | None], ...]


START = state("start", False, 0)
NO_LINES: frozenset[str] = frozenset()
Link = tuple["Link | None", int, Way]
Frontier = dict[State, tuple[float, "Link | None"]]


class Reader:
    """Reads texts in one vocabulary."""

    def __init__(self, lexer: Lexer) -> None:
        self._lexer = lexer
        self._contexts: dict[frozenset[str], Context] = {}

    def read(self, text: str, offset: int = 0) -> Path:
        """The best path through a text; `offset` is added to the places of its pieces."""
        units = self._lexer.units(text)
        context = self._context(units)
        frontier: Frontier = {START: (0.0, None)}
        for start, unit in units:
            reached: Frontier = {}
            for entered, (cost, link) in frontier.items():
                for way in unit.ways.get((entered, context)) or self._ways(unit, entered, context):
                    total = cost + way.cost
                    known = reached.get(way.state)
                    if known is None or total < known[0]:
                        reached[way.state] = (total, (link, start, way))
            frontier = reached if len(reached) == 1 else _promising(reached)
        best = min(frontier.items(), key=_cost_at_the_end)
        return Path(_unwind(best[1][1]), offset)

    def _context(self, units: list[tuple[int, Unit]]) -> Context:
        lines = NO_LINES
        for start, unit in units:
            named = unit.lines if start else unit.lines_at_start
            if named:
                lines = lines | named if lines else named
        context = self._contexts.get(lines)
        if context is None:
            context = self._contexts[lines] = Context(lines, self._lexer.tasks_of(lines))
        return context

    def _ways(self, unit: Unit, entered: State, context: Context) -> tuple[Way, ...]:
        """All promising ways through a unit, worked out by a shortest path over its candidate spans."""
        text, lower = unit.text, unit.lower
        best: list[dict[State, Step] | None] = [None] * (len(text) + 1)
        best[0] = {entered: Step(0.0, None, None, ())}
        places: dict[int, tuple[Found, ...]] = {}
        for place in range(len(text)):
            states = best[place]
            if states is None:
                continue
            if len(states) > 1:
                states = best[place] = _promising_steps(states)
            spans = places[place] = tuple(self._lexer.spans(text, lower, place))
            for found in spans:
                target = best[place + found.length]
                if target is None:
                    target = best[place + found.length] = {}
                for before, step in states.items():
                    _extend(before, step, place, found, context, target)
        found_ways: dict[State, Way] = {}
        for end, step in _promising_steps(best[len(text)] or {}).items():
            other = found_ways.get(end.apart)
            if other is None or step.cost < other.cost:
                found_ways[end.apart] = _way(end.apart, step.cost, _trace(best, places, len(text), end))
        ways = tuple(found_ways.values())
        if len(text) <= REMEMBERED:
            unit.ways[entered, context] = ways
        return ways


def _way(end: State, cost: float, pieces: tuple[Piece, ...]) -> Way:
    said = tuple(piece.meaning for piece in pieces if piece.meaning.field not in (None, "separator"))
    return Way(end, cost, pieces, said)


def _promising(states: Frontier) -> Frontier:
    """The states that can still become the best: few, and none much dearer than the cheapest."""
    ranked = sorted(states.items(), key=_cost_of)
    limit = ranked[0][1][0] + HOPELESS
    return {item: value for item, value in ranked[:BEAM] if value[0] <= limit}


def _cost_of(item: tuple[State, tuple[float, Link | None]]) -> float:
    return item[1][0]


def _promising_steps(states: dict[State, Step]) -> dict[State, Step]:
    ranked = sorted(states.items(), key=lambda item: item[1].cost)[:BEAM]
    limit = ranked[0][1].cost + HOPELESS
    return {item: step for item, step in ranked if step.cost <= limit}


def _extend(entered: State, step: Step, place: int, found: Found, context: Context, target: dict[State, Step]) -> None:
    """Go on from a state over a span, if that is the cheapest way to where it leads."""
    first = found.parts[0][2]
    if first.field == "separator":
        after, cost, paid = entered.apart, step.cost, SEPARATOR_COST
    else:
        cost = step.cost + _settle(entered.pending, first.field or "unknown")
        before, glued, seen = entered.before, entered.glued, entered.seen
        pending: tuple[tuple[When, float], ...] = ()
        costs: list[tuple[float, str | None]] = []
        for _, _, meaning in found.parts:
            price, why, pending = meaning.cost, None, ()
            if meaning.when:
                price, why, pending = _price(meaning, before, glued, seen, context)
            cost += price + EDGE
            costs.append((price, why))
            before, glued = meaning.field or "unknown", True
            seen |= bit_of(before)
        after, paid = state(before, True, seen, pending), tuple(costs)
    known = target.get(after)
    if known is None or cost < known.cost:
        target[after] = Step(cost, (place, entered), found, paid)


SEPARATOR_COST: tuple[tuple[float, str | None], ...] = ((0.0, None),)


def _price(
    meaning: Meaning, before: str, glued: bool, seen: int, context: Context
) -> tuple[float, str | None, tuple[tuple[When, float], ...]]:
    """What a meaning costs here, why, and what it will cost more or less once its right neighbour is known."""
    pending: list[When] = []
    cost, why = meaning.cost, None
    for when in meaning.when:
        if _holds(when, before, glued, seen, context):
            if when.before:
                pending.append(when)
                continue
            cost, why = when.cost, when.why
            break
    return cost, why, tuple((when, when.cost - cost) for when in pending)


def _holds(when: When, before: str, glued: bool, seen: int, context: Context) -> bool:
    return (
        (not when.after or before in when.after)
        and (when.first is None or when.first == (before == "start"))
        and (when.glued is None or when.glued == glued)
        and (not when.seen or seen & when.seen != 0)
        and seen & when.unseen == 0
        and (not when.lines or not context.lines.isdisjoint(when.lines))
        and (not when.line_tasks or not context.tasks.isdisjoint(when.line_tasks))
    )


def _cost_at_the_end(item: tuple[State, tuple[float, Link | None]]) -> float:
    return item[1][0] + _settle(item[0].pending, "end")


def _settle(pending: tuple[tuple[When, float], ...], following: str) -> float:
    for when, difference in pending:
        if following in when.before:
            return difference
    return 0.0


def _trace(
    best: list[dict[State, Step] | None], places: dict[int, tuple[Found, ...]], end: int, last: State
) -> tuple[Piece, ...]:
    """The pieces of one way through a unit, from left to right."""
    path: list[Piece] = []
    place, reached = end, last
    while True:
        states = best[place]
        step = states[reached] if states else None
        if step is None or step.origin is None or step.found is None:
            break
        place, reached = step.origin
        found = step.found
        others: tuple[Meaning, ...] = ()
        if len(found.parts) == 1:
            others = tuple(
                item.parts[0][2]
                for item in places[place]
                if item.length == found.length and len(item.parts) == 1 and item is not found
            )
        pieces = [
            Piece(place + start, place + stop, meaning, cost, why, others)
            for (start, stop, meaning), (cost, why) in zip(found.parts, step.costs, strict=True)
        ]
        path.extend(reversed(pieces))
    path.reverse()
    return tuple(path)


def _unwind(link: Link | None) -> list[tuple[int, Way]]:
    """The units of a path and the ways taken through them, from left to right."""
    path: list[tuple[int, Way]] = []
    while link is not None:
        path.append((link[1], link[2]))
        link = link[0]
    path.reverse()
    return path
