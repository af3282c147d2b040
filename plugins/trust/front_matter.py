"""Check that front matter of pages holds known keys and nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalog.faults import Fault, nearest
from ..catalog.front_matter import FrontMatterError, read_page
from ..site.checkout import Page, Site

KEYS = ("title", "description", "hide", "icon", "search", "tags")
_FAMILIES = re.compile(r"^families/(?!index\.md$)")
_MARKERS = re.compile(r"\{\{|\[\[[%#]")


def check(site: Site) -> Iterator[Fault]:
    """Find unknown keys (they would hide a macro of the same name, or change how the page is rendered), and code in values."""
    for page in site.pages:
        for number, line in enumerate(page.head.splitlines(), start=1):
            if _MARKERS.search(line):
                yield page.fault(number, "", "front matter holds no macros. Write plain text here")
        if page.head and not _FAMILIES.match(page.source):
            yield from _keys(page)


def _keys(page: Page) -> Iterator[Fault]:
    try:
        document = read_page(page.path)
    except FrontMatterError as error:
        yield page.fault(error.line, "", str(error))
        return
    if not isinstance(document.data, dict):
        yield page.fault(
            1, "", "the front matter is not a list of keys. Take it out, or write keys such as title: My page"
        )
        return
    for key in document.data:
        if key not in KEYS:
            message = f'"{key}" is not a key here.{nearest(str(key), KEYS)} Known: {", ".join(KEYS)}'
            yield page.fault(document.line((key,)), str(key), message)
