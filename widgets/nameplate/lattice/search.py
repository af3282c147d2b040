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
from .chunks import Unit, Units
from .costs import NOTHING, START, UNASKED, Around, State, promising, settle
from .lexer import Lexer
from .segmentation import Piece, Way, prepare, ways_onward

MEMORY = 5_000  # sets of lines of which is remembered what they are made for
SIZES_IN_WORDS = made_for("sizes-in-words")

Link = tuple["Link | None", int, Way]
# Where one could stand behind the units so far: what it cost to get there, the state, and by which way.
Standing = tuple[float, State, "Link | None"]


class Path:
    """The best way through a text, which starts at `offset` of the whole name."""

    __slots__ = ("_links", "offset", "said", "understood")

    def __init__(self, last: Link | None, offset: int) -> None:
        self.offset = offset
        self.understood = True  # no piece is left unexplained
        self.said: list[Meaning] = []
        self._links: list[tuple[int, Way]] = []  # the units and the ways taken through them, from left to right
        while last is not None:
            last, start, way = last
            self._links.append((start, way))
        self._links.reverse()
        for _, way in self._links:
            self.said += way.said
            if way.unexplained:
                self.understood = False

    @property
    def first(self) -> Meaning | None:
        """What the first piece means."""
        return self._links[0][1].first if self._links else None

    def meanings(self) -> Iterator[tuple[int, int, Meaning]]:
        """The pieces from left to right without their prices: start, end in the whole name, and meaning of each."""
        for start, way in self._links:
            yield from way.meanings(self.offset + start)

    def pieces(self) -> list[Piece]:
        """All pieces from left to right, with their places in the whole name; marks between units are left out."""
        return [piece for start, way in self._links for piece in way.pieces(self.offset + start)]


class Reader:
    """Reads texts in one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._units = Units(vocabulary)
        self._lexer = Lexer(vocabulary)
        self._around = functools.lru_cache(maxsize=MEMORY)(self._lines_and_kinds)

    def read(self, text: str, offset: int = 0, lines: frozenset[str] = NOTHING) -> Path:
        """The best path through a text; `offset` is added to the places of its pieces.

        `lines` are those that the name has mentioned elsewhere, in front of an Ollama tag for instance.
        """
        ahead: list[tuple[int, Unit, frozenset[str], int]] = []  # with what is asked for behind each unit
        after, seen = NOTHING, 0
        for start, unit in reversed(self._units.of(text)):
            ahead.append((start, unit, after, seen))
            after, unit_seen, _ = unit.asked or prepare(unit, self._lexer)
            seen |= unit_seen
            named = unit.lines if start else unit.lines_at_start
            if named:
                lines = lines | named if lines else named
        around = self._around(lines) if lines else NOTHING
        standings: list[Standing] = [(0.0, START if "start" in after else UNASKED, None)]
        while ahead:
            start, unit, after, seen = ahead.pop()
            if len(standings) == 1:
                cost, state, link = standings[0]
                onward = ways_onward(unit, state, around, after, seen)
                standings = [(cost + more, behind, (link, start, way)) for more, behind, way in onward]
            else:
                standings = _behind(standings, start, unit, around, after, seen)
        cheapest = min(standings, key=_cost_at_the_end) if len(standings) > 1 else standings[0]
        return Path(cheapest[2], offset)

    def _lines_and_kinds(self, lines: frozenset[str]) -> Around:
        """What holds for a text that names these lines: the lines, and what they are made for."""
        known = [self.vocabulary.lines[line] for line in lines]
        kinds = {made_for(line.task) for line in known if line.task}
        return lines | kinds | ({SIZES_IN_WORDS} if any(line.sizes_in_words for line in known) else NOTHING)


def _behind(
    standings: list[Standing], start: int, unit: Unit, around: Around, asked_after: frozenset[str], asked_seen: int
) -> list[Standing]:
    """Where one can stand behind a unit, having stood in one of several states before it.

    Ways that end in the same state are one from there on, of which the cheapest is taken.
    """
    reached: dict[State, Standing] = {}
    for cost, state, link in standings:
        for more, after, way in ways_onward(unit, state, around, asked_after, asked_seen):
            total = cost + more
            known = reached.get(after)
            if known is None or total < known[0]:
                reached[after] = (total, after, (link, start, way))
    return list(reached.values()) if len(reached) == 1 else promising(reached.values())


def _cost_at_the_end(standing: Standing) -> float:
    return standing[0] + settle(standing[1][3], "end")
