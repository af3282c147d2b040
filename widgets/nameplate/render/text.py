"""Render a reading as plain text for a terminal, and as Markdown to paste elsewhere."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from contextvars import ContextVar

from ..patterns import pattern
from ..reading import FamilyKnowledge, Reading
from .labels import day
from .tries import TITLE, Try
from .view import FROM, KNOWN, Fact, Part, Unexplained, View, view

WIDTH = 88
line_width = ContextVar("line_width", default=WIDTH)  # characters, where the terminal is narrower
MARKED = pattern(r"([\\`*_\[\]<>|#~$])")


def text(reading: Reading) -> str:
    """Return the reading as plain text, in lines of at most 88 characters where the name allows it.

    >>> from nameplate.reading import Reading, Token
    >>> print(text(Reading("70b", params_b=70, tokens=(Token("70b", 0, 3, "params_b", 70, None, 1.0, "So many."),))))
    70b
    A 70-billion-parameter model.
    <BLANKLINE>
    What the name says
      70b  Parameters: 70 billion
           So many.
    """
    shown = view(reading)
    blocks = (
        [printable(reading.name), *wrapped(shown.summary, ""), *wrapped(copy_of(reading), "")],
        _titled(TITLE, _tries(shown.tries)),
        _titled("What the name says", _parts(shown.parts)),
        _titled("Not explained", list(map(_not_explained, shown.unexplained))),
        _titled("What follows from that", _facts(shown.follows)),
        _titled(KNOWN, _known(reading.knowledge, shown)),
        _titled("Other possible readings", [line for doubt in shown.ambiguities for line in wrapped(": ".join(doubt))]),
        _links(reading),
    )
    return "\n\n".join("\n".join(block) for block in blocks if block)


def copy_of(reading: Reading) -> str:
    """Say which model it is a copy of; empty for a name that isn't a copy's.

    >>> copy_of(Reading("unsloth/Qwen3-8B-GGUF", original="Qwen/Qwen3-8B"))
    'A copy of Qwen/Qwen3-8B.'
    """
    return f"A copy of {reading.original}." if reading.original else ""


def _links(reading: Reading) -> list[str]:
    page = [f"The model's own page: {printable(reading.url)}"] if reading.url else []
    return page + ([f"Package URL: {printable(reading.purl)}"] if reading.purl else [])


def printable(value: str) -> str:
    r"""Return the text with escapes for characters that would control a terminal.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in value)


def wrapped(words: str, indent: str = "  ", wide: int | None = None, *, first: str | None = None) -> list[str]:
    """Return the words in lines of at most `wide` characters, or as wide as the terminal; the `first` line may be indented otherwise.

    >>> wrapped("a name and its parts", "  ", 12, first="- ")
    ['- a name and', '  its parts']
    """
    return textwrap.wrap(
        printable(words),
        line_width.get() if wide is None else wide,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def markdown(reading: Reading, *, page: str | None = None) -> str:
    r"""Return the reading as Markdown to paste elsewhere; `page` is its address.

    >>> from nameplate.reading import Reading, Token
    >>> print(markdown(Reading("7b", params_b=7, tokens=(Token("7b", 0, 2, "params_b", 7, None, 1.0, "So | many."),))))
    **`7b`**: A 7-billion-parameter model.
    <BLANKLINE>
    | Part | What it is | What it says |
    | --- | --- | --- |
    | `7b` | Parameters: 7 billion | So \| many. |
    """
    shown = view(reading)
    rows = [(code(part.text), _kind(part), part.says or "") for part in shown.parts]
    rows += [(code(piece.text), "Not explained", piece.says) for piece in shown.unexplained]
    table = [f"| {piece} | {marked(kind)} | {marked(says)} |" for piece, kind, says in rows]
    known = [f"- {marked(line.strip())}" for line in _known(reading.knowledge, shown, wide=10_000)]
    blocks = (
        [f"**{code(reading.name)}**: {marked(f'{shown.summary} {copy_of(reading)}')}"],
        ["| Part | What it is | What it says |", "| --- | --- | --- |", *table] if table else [],
        [f"What follows from that: {marked('; '.join(map(_fact, shown.follows)))}."] if shown.follows else [],
        [f"{KNOWN}:", "", *known] if known else [],
        [f"- {code(piece)}: {marked(sentence)}" for piece, sentence in shown.ambiguities],
        [f"- {marked(one.says)} {', '.join(map(code, one.examples))}".rstrip() for one in shown.tries],
        [f"Read by [Nameplate](<{page}>)."] if page else [],
    )
    return "\n\n".join("\n".join(block) for block in blocks if block)


def marked(value: str) -> str:
    r"""Return text in which every character of Markdown is escaped.

    >>> marked("a*b* <i> | c")
    'a\\*b\\* \\<i\\> \\| c'
    """
    return MARKED.sub(r"\\\1", " ".join(value.split()))


def code(value: str) -> str:
    """Return a code span for any text, also in a table's cell.

    >>> code("70b"), code("a`b"), code("a|b")
    ('`70b`', '`` a`b ``', '`a\\\\|b`')
    """
    value = printable(value).replace("|", "\\|")
    longest = max(map(len, re.findall(r"`+", value)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {value} {fence}" if longest else f"`{value}`"


def _tries(tries: Iterable[Try]) -> list[str]:
    says = (f"{one.says} {', '.join(one.examples)}" if one.examples else one.says for one in tries)
    return [line for sentence in says for line in wrapped(sentence, "    ", first="  - ")]


def _titled(title: str, lines: list[str]) -> list[str]:
    return [title, *lines] if lines else []


def _kind(part: Part) -> str:
    return f"{part.what}: {part.value}" if part.value else part.what


def _parts(parts: Iterable[Part]) -> list[str]:
    wide = min(max((len(part.text) for part in parts), default=0), 24)
    lines = []
    for part in parts:
        lines.append(f"  {printable(part.text):<{wide}}  {printable(_kind(part))}")
        lines += wrapped(part.says or "", " " * (wide + 4))
    return lines


def _not_explained(piece: Unexplained) -> str:
    return f"  {printable(piece.text)}{f'  {piece.says}' if piece.meant else ''}"


def _fact(fact: Fact) -> str:
    origin = f" ({FROM[fact.source]})" if fact.source in FROM else ""
    return f"{fact.label.name}: {fact.value}{origin}"


def _facts(facts: Iterable[Fact], wide: int | None = None) -> list[str]:
    return [line for fact in facts for line in wrapped(_fact(fact), wide=wide)]


def _known(knowledge: FamilyKnowledge | None, shown: View, wide: int | None = None) -> list[str]:
    lines = [line for says in (knowledge.says if knowledge else ()) for line in wrapped(says, wide=wide)]
    lines += _facts(shown.known, wide)
    if lines and knowledge:
        checked = f", checked on {day(knowledge.checked)}" if knowledge.checked else ""
        source = f", source: {knowledge.source}" if knowledge.source else ""
        lines.append(printable(f"  Family: {knowledge.title}{checked}{source}"))
    return lines
