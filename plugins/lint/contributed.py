"""Check what must not be rendered: the rules that every build begins with (plugins/trust)."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalog.faults import Fault
from ..site.checkout import Site
from ..site.macro_names import NAMES
from ..trust import contributed


def check(site: Site) -> Iterator[Fault]:
    """Find code, markup and files in a contribution that have no place there."""
    yield from contributed.check(site, NAMES)
