"""Turn the HTML that macros write into Markdown that reads well as plain text, for the Markdown copies of the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

# These only work in a browser, or repeat for the eye what the text says.
LEFT_OUT = {"script", "noscript", "style", "form", "fieldset", "nav", "button", "input", "select", "template"}
REPEATED = {"site-group"}  # a title of a group of rows, which each row says too
PART = "np-piece"  # a part of a name, which is a button where a script is around it
EMPTY = {"input", "br", "wbr", "img", "hr", "col"}
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
BLOCKS = {"p", "div", "section", "ul", "ol", "dl", "details", "summary", "caption", "figure", "tbody", "thead"}


def markdown_of(html: str) -> str:
    """Return Markdown that says the same as a piece of HTML.

    >>> print(markdown_of('<p>See <a href="../x/">a <code>b</code></a> &amp; <strong>c</strong></p><ul><li>d</li></ul>'))
    See [a `b`](../x/) & **c**
    <BLANKLINE>
    - d
    >>> print(markdown_of("<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td></td></tr></table>"))
    | A | B |
    | --- | --- |
    | 1\\|2 |  |
    """
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return writer.text()


class _Writer(HTMLParser):
    """Collect blocks; in a table, rows of cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._lists: list[str] = []
        self._left_out = 0
        self._table: list[list[str]] | None = None
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "a": self._start_link,
            "li": self._start_item,
            "dd": lambda _: self._put(": "),
            "dt": lambda _: self._end_block(),
            "table": self._start_table,
            "tr": lambda _: self._start_row(),
            "br": lambda _: self._put(" "),
            "small": lambda _: self._put(" "),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "a": self._end_link,
            "li": self._end_block,
            "dd": lambda: self._put(" "),
            "table": self._end_table,
            "td": self._end_cell,
            "th": self._end_cell,
        }

    def text(self) -> str:
        self._end_block()
        joined = "\n\n".join(self._blocks)
        # The items of one list go on lines of their own, without a gap.
        return re.sub(r"(?m)^((?:- |\d+\. ).*)\n\n(?=- |\d+\. )", r"\1\n", joined)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        is_left_out = tag in LEFT_OUT and PART not in given.get("class", "").split()
        if self._left_out or is_left_out or given.get("class") in REPEATED:
            self._left_out += tag not in EMPTY
            return
        if tag in ("ul", "ol"):
            self._lists.append(tag)
        if tag in BLOCKS and self._table is None:
            self._end_block()
        if tag in MARKS:
            self._put(MARKS[tag])
        if tag in self._starts:
            self._starts[tag](given)

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            self._left_out -= tag not in EMPTY
            return
        if tag in MARKS:
            self._put(MARKS[tag])
        if tag in self._ends:
            self._ends[tag]()
        if tag in ("ul", "ol"):
            self._lists.pop()
        if tag in BLOCKS and self._table is None:
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self._put(data)

    def _put(self, text: str) -> None:
        self._line.append(text)

    def _taken(self) -> str:
        line = re.sub(r"\s+", " ", "".join(self._line)).strip().removesuffix(":").removeprefix(": ")
        self._line.clear()
        return line

    def _end_block(self) -> None:
        line = self._taken()
        if line and line not in ("-", "1."):
            self._blocks.append(line)

    def _start_link(self, given: dict[str, str]) -> None:
        self._links.append((given.get("href", ""), len(self._line)))

    def _end_link(self) -> None:
        href, start = self._links.pop()
        words = "".join(self._line[start:])
        del self._line[start:]
        self._put(f"[{words.strip()}]({href})" if href and not href.startswith("#") else words)

    def _start_item(self, _: dict[str, str]) -> None:
        self._end_block()
        self._put("1. " if self._lists[-1:] == ["ol"] else "- ")

    def _start_table(self, _: dict[str, str]) -> None:
        self._end_block()
        self._table = []

    def _start_row(self) -> None:
        if self._table is not None:
            self._table.append([])

    def _end_cell(self) -> None:
        if self._table:
            self._table[-1].append(self._taken().replace("|", "\\|"))

    def _end_table(self) -> None:
        rows = [row for row in self._table or [] if row]
        self._table = None
        if not rows:
            return
        width = max(map(len, rows))
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        self._blocks.append("\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]]))
