"""Check that every family's page shows its data: it calls the macros `family_card` and `family` with its own name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalog.faults import Fault
from ..catalog.sources import FAMILIES
from ..site.checkout import Site

CALL = re.compile(r"\{\{\s*(family|family_card)\(\s*[\"']([^\"']*)[\"']")
# What each macro shows; the card belongs right below the title.
SHOWN = {"family_card": "key facts, rules and variants", "family": "licences and sources"}


def check(site: Site) -> Iterator[Fault]:
    """Find pages of families that show no data, or those of another family."""
    for page in site.pages:
        if page.path.parent.name != FAMILIES.name or page.path.name == "index.md":
            continue
        slug = page.path.stem
        calls = CALL.findall(page.body)
        for macro, what in SHOWN.items():
            of = [name for called, name in calls if called == macro]
            if slug in of:
                continue
            shown = f'it shows those of "{of[0]}"' if of else "readers would not see them"
            message = f'the page doesn\'t show its own {what}: {shown}. Call the macro {macro} with "{slug}"'
            yield page.fault(page.body_line(1), "text", message)
