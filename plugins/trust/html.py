"""Check that pages are prose: their HTML holds no script, form or handler, and loads nothing from elsewhere.

The rule looks at the resulting HTML, not at the source: attribute lists and links can carry code as well as tags. Calls of
macros are replaced by a word first, because what a macro writes is ours, and must not be inside a tag of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import markdown  # type: ignore[import-untyped]
from jinja2 import TemplateError

from ..catalog.faults import Fault
from ..catalog.text_types import is_public
from ..site.checkout import Page
from ..site.templates import PageEnvironment
from .judge import Elements, Judge, name_complaint, words
from .tags import Attributes, Tag

TAGS = words(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q s samp small source span strong sub summary sup "
    "table tbody td tfoot th thead time tr u ul var wbr"
)
ATTRIBUTES = words(
    "align alt class colspan datetime dir height href id lang loading open rel role rowspan scope src start "
    "tabindex title translate width"
)
ELEMENTS: Elements = dict.fromkeys(TAGS, ATTRIBUTES)
_ELSEWHERE = re.compile(r"\s*https?:", re.IGNORECASE)
_SAYS_ADDRESS = re.compile(r"(?:https?://)?((?<=://)[^/\s]+|www\.[^/\s]+)", re.IGNORECASE)
MOST = 20  # faults of one page that are listed
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
MACRO = "MACRO5D41"  # stands for what a macro writes; an anchor made of a heading has it in lower case


def check_page(page: Page, render: markdown.Markdown, jinja: PageEnvironment | None = None) -> Iterator[Fault]:
    """Find the faults of one page, each at the first line with which it is there."""
    lines = page.body.split("\n")
    try:
        text = written_out(page.body, jinja)
    except TemplateError as error:
        if jinja is not None and not any(jinja.complaints(page.text)):  # else it is reported already
            yield page.fault(1, "", f"this page can't be rendered: {error}. Look at its calls of macros")
        return
    for number, message in enumerate(messages := _messages(text, render)):
        if number == MOST:
            yield page.fault(
                1, "", f"{len(messages) - MOST} more faults in this page aren't listed. Correct these first"
            )
            return
        line = _line(lines, message, messages[:number].count(message), render, jinja)
        yield page.fault(page.body_line(line), "", message)


def written_out(text: str, jinja: PageEnvironment | None) -> str:
    """Return a text with its calls of macros replaced, if it can have any."""
    return text if jinja is None else str(jinja.from_string(text).render())


def stand_in(*_given: object, **_named: object) -> str:
    """Return a word that stands for what a macro writes."""
    return MACRO


def _messages(text: str, render: markdown.Markdown) -> list[str]:
    try:
        html = render.reset().convert(text)
    except RecursionError:
        return ["the text is nested too deeply. Use fewer levels of quotes and lists"]
    return [found.message for found in _Prose(ELEMENTS).judged(html)]


def _line(
    lines: list[str], message: str, earlier: int, render: markdown.Markdown, jinja: PageEnvironment | None
) -> int:
    """Return the first line that makes a message appear, after `earlier` others like it: the smallest beginning that has it."""
    ends = _line_ends(lines)
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high) // 2
        try:
            beginning = written_out("\n".join(lines[: ends[middle]]), jinja)
            there = _messages(beginning, render).count(message) > earlier
        except TemplateError:
            there = False  # the beginning ends within a call
        low, high = (low, middle) if there else (middle + 1, high)
    return ends[low]


def _line_ends(lines: list[str]) -> list[int]:
    """Return the numbers of the lines after which a beginning can end: not within a block of code."""
    ends, fence = [], False
    for number, line in enumerate(lines, start=1):
        fence ^= bool(_FENCE.match(line))
        if not fence:
            ends.append(number)
    return ends if ends and ends[-1] == len(lines) else [*ends, len(lines)]


class _Prose(Judge):
    """Judge what contributed text becomes: plain classes and anchors, no macro inside a tag, links that lead where they say."""

    def __init__(self, elements: Elements) -> None:
        super().__init__(elements)
        self._link: str | None = None  # where the link leads that is open
        self._text = ""

    def begin(self, tag: Tag) -> None:
        super().begin(tag)
        if tag.name == "a":
            self._link, self._text = unescape(tag.get("href") or ""), ""

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        if tag == "a" and self._link is not None:
            said = _SAYS_ADDRESS.match(self._text.strip())
            leads = _SAYS_ADDRESS.match(self._link)
            if said and (leads is None or said[1].lower() != leads[1].lower()):
                message = f'a link that says "{said[1]}" leads to {leads[1] if leads else "another place"}. Correct one'
                self.complain(self._link, message)
            self._link = None

    def complaints(self, tag: str, raw: str, attrs: Attributes) -> Iterator[tuple[str, str]]:
        if MACRO in raw:
            yield "{{", "a macro can't be called inside a tag or an address. Call it between them"
        yield from super().complaints(tag, raw, attrs)
        for name, value in attrs:
            if (
                name == "href"
                and _ELSEWHERE.match(value or "")
                and not is_public(unescape(value or "").partition("#")[0])
            ):
                yield value or "", f'the address "{value}" has no public host, or letters beyond a to z. Correct it'
            if name == "tabindex" and value not in ("0", "-1"):
                yield value or "", "tabindex changes the order for keyboards. Take it out"
            if name == "rel" and "opener" in (value or "").split():
                yield value or "", "a page that is linked to must not get hold of this one. Take out opener"
            if name in ("width", "height") and not re.fullmatch(r"\d{1,4}%?", value or ""):
                yield value or "", f"the {name} {value} doesn't fit on a page. Write a number of at most four digits"
            if name in ("id", "class") and value and (message := name_complaint(name, value)):
                yield value, message


def markdown_options(configuration: dict[str, Any]) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return the Markdown extensions of mkdocs.yml and their options."""
    names: list[str] = []
    options: dict[str, dict[str, Any]] = {}
    for entry in configuration.get("markdown_extensions", []):
        for name, values in entry.items() if isinstance(entry, dict) else [(entry, None)]:
            names.append(name)
            options[name] = values or {}
    return names, options
