"""Check that pages are prose: their HTML holds no script, form or handler, and loads nothing from elsewhere.

The rule looks at the resulting HTML, not at the source: attribute lists and links can carry code as well as tags. Calls of
macros are replaced by a word first, because what a macro writes is ours, and must not be inside a tag of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import markdown  # type: ignore[import-untyped]
from jinja2 import TemplateError

from ..catalog.faults import Fault
from ..site.checkout import Page
from ..site.templates import PageEnvironment
from .judge import Attributes, Elements, Judge, name_complaint, words

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
MACRO = "macro5d41"  # stands for what a macro writes


def check_page(page: Page, render: markdown.Markdown, jinja: PageEnvironment | None = None) -> Iterator[Fault]:
    """Find the faults of one page, at the first line that could have caused each."""
    for line, message in _found(page.body, page.head.count("\n"), render, jinja):
        yield page.fault(line, "", message)


def _found(body: str, before: int, render: markdown.Markdown, jinja: PageEnvironment | None) -> list[tuple[int, str]]:
    text = body
    if jinja is not None:
        if any(jinja.complaints(body)):
            return []  # they are reported already
        try:
            text = jinja.from_string(body).render(dict.fromkeys(jinja.globals, _stand_in))
        except TemplateError:
            return []
    try:
        html = render.reset().convert(text)
    except RecursionError:
        return [(before + 1, "the text is nested too deeply. Use fewer levels of quotes and lists")]
    return [(_line(body, found.snippet) + before, found.message) for found in _Prose(ELEMENTS).judged(html)]


def _stand_in(*_given: object, **_named: object) -> str:
    return MACRO


class _Prose(Judge):
    """Judge what contributed text becomes: plain classes and anchors, and no macro inside a tag."""

    def complaints(self, tag: str, raw: str, attrs: Attributes) -> Iterator[tuple[str, str]]:
        if MACRO in raw:
            yield "{{", "a macro can't be called inside a tag or an address. Call it between them"
        yield from super().complaints(tag, raw, attrs)
        for name, value in attrs:
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


def _line(body: str, snippet: str) -> int:
    """Return the line of a body in which something is written, or its first."""
    for number, line in enumerate(body.splitlines(), start=1):
        if snippet.casefold() in line.casefold():
            return number
    return 1
