"""The best joint reading of a name: a shortest path through its units.

Every span of a unit costs what its meaning costs in its circumstances: what stands before and after it, what the name has
said already, which lines it names (costs.py). The path from the start of the text to its end that costs least is the
reading; the meanings that it passed by stay behind as ambiguities.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from ..vocabulary.lookup import Vocabulary
from ..vocabulary.meaning import Meaning, made_for
from .chunks import Chunk, Chunker
from .costs import ANY_STATE, NOTHING, START, LineContext, State, prune, resolve_deferred
from .lexer import Lexer
from .segmentation import ScoredToken, Segmentation, continuations, find_candidates

CACHE_SIZE = 5_000  # sets of lines of which is remembered what they are made for
SIZES_IN_WORDS = made_for("sizes-in-words")

Backpointer = tuple["Backpointer | None", int, Segmentation]
# Where one could stand behind the units so far: what it cost to get there, the state, and by which way.
Hypothesis = tuple[float, State, "Backpointer | None"]


class Path:
    """The best way through a text, which starts at `offset` of the whole name."""

    __slots__ = ("_links", "complete", "explained", "offset")

    def __init__(self, last: Backpointer | None, offset: int) -> None:
        self.offset = offset
        self.complete = True  # no piece is left unexplained
        self.explained: list[Meaning] = []
        self._links: list[
            tuple[int, Segmentation]
        ] = []  # the units and the ways taken through them, from left to right
        while last is not None:
            last, start, segmentation = last
            self._links.append((start, segmentation))
        self._links.reverse()
        for _, segmentation in self._links:
            self.explained += segmentation.explained
            if segmentation.unexplained:
                self.complete = False

    @property
    def first(self) -> Meaning | None:
        """What the first piece means."""
        return self._links[0][1].first if self._links else None

    def meanings(self) -> Iterator[tuple[int, int, Meaning]]:
        """The pieces from left to right without their prices: start, end in the whole name, and meaning of each."""
        for start, segmentation in self._links:
            yield from segmentation.meanings(self.offset + start)

    def pieces(self) -> list[ScoredToken]:
        """All pieces from left to right, with their places in the whole name; marks between units are left out."""
        return [piece for start, segmentation in self._links for piece in segmentation.pieces(self.offset + start)]


class Reader:
    """Reads texts in one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._chunks = Chunker(vocabulary)
        self._lexer = Lexer(vocabulary)
        self._line_contexts = functools.lru_cache(maxsize=CACHE_SIZE)(self._lines_and_kinds)

    def read(self, text: str, offset: int = 0, lines: frozenset[str] = NOTHING) -> Path:
        """The best path through a text; `offset` is added to the places of its pieces.

        `lines` are those that the name has mentioned elsewhere, in front of an Ollama tag for instance.
        """
        ahead: list[tuple[int, Chunk, frozenset[str], int]] = []  # with what is asked for behind each unit
        after, seen = NOTHING, 0
        for start, chunk in reversed(self._chunks.of(text)):
            ahead.append((start, chunk, after, seen))
            after, chunk_seen, _ = chunk.dependencies or find_candidates(chunk, self._lexer)
            seen |= chunk_seen
            named = chunk.lines if start else chunk.lines_at_start
            if named:
                lines = lines | named if lines else named
        line_context = self._line_contexts(lines) if lines else NOTHING
        hypotheses: list[Hypothesis] = [(0.0, START if "start" in after else ANY_STATE, None)]
        while ahead:
            start, chunk, after, seen = ahead.pop()
            if len(hypotheses) == 1:
                cost, state, link = hypotheses[0]
                reached = continuations(chunk, state, line_context, after, seen)
                hypotheses = [
                    (cost + more, behind, (link, start, segmentation)) for more, behind, segmentation in reached
                ]
            else:
                hypotheses = _hypotheses_behind(hypotheses, start, chunk, line_context, after, seen)
        cheapest = min(hypotheses, key=_cost_at_the_end) if len(hypotheses) > 1 else hypotheses[0]
        return Path(cheapest[2], offset)

    def _lines_and_kinds(self, lines: frozenset[str]) -> LineContext:
        """What holds for a text that names these lines: the lines, and what they are made for."""
        known = [self.vocabulary.lines[line] for line in lines]
        kinds = {made_for(line.task) for line in known if line.task}
        return lines | kinds | ({SIZES_IN_WORDS} if any(line.sizes_in_words for line in known) else NOTHING)


def _hypotheses_behind(
    hypotheses: list[Hypothesis],
    start: int,
    chunk: Chunk,
    line_context: LineContext,
    needed_fields: frozenset[str],
    needed_seen: int,
) -> list[Hypothesis]:
    """Where one can stand behind a unit, having stood in one of several states before it.

    Ways that end in the same state are one from there on, of which the cheapest is taken.
    """
    reached: dict[State, Hypothesis] = {}
    for cost, state, link in hypotheses:
        for more, after, segmentation in continuations(chunk, state, line_context, needed_fields, needed_seen):
            total = cost + more
            known = reached.get(after)
            if known is None or total < known[0]:
                reached[after] = (total, after, (link, start, segmentation))
    return list(reached.values()) if len(reached) == 1 else prune(reached.values())


def _cost_at_the_end(hypothesis: Hypothesis) -> float:
    return hypothesis[0] + resolve_deferred(hypothesis[1][3], "end")
