"""Find the segmentations of one chunk of a name: shortest paths over its candidate spans.

Names share most of their chunks, so a chunk keeps what was worked out for it. The text around it rarely matters: only what
the conditions of the chunk's own meanings ask for does (`Dependencies`).

What is kept long has few objects that the garbage collection looks at. It skips tuples of texts and numbers, so meanings,
segmentations and contexts are plain tuples. Each collection gets one level deeper into tuples that hold others, so they are
flat where that costs nothing. The candidate spans are only kept for the chunks that were opened last; for the others they
are found again when a new context needs them.
"""

from __future__ import annotations

import functools
import itertools
from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from typing import Any, Final, NamedTuple

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
MOST_OPEN = 100  # chunks whose candidate spans are kept
MOST_NUMBERED = 2_500  # contexts that surely keep their number; 38,000 ids have 3,520
MOST_KEPT = 800  # contexts, segmentations and what follows from them, of one chunk; 397 are the most of 38,000 ids


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

    `after` holds fields that may come just before, as bits, `seen` fields as bits of their own, `line_context` lines and what
    they are made for.
    """

    after: int
    seen: int
    line_context: LineContext


NO_DEPENDENCIES = Dependencies(0, 0, NOTHING)
AT_START = 1
# The bits of fields that some meaning asks for just before it. Two threads that add one at once may give it to both fields:
# more is kept apart than needs to be then.
AFTER_BITS = {"start": AT_START}


# A path to a place inside a chunk: its cost, the state there, the path it extends, and the number of the edge it added, among
# those that begin where the other path ends.
PartialPath = tuple[float, State, "PartialPath | None", int]


# The numbers of the edges of a path, each among those that begin where the one before ends.
Choices = tuple[int, ...]
# A path through a chunk: what it costs; the meanings of its tokens that have one, from which most of a reading follows; whether
# there are others; the meanings of all tokens from left to right, and where each begins and ends; and how to score them: its
# number in the chunk, its edges, the state in which it enters the chunk, and the lines that the chunk asks for.
Segmentation = tuple[
    float, tuple[MeaningRow, ...], bool, tuple[MeaningRow, ...], tuple[int, ...], int, Choices, State, tuple[str, ...]
]
COST: Final = 0
EXPLAINED: Final = 1
ROWS: Final = 3
NUMBER: Final = 5
# What follows from a segmentation alone is kept beside it in its chunk, under its number and one of these: which model it
# speaks of, and how its tokens are shown.
PARTS, SHOWN = 1, 2
PLACES = 3  # for each segmentation


# A segmentation before it is made: its cost, the state where it ends without what is the same for all, and its edges. Three of
# ten never are.
EdgePath = tuple[float, str, int, Deferred, Choices]
# The best segmentations of a chunk in one context: a state after it and a segmentation in turns. A pair for each would have
# to be looked at by one more collection of garbage before it is skipped.
Continuations = tuple[Any, ...]


class Segmenter:
    """Finds the segmentations of chunks, and keeps them there."""

    def __init__(self, lexer: Lexer) -> None:
        self._lexer = lexer
        self._open: deque[Chunk] = deque()
        self._numbers: Recent[Hashable, int] = Recent(MOST_NUMBERED)
        self._lines: Recent[LineContext, tuple[str, ...]] = Recent(MOST_LINE_CONTEXTS)
        # Of contexts. Behind each there is room for the numbers of its segmentations, so that one dictionary holds all.
        self._count = itertools.count(step=1 + PLACES * BEAM_WIDTH)

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
        self, chunk: Chunk, state: State, line_context: LineContext, needed_fields: int, needed_seen: int
    ) -> Continuations:
        """Return the best segmentations of a chunk that is entered in a state, each with the state after it.

        The state after it keeps only what later chunks ask for: `needed_fields` are fields that may come just before them,
        `needed_seen` fields that come anywhere before, both as bits. States that no later chunk can tell apart become one,
        reached by the cheapest path.
        """
        lines: tuple[str, ...] = ()
        if line_context:
            asked = chunk.dependencies[2]
            if not asked.isdisjoint(line_context):
                lines = self._same(line_context & asked)
        context = (state, lines, needed_fields, needed_seen)
        number = self._numbers.get(context)
        if number is None:
            number = self._number(context)
        found: Continuations | None = chunk.kept.get(number)
        if found is None:
            found = self._continuations(chunk, number, state, lines, needed_fields, needed_seen)
        return found

    def _continuations(
        self, chunk: Chunk, number: int, state: State, lines: tuple[str, ...], needed_fields: int, needed_seen: int
    ) -> Continuations:
        if len(chunk.kept) >= MOST_KEPT:
            chunk.kept = {}
        kept = chunk.kept
        first, paths, entered = self._paths(chunk, kept, state, lines)
        continuations: list[State | Segmentation] = []
        for after, index in _best_paths(paths, state[2], needed_fields, needed_seen):
            place = first + PLACES * index
            segmentation: Segmentation | None = kept.get(place)
            if segmentation is None:
                edges = chunk.edges or self.open(chunk)
                segmentation = kept[place] = _segmentation(edges, paths[index], place, entered, lines)
            continuations += (after, segmentation)
        found = kept[number] = tuple(continuations)
        return found

    def scored(self, chunk: Chunk, segmentation: Segmentation) -> list[ScoredToken]:
        """Return the tokens of a segmentation with their costs."""
        return list(_scored(chunk.text, chunk.edges or self.open(chunk), segmentation))

    def _paths(
        self, chunk: Chunk, kept: dict[int, Any], state: State, lines: tuple[str, ...]
    ) -> tuple[int, tuple[EdgePath, ...], State]:
        """Return the best paths through a chunk, which depend on what the chunk itself asks for.

        Before them comes the number of the first one's segmentation, after them the state in which they enter the chunk. The
        last field of that is one that the chunk asks for, or `ANY_FIELD`.
        """
        before, _, seen, deferred = state
        seen &= chunk.dependencies.seen
        number = self._number((before, seen, deferred, lines))
        entered = state if seen == state[2] else (before, False, seen, deferred)
        paths: tuple[EdgePath, ...] | None = kept.get(number)
        if paths is None:
            edges = chunk.edges or self.open(chunk)
            paths = kept[number] = tuple(_search(len(chunk.text), edges, entered, frozenset(lines)))
        return number + 1, paths, entered

    def _same(self, lines: LineContext) -> tuple[str, ...]:
        """Return the lines as a tuple; equal sets as one, so that all that is kept holds one object."""
        known = self._lines.get(lines)
        if known is None:
            known = tuple(lines)
            self._lines.keep(lines, known)
        return known

    def _number(self, context: Hashable) -> int:
        """Return the number of a context. One that is forgotten gets another, and chunks don't know it any more."""
        number = self._numbers.get(context)
        if number is None:
            number = next(self._count)
            self._numbers.keep(context, number)
        return number


def _segmentation(edges: Edges, path: EdgePath, number: int, entered: State, lines: tuple[str, ...]) -> Segmentation:
    cost, *_, choices = path
    rows: list[MeaningRow] = []
    ends: list[int] = []
    place = 0
    for choice in choices:
        stop, found, *_ = edges[place][choice]
        for start, end, meaning in found.parts:
            rows.append(row_of(meaning))
            ends += (place + start, place + end)
        place = stop
    explained = [row for row in rows if row[0] != "separator" and (row[0] is not None or row[6])]
    tokens = tuple(rows)
    unexplained = any(row[0] is None for row in rows)
    says = tokens if len(explained) == len(tokens) else tuple(explained)
    return cost, says, unexplained, tokens, tuple(ends), number, choices, entered, lines


def _scored(text: str, edges: Edges, segmentation: Segmentation) -> Iterator[ScoredToken]:
    """Yield the tokens of a segmentation from left to right, with their costs; `edges` are those of the chunk."""
    *_, choices, state, lines = segmentation
    line_context = frozenset(lines)
    place = 0
    for choice in choices:
        stop, found, *_ = edges[place][choice]
        parts = found.parts
        others = _others(state, edges[place], found, stop, line_context) if len(parts) == 1 else ()
        costs = part_costs(state, found, line_context)
        for (start, end, meaning), (cost, why) in zip(parts, costs, strict=True):
            yield ScoredToken(text[place + start : place + end], place + start, place + end, meaning, cost, why, others)
        state, _ = transition(state, found, line_context)
        place = stop


def _others(
    state: State, edges: list[Edge], found: Candidate, stop: int, line_context: LineContext
) -> tuple[tuple[Meaning, float], ...]:
    return tuple([
        (other.parts[0][2], part_costs(state, other, line_context)[0][0])
        for end, other, *_ in edges
        if end == stop and len(other.parts) == 1 and other is not found
    ])  # fmt: skip


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
        for before, _, has, lacks, lines, kinds, _, first, *_ in meaning.when:
            fields.update(before)
            if first is not None:
                fields.add("start")
            seen |= has | lacks
            line_context.update(lines, kinds)
    after = 0
    for field in fields:
        after |= AFTER_BITS.get(field) or AFTER_BITS.setdefault(field, 1 << len(AFTER_BITS))
    return _same_dependencies(after, seen, frozenset(line_context) or NOTHING)


@functools.lru_cache(maxsize=CACHE_SIZE)
def _same_dependencies(after: int, seen: int, line_context: frozenset[str]) -> Dependencies:
    """Make dependencies. Equal ones are one object, so that their sets are hashed once."""
    return Dependencies(after, seen, line_context)


def _best_paths(
    paths: tuple[EdgePath, ...], seen: int, needed_fields: int, needed_seen: int
) -> list[tuple[State, int]]:
    """Return the paths that can still become the best by their index, each with the state after it."""
    reached: dict[State, tuple[float, State, int]] = {}
    for index, (cost, before, seen_inside, deferred, _) in enumerate(paths):
        if not AFTER_BITS.get(before, 0) & needed_fields:
            before = ANY_FIELD  # noqa: PLW2901
        after = _state_between(before, (seen | seen_inside) & needed_seen, deferred)
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
    return cost, before, seen, deferred, tuple(choices[::-1])
