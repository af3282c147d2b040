"""Find the segmentations of one chunk of a name: shortest paths over its candidate spans.

Names share most of their chunks, so a chunk keeps what was worked out for it. The text around it rarely matters: only what
the conditions of the chunk's own meanings ask for does (`Dependencies`).

What is kept long has few objects that the garbage collection looks at. It skips tuples of texts and numbers, so meanings are
kept as plain tuples, and paths and contexts by their numbers: five objects a chunk instead of fifty. The candidate spans are
only kept for the chunks that were opened last; for the others they are found again when a new context needs them.
"""

from __future__ import annotations

import functools
import itertools
from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from typing import Any, NamedTuple

from ..recent import Recent
from ..vocabulary.meaning import BITS, Candidate, Meaning, MeaningRow, row_of
from .chunks import LONGEST_CACHED, Chunk
from .costs import (
    ANY_FIELD,
    BEAM_WIDTH,
    NOTHING,
    TOKEN_PENALTY,
    Deferred,
    LineContext,
    State,
    part_costs,
    prune,
    transition,
)
from .lexer import Lexer

CACHE_SIZE = 500  # dependencies, and states between chunks
MOST_LINE_CONTEXTS = 200  # that are surely shared; 38,000 ids have about a hundred
MOST_OPEN = 200  # chunks whose candidate spans are kept
MOST_NUMBERED = 2_500  # contexts that surely keep their number; 38,000 ids have 3,520
MOST_KEPT = 500  # contexts and segmentations of one chunk, which begins again then; 322 are the most of 38,000 ids


class ScoredToken(NamedTuple):
    """A token on the best path: its text, its place in the chunk, its meaning, its cost and why.

    `others` are its other meanings, each with what it would cost in the same place.
    """

    text: str
    start: int
    end: int
    meaning: Meaning
    cost: float
    why: str | None
    others: tuple[tuple[Meaning, float], ...]


# An edge of the lattice, from a place in a chunk: the place where it ends, the candidate, its cost if that is the same in
# every context, and the field it fills, also as a bit.
Edge = tuple[int, Candidate, float | None, str, int]
Edges = dict[int, list[Edge]]


class Dependencies(NamedTuple):
    """What the meanings in a chunk ask about the text around it; nothing else changes their costs.

    `after` holds fields that may come just before, `seen` fields as bits, `line_context` lines and what they are made for.
    """

    after: frozenset[str]
    seen: int
    line_context: LineContext


NO_DEPENDENCIES = Dependencies(NOTHING, 0, NOTHING)


# A path to a place inside a chunk: its cost, the state there, the path it extends, and the number of the edge it added, among
# those that begin where the other path ends.
PartialPath = tuple[float, State, "PartialPath | None", int]


class Segmentation:
    """One path through a chunk: its cost, the state where it ends, and its tokens.

    `spans` are the tokens from left to right without their costs: start, end and meaning of each. `explained` holds the
    meanings of those that have one, from which most of a reading follows; `unexplained` says whether there are others.
    `parts` and `shown` are kept for what others work out from it alone, once for all names that share it: which model it
    speaks of, and how its tokens are shown.
    """

    __slots__ = (
        "_choices", "_entered", "_line_context", "cost", "end", "explained", "parts", "shown", "spans", "unexplained",
    )  # fmt: skip

    def __init__(self, edges: Edges, entered: State, line_context: LineContext, path: EdgePath) -> None:
        self.cost, self.end, self._choices = path
        self._entered = entered
        self._line_context = line_context
        places = list(_places(edges, self._choices))
        self.parts: Any = None
        self.shown: Any = None
        self.spans: tuple[tuple[int, int, MeaningRow], ...] = tuple([
            (place + start, place + end, row_of(meaning))
            for place, number in places
            for start, end, meaning in edges[place][number][1].parts
        ])  # fmt: skip
        rows = [row for _, _, row in self.spans]
        self.explained = tuple([row for row in rows if row[0] != "separator" and (row[0] is not None or row[6])])
        self.unexplained = any(row[0] is None for row in rows)

    def scored(self, text: str, edges: Edges) -> Iterator[ScoredToken]:
        """Yield the tokens from left to right, with their costs; `edges` are those of the chunk."""
        state, place = self._entered, 0
        for number in self._choices:
            stop, found, *_ = edges[place][number]
            parts = found.parts
            others = self._others(state, edges[place], found, stop) if len(parts) == 1 else ()
            costs = part_costs(state, found, self._line_context)
            for (start, end, meaning), (cost, why) in zip(parts, costs, strict=True):
                yield ScoredToken(
                    text[place + start : place + end], place + start, place + end, meaning, cost, why, others
                )
            state, _ = transition(state, found, self._line_context)
            place = stop

    def _others(
        self, state: State, edges: list[Edge], found: Candidate, stop: int
    ) -> tuple[tuple[Meaning, float], ...]:
        return tuple(
            (other.parts[0][2], part_costs(state, other, self._line_context)[0][0])
            for end, other, *_ in edges
            if end == stop and len(other.parts) == 1 and other is not found
        )


# A segmentation before it is made: its cost, the state where it ends, and the numbers of its edges. Three of ten never are.
EdgePath = tuple[float, State, tuple[int, ...]]
# The best segmentations of a chunk in one context, each with the state after it.
Continuations = list[tuple[State, Segmentation]]


class Segmenter:
    """Finds the segmentations of chunks, and keeps them there."""

    def __init__(self, lexer: Lexer) -> None:
        self._lexer = lexer
        self._open: deque[Chunk] = deque()
        self._numbers: Recent[Hashable, int] = Recent(MOST_NUMBERED)
        self._line_contexts: Recent[LineContext, LineContext] = Recent(MOST_LINE_CONTEXTS)
        # Of contexts. Behind each there is room for the numbers of its segmentations, so that one dictionary holds both.
        self._count = itertools.count(step=1 + BEAM_WIDTH)

    def open(self, chunk: Chunk) -> Edges:
        """Find the candidates at every place of a chunk that another one leads to, and what they depend on."""
        text, lower = chunk.text, chunk.lower
        asking: list[Meaning] = []
        reached = {0}
        edges: Edges = {}
        for place in range(len(text)):
            if place in reached:
                edges[place] = spans = [_edge(place, found) for found in self._lexer.spans(text, lower, place)]
                for end, found, price, *_ in spans:
                    reached.add(end)
                    if price is None:
                        asking += [meaning for _, _, meaning in found.parts if meaning.when]
        if chunk.dependencies is None:
            chunk.dependencies = _dependencies_of(asking) if asking else NO_DEPENDENCIES
        chunk.edges = edges
        if len(text) <= LONGEST_CACHED:  # others are themselves let go with their name
            self._open.append(chunk)
            if len(self._open) > MOST_OPEN:
                self._open.popleft().edges = None
        return edges

    def dependencies(self, chunk: Chunk) -> Dependencies:
        """Return what the meanings in a chunk ask about the text around it."""
        if chunk.dependencies is None:
            self.open(chunk)
        found: Dependencies = chunk.dependencies
        return found

    def continuations(
        self, chunk: Chunk, state: State, line_context: LineContext, needed_fields: frozenset[str], needed_seen: int
    ) -> Continuations:
        """Return the best segmentations of a chunk that is entered in a state, each with the state after it.

        The state after it keeps only what later chunks ask for: `needed_fields` are fields that may come just before them,
        `needed_seen` fields as bits. States that no later chunk can tell apart become one, reached by the cheapest path.
        """
        if line_context:
            line_context = self._same(line_context & chunk.dependencies.line_context)
        number = self._number((state, line_context, needed_fields, needed_seen))
        kept = chunk.kept
        found = kept.get(number)
        if found is None:
            if len(kept) >= MOST_KEPT:
                kept = chunk.kept = {}
            first, paths, entered = self._paths(chunk, kept, state, line_context)
            best = _best_paths(paths, state[2], needed_fields, needed_seen)
            for _, index in best:
                if first + index not in kept:
                    edges = chunk.edges or self.open(chunk)
                    kept[first + index] = Segmentation(edges, entered, line_context, paths[index])
            found = kept[number] = tuple([(after, first + index) for after, index in best])
        return [(after, kept[segmentation]) for after, segmentation in found]

    def scored(self, chunk: Chunk, segmentation: Segmentation) -> list[ScoredToken]:
        """Return the tokens of a segmentation with their costs."""
        return list(segmentation.scored(chunk.text, chunk.edges or self.open(chunk)))

    def _paths(
        self, chunk: Chunk, kept: dict[int, Any], state: State, line_context: LineContext
    ) -> tuple[int, tuple[EdgePath, ...], State]:
        """Return the best paths through a chunk, which depend on what the chunk itself asks for.

        Before them comes the number of the first one's segmentation, after them the state in which they enter the chunk. The
        last field of that is one that the chunk asks for, or `ANY_FIELD`.
        """
        before, _, seen, deferred = state
        seen &= chunk.dependencies.seen
        number = self._number((before, seen, deferred, line_context))
        entered: State = (before, False, seen, deferred)
        paths: tuple[EdgePath, ...] | None = kept.get(number)
        if paths is None:
            edges = chunk.edges or self.open(chunk)
            paths = kept[number] = tuple(_search(len(chunk.text), edges, entered, line_context))
        return number + 1, paths, entered

    def _same(self, lines: LineContext) -> LineContext:
        """Return the set that equals this one, so that all that is kept holds one object."""
        if not lines:
            return NOTHING
        known = self._line_contexts.get(lines)
        if known is None:
            known = lines
            self._line_contexts.keep(lines, lines)
        return known

    def _number(self, context: Hashable) -> int:
        """Return the number of a context. One that is forgotten gets another, and chunks don't know it any more."""
        number = self._numbers.get(context)
        if number is None:
            number = next(self._count)
            self._numbers.keep(context, number)
        return number


def _edge(place: int, found: Candidate) -> Edge:
    parts = found.parts
    meaning = parts[0][2]
    field = meaning.field or "unknown"
    same = len(parts) == 1 and not meaning.when and field != "separator"
    return (place + found.length, found, meaning.cost + TOKEN_PENALTY if same else None, field, BITS.get(field, 0))


def _dependencies_of(meanings: list[Meaning]) -> Dependencies:
    fields: set[str] = set()
    seen = 0
    line_context: set[str] = set()
    for meaning in meanings:
        for after, _, has, lacks, lines, kinds, _, first, *_ in meaning.when:
            fields.update(after)
            if first is not None:
                fields.add("start")
            seen |= has | lacks
            line_context.update(lines, kinds)
    return _same_dependencies(frozenset(fields) or NOTHING, seen, frozenset(line_context) or NOTHING)


@functools.lru_cache(maxsize=CACHE_SIZE)
def _same_dependencies(after: frozenset[str], seen: int, line_context: frozenset[str]) -> Dependencies:
    """Make dependencies. Equal ones are one object, so that their sets are hashed once."""
    return Dependencies(after, seen, line_context)


def _best_paths(
    paths: tuple[EdgePath, ...], seen: int, needed_fields: frozenset[str], needed_seen: int
) -> list[tuple[State, int]]:
    """Return the paths that can still become the best by their index, each with the state after it."""
    reached: dict[State, tuple[float, State, int]] = {}
    for index, (cost, (before, _, seen_inside, deferred), _) in enumerate(paths):
        after = _state_between(
            before if before in needed_fields else ANY_FIELD, (seen | seen_inside) & needed_seen, deferred
        )
        known = reached.get(after)
        if known is None or cost < known[0]:
            reached[after] = (cost, after, index)
    best: Iterable[tuple[float, State, int]] = reached.values()
    return [(after, index) for _, after, index in (best if len(reached) == 1 else prune(best))]


@functools.lru_cache(maxsize=CACHE_SIZE)
def _state_between(before: str, seen: int, deferred: Deferred) -> State:
    """Return a state between two chunks. Equal states are one object, so that comparing them is quick."""
    return (before, False, seen, deferred)


def _search(length: int, edges: Edges, entered: State, line_context: LineContext) -> list[EdgePath]:
    reached: dict[int, dict[State, PartialPath]] = {place: {} for place in (*edges, length)}
    reached[0][entered] = (0.0, entered, None, 0)
    for place, here in edges.items():
        known = reached[place].values()
        steps = prune(known) if len(known) > 1 else list(known)
        for number, (end, found, price, field, bit) in enumerate(here):
            target = reached[end]
            for step in steps:
                before, state, *_ = step
                if price is not None and not state[3]:
                    after: State = (field, True, state[2] | bit, ())
                    cost = before + price
                else:
                    after, cost = transition(state, found, line_context)
                    cost += before
                best = target.get(after)
                if best is None or cost < best[0]:
                    target[after] = (cost, after, step, number)
    return [_edge_path(step) for step in prune(reached[length].values())]


def _edge_path(last: PartialPath) -> EdgePath:
    cost, (before, _, seen, deferred), previous, number = last
    choices: list[int] = []
    while previous is not None:
        choices.append(number)
        _, _, previous, number = previous
    return cost, (before, False, seen, deferred), tuple(choices[::-1])


def _places(edges: Edges, choices: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield the edges of a path from left to right: the place where each begins, and its number there."""
    place = 0
    for number in choices:
        yield place, number
        place = edges[place][number][0]
