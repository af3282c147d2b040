"""Check the example requests that the picker learns from: their languages and tasks, and that each text is there once."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalog.faults import Fault
from ..catalog.loader import CatalogError
from ..catalog.requests import check_requests
from ..catalog.sources import DIVIDERS, REQUESTS, ROOT
from ..site.checkout import Site


def check(site: Site) -> Iterator[Fault]:
    """Yield what is wrong in the requests of a checkout."""
    try:
        tasks = site.catalog().picking.tasks
    except CatalogError:
        return
    folder, dividers = site.root / REQUESTS.relative_to(ROOT), site.root / DIVIDERS.relative_to(ROOT)
    if folder.is_dir():
        yield from check_requests(tasks, folder, dividers)
