"""Check macros in pages, which are code that runs while the site is built: a page may only call the site's own, with constants.

Three colons would make mkdocstrings read a Python module that the page names, with options that the page sets. Only a macro may
write them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..catalog.faults import Fault
from ..site.checkout import Page
from ..site.templates import PageEnvironment

DIRECTIVE = ":::"


def check_page(page: Page, jinja: PageEnvironment) -> Iterator[Fault]:
    """Find everything between markers that isn't one call of a known macro with constant arguments."""
    for line, message in jinja.complaints(page.text):
        yield page.fault(line, "", message)
    yield from directives(page)


def directives(page: Page) -> Iterator[Fault]:
    """Find what would become the documentation of a module."""
    for line, text in enumerate(page.text.split("\n"), start=1):
        if DIRECTIVE in text:
            yield page.fault(line, "", "three colons in a row aren't allowed in a page. Take one out")
