"""The best joint reading of a name: a shortest path over candidate spans.

Every span costs what its meaning costs in its circumstances: what stands before and after it, what the name
has said already, which lines it names. The path from the start of the text to its end that costs least is the
reading; the meanings that it passed by stay behind as ambiguities.

Names share most of their parts, so the ways through one part (`Unit`) are remembered. What differs between the names
in which it stands rarely matters: they are told apart by what the circumstances of its own meanings ask for (`Asked`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from .lexer import LONG, Lexer, Unit
from .notation import Found
from .vocabulary import BITS, Meaning, When

EDGE = 0.4  # what each token costs by itself: of two explanations the one with fewer parts is better
HOPELESS = 3.5  # a way that costs so much more than the best one to the same place is given up
BEAM = 3  # states kept at each place of the text
MEMORY = 5_000  # contexts that are remembered
MOVES = 200_000  # ways from a state through a unit that are remembered
_cost_of = itemgetter(0)

# What waits for the next token: for which fields, and what it will cost more or less if one of them follows.
Pending = tuple[tuple[tuple[str, ...], float], ...]
# What the way so far means for what follows: the field of the last token, whether nothing stands between it and what
# follows, all fields so far as bits, and what waits for the next token.
State = tuple[str, bool, int, Pending]
START: State = ("start", False, 0, ())
ANYTHING = "anything"  # the last field where nobody asks for it
NOTHING: frozenset[str] = frozenset()


class Piece(NamedTuple):
    """A token on the best path: its place in the text, its meaning, what that cost, and what else it could have been."""

    start: int
    end: int
    meaning: Meaning
    cost: float
    why: str | None
    others: tuple[Meaning, ...]


class Context:
    """What holds for a whole text: the lines that it names, and the tasks of those lines.

    `crossings` are the states in which texts of this context have been between two units.
    """

    __slots__ = ("crossings", "lines", "tasks")

    def __init__(self, lines: frozenset[str], tasks: frozenset[str]) -> None:
        self.lines = lines
        self.tasks = tasks
        self.crossings: dict[State, Crossing] = {}

    def at(self, state: State) -> Crossing:
        found = self.crossings.get(state)
        if found is None:
            found = self.crossings[state] = Crossing(state, self)
        return found


NO_CONTEXT = Context(NOTHING, NOTHING)


class Asked:
    """What of a state and a context the circumstances of a unit's meanings ask for; nothing else makes a difference."""

    __slots__ = ("after", "lines", "seen", "tasks")

    def __init__(self, after: frozenset[str], lines: frozenset[str], tasks: frozenset[str], seen: int) -> None:
        self.after = after
        self.lines = lines
        self.tasks = tasks
        self.seen = seen

    def of(self, entered: State, context: Context) -> Entry:
        """The state and the context with all else left out."""
        before, _, seen, pending = entered
        lines = (context.lines & self.lines) or NOTHING if self.lines and context.lines else NOTHING
        tasks = (context.tasks & self.tasks) or NOTHING if self.tasks and context.tasks else NOTHING
        return (before if before in self.after else ANYTHING, False, seen & self.seen, pending), lines, tasks


# What a unit is told of the text around it: the state in which it is entered, the lines of the text, and their tasks.
Entry = tuple[State, frozenset[str], frozenset[str]]
ANY_ENTRY: Entry = ((ANYTHING, False, 0, ()), NOTHING, NOTHING)


class Step(NamedTuple):
    """A place reached inside a unit: at what cost, from where, and by which span that starts where."""

    cost: float
    previous: Step | None
    place: int
    found: Found | None


ENTRANCE = Step(0.0, None, 0, None)


class Way:
    """One way through a unit: the state in which it ends, its cost, and its last step.

    `said` are the meanings of the pieces that were explained, which is all that most of a reading follows from;
    `unexplained` says whether there are others, and `opens_unknown` whether the first piece is one of them.
    """

    __slots__ = ("_entry", "_last", "_places", "cost", "end", "opens_unknown", "said", "unexplained")

    def __init__(self, unit: Unit, entry: Entry, end: State, last: Step) -> None:
        self.end = end
        self.cost = last.cost
        self._places = unit.places
        self._entry = entry
        self._last = last
        fields = [part[2] for step in self._steps() for part in step.found.parts]  # type: ignore[union-attr]
        self.said = tuple(m for m in fields if m.field != "separator" and (m.field is not None or m.roles))
        self.unexplained = any(meaning.field is None for meaning in fields)
        self.opens_unknown = fields[0].field is None

    def _steps(self) -> list[Step]:
        steps: list[Step] = []
        step: Step | None = self._last
        while step is not None and step.found is not None:
            steps.append(step)
            step = step.previous
        steps.reverse()
        return steps

    def meanings(self, offset: int) -> Iterator[tuple[int, int, Meaning]]:
        """The pieces from left to right without their prices: start, end and meaning of each."""
        for step in self._steps():
            at = offset + step.place
            for start, end, meaning in step.found.parts:  # type: ignore[union-attr]
                yield at + start, at + end, meaning

    def pieces(self, offset: int) -> Iterator[Piece]:
        """The pieces from left to right; the prices are worked out again on the way."""
        state, lines, tasks = self._entry
        context = Context(lines, tasks)
        for step in self._steps():
            assert step.found is not None
            parts = step.found.parts
            others = self._others(step.place, step.found) if len(parts) == 1 else ()
            state, prices = _over(state, step.found, context)
            for (start, end, meaning), (cost, why) in zip(parts, prices, strict=True):
                at = offset + step.place
                yield Piece(at + start, at + end, meaning, cost, why, others)

    def _others(self, place: int, found: Found) -> tuple[Meaning, ...]:
        return tuple(
            item.parts[0][2]
            for item in self._places[place]
            if item.length == found.length and len(item.parts) == 1 and item is not found
        )


Link = tuple["Link | None", int, Way]
# Where one could stand behind the units so far: what it cost to get there, and by which way.
Standing = tuple[float, "Crossing", "Link | None"]


class Crossing:
    """A state between two units of a text. It remembers where each unit that followed it led: most names go known ways."""

    __slots__ = ("context", "moves", "state")

    def __init__(self, state: State, context: Context) -> None:
        self.state = state
        self.context = context
        self.moves: dict[Unit, tuple[Move, ...]] = {}


# What a way through a unit costs, where it leads, and the way itself.
Move = tuple[float, Crossing, Way]


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
            if way.unexplained:
                self.understood = False

    @property
    def opens_unknown(self) -> bool:
        """Whether the first piece is one that nobody could explain."""
        return bool(self._links) and self._links[0][1].opens_unknown

    def meanings(self) -> Iterator[tuple[int, int, Meaning]]:
        """The pieces from left to right without their prices: start, end in the whole name, and meaning of each."""
        for start, way in self._links:
            yield from way.meanings(self.offset + start)

    def pieces(self) -> list[Piece]:
        """All pieces from left to right, with their places in the whole name; marks between units are left out."""
        return [piece for start, way in self._links for piece in way.pieces(self.offset + start)]


class Reader:
    """Reads texts in one vocabulary."""

    def __init__(self, lexer: Lexer) -> None:
        self._lexer = lexer
        self._contexts: dict[frozenset[str], Context] = {}
        self._moves = 0  # remembered by all crossings together

    def read(self, text: str, offset: int = 0, lines: frozenset[str] = NOTHING) -> Path:
        """The best path through a text; `offset` is added to the places of its pieces.

        `lines` are those that the name has mentioned elsewhere, in front of an Ollama tag for instance.
        """
        units = self._lexer.units(text)
        context = self._context(units, lines)
        frontier: list[Standing] = [(0.0, context.at(START), None)]
        for start, unit in units:
            if len(frontier) > 1:
                frontier = self._reached(frontier, start, unit)
                continue
            cost, crossing, link = frontier[0]
            moves = crossing.moves.get(unit) or self._follow(crossing, unit)
            frontier = [(cost + more, after, (link, start, way)) for more, after, way in moves]
        best = frontier[0] if len(frontier) == 1 else min(frontier, key=_cost_at_the_end)
        return Path(_unwind(best[2]), offset)

    def _reached(self, frontier: list[Standing], start: int, unit: Unit) -> list[Standing]:
        """Where one can stand behind a unit, having stood in several states before it."""
        reached: dict[Crossing, Standing] = {}
        for cost, crossing, link in frontier:
            for more, after, way in crossing.moves.get(unit) or self._follow(crossing, unit):
                total = cost + more
                known = reached.get(after)
                if known is None or total < known[0]:
                    reached[after] = (total, after, (link, start, way))
        return list(reached.values()) if len(reached) == 1 else _promising(reached.values())

    def _follow(self, crossing: Crossing, unit: Unit) -> tuple[Move, ...]:
        """Where a unit leads from a crossing: few ways, none of which is hopeless, the cheapest first."""
        entered, context = crossing.state, crossing.context
        asked: Asked = unit.asked or self._prepare(unit)
        entry = ANY_ENTRY if asked is NOT_ASKED and not entered[3] else asked.of(entered, context)
        reached: dict[Crossing, Move] = {}
        for way in unit.ways.get(entry) or _ways(unit, entry):
            before, _, seen, pending = way.end
            after = crossing if before is ANYTHING else context.at((before, False, entered[2] | seen, pending))
            known = reached.get(after)
            if known is None or way.cost < known[0]:
                reached[after] = (way.cost, after, way)
        moves = tuple(reached.values())
        if len(unit.text) <= LONG:
            crossing.moves[unit] = moves
            self._moves += 1
        return moves

    def _context(self, units: list[tuple[int, Unit]], lines: frozenset[str]) -> Context:
        for start, unit in units:
            named = unit.lines if start else unit.lines_at_start
            if named:
                lines = lines | named if lines else named
        context = self._contexts.get(lines)
        if context is None:
            if len(self._contexts) > MEMORY or self._moves > MOVES:
                self._contexts.clear()
                self._moves = 0
            context = self._contexts[lines] = Context(lines, self._lexer.tasks_of(lines))
        return context

    def _prepare(self, unit: Unit) -> Asked:
        """Find the candidate spans at every place of a unit that one of them leads to, and what they ask for."""
        text, lower = unit.text, unit.lower
        whens: set[When] = set()
        reached = {0}
        for place in range(len(text)):
            if place in reached:
                unit.places[place] = spans = tuple(self._lexer.spans(text, lower, place))
                for found in spans:
                    reached.add(place + found.length)
                    for part in found.parts:
                        if part[2].when:
                            whens.update(part[2].when)
        unit.asked = _asked(frozenset(whens)) if whens else NOT_ASKED
        asked: Asked = unit.asked
        return asked


NOT_ASKED = Asked(NOTHING, NOTHING, NOTHING, 0)


@functools.lru_cache(maxsize=MEMORY)
def _asked(whens: frozenset[When]) -> Asked:
    after = {field for when in whens for field in when.after}
    if any(when.first is not None for when in whens):
        after.add("start")
    seen = 0
    for when in whens:
        seen |= when.seen | when.unseen
    return Asked(
        frozenset(after),
        frozenset(line for when in whens for line in when.lines) or NOTHING,
        frozenset(task for when in whens for task in when.line_tasks) or NOTHING,
        seen,
    )


def _ways(unit: Unit, entry: Entry) -> tuple[Way, ...]:
    """All promising ways through a unit, worked out by a shortest path over its candidate spans."""
    entered, lines, tasks = entry
    context = Context(lines, tasks) if lines or tasks else NO_CONTEXT
    length = len(unit.text)
    best: dict[int, dict[State, Step]] = {place: {} for place in (*unit.places, length)}
    best[0][entered] = ENTRANCE
    for place, spans in unit.places.items():
        states = best[place]
        if len(states) > 1:
            states = _promising_steps(states)
        for found in spans:
            target = best[place + found.length]
            parts = found.parts
            _, _, (field, _, _, _, price, when, _, _, _) = parts[0]
            certain = len(parts) == 1 and not when and field != "separator"  # the same price in all circumstances
            bit = BITS.get(field or "unknown", 0)
            for state, step in states.items():
                if certain and not state[3]:
                    after: State = (field or "unknown", True, state[2] | bit, ())
                    cost = 0.0 + (price + EDGE) + step.cost
                else:
                    after, cost = _cheaply_over(state, found, context)
                    cost += step.cost
                known = target.get(after)
                if known is None or cost < known[0]:
                    target[after] = Step(cost, step, place, found)
    ways: dict[State, Way] = {}
    for (before, _, seen, pending), step in _promising_steps(best[length]).items():
        apart = (before, False, seen, pending)
        if apart not in ways or step.cost < ways[apart].cost:
            ways[apart] = Way(unit, entry, apart, step)
    found_ways = unit.ways[entry] = tuple(ways.values())
    return found_ways


def _promising(standings: Iterable[Standing]) -> list[Standing]:
    """What can still become the best: few, and none much dearer than the cheapest."""
    ranked = sorted(standings, key=_cost_of)
    limit = ranked[0][0] + HOPELESS
    return [standing for standing in ranked[:BEAM] if standing[0] <= limit]


def _promising_steps(states: dict[State, Step]) -> dict[State, Step]:
    if len(states) == 1:
        return states
    ranked = sorted(states.items(), key=_cost_of_step)[:BEAM]
    limit = ranked[0][1].cost + HOPELESS
    return {item: step for item, step in ranked if step.cost <= limit}


def _cost_of_step(item: tuple[State, Step]) -> float:
    return item[1][0]


def _cheaply_over(state: State, found: Found, context: Context) -> tuple[State, float]:
    """The state behind a span, and what going over it costs."""
    before, glued, seen, pending = state
    parts = found.parts
    field = parts[0][2].field
    if field == "separator":
        return (before, False, seen, pending), 0.0
    cost = _settle(pending, field or "unknown") if pending else 0.0
    for part in parts:
        meaning = part[2]
        if meaning.when:
            price, _, pending = _price(meaning, before, glued, seen, context)
        else:
            price, pending = meaning.cost, ()
        cost += price + EDGE
        before, glued = meaning.field or "unknown", True
        seen |= BITS.get(before, 0)
    return (before, True, seen, pending), cost


def _over(state: State, found: Found, context: Context) -> tuple[State, list[tuple[float, str | None]]]:
    """The state behind a span, and for each of its parts the price and its reason."""
    prices: list[tuple[float, str | None]] = []
    before, glued, seen, _ = state
    if found.parts[0][2].field == "separator":
        return _cheaply_over(state, found, context)[0], [(0.0, None)]
    for _, _, meaning in found.parts:
        price, why, _ = _price(meaning, before, glued, seen, context)
        prices.append((price, why))
        before, glued = meaning.field or "unknown", True
        seen |= BITS.get(before, 0)
    return _cheaply_over(state, found, context)[0], prices


def _price(
    meaning: Meaning, before: str, glued: bool, seen: int, context: Context
) -> tuple[float, str | None, Pending]:
    """What a meaning costs here, why, and what it will cost more or less once its right neighbour is known."""
    waiting: list[When] = []  # for what stands behind
    cost, why = meaning.cost, None
    for when in meaning.when:
        if _holds(when, before, glued, seen, context):
            if when.before:
                waiting.append(when)
                continue
            cost, why = when.cost, when.why
            break
    return cost, why, tuple([(when.before, when.cost - cost) for when in waiting]) if waiting else ()


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


def _cost_at_the_end(standing: Standing) -> float:
    return standing[0] + _settle(standing[1].state[3], "end")


def _settle(pending: Pending, following: str) -> float:
    for fields, difference in pending:
        if following in fields:
            return difference
    return 0.0


def _unwind(link: Link | None) -> list[tuple[int, Way]]:
    """The units of a path and the ways taken through them, from left to right."""
    path: list[tuple[int, Way]] = []
    while link is not None:
        path.append((link[1], link[2]))
        link = link[0]
    path.reverse()
    return path
