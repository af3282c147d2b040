"""Write a report of a name that was read wrongly or not fully explained. Nothing is sent by itself."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ..address.quoting import quote
from ..reading import Reading
from .text import code, marked
from .view import Unexplained, view

TERMS = "widgets/nameplate/data/terms/<group>"
FAMILIES = "docs/families"
LINES = "widgets/nameplate/data/lines/<maker>.yml"
LONGEST_TITLE = 120
LONGEST_BODY = 5_000  # characters as an address writes them; servers refuse addresses of 8,000
CUT = "(The rest was too long for a form.)"


@dataclass(frozen=True, slots=True)
class Report:
    """The start of a contribution: a title in plain text and a body in Markdown."""

    title: str
    body: str
    name: str

    def address(self, template: str, release: str) -> str:
        """Return the address that opens a form with the report in it.

        The template holds `{title}`, `{body}`, `{name}` and `{release}` where they belong. A report that is too long for an
        address is cut after a line.

        >>> Report("a & b", "c", "d").address("https://forge.example/new?title={title}&body={body}", "0.1.0")
        'https://forge.example/new?title=a%20%26%20b&body=c'
        """
        values = {"title": self.title, "body": _fitting(self.body), "name": self.name, "release": release}
        return re.sub(r"\{(title|body|name|release)\}", lambda match: quote(values[match[1]], safe=""), template)


def report(reading: Reading) -> Report:
    """Return the report of a reading: of what wasn't explained in it, or else of what may be wrong.

    >>> from nameplate import decode
    >>> found = report(decode("Llama-3-8B-zorp", catalogue=False))
    >>> found.title
    'Not explained in Llama-3-8B-zorp: zorp'
    >>> report(decode("Llama-3-8B", catalogue=False)).title
    'Read wrongly: Llama-3-8B'
    """
    shown = view(reading)
    pieces = ", ".join(piece.text for piece in shown.unexplained)
    read = [
        f"- {code(part.text)}: {marked(f'{part.what}: {part.value}' if part.value else part.what)}"
        for part in shown.parts
    ]
    start = (
        f"Name: {code(reading.name)}",
        "Where I saw it: (please fill in)",
        f"Summary: {marked(shown.summary)}",
        "\n".join(("Read so far:", "", *read)) if read else "Nothing in it could be read.",
    )
    if not shown.unexplained:
        wrong = "What is wrong, and what it really means: (please fill in, ideally with a link to the model's card)"
        return Report(_cut(f"Read wrongly: {reading.name}"), "\n\n".join((*start, wrong)), reading.name)
    missing = (
        "\n".join(("Not explained:", "", *map(_piece, shown.unexplained))),
        "What it really means: (please fill in, ideally with a link to the model's card)",
        "\n".join(("To add it yourself:", "", *_files(reading, shown.unexplained))),
    )
    return Report(_cut(f"Not explained in {reading.name}: {pieces}"), "\n\n".join((*start, *missing)), reading.name)


def _piece(piece: Unexplained) -> str:
    return f"- {code(piece.text)}{f', perhaps misspelt for {code(piece.meant)}' if piece.meant else ''}"


def _files(reading: Reading, unexplained: tuple[Unexplained, ...]) -> list[str]:
    """Return the file that each missing word would have, and that of the family where none was found."""
    lines = [
        f"- if {code(piece.text)} is a word that names use: `{TERMS}/{slug}.md`"
        for piece in unexplained
        if (slug := _slug(piece.text)) and not slug.isdecimal() and not piece.meant
    ]
    if reading.family is None and (slug := _slug(unexplained[0].text)):
        first = code(unexplained[0].text)
        lines.append(f"- if {first} is a family: a row in `{LINES}`, and its page `{FAMILIES}/{slug}.md`")
    return lines or ["- a word, a family or a rule for its notation: see the page on contributing"]


def _slug(text: str) -> str:
    """Return the name of a file for a word.

    >>> _slug("Zorp_2"), _slug("\u00c9t\u00e9"), _slug("\u6a21")
    ('zorp-2', 'ete', '')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60]


def _fitting(body: str) -> str:
    """Return as many whole lines as an address can hold."""
    if len(quote(body, safe="")) <= LONGEST_BODY:
        return body
    kept, room = [], LONGEST_BODY - len(quote(CUT, safe=""))
    for line in body.splitlines(keepends=True):
        room -= len(quote(line, safe=""))
        if room < 0:
            break
        kept.append(line)
    return "".join(kept) + CUT


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
