"""Check that no source claims to have been read on a day that is still to come."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ..catalog.faults import Fault
from ..catalog.front_matter import FrontMatterError, Place, read_page
from ..catalog.loader import CatalogError
from ..catalog.models import Source
from ..site.checkout import Page, Site


def check(site: Site) -> Iterator[Fault]:
    """Find dates in the future, in glossary entries and family pages."""
    try:
        catalog = site.catalog()
    except CatalogError:
        return
    # One day more, because somewhere it is tomorrow already.
    latest = datetime.date.today() + datetime.timedelta(days=1)
    pages = {page.source: page for page in site.pages}
    for slug, family in catalog.families.items():
        if page := pages.get(f"families/{slug}.md"):
            yield from check_sources(page, family.sources.items(), latest)
    entries = {page.path.stem: page for page in site.terms}
    for slug, term in catalog.terms.items():
        if page := entries.get(slug):
            yield from check_sources(page, enumerate(term.sources), latest)


def check_sources(page: Page, sources: Iterable[tuple[int | str, Source]], latest: datetime.date) -> Iterator[Fault]:
    """Find the sources of one page, each with its key or number, that were checked after the latest possible day."""
    for key, source in sources:
        if source.checked > latest:
            message = f"{source.checked} is still to come. Write the day on which you looked"
            yield page.fault(_line(page, ("sources", key, "checked")), f"sources.{key}.checked", message)


def _line(page: Page, place: Place) -> int:
    try:
        return read_page(page.path).line(place)
    except FrontMatterError:
        return 1
