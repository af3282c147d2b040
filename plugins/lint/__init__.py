"""The linter for pages and data: `python -m plugins.lint`, one rule a file, every fault of a run shown together.

A rule is a module with a function `check(site)` that yields faults and, where the mend is mechanical, `fix(site)`
that makes it and says which files it changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..catalog.cross_checks import Fault
from ..catalog.loader import CatalogError
from ..site.checkout import Site
from . import calls, evidence, front_matter, html, jinja, order, readings, repeated, schemas

RULES = (front_matter, jinja, html, calls, schemas, order, evidence, repeated, readings)
FIXERS = (order, schemas)


def check(site: Site) -> list[Fault]:
    """Every fault of the pages and of the data files, in the order of their places."""
    faults = set(_faults(site))
    return sorted(faults, key=lambda fault: (str(fault.path), fault.line, fault.message))


def fix(site: Site) -> list[Path]:
    """Make every mechanical mend; the files that were changed."""
    return [path for rule in FIXERS for path in rule.fix(site)]


def _faults(site: Site) -> Iterator[Fault]:
    try:
        site.catalog()
    except CatalogError as error:
        yield from error.faults
    for rule in RULES:
        yield from rule.check(site)
