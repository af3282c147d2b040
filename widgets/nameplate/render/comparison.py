"""Names side by side: what each says of the same thing, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..decoder import decode
from ..reading import Reading
from .labels import LABELS, UNEXPLAINED, Label, written
from .view import says_what, values_of

UNEXPLAINED_KEY = "unknown"
SAME = "The names say the same."
PACKING = ("address", "format")  # groups of keys that say where a model is found and how it is stored
SAME_LINE = ("family", "generation", "params_b")
NAMED = 4  # keys in the summary; the table has them all


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one name under one key: `text` is empty where nothing is.

    `source` is `name`, `family`, `catalogue` or `original`. A cell `stands_out` where most of the names have another value, or
    no value is that of most.
    """

    text: str
    source: str
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One key, and a cell for each name."""

    key: str
    label: Label
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether the names differ under this key."""
        return any(cell.stands_out for cell in self.cells)

    @property
    def is_unlike(self) -> bool:
        """Whether two names have different values: else one tells what another does not, which may be the same."""
        return len({cell.text.casefold() for cell in self.cells if cell.text}) > 1

    @property
    def is_said(self) -> bool:
        """Whether a name says it, or it is known of all: what is known of some alone tells nothing about the others."""
        return any(cell.text and cell.source == "name" for cell in self.cells) or all(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Readings in the order in which they were given, and a row for each key that at least one of them fills."""

    readings: tuple[Reading, ...]
    rows: tuple[Row, ...]

    @property
    def different(self) -> tuple[Row, ...]:
        """The rows in which names have different values."""
        return tuple(row for row in self.rows if row.is_unlike)

    @property
    def one_sided(self) -> tuple[Row, ...]:
        """The rows in which nothing is known of some of the names, and the others have the same value."""
        return tuple(row for row in self.rows if row.differs and not row.is_unlike)

    @property
    def same(self) -> tuple[Row, ...]:
        """The rows in which all names have the same value."""
        return tuple(row for row in self.rows if not row.differs)

    @property
    def summary(self) -> str:
        """What follows from the rows, in a line that does not repeat them: how far apart the models are."""
        apart = (*self.different, *self.one_sided)
        if not apart:
            return SAME
        unlike, untold = (
            [row.label.name.lower() for row in rows if _tells(row)] for rows in (self.different, self.one_sided)
        )
        if not unlike and not untold:
            return f"By their names the same model, {_packed(apart)}."
        alike = [row.label.name.lower() for row in self.same if row.key in SAME_LINE]
        sentences = (
            unlike and f"They differ in {_few(unlike)}.",
            untold and f"{'Only one tells' if len(self.readings) == 2 else 'Not all tell'} the {_few(untold)}.",
            alike and f"The same {' and '.join(alike)}.",
        )
        return " ".join(sentence for sentence in sentences if sentence)

    def marked(self, number: int) -> tuple[Row | None, ...]:
        """For each token of a reading, the row in which it says something that most of the other names do not."""
        reading = self.readings[number]
        odd = {row.key: row for row in self.rows if row.cells[number].stands_out}
        return tuple(
            odd.get(says_what(token, reading) or UNEXPLAINED_KEY) if token.field != "separator" else None
            for token in reading.tokens
        )

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain lists and dictionaries, ready for JSON; values are those of `Reading.to_dict`."""
        whole = [reading.to_dict() for reading in self.readings]
        rows = [
            {
                "key": row.key,
                "differs": row.differs,
                "values": [_found(one, row.key) for one in whole],
                "sources": [cell.source if cell.text else None for cell in row.cells],
            }
            for row in self.rows
        ]
        return {"names": [reading.name for reading in self.readings], "rows": rows}


def compare(first: str, second: str, /, *more: str, catalogue: bool = True) -> Comparison:
    """Decode two names or more and put them side by side.

    `catalogue=False` leaves out facts about single models. Raises the errors of `decode` for a name without an answer.

    >>> compare("llama-7b", "LLaMA-13B").to_dict()["names"]
    ['llama-7b', 'LLaMA-13B']
    """
    return side_by_side([decode(name, catalogue=catalogue) for name in (first, second, *more)])


def side_by_side(readings: Sequence[Reading]) -> Comparison:
    """Put readings side by side. Values that differ only in upper and lower case count as the same.

    >>> found = side_by_side([decode("llama-7b", catalogue=False), decode("llama-13b-chat", catalogue=False)])
    >>> found.summary
    'They differ in parameters. Only one tells the training stage. The same family.'
    >>> [(row.key, [cell.text for cell in row.cells]) for row in (*found.different, *found.one_sided)]
    [('params_b', ['7 billion', '13 billion']), ('stage', ['', 'chat'])]
    """
    values = [values_of(reading) for reading in readings]
    filled = {key for one in values for key in one}
    rows = [_row(key, kind, readings, _texts(key, values)) for key, kind in LABELS.items() if key in filled]
    if any(reading.unknown for reading in readings):
        texts = [", ".join(reading.unknown) for reading in readings]
        rows.append(_row(UNEXPLAINED_KEY, UNEXPLAINED, readings, texts))
    return Comparison(tuple(readings), tuple(rows))


def _texts(key: str, values: Sequence[dict[str, Any]]) -> list[str]:
    return [written(key, one[key]) if key in one else "" for one in values]


def _row(key: str, kind: Label, readings: Sequence[Reading], texts: Sequence[str]) -> Row:
    odd = _standing_out(texts)
    sources = [reading.sources.get(key, "name") for reading in readings]
    return Row(key, kind, tuple(map(Cell, texts, sources, odd)))


def _standing_out(texts: Sequence[str]) -> list[bool]:
    """Which of the values are not that of most.

    >>> _standing_out(["7B", "7b", "13B"]), _standing_out(["7B", ""]), _standing_out(["7B", "7B"])
    ([False, False, True], [True, True], [False, False])
    """
    alike = [text.casefold() for text in texts]
    usual, times = Counter(alike).most_common(1)[0]
    return [text != usual for text in alike] if 2 * times > len(alike) else [True] * len(alike)


def _tells(row: Row) -> bool:
    """Whether a row is about the model, and not about where a copy is found and how it is stored."""
    return row.label.group not in PACKING and row.is_said


def _few(named: Sequence[str]) -> str:
    """The first of some keys, and how many more there are."""
    more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
    return f"{', '.join(named[:NAMED])}{more}"


def _packed(rows: Sequence[Row]) -> str:
    """How the same model comes in other wrapping: stored in another way, or only found elsewhere."""
    stored = any(row.label.group == "format" for row in rows)
    return "stored in different ways" if stored else "found in different places"


def _found(whole: dict[str, Any], key: str) -> Any:
    """The value under a key of the labels, which names the parts of the lineage with a dot."""
    value: Any = whole
    for part in key.split("."):
        value = value[part]
    return value
