"""Names side by side as HTML, as Markdown and as text for a terminal. As in `html.py`, everything that is put in is escaped."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from ..address.quoting import quote
from ..reading import Reading
from .comparison import UNEXPLAINED_KEY, Cell, Comparison, Row
from .differences import Sentence
from .escape import escape, visible
from .text import code, marked, printable, wrapped
from .verdict import title
from .view import FROM

UNSAID, NOTHING = "not said", "nothing"
DIFFERENT, SAME = "Different", "The same"
KNOWN_OF_ONE, KNOWN_OF_SOME = "Known for one only", "Not known for all"
MARKS = {True: "np-differs", False: "np-alone"}  # another value, or one where others have none
# What marks a value that the name doesn't say; the notes below the table explain the marks.
SIGNS = {"family": "*", "catalogue": "†", "original": "‡"}
WIDTH = 100
NARROWEST = 16


def html(comparison: Comparison, *, decode: str = "../decode/", glossary: str = "../glossary/") -> str:
    """The comparison as a piece of HTML without ids and headings: a table, what differs first.

    `decode` is the address of the page that explains a single name, `glossary` that of the glossary. Differences are words and marks, not colours alone.
    """
    names = "".join(_heading(comparison, number, decode) for number in range(len(comparison.readings)))
    columns = len(comparison.readings) + 1
    notes = _notes(comparison)
    return "\n".join(
        (
            '<div class="np-comparison">',
            _verdict(comparison, glossary),
            '<section class="np-scroll" tabindex="0" aria-label="Names side by side">',
            f'<table class="np-compare" data-names="{len(comparison.readings)}">',
            f'<thead><tr><th scope="col"><span class="np-unseen">What is compared</span></th>{names}</tr></thead>',
            *(line for group, rows in _groups(comparison) for line in _body(group, rows, columns)),
            "</table>",
            "</section>",
            *([f'<p class="np-notes">{escape(", ".join(notes))}</p>'] if notes else []),
            "</div>",
        )
    )


def _verdict(comparison: Comparison, glossary: str) -> str:
    """The verdict, first of all, and what it means for the reader."""
    verdict = comparison.verdict
    headline = escape(title(verdict, len(comparison.readings)))
    words = " ".join(_sentence(sentence, glossary) for sentence in comparison.meaning)
    return f'<p class="np-summary" data-verdict="{verdict}"><strong>{headline}</strong> {words}</p>'


def _sentence(sentence: Sentence, glossary: str) -> str:
    if sentence.term is None:
        return visible(str(sentence))
    link = f'<a href="{escape(glossary)}#{escape(sentence.term)}">{visible(sentence.linked)}</a>'
    return f"{visible(sentence.before)}{link}{visible(sentence.after)}"


def _heading(comparison: Comparison, number: int, decode: str) -> str:
    reading = comparison.readings[number]
    address = escape(f"{decode}#q={quote(reading.name, safe='', errors='replace')}")
    return f'<th scope="col" translate="no"><a href="{address}">{_name(reading, comparison.marked(number))}</a></th>'


def _groups(comparison: Comparison) -> tuple[tuple[str, Sequence[Row]], ...]:
    """The rows below their titles: what differs, what only some of the names give, what is the same."""
    known_of = KNOWN_OF_ONE if len(comparison.readings) == 2 else KNOWN_OF_SOME
    return (DIFFERENT, comparison.different), (known_of, comparison.one_sided), (SAME, comparison.same)


def _name(reading: Reading, marked: Sequence[Row | None]) -> str:
    """The name, its pieces marked that say something which the other names do not.

    Lines break behind separators, as in a single reading: a piece is broken only where it is longer than a line.
    """
    kept: list[str] = []
    for token, row in zip(reading.tokens, marked, strict=True):
        piece = _mark(token.text, row) if row else visible(token.text)
        if token.field == "separator" and kept:
            kept[-1] += piece
        else:
            kept.append(piece)
    pieces = "<wbr>".join(f'<span class="np-keep">{piece}</span>' for piece in kept)
    return f"<code>{pieces or visible(reading.name)}</code>"


def _mark(text: str, row: Row) -> str:
    return f'<mark class="{MARKS[row.is_unlike]}">{visible(text)}</mark>'


def _body(name: str, rows: Iterable[Row], columns: int) -> list[str]:
    written = [_row(row) for row in rows]
    group = f'<tr class="np-group"><th colspan="{columns}" scope="rowgroup">{name}</th></tr>'
    return ["<tbody>", group, *written, "</tbody>"] if written else []


def _row(row: Row) -> str:
    sign = '<span class="np-sign" aria-hidden="true">≠ </span>' if row.is_unlike else ""
    cells = "".join(_cell(cell, row) for cell in row.cells)
    return f'<tr class="np-{row.label.group}"><th scope="row">{sign}{escape(row.label.name)}</th>{cells}</tr>'


def _unsaid(row: Row) -> str:
    """Return what a cell shows where nothing is known."""
    return NOTHING if row.key == UNEXPLAINED_KEY else UNSAID


def _cell(cell: Cell, row: Row) -> str:
    if not cell.text:
        return f'<td><span class="np-unsaid">{_unsaid(row)}</span></td>'
    text = _mark(cell.text, row) if cell.stands_out else visible(cell.text)
    sign = SIGNS.get(cell.source)
    origin = f'<span class="np-from" title="{escape(FROM[cell.source])}">{sign}</span>' if sign else ""
    return f"<td>{text}{origin}</td>"


def _notes(comparison: Comparison) -> list[str]:
    """Explain the signs that the table uses after values, once, below it."""
    sources = {cell.source for row in comparison.rows for cell in row.cells if cell.text}
    return [f"{sign} {FROM[source]}" for source, sign in SIGNS.items() if source in sources]


def text(comparison: Comparison) -> str:
    """The comparison as plain text, a column for each name, about 100 characters wide.

    >>> from nameplate import decode
    >>> from nameplate.render.comparison import side_by_side
    >>> print(text(side_by_side([decode("llama-7b", catalogue=False), decode("llama-13b-chat", catalogue=False)])))
    Different models. The second has about 1.9 times the parameters, 13 billion instead of 7 billion: at
    the same quantization, its weights take about 1.9 times the memory. Expect different answers.
    <BLANKLINE>
                      llama-7b   llama-13b-chat
    <BLANKLINE>
    Different
      Parameters      7 billion  13 billion
    <BLANKLINE>
    Known for one only
      Training stage  not said   chat
    <BLANKLINE>
    The same
      Family          Llama      Llama
    """
    label = max((len(row.label.name) for row in comparison.rows), default=0) + 2
    table = {
        row.key: [f"  {row.label.name}", *(_words(cell, _unsaid(row)) for cell in row.cells)] for row in comparison.rows
    }
    names = ["", *(printable(reading.name) for reading in comparison.readings)]
    room = max(NARROWEST, (WIDTH - label) // len(comparison.readings) - 2)
    columns = list(zip(names, *table.values(), strict=True))
    widths = [label, *(min(room, max(map(len, column))) for column in columns[1:])]
    blocks = ["\n".join(wrapped(comparison.summary, "", WIDTH)), "\n".join(_lines(names, widths))]
    for group, rows in _groups(comparison):
        lines = [line for row in rows for line in _lines(table[row.key], widths)]
        blocks += ["\n".join((group, *lines))] if lines else []
    if notes := _notes(comparison):
        blocks.append("\n".join(notes))
    return "\n\n".join(blocks)


def markdown(comparison: Comparison, *, page: str | None = None) -> str:
    """The comparison as a table in Markdown; `page` is the address where it can be seen. What differs is bold.

    >>> from nameplate import decode
    >>> from nameplate.render.comparison import side_by_side
    >>> two = side_by_side([decode("llama-7b", catalogue=False), decode("llama-13b", catalogue=False)])
    >>> for line in markdown(two).splitlines()[2:]: print(line)
    | | `llama-7b` | `llama-13b` |
    | --- | --- | --- |
    | **Parameters** | **7 billion** | **13 billion** |
    | Family | Llama | Llama |
    """
    names = " | ".join(code(reading.name) for reading in comparison.readings)
    lines = [marked(comparison.summary), "", f"| | {names} |", f"| --- |{' --- |' * len(comparison.readings)}"]
    for row in (row for _, rows in _groups(comparison) for row in rows):
        cells = (_bold(marked(_words(cell, _unsaid(row))), cell.stands_out and row.is_unlike) for cell in row.cells)
        lines.append(f"| {_bold(row.label.name, row.is_unlike)} | {' | '.join(cells)} |")
    if notes := _notes(comparison):
        lines += ["", marked(", ".join(notes))]
    if page:
        lines += ["", f"Compared by [Nameplate](<{page}>)."]
    return "\n".join(lines)


def _bold(words: str, bold: bool) -> str:
    return f"**{words}**" if bold else words


def _words(cell: Cell, unsaid: str) -> str:
    return printable(cell.text or unsaid) + (SIGNS.get(cell.source, "") if cell.text else "")


def _lines(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """The lines of one row: each cell is broken to the width of its column."""
    broken = [
        textwrap.wrap(cell, width, drop_whitespace=False) for cell, width in zip(cells[1:], widths[1:], strict=True)
    ]
    height = max(map(len, broken))
    columns = [[cells[0]], *([line.strip() for line in lines] for lines in broken)]
    padded = [column + [""] * (height - len(column)) for column in columns]
    return ["  ".join(map(str.ljust, line, widths)).rstrip() for line in zip(*padded, strict=True)]
