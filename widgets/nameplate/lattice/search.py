"""Find the best joint reading of a name: a shortest path through its chunks.

Every candidate costs what its meaning costs in its context: its neighbours, the fields seen so far, the lines that the
name mentions (costs.py). The cheapest path from the start of the text to its end is the reading; meanings that it passed
over become ambiguities.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from ..vocabulary.lookup import Vocabulary
from ..vocabulary.meaning import Meaning, made_for, written_for
from .chunks import Chunk, Chunker
from .costs import ANY_STATE, NOTHING, START, LineContext, State, prune, resolve_deferred
from .lexer import Lexer
from .segmentation import Segmentation, continuations, find_candidates

CACHE_SIZE = 5_000  # sets of lines with what they are made for
SIZES_IN_WORDS = made_for("sizes-in-words")
CLOSED_WEIGHTS = made_for("closed weights")  # all lines of the name are of makers that publish none

Backpointer = tuple["Backpointer | None", int, Segmentation]
# A reading of the chunks so far: its cost, the state it ends in, and the last step of its path.
Hypothesis = tuple[float, State, "Backpointer | None"]


class Path:
    """The best path through a text, which starts at `offset` of the whole name."""

    __slots__ = ("complete", "explained", "offset", "segmentations")

    def __init__(self, last: Backpointer | None, offset: int) -> None:
        segmentations: list[tuple[int, Segmentation]] = []
        while last is not None:
            last, start, segmentation = last
            segmentations.append((offset + start, segmentation))
        segmentations.reverse()
        explained: list[Meaning] = []
        complete = True
        for _, segmentation in segmentations:
            explained += segmentation.explained
            if segmentation.unexplained:
                complete = False
        self.offset = offset
        self.complete = complete  # every token is explained
        self.explained = explained
        # How each chunk is read, from left to right, with its place in the whole name. Marks between chunks are left out.
        self.segmentations = segmentations

    @property
    def first(self) -> Meaning | None:
        """The meaning of the first token."""
        return self.segmentations[0][1].first if self.segmentations else None

    def meanings(self) -> list[tuple[int, int, Meaning]]:
        """Return the tokens from left to right without their costs: start, end in the whole name, and meaning of each."""
        return [
            (place + start, place + end, meaning)
            for place, segmentation in self.segmentations
            for start, end, meaning in segmentation.spans()
        ]


class Reader:
    """Reads texts in one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._chunks = Chunker(vocabulary)
        self._lexer = Lexer(vocabulary)
        self._line_contexts = functools.lru_cache(maxsize=CACHE_SIZE)(self._lines_and_kinds)

    def read_regions(self, name: str, regions: Iterable[tuple[int, int, str]], platform: str) -> list[Path]:
        """Return the best path through each region of a name: its start, its end, and whether it is repo, file or tag.

        The editions of lines that the name has mentioned are known in its tag, too. `platform` is where the name was written
        for, which changes what some words mean.
        """
        paths: list[Path] = []
        place = frozenset((written_for(platform),)) if platform in self.vocabulary.telling_platforms else NOTHING
        for start, end, kind in regions:
            lines = place | _lines_of(paths) if kind == "tag" else place
            paths.append(self.read(name[start:end], start, lines))
        return paths

    def read(self, text: str, offset: int = 0, lines: frozenset[str] = NOTHING) -> Path:
        """Return the best path through a text; `offset` is added to the places of its tokens.

        `lines` are those that the name mentions elsewhere, such as before an Ollama tag.
        """
        ahead: list[tuple[int, Chunk, frozenset[str], int]] = []  # with what the chunks after each ask for
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
                hypotheses = []
                for more, behind, segmentation in continuations(chunk, state, line_context, after, seen):
                    hypotheses.append((cost + more, behind, (link, start, segmentation)))
            else:
                hypotheses = _hypotheses_behind(hypotheses, start, chunk, line_context, after, seen)
        cheapest = min(hypotheses, key=_cost_at_the_end) if len(hypotheses) > 1 else hypotheses[0]
        return Path(cheapest[2], offset)

    def _lines_and_kinds(self, lines: frozenset[str]) -> LineContext:
        """Return what holds for a text that names these lines: the lines, and what they are made for."""
        known = [self.vocabulary.lines[line] for line in lines if line in self.vocabulary.lines]
        kinds = {made_for(line.task) for line in known if line.task}
        if any(line.sizes_in_words for line in known):
            kinds.add(SIZES_IN_WORDS)
        if known and not any(line.publishers or line.based_on for line in known):
            kinds.add(CLOSED_WEIGHTS)
        return lines | kinds


def _hypotheses_behind(
    hypotheses: list[Hypothesis],
    start: int,
    chunk: Chunk,
    line_context: LineContext,
    needed_fields: frozenset[str],
    needed_seen: int,
) -> list[Hypothesis]:
    """Extend several hypotheses over a chunk. Of those that end in the same state, the cheapest is kept."""
    reached: dict[State, Hypothesis] = {}
    for cost, state, link in hypotheses:
        for more, after, segmentation in continuations(chunk, state, line_context, needed_fields, needed_seen):
            total = cost + more
            known = reached.get(after)
            if known is None or total < known[0]:
                reached[after] = (total, after, (link, start, segmentation))
    return list(reached.values()) if len(reached) == 1 else prune(reached.values())


def _lines_of(paths: Iterable[Path]) -> frozenset[str]:
    return frozenset(meaning.line for path in paths for meaning in path.explained if meaning.line is not None)


def _cost_at_the_end(hypothesis: Hypothesis) -> float:
    return hypothesis[0] + resolve_deferred(hypothesis[1][3], "end")
