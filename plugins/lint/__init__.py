"""Check pages and data: `python -m plugins.lint`, one rule per file, all faults of a run shown together.

A rule is a module with a function `check(site)` that yields faults and, where they can be fixed mechanically, `fix(site)`
that does so and returns the files that it changed.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..catalog.faults import Fault
from ..catalog.loader import CatalogError
from ..site.checkout import Site

# By name, because rules about pages import what renders them: a check of the data does without (make data-check).
DATA_RULES = (
    "..trust.files",
    "..trust.front_matter",
    "schemas",
    "order",
    "evidence",
    "repeated",
    "phrases",
    "readings",
    "suffixes",
    "prose",
    "pinned",
    "family_calls",
    "contexts",
    "vectors",
    "requests",
)
PAGE_RULES = ("contributed", "calls")
RULES = (*DATA_RULES, *PAGE_RULES)
FIXERS = ("order", "schemas")


def check(site: Site, rules: Iterable[str] = RULES) -> list[Fault]:
    """Return every fault of the pages and of the data files, in the order of their places."""
    faults = set(_faults(site, rules))
    return sorted(faults, key=lambda fault: (str(fault.path), fault.line, fault.message))


def fix(site: Site) -> list[Path]:
    """Fix what is mechanical, and return the files that were changed."""
    return [path for rule in FIXERS for path in _module(rule).fix(site)]


def _faults(site: Site, rules: Iterable[str]) -> Iterator[Fault]:
    try:
        site.catalog()
    except CatalogError as error:
        yield from error.faults
    for rule in rules:
        yield from _module(rule).check(site)


def _module(rule: str) -> Any:
    return importlib.import_module(rule if rule.startswith(".") else f".{rule}", __name__)
