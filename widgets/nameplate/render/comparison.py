"""Names side by side: what each says of the same thing, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..decoder import decode
from ..reading import FieldValue, JsonObject, Reading
from ..same_model import Reason, Verdict, same_model
from .differences import Sentence, differences
from .labels import LABELS, UNEXPLAINED, Label, written
from .verdict import title
from .view import says_what, source_of, values_of

UNEXPLAINED_KEY = "unknown"


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
        """Whether two names have different values: otherwise one gives what another leaves out, which may be the same."""
        return len({cell.text.casefold() for cell in self.cells if cell.text}) > 1


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
    def verdict(self) -> Verdict:
        """Whether the names mean one model: `same`, `repackaged`, `different` or `undecided`."""
        return self._identity[0]

    @property
    def because(self) -> tuple[Reason, ...]:
        """The parts that decide the verdict; of several names, those of the two that are furthest apart."""
        return self._identity[1]

    @property
    def _identity(self) -> tuple[Verdict, tuple[Reason, ...]]:
        return same_model(self.readings)

    @property
    def summary(self) -> str:
        """The verdict in plain words, and what it means for the reader."""
        sentences = "".join(f" {sentence}" for sentence in self.meaning)
        return f"{title(self.verdict, len(self.readings))}{sentences}"

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """What the difference means for the reader, a sentence at a time, with words that lead to the glossary."""
        return differences(self.readings, *self._identity)

    def marked(self, number: int) -> tuple[Row | None, ...]:
        """For each token of a reading, the row in which it says something that most of the other names do not."""
        reading = self.readings[number]
        odd = {row.key: row for row in self.rows if row.cells[number].stands_out}
        return tuple(
            odd.get(says_what(token, reading) or UNEXPLAINED_KEY) if token.field != "separator" else None
            for token in reading.tokens
        )

    def to_dict(self) -> JsonObject:
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
        verdict, because = self._identity
        return {
            "names": [reading.name for reading in self.readings],
            "verdict": verdict,
            "because": [reason.to_dict() for reason in because],
            "rows": rows,
        }


def compare(first: str, second: str, /, *more: str, catalogue: bool = True) -> Comparison:
    """Decode two names or more and put them side by side.

    `catalogue=False` leaves out facts about single models. Raises the errors of `decode` for a name without an answer.

    >>> compare("llama-7b", "LLaMA-13B").verdict
    'different'
    """
    return side_by_side([decode(name, catalogue=catalogue) for name in (first, second, *more)])


def side_by_side(readings: Sequence[Reading]) -> Comparison:
    """Put readings side by side. Values that differ only in upper and lower case count as the same.

    >>> found = side_by_side([decode("llama-7b", catalogue=False), decode("llama-13b-chat", catalogue=False)])
    >>> found.verdict, [reason.key for reason in found.because]
    ('different', ['params_b'])
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


def _texts(key: str, values: Sequence[JsonObject]) -> list[str]:
    return [written(key, one[key]) if key in one else "" for one in values]


def _row(key: str, kind: Label, readings: Sequence[Reading], texts: Sequence[str]) -> Row:
    odd = _standing_out(texts)
    sources = [source_of(reading, key) for reading in readings]
    return Row(key, kind, tuple(map(Cell, texts, sources, odd)))


def _standing_out(texts: Sequence[str]) -> list[bool]:
    """Which of the values are not that of most.

    >>> _standing_out(["7B", "7b", "13B"]), _standing_out(["7B", ""]), _standing_out(["7B", "7B"])
    ([False, False, True], [True, True], [False, False])
    """
    alike = [text.casefold() for text in texts]
    usual, times = Counter(alike).most_common(1)[0]
    return [text != usual for text in alike] if 2 * times > len(alike) else [True] * len(alike)


def _found(whole: JsonObject, key: str) -> FieldValue:
    """The value under a key of the labels, which names the parts of the lineage with a dot."""
    value: FieldValue = whole
    for part in key.split("."):
        value = value[part]
    return value
