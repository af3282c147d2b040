"""The best joint reading of a name: a shortest path through its units.

Every span of a unit costs what its meaning costs in its circumstances: what stands before and after it, what the name has
said already, which lines it names (weighing.py). The path from the start of the text to its end that costs least is the
reading; the meanings that it passed by stay behind as ambiguities.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from operator import itemgetter

from .lexer import Lexer
from .units import Unit, Units
from .vocabulary import Meaning, Vocabulary, made_for
from .ways import Asked, Piece, Way, prepare, ways_through
from .weighing import ANYTHING, NOTHING, START, UNASKED, Around, State, promising, settle

MEMORY = 5_000  # sets of lines of which is remembered what they are made for
SIZES_IN_WORDS = made_for("sizes-in-words")
cost_of_standing = itemgetter(0)

Link = tuple["Link | None", int, Way]
# Where one could stand behind the units so far: what it cost to get there, the state, and by which way.
Standing = tuple[float, State, "Link | None"]


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

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._units = Units(vocabulary)
        self._lexer = Lexer(vocabulary)
        self._around = functools.lru_cache(maxsize=MEMORY)(self._lines_and_kinds)

    def read(self, text: str, offset: int = 0, lines: frozenset[str] = NOTHING) -> Path:
        """The best path through a text; `offset` is added to the places of its pieces.

        `lines` are those that the name has mentioned elsewhere, in front of an Ollama tag for instance.
        """
        units = self._units.of(text)
        for start, unit in units:
            named = unit.lines if start else unit.lines_at_start
            if named:
                lines = lines | named if lines else named
        around = self._around(lines) if lines else NOTHING
        asked = [unit.asked or prepare(unit, self._lexer) for _, unit in units]
        standings: list[Standing] = [(0.0, START if asked and "start" in asked[0].after else UNASKED, None)]
        for (start, unit), (after, seen) in zip(units, _asked_behind(asked), strict=True):
            standings = _behind(standings, start, unit, around, after, seen)
        cheapest = min(standings, key=_cost_at_the_end) if len(standings) > 1 else standings[0]
        return Path(_unwind(cheapest[2]), offset)

    def _lines_and_kinds(self, lines: frozenset[str]) -> Around:
        """What holds for a text that names these lines: the lines, and what they are made for."""
        known = [self._vocabulary.lines[line] for line in lines]
        kinds = {made_for(line.task) for line in known if line.task}
        return lines | kinds | ({SIZES_IN_WORDS} if any(line.sizes_in_words for line in known) else NOTHING)


def _asked_behind(asked: list[Asked]) -> list[tuple[frozenset[str], int]]:
    """For each unit which last fields the next one asks for, and which fields said before all behind it, as bits."""
    told: list[tuple[frozenset[str], int]] = []
    after, seen = NOTHING, 0
    for unit_after, unit_seen, _ in reversed(asked):
        told.append((after, seen))
        after = unit_after
        seen |= unit_seen
    told.reverse()
    return told


def _behind(
    standings: list[Standing], start: int, unit: Unit, around: Around, asked_after: frozenset[str], asked_seen: int
) -> list[Standing]:
    """Where one can stand behind a unit, having stood in one of several states before it.

    States between which nothing that follows makes a difference are one, in which the cheapest stands.
    """
    reached: dict[State, Standing] = {}
    for cost, state, link in standings:
        for way in ways_through(unit, state, around):
            before, _, seen, pending = way.end
            after = (
                before if before in asked_after else ANYTHING,
                False,
                (state[2] | seen) & asked_seen if asked_seen else 0,
                pending,
            )
            total = cost + way.cost
            known = reached.get(after)
            if known is None or total < known[0]:
                reached[after] = (total, after, (link, start, way))
    return list(reached.values()) if len(reached) == 1 else promising(reached.values(), cost_of_standing)


def _cost_at_the_end(standing: Standing) -> float:
    return standing[0] + settle(standing[1][3], "end")


def _unwind(link: Link | None) -> list[tuple[int, Way]]:
    """The units of a path and the ways taken through them, from left to right."""
    path: list[tuple[int, Way]] = []
    while link is not None:
        path.append((link[1], link[2]))
        link = link[0]
    path.reverse()
    return path
