"""Check macros in pages, which are code that runs while the site is built: a page may only call the site's own, with constants."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalog.faults import Fault
from ..site.checkout import Page
from ..site.templates import PageEnvironment


def check_page(page: Page, jinja: PageEnvironment) -> Iterator[Fault]:
    """Find everything between markers that isn't one call of a known macro with constant arguments."""
    for line, message in jinja.complaints(page.text):
        yield page.fault(line, "", message)
