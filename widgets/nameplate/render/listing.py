"""Render many readings at once: the columns that are worth comparing, as rows, CSV, JSON lines and a table of plain text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..address.file_list import size_in_bytes
from ..errors import NameplateError
from ..reading import FieldValue, Reading
from ..vocabulary.pastes import paste_tables
from .labels import label, written
from .summary import bits_per_weight

COLUMNS = (
    "name", "publisher", "family", "generation", "edition", "version", "params_b", "active_params_b", "experts", "stage", "task",
    "context", "date", "quant", "bits", "format", "what", "size_bytes", "unknown",
)  # fmt: skip
ERROR = "error"  # the last column of CSV: why a name could not be read
TITLES = {"name": "Name", "what": "What it is", "size_bytes": "Size in the list", "unknown": "Not explained"}
UNITS = {"params_b": "billions", "active_params_b": "billions", "context": "tokens"}
BETWEEN = " \t|~(["  # comes between the columns of a list
BYTES = frozenset({"size_bytes"})
NUMBERS = BYTES | frozenset({"params_b", "active_params_b", "experts", "context", "bits"})

Read = Callable[[str], Reading]


@dataclass(frozen=True, slots=True)
class Unread:
    """A name that can't be read, and why: `line` counts from 1 where the names were given."""

    name: str
    line: int
    error: NameplateError


def title(column: str) -> str:
    """Return the heading of a column, with its unit.

    >>> title("params_b"), title("stage"), title("unknown")
    ('Parameters (billions)', 'Training stage', 'Not explained')
    """
    unit = f" ({UNITS[column]})" if column in UNITS else ""
    return TITLES.get(column, label(column).name) + unit


def row(reading: Reading) -> dict[str, FieldValue]:
    """Return one reading as a flat row: lists are joined by spaces, whole numbers have no decimals, unknown is empty.

    Bits per weight are those that a weight really takes, where they are known, not the digit of the label.

    >>> from nameplate import decode
    >>> row(decode("SorskootLLM-70b-instruct", catalogue=False))["params_b"]
    70
    """
    name = name_alone(reading)
    contents = paste_tables().contents(name.rpartition("/")[2])
    found: dict[str, FieldValue] = {"name": name, "what": contents or _what(reading), "size_bytes": _size(reading)}
    if contents is not None:
        return {key: found.get(key) for key in COLUMNS}  # the words of its name say nothing about the model
    found["bits"] = _cell(bits_per_weight(reading) or reading.bits)
    return {key: found[key] if key in found else _cell(getattr(reading, key)) for key in COLUMNS}


def name_alone(reading: Reading) -> str:
    """Return the name without the columns of a list before and behind it.

    >>> from nameplate import decode
    >>> name_alone(decode("Qwen3-8B-Q4_K_M.gguf  5.03 GB"))
    'Qwen3-8B-Q4_K_M.gguf'
    """
    columns = [token for token in reading.tokens if token.field == "listing"]
    start, end = 0, len(reading.name)
    if columns and not any(character.isalnum() for character in reading.name[: columns[0].start]):
        start = columns.pop(0).end
    if columns:
        end = columns[0].start
    return reading.name[start:end].strip(BETWEEN) if (start, end) != (0, len(reading.name)) else reading.name


def _what(reading: Reading) -> str | None:
    """Return what a file is for; nothing for the name of a model."""
    if reading.shard is not None:
        return f"part {written('shard', reading.shard)}"
    if reading.file_role is not None:
        return written("file_role", reading.file_role)
    return None if reading.kind == "model" else written("kind", reading.kind)


def _size(reading: Reading) -> int | None:
    """Return the size in a column of a list around the name."""
    columns = (token.text for token in reading.tokens if token.field == "listing")
    return next((size for size in map(size_in_bytes, columns) if size is not None), None)


def _cell(value: FieldValue) -> FieldValue:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return int(value) if isinstance(value, float) and value.is_integer() else value


def read_all(names: Iterable[str], read: Read) -> Iterator[Reading | Unread]:
    """Yield the reading of each name, in order; a name that can't be read doesn't stop the others.

    >>> from nameplate import decode
    >>> [type(answer).__name__ for answer in read_all(["llama-7b", "", "llama-13b"], decode)]
    ['Reading', 'Unread', 'Reading']
    """
    for line, name in enumerate(names, 1):
        try:
            yield read(name)
        except NameplateError as error:
            yield Unread(name, line, error)


def csv_lines(answers: Iterable[Reading | Unread]) -> Iterator[str]:
    """Yield the readings as lines of CSV without line ends, the header first. A name that can't be read has a row too.

    A name that starts like a formula is quoted by an apostrophe, so that no spreadsheet runs it.
    """
    yield csv_header()
    yield from map(csv_line, answers)


def csv_header() -> str:
    """Return the first line of CSV.

    >>> csv_header()[:21]
    'name,publisher,family'
    """
    return _csv_line([*COLUMNS, ERROR])


def csv_line(answer: Reading | Unread) -> str:
    """Return one line of CSV, without its line end.

    >>> csv_line(Unread("=x", 1, NameplateError("No name.")))
    "'=x,,,,,,,,,,,,,,,,,,,No name."
    """
    if isinstance(answer, Unread):
        return _csv_line([_harmless(answer.name), *[None] * (len(COLUMNS) - 1), str(answer.error)])
    values = row(answer)
    return _csv_line([*(_harmless(values[key]) for key in COLUMNS), None])


def json_line(answer: Reading | Unread) -> str:
    """Return one JSON object in one line, without its line end; an error is an object too.

    >>> json_line(Unread("", 2, NameplateError("No name.")))
    '{"error":{"code":"invalid_input","message":"No name.","line":2}}'
    """
    plain = answer.error.to_dict(answer.line) if isinstance(answer, Unread) else answer.to_dict()
    return json.dumps(plain, separators=(",", ":"))


def table(readings: Sequence[Reading]) -> str:
    """Return the readings as a table of plain text; columns that are empty in every row are left out.

    >>> from nameplate import decode
    >>> print(table([decode("llama-7b", catalogue=False), decode("llama-13b-chat", catalogue=False)]))
    name            family  params_b  stage
    llama-7b        Llama   7
    llama-13b-chat  Llama   13        chat
    """
    from .text import printable  # useless in a browser

    rows = [
        {key: "" if value is None else printable(str(value)) for key, value in row(reading).items()}
        for reading in readings
    ]
    shown = [key for key in COLUMNS if any(values[key] for values in rows)]
    widths = {key: max(len(key), *(len(values[key]) for values in rows)) for key in shown}
    lines = [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows]
    return "\n".join("  ".join(values[key].ljust(widths[key]) for key in shown).rstrip() for values in lines)


def _csv_line(values: Iterable[FieldValue]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def _harmless(value: FieldValue) -> FieldValue:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value
