"""Find the best joint reading of a name: a shortest path through its chunks.

Every candidate costs what its meaning costs in its context: its neighbours, the fields seen so far, the lines that the
name mentions (costs.py). The cheapest path from the start of the text to its end is the reading; meanings that it passed
over become ambiguities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..recent import Recent
from ..vocabulary.lookup import Vocabulary
from ..vocabulary.meaning import NOT_FOR_SALE, Meaning, made_for, meaning_of, published_by, written_for
from .chunks import Chunk, Chunker
from .costs import ANY_STATE, NOTHING, START, LineContext, State, prune, resolve_deferred
from .lexer import Lexer
from .segmentation import AT_START, COST, ROWS, ScoredToken, Segmentation, Segmenter

MOST_LINE_CONTEXTS = 250  # sets of lines that surely stay together with what they are made for
SIZES_IN_WORDS = made_for("sizes-in-words")
CLOSED_WEIGHTS = made_for("closed weights")  # all lines of the name are of makers that publish none

Backpointer = tuple["Backpointer | None", int, Chunk, Segmentation]
# A reading of the chunks so far: its cost, the state it ends in, and the last step of its path.
Hypothesis = tuple[float, State, "Backpointer | None"]


class Path:
    """The best path through a text, which starts at `offset` of the whole name.

    `explained` are the meanings that say something, until `forget_meanings`; `complete` says whether every token has one.
    """

    __slots__ = ("_chunks", "_found", "_meanings", "_places", "_segmenter", "complete", "explained", "offset")

    def __init__(self, last: Backpointer | None, offset: int, segmenter: Segmenter) -> None:
        places: list[int] = []
        chunks: list[Chunk] = []
        found: list[Segmentation] = []
        while last is not None:
            last, start, chunk, segmentation = last
            places.append(offset + start)
            chunks.append(chunk)
            found.append(segmentation)
        self._places, self._chunks, self._found = tuple(places[::-1]), tuple(chunks[::-1]), tuple(found[::-1])
        explained: list[Meaning] = []
        complete = True
        for segmentation in self._found:
            _, rows, unexplained, *_ = segmentation
            explained += map(meaning_of, rows)
            if unexplained:
                complete = False
        self._segmenter = segmenter
        self._meanings: list[tuple[int, int, Meaning]] | None = None
        self.offset = offset
        self.complete = complete
        self.explained = explained

    @property
    def segmentations(self) -> Iterator[tuple[int, Chunk, Segmentation]]:
        """How each chunk is read, from left to right, with its place in the whole name. Marks between chunks are left out."""
        return zip(self._places, self._chunks, self._found, strict=True)

    @property
    def first(self) -> Meaning | None:
        """The meaning of the first token."""
        return meaning_of(self._found[0][ROWS][0]) if self._found else None

    def meanings(self) -> list[tuple[int, int, Meaning]]:
        """Return the tokens from left to right without their costs: start, end in the whole name, and meaning of each."""
        if self._meanings is None:
            self._meanings = [
                (place + start, place + end, meaning_of(row))
                for place, _, (_, _, _, rows, ends, *_) in self.segmentations
                for row, start, end in zip(rows, ends[::2], ends[1::2], strict=True)
            ]
        return self._meanings

    def forget_meanings(self) -> None:
        """Keep only what the tokens are made of."""
        self.explained, self._meanings = [], None

    def scored(self, chunk: Chunk, segmentation: Segmentation) -> list[ScoredToken]:
        """Return the tokens of one of its segmentations with their costs."""
        return self._segmenter.scored(chunk, segmentation)


class NameReader:
    """Reads names in one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.chunks = Chunker(vocabulary)
        self._segmenter = Segmenter(Lexer(vocabulary))
        self._line_contexts: Recent[frozenset[str], LineContext] = Recent(MOST_LINE_CONTEXTS)

    def read_regions(
        self, name: str, regions: Iterable[tuple[int, int, str]], platform: str, account: str | None = None
    ) -> list[Path]:
        """Return the best path through each region of a name: its start, its end, and what it is, such as repo, file or tag.

        The editions of lines that the name has mentioned are known in its tag, too. `platform` is where the name was written
        for, and `account` who published it there, which change what some words mean.
        """
        paths: list[Path] = []
        place = frozenset((written_for(platform),)) if platform in self.vocabulary.telling_platforms else NOTHING
        seller = account if platform in self.vocabulary.hubs else None
        if account is not None and account.lower() in self.vocabulary.signers:
            place |= {published_by(account)}
        for start, end, kind in regions:
            lines = place | _lines_of(paths) if kind == "tag" else place
            paths.append(self.read(name[start:end], start, lines, seller, name))
        return paths

    def read(
        self, text: str, offset: int = 0, lines: frozenset[str] = NOTHING, seller: str | None = None, name: str = ""
    ) -> Path:
        """Return the best path through a text; `offset` is added to the places of its tokens.

        `lines` are those that the name mentions elsewhere, such as before an Ollama tag. Where some word asks whether its line
        is for sale, that is a question to the whole name and to the account on a hub, the `seller`.
        """
        ahead: list[tuple[int, Chunk, int, int]] = []  # with what the chunks after each ask for
        after = seen = 0
        asks = False  # whether some word does
        for start, chunk in reversed(self.chunks.of(text)):
            ahead.append((start, chunk, after, seen))
            after, chunk_seen, asked = chunk.dependencies or self._segmenter.dependencies(chunk)
            seen |= chunk_seen
            if NOT_FOR_SALE in asked:
                asks = True
            named = chunk.lines if start else chunk.lines_at_start
            if named:
                lines = lines | named if lines else named
        if asks and seller is not None and not self.vocabulary.may_sell(seller, name):
            lines = lines | {NOT_FOR_SALE}
        line_context = self._lines_and_kinds(lines) if lines else NOTHING
        hypotheses: list[Hypothesis] = [(0.0, START if after & AT_START else ANY_STATE, None)]
        while ahead:
            start, chunk, after, seen = ahead.pop()
            if len(hypotheses) == 1:
                cost, state, link = hypotheses[0]
                found = self._segmenter.continuations(chunk, state, line_context, after, seen)
                if len(found) == 2:
                    behind, segmentation = found
                    hypotheses = [(cost + segmentation[COST], behind, (link, start, chunk, segmentation))]
                    continue
                hypotheses = []
                for behind, segmentation in zip(found[::2], found[1::2], strict=True):
                    hypotheses.append((cost + segmentation[COST], behind, (link, start, chunk, segmentation)))
            else:
                hypotheses = self._hypotheses_behind(hypotheses, start, chunk, line_context, after, seen)
        cheapest = min(hypotheses, key=_cost_at_the_end) if len(hypotheses) > 1 else hypotheses[0]
        return Path(cheapest[2], offset, self._segmenter)

    def _lines_and_kinds(self, lines: frozenset[str]) -> LineContext:
        """Return what holds for a text that names these lines: the lines, and what they are made for."""
        found = self._line_contexts.get(lines)
        if found is not None:
            return found
        known = [self.vocabulary.lines[line] for line in lines if line in self.vocabulary.lines]
        kinds = {made_for(line.task) for line in known if line.task}
        if any(line.sizes_in_words for line in known):
            kinds.add(SIZES_IN_WORDS)
        closed = not any(line.publishers or line.based_on for line in known)
        if known and closed:
            kinds.add(CLOSED_WEIGHTS)
        context = (lines if closed else lines - {NOT_FOR_SALE}) | kinds
        self._line_contexts.keep(lines, context)
        return context

    def _hypotheses_behind(
        self,
        hypotheses: list[Hypothesis],
        start: int,
        chunk: Chunk,
        line_context: LineContext,
        needed_fields: int,
        needed_seen: int,
    ) -> list[Hypothesis]:
        """Extend several hypotheses over a chunk. Of those that end in the same state, the cheapest is kept."""
        reached: dict[State, Hypothesis] = {}
        for cost, state, link in hypotheses:
            found = self._segmenter.continuations(chunk, state, line_context, needed_fields, needed_seen)
            for after, segmentation in zip(found[::2], found[1::2], strict=True):
                total = cost + segmentation[COST]
                known = reached.get(after)
                if known is None or total < known[0]:
                    reached[after] = (total, after, (link, start, chunk, segmentation))
        return list(reached.values()) if len(reached) == 1 else prune(reached.values())


def _lines_of(paths: Iterable[Path]) -> frozenset[str]:
    return frozenset(meaning.line for path in paths for meaning in path.explained if meaning.line is not None)


def _cost_at_the_end(hypothesis: Hypothesis) -> float:
    return hypothesis[0] + resolve_deferred(hypothesis[1][3], "end")
