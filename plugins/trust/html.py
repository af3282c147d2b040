"""Check that pages are prose: their HTML holds no script, form or handler, and loads nothing from elsewhere.

The rule looks at the resulting HTML, not at the source: attribute lists and links can carry code as well as tags.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import markdown  # type: ignore[import-untyped]

from ..catalog.faults import Fault
from ..site.checkout import Page, Site


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAGS = _words(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q s samp small source span strong sub summary sup "
    "table tbody td tfoot th thead time tr u ul var wbr"
)
ATTRIBUTES = _words(
    "align alt class colspan datetime dir height href id lang loading markdown open rel role rowspan scope src start "
    "tabindex title translate width"
)
# Markdown writes the alignment of a column this way.
_ALIGNMENT = re.compile(r"^text-align: (left|right|center);$")
_SCHEMES = {"href": {"", "http", "https", "mailto"}, "src": {""}}
# Browsers skip these inside and before a scheme.
_SKIPPED = re.compile(r"[\x00-\x20]")


def check(site: Site) -> Iterator[Fault]:
    """Find HTML of pages and glossary entries that is more than prose."""
    extensions, options = markdown_options(site.configuration)
    render = markdown.Markdown(extensions=extensions, extension_configs=options)
    for page in site.pages:
        yield from check_page(page, render)
    for term in site.terms:
        yield from check_page(term, render)
        for number, line in enumerate(term.body.splitlines(), start=1):
            if re.match(r"#{1,6} ", line):
                yield term.fault(term.body_line(number), "", "a glossary entry holds no headings. Write a paragraph")


def check_page(page: Page, render: markdown.Markdown) -> Iterator[Fault]:
    """Find the faults of one page, at the first line that could have caused each."""
    watch = _Watch()
    watch.feed(render.reset().convert(page.body))
    watch.close()
    for snippet, message in watch.found:
        yield page.fault(_line(page, snippet), "", message)


def markdown_options(configuration: dict[str, Any]) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return the Markdown extensions of mkdocs.yml and their options."""
    names: list[str] = []
    options: dict[str, dict[str, Any]] = {}
    for entry in configuration.get("markdown_extensions", []):
        for name, values in entry.items() if isinstance(entry, dict) else [(entry, None)]:
            names.append(name)
            options[name] = values or {}
    return names, options


class _Watch(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(
                (f"<{tag}", f"the tag <{tag}> isn't allowed in a page. Write Markdown, or put it in backticks")
            )
            return
        for name, value in attrs:
            message = _complaint(tag, name, value or "")
            if message:
                self.found.append((value if name in _SCHEMES and value else name, message))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_decl(self, decl: str) -> None:
        self.found.append(("<!", "a declaration isn't allowed in a page. Take it out"))

    def handle_pi(self, data: str) -> None:
        self.found.append(("<?", "a processing instruction isn't allowed in a page. Take it out"))


def _complaint(tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return (
            None
            if tag in ("td", "th") and _ALIGNMENT.match(value)
            else "style belongs in docs/stylesheets. Use a class"
        )
    if name not in ATTRIBUTES and not name.startswith("aria-"):
        return f"the attribute {name} isn't allowed in a page. Take it out"
    if name in _SCHEMES:
        return _bad_address(name, value)
    return None


@functools.cache
def _bad_address(name: str, value: str) -> str | None:
    plain = _SKIPPED.sub("", value)
    try:
        parts = urlsplit(plain)
    except ValueError:
        return f'"{value}" is not an address. Correct it'
    if parts.scheme.lower() not in _SCHEMES[name] or (parts.netloc and not parts.scheme):
        allowed = "a file of this site" if name == "src" else "a page of this site, or starts with https://"
        return f'the address "{value}" is not {allowed}. Change it'
    return None


def _line(page: Page, snippet: str) -> int:
    for number, line in enumerate(page.body.splitlines(), start=1):
        if snippet.casefold() in line.casefold():
            return page.body_line(number)
    return page.body_line(1)
