"""Find the segmentations of one chunk of a name: shortest paths over its candidate spans.

Names share most of their chunks, so a chunk keeps what was worked out for it. The text around it rarely matters: only what
the conditions of the chunk's own meanings ask for does (`Dependencies`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ..vocabulary.meaning import BITS, Candidate, Condition, Meaning
from .chunks import Chunk
from .costs import ANY_FIELD, NOTHING, TOKEN_PENALTY, Deferred, LineContext, State, part_costs, prune, transition
from .lexer import Lexer

CACHE_SIZE = 5_000  # sets of conditions with their dependencies, and states between chunks
MOST_CONTEXTS = 256  # in which one chunk was read; 181 is the most that 38,000 ids need
ENTRY = Candidate(0, ())  # the empty span before a chunk


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


class Dependencies(NamedTuple):
    """What the meanings in a chunk ask about the text around it; nothing else changes their costs.

    `after` holds fields that may come just before, `seen` fields as bits, `line_context` lines and what they are made for.
    """

    after: frozenset[str]
    seen: int
    line_context: LineContext


NO_DEPENDENCIES = Dependencies(NOTHING, 0, NOTHING)


# A path to a place inside a chunk: its cost, the state there, the path it extends, and the place and candidate it added.
PartialPath = tuple[float, State, "PartialPath | None", int, Candidate]


class Segmentation:
    """One path through a chunk: its cost, the state where it ends, and its tokens.

    `explained` holds the meanings of the tokens that have one, from which most of a reading follows; `unexplained` says
    whether there are other tokens; `first` is the meaning of the first token. `parts` and `shown` are kept for what others
    work out from it alone, once for all names that share it: which model it speaks of, and how its tokens are shown.
    """

    __slots__ = (
        "_edges", "_line_context", "_spans", "_steps", "_text", "cost", "end", "explained", "first", "parts", "shown", "unexplained",
    )  # fmt: skip

    def __init__(self, chunk: Chunk, line_context: LineContext, last: PartialPath) -> None:
        cost, (before, _, seen, deferred), *_ = last
        self.end: State = (before, False, seen, deferred)
        self.cost = cost
        self._text = chunk.text
        self._edges = chunk.edges  # not the chunk itself, which keeps this: nothing would free the two
        self._line_context = line_context
        self._steps = steps = _steps(last)
        self._spans: list[tuple[int, int, Meaning]] | None = None
        self.parts: object = None
        self.shown: object = None
        meanings = [part[2] for _, _, found in steps for part in found.parts]
        self.explained = [m for m in meanings if m.field != "separator" and (m.field is not None or m.roles)]
        self.unexplained = any(meaning.field is None for meaning in meanings)
        self.first = meanings[0]

    def spans(self) -> list[tuple[int, int, Meaning]]:
        """Return the tokens from left to right without their costs: start, end and meaning of each; they are kept."""
        if self._spans is None:
            self._spans = [
                (place + start, place + end, meaning)
                for _, place, found in self._steps
                for start, end, meaning in found.parts
            ]
        return self._spans

    def scored(self) -> Iterator[ScoredToken]:
        """Yield the tokens from left to right, with their costs."""
        for state, place, found in self._steps:
            parts = found.parts
            others = self._others(state, place, found) if len(parts) == 1 else ()
            costs = part_costs(state, found, self._line_context)
            for (start, end, meaning), (cost, why) in zip(parts, costs, strict=True):
                yield ScoredToken(
                    self._text[place + start : place + end],
                    place + start,
                    place + end,
                    meaning,
                    cost,
                    why,
                    others,
                )

    def _others(self, state: State, place: int, found: Candidate) -> tuple[tuple[Meaning, float], ...]:
        return tuple(
            (other.parts[0][2], part_costs(state, other, self._line_context)[0][0])
            for end, other, *_ in self._edges[place]
            if end == place + found.length and len(other.parts) == 1 and other is not found
        )


# The best segmentations of a chunk in one context, each with its cost and the state after it.
Continuations = tuple[tuple[float, State, Segmentation], ...]


def find_candidates(chunk: Chunk, lexer: Lexer) -> Dependencies:
    """Find the candidates at every place of a chunk that another one leads to, and what they depend on."""
    text, lower = chunk.text, chunk.lower
    conditions: set[Condition] = set()
    reached = {0}
    edges: dict[int, list[Edge]] = {}
    for place in range(len(text)):
        if place in reached:
            edges[place] = spans = [_edge(place, found) for found in lexer.spans(text, lower, place)]
            for end, found, price, *_ in spans:
                reached.add(end)
                if price is None:
                    for part in found.parts:
                        conditions.update(part[2].when)
    dependencies = _dependencies_of(frozenset(conditions)) if conditions else NO_DEPENDENCIES
    # In this order, and each whole: another thread that finds the dependencies must find the spans as well.
    chunk.edges = edges
    chunk.dependencies = dependencies
    return dependencies


def _edge(place: int, found: Candidate) -> Edge:
    parts = found.parts
    meaning = parts[0][2]
    field = meaning.field or "unknown"
    same = len(parts) == 1 and not meaning.when and field != "separator"
    return (place + found.length, found, meaning.cost + TOKEN_PENALTY if same else None, field, BITS.get(field, 0))


@functools.lru_cache(maxsize=CACHE_SIZE)
def _dependencies_of(conditions: frozenset[Condition]) -> Dependencies:
    after = {field for when in conditions for field in when.after}
    if any(when.first is not None for when in conditions):
        after.add("start")
    seen = 0
    for when in conditions:
        seen |= when.seen | when.unseen
    line_context = {line for when in conditions for line in (*when.lines, *when.kinds)}
    return Dependencies(frozenset(after), seen, frozenset(line_context) or NOTHING)


def continuations(
    chunk: Chunk, state: State, line_context: LineContext, needed_fields: frozenset[str], needed_seen: int
) -> Continuations:
    """Return the best segmentations of a chunk that is entered in a state, each with its cost and the state after it.

    The state after it keeps only what later chunks ask for: `needed_fields` are fields that may come just before them,
    `needed_seen` fields as bits. States that no later chunk can tell apart become one, reached by the cheapest path.
    """
    if line_context:
        line_context &= chunk.dependencies.line_context
    entry = (state, line_context, needed_fields, needed_seen)
    found: Continuations | None = chunk.continuations.get(entry)
    if found is None:
        found = tuple(_continuations(chunk, state, line_context, needed_fields, needed_seen))
        _keep(chunk.continuations, entry, found)
    return found


def _continuations(
    chunk: Chunk, state: State, line_context: LineContext, needed_fields: frozenset[str], needed_seen: int
) -> Iterable[tuple[float, State, Segmentation]]:
    reached: dict[State, tuple[float, State, Segmentation]] = {}
    for segmentation in _segmentations(chunk, state, line_context):
        before, _, seen, deferred = segmentation.end
        after = _state_between(
            before if before in needed_fields else ANY_FIELD, (state[2] | seen) & needed_seen, deferred
        )
        known = reached.get(after)
        if known is None or segmentation.cost < known[0]:
            reached[after] = (segmentation.cost, after, segmentation)
    return reached.values() if len(reached) == 1 else prune(reached.values())


def _keep(contexts: dict[Any, Any], entry: Any, found: object) -> None:
    """Keep what a chunk gives in one context; where there are enough, begin again."""
    if len(contexts) >= MOST_CONTEXTS:
        contexts.clear()
    contexts[entry] = found


@functools.lru_cache(maxsize=CACHE_SIZE)
def _state_between(before: str, seen: int, deferred: Deferred) -> State:
    """Return a state between two chunks. Equal states are one object, so that comparing them is quick."""
    return (before, False, seen, deferred)


def _segmentations(chunk: Chunk, state: State, line_context: LineContext) -> list[Segmentation]:
    """Return the best segmentations of a chunk, which depend on what the chunk itself asks for.

    The last field of the state is one that the chunk asks for, or `ANY_FIELD`.
    """
    before, _, seen, deferred = state
    seen &= chunk.dependencies.seen
    entry = (before, seen, deferred, line_context)
    found: list[Segmentation] | None = chunk.segmentations.get(entry)
    if found is None:
        found = _search(chunk, (before, False, seen, deferred), line_context)
        _keep(chunk.segmentations, entry, found)
    return found


def _search(chunk: Chunk, entered: State, line_context: LineContext) -> list[Segmentation]:
    reached: dict[int, dict[State, PartialPath]] = {place: {} for place in (*chunk.edges, len(chunk.text))}
    reached[0][entered] = (0.0, entered, None, 0, ENTRY)
    for place, edges in chunk.edges.items():
        known = reached[place].values()
        steps = prune(known) if len(known) > 1 else list(known)
        for end, found, price, field, bit in edges:
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
                    target[after] = (cost, after, step, place, found)
    return [Segmentation(chunk, line_context, step) for step in prune(reached[len(chunk.text)].values())]


def _steps(last: PartialPath) -> list[tuple[State, int, Candidate]]:
    """Return the steps of a path from left to right: the state and the place before each, and the candidate taken."""
    steps: list[tuple[State, int, Candidate]] = []
    _, _, previous, place, found = last
    while previous is not None:
        steps.append((previous[1], place, found))
        _, _, previous, place, found = previous
    steps.reverse()
    return steps
