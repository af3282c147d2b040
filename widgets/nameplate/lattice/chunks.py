"""Cut the text of a name into chunks: parts that no candidate span crosses, so that each is read on its own.

Names share most of their chunks, and each chunk keeps what was worked out for it.
"""

from __future__ import annotations

import functools
from typing import Any

from ..notation.boundaries import LABEL, WRITTEN_OUT, end_of, start_of
from ..patterns import pattern
from ..recent import Recent
from ..vocabulary.lookup import ALNUM_RUN, NO_PHRASE_STARTS, Vocabulary
from ..vocabulary.phrases import CONNECTORS, expected_after, phrase_length

# A piece and the marks after it. A mark between two digits is part of a piece, because numbers are written so.
# ModelScope writes the dots of a name as three underscores in its folders.
# Written by hand, a decimal may have a blank: glm 5 2. A plus at the end of a word belongs to it: Command R+.
PIECES = pattern(
    r"([^\W_]+(?:(?:(?<=\d)(?:[-._]|___)(?=\d)|(?<=[^\d.]\d) (?=\d(?![^\W_]|[.]\d))|(?<=[^\W\d_])[+](?![^\W_]))[^\W_]*)*)([\W_]*)"
)
WRITTEN_OUT_BEHIND = " - "  # the name of a mix that llama.cpp prints: Q4_K - Medium
FIRST_MARKS = pattern(r"[\W_]*")
REACH = 4  # pieces that a phrase can span: text-to-image-editing
LONGEST_CACHED = 200  # characters; longer runs aren't words and aren't cached
MOST_CHUNKS = 3_000  # that are surely kept
MOST_LINES = 1_000
NOTHING: frozenset[str] = frozenset()


class Chunk:
    """A part of a text that no candidate span crosses: read on its own, and cached.

    `ends` and `starts` say how a notation could continue after it and begin before it; `expected` holds the runs with which
    one of its phrases would continue. The rest holds what the search has worked out (segmentation.py).
    """

    __slots__ = (
        "dependencies", "edges", "ends", "expected", "first_run", "kept", "lines", "lines_at_start", "lower", "starts", "text",
    )  # fmt: skip

    def __init__(self, text: str, lower: str) -> None:
        self.text = text
        self.lower = lower
        self.first_run = ""
        self.starts = self.ends = 0
        self.expected: tuple[str, ...] = ()
        self.lines = NOTHING  # the lines it certainly names
        self.lines_at_start = NOTHING  # the lines it names at the start of a text
        self.edges: Any = None
        self.dependencies: Any = None
        self.kept: dict[int, Any] = {}


class Chunker:
    """Cuts texts into chunks with one vocabulary, and caches them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._chunks: Recent[str, Chunk] = Recent(MOST_CHUNKS)

    def __len__(self) -> int:
        return len(self._chunks)

    def of(self, text: str) -> list[tuple[int, Chunk]]:
        """Return the chunks of a text with their offsets. The marks that divide them are left out."""
        chunks: list[tuple[int, Chunk]] = []
        remembered = self._chunks
        here: Chunk | None = None  # the pieces that belong together, at least the last few
        begin = 0  # where they begin
        begun: list[int] = []  # where each of them begins, if there are several
        between, start, end = "", 0 if text[:1].isalnum() else FIRST_MARKS.match(text).end(), 0  # type: ignore[union-attr]
        for piece, marks in PIECES.findall(text):
            there = remembered.get(piece) or self._chunk(piece)
            if here is None:
                begin = start
            elif (between in CONNECTORS and (here.ends & there.starts or there.first_run in here.expected)) or (
                between == WRITTEN_OUT_BEHIND and here.ends & LABEL and there.lower in WRITTEN_OUT
            ):
                begun = begun or [begin]
                begun.append(start)
                joined = text[begun[-REACH:][0] : start + len(piece)]
                there = remembered.get(joined) or self._chunk(joined)
            else:
                chunks.append((begin, here if len(begun) <= REACH else self._chunk(text[begin:end])))
                begin = start
                if begun:
                    begun = []
            here, between = there, marks
            end = start + len(piece)
            start = end + len(marks)
        if here is not None:
            chunks.append((begin, here if len(begun) <= REACH else self._chunk(text[begin:end])))
        return chunks

    def _chunk(self, text: str) -> Chunk:
        lower = lower_case(text)
        chunk = Chunk(text, lower)
        lines, at_start = NOTHING, NOTHING
        expected: set[str] = set()
        last = ""
        for match in ALNUM_RUN.finditer(lower):
            start, end = match.span()
            last = match[0]
            phrase_starts = self._vocabulary.phrase_starts(last)
            if not start:
                chunk.first_run = last
            if phrase_starts is NO_PHRASE_STARTS and last[-1] == "v" and lower[end : end + 1].isdecimal():
                end -= 1  # the letter belongs to the number: owlv2
                phrase_starts = self._vocabulary.phrase_starts(last[:-1])
            if phrase_starts is NO_PHRASE_STARTS:
                continue
            if phrase_starts.longer:
                expected |= expected_after(phrase_starts, lower, end)
            for phrase in phrase_starts.line_names:
                if not phrase.rest or phrase_length(phrase, lower, lower, start, end):
                    if phrase.meaning.cost < 1.0:
                        lines = lines | _only(phrase.meaning.line or "") if lines else _only(phrase.meaning.line or "")
                    elif not start:
                        at_start = at_start | {phrase.meaning.line or ""}
        chunk.expected = tuple(expected)
        chunk.lines, chunk.lines_at_start = lines, lines | at_start if at_start else lines
        chunk.starts, chunk.ends = start_of(lower, chunk.first_run), end_of(lower, last)
        if len(text) <= LONGEST_CACHED:
            self._chunks.keep(text, chunk)
        return chunk


@functools.lru_cache(maxsize=MOST_LINES)
def _only(line: str) -> frozenset[str]:
    """Return the set of one line, which all chunks that name it share."""
    return frozenset((line,))


def lower_case(text: str) -> str:
    """Return the text in lower case at the same length: the few characters whose lower case is longer stay as they are.

    >>> lower_case("Qwen-İ")
    'qwen-İ'
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
