"""Many readings at once: the columns that are worth comparing, as CSV and as a table of plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .reading import Reading

COLUMNS = (
    "name", "publisher", "family", "generation", "edition", "version", "params_b", "active_params_b", "experts", "stage", "task",
    "context", "date", "quant", "bits", "format", "unknown",
)  # fmt: skip


def row(reading: Reading) -> dict[str, Any]:
    """One reading as a flat row: lists are joined by spaces, what is unknown is empty.

    >>> from nameplate import decode
    >>> row(decode("SorskootLLM-70b-instruct", catalogue=False))["params_b"]
    70
    """
    values = {key: getattr(reading, key) for key in COLUMNS}
    return {key: " ".join(map(str, value)) if isinstance(value, tuple) else value for key, value in values.items()}


def csv_lines(readings: Iterable[Reading]) -> Iterator[str]:
    """The readings as CSV, the header first: a line at a time, without line ends.

    A name that starts like a formula is quoted by an apostrophe, so that no spreadsheet runs it.
    """
    yield _csv_line(COLUMNS)
    for reading in readings:
        values = row(reading)
        yield _csv_line([_harmless(values[key]) for key in COLUMNS])


def table(readings: Sequence[Reading]) -> str:
    """The readings as a table of plain text; columns that are empty in every row are left out.

    >>> from nameplate import decode
    >>> print(table([decode("llama-7b", catalogue=False), decode("llama-13b-chat", catalogue=False)]))
    name            family  params_b  stage
    llama-7b        Llama   7
    llama-13b-chat  Llama   13        chat
    """
    rows = [{key: "" if value is None else str(value) for key, value in row(reading).items()} for reading in readings]
    shown = [key for key in COLUMNS if any(values[key] for values in rows)]
    widths = {key: max(len(key), *(len(values[key]) for values in rows)) for key in shown}
    lines = [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows]
    return "\n".join("  ".join(values[key].ljust(widths[key]) for key in shown).rstrip() for values in lines)


def _csv_line(values: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value
