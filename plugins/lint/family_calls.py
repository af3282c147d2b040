"""Check that every family's page shows its data: it calls the macro `family` with its own name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalog.faults import Fault
from ..catalog.sources import FAMILIES
from ..site.checkout import Site

CALL = re.compile(r"\{\{\s*family\(\s*[\"']([^\"']*)[\"']")


def check(site: Site) -> Iterator[Fault]:
    """Find pages of families that show no data, or those of another family."""
    for page in site.pages:
        if page.path.parent.name != FAMILIES.name or page.path.name == "index.md":
            continue
        slug = page.path.stem
        calls = CALL.findall(page.body)
        if slug in calls:
            continue
        shown = f'it shows those of "{calls[0]}"' if calls else "readers would not see them"
        message = f'the page doesn\'t show its own rules and variants: {shown}. Call the macro family with "{slug}"'
        yield page.fault(page.body_line(1), "text", message)
