"""Check that front matter of pages holds known keys with plain values, and nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..catalog.faults import Fault, dotted, nearest
from ..catalog.front_matter import Document, FrontMatterError, Place, read_page
from ..site.checkout import Page, Site

_FAMILIES = re.compile(r"^families/(?!index\.md$)")
# What begins code in any template language of the site, and what begins an element.
MARKERS = re.compile(r"\{\{|\{%|\{#|\[\[[%#]")
_TAG = re.compile(r"[<>]")
_PARTS = ("navigation", "toc", "path", "footer")
_ICON = re.compile(r"^[a-z0-9]+(/[a-z0-9]+(-[a-z0-9]+)*)+$")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and "\n" not in value.strip() and len(value) <= 300


def _is_search(value: object) -> bool:
    if not isinstance(value, dict) or not set(value) <= {"boost", "exclude"}:
        return False
    boost = value.get("boost", 1)
    return isinstance(value.get("exclude", False), bool) and isinstance(boost, (int, float)) and 0 < boost <= 10


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


# What each key may hold, and how to say so.
VALUES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "title": (_is_text, "a line of text"),
    "description": (_is_text, "a line of text, of at most 300 characters"),
    "hide": (
        lambda value: isinstance(value, list) and all(one in _PARTS for one in value),
        f"a list of {', '.join(_PARTS)}",
    ),
    "icon": (
        lambda value: isinstance(value, str) and bool(_ICON.match(value)),
        "an icon of the theme, such as material/home",
    ),
    "search": (_is_search, "{boost: 2} or {exclude: true}"),
    "tags": (_are_texts, "a list of words"),
}
KEYS = tuple(VALUES)


def check(site: Site) -> Iterator[Fault]:
    """Find unknown keys, wrong values and code in the front matter of all pages."""
    for page in site.pages:
        yield from check_page(page)


def check_page(page: Page) -> Iterator[Fault]:
    """Find unknown keys (they would hide a macro of the same name, or change how the page is rendered), and code in values."""
    if not page.head:
        return
    try:
        document = read_page(page.path)
    except FrontMatterError as error:
        yield page.fault(error.line, "", str(error))
        return
    if not isinstance(document.data, dict):
        message = "the front matter is not a list of keys. Take it out, or write keys such as title: My page"
        yield page.fault(1, "", message)
        return
    yield from _code(page, document, document.data, ())
    if not _FAMILIES.match(page.source):
        yield from _keys(page, document)


def _keys(page: Page, document: Document) -> Iterator[Fault]:
    for key, value in document.data.items():
        if key not in VALUES:
            message = f'"{key}" is not a key here.{nearest(str(key), KEYS)} Known: {", ".join(KEYS)}'
            yield page.fault(document.line((key,)), str(key), message)
        elif not VALUES[key][0](value):
            yield page.fault(document.line((key,)), key, f"this is not {VALUES[key][1]}. Correct it")


def _code(page: Page, document: Document, value: object, place: Place) -> Iterator[Fault]:
    """Find code in what the values say once YAML has read them: an escape hides a brace from a look at the lines."""
    if isinstance(value, str):
        if MARKERS.search(value):
            yield page.fault(document.line(place), dotted(place), "front matter holds no macros. Write plain text here")
        elif _TAG.search(value) and place in (("title",), ("description",)):
            yield page.fault(document.line(place), dotted(place), "there is a < or > here. Write it in words")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _code(page, document, str(key), (*place, key))
            yield from _code(page, document, inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _code(page, document, inner, (*place, index))
