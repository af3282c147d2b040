"""Look at everything that is contributed, and refuse to go on if a fault is found."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import markdown  # type: ignore[import-untyped]

from ..catalog.faults import Fault
from ..site.checkout import Page, Site
from ..site.templates import PageEnvironment, environment
from . import calls, files, front_matter, glossary_text, html, page_limits, pictures

# The faults of the texts that the last check saw, by what they were checked with.
_kept: dict[tuple[Any, ...], dict[Page, tuple[Fault, ...]]] = {}


class RefusedError(ValueError):
    """List what was refused, one fault a line: `path:line place: what is wrong. What to do.`"""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        count = len(faults)
        super().__init__(
            "\n".join([*map(str, faults), f"{count} fault{'s' if count != 1 else ''}: nothing is rendered."])
        )


def check(site: Site, macros: Collection[str]) -> list[Fault]:
    """Return everything in the pages and entries that must not be rendered, in the order of the places."""
    faults = set(files.check(site))
    if not any(fault.path.is_symlink() for fault in faults):  # who knows where one leads, and how often
        faults |= {*page_limits.check(site), *_texts(site, macros), *pictures.check(site)}
    return sorted(faults, key=lambda fault: (str(fault.path), fault.line, fault.message))


def refuse(site: Site, macros: Collection[str]) -> None:
    """Raise RefusedError if there is anything that must not be rendered."""
    faults = check(site, macros)
    if faults:
        raise RefusedError(faults)


def _texts(site: Site, macros: Collection[str]) -> Iterator[Fault]:
    """Find what is wrong with the texts. A server checks at each change of one of them, so the others' faults are kept."""
    configuration = repr(site.configuration), tuple(sorted(macros))
    kept = _kept.pop(configuration, {})
    _kept.clear()
    found = _kept[configuration] = {}
    jinja = environment(site.configuration, dict.fromkeys(macros, html.stand_in))
    extensions, options = html.markdown_options(site.configuration)
    render = markdown.Markdown(extensions=extensions, extension_configs=options)
    for page in filter(page_limits.is_readable, site.pages):
        found[page] = kept[page] if page in kept else tuple(check_page(page, jinja, render))
        yield from found[page]
    for term in filter(page_limits.is_readable, site.terms):
        found[term] = kept[term] if term in kept else tuple(_check_term(term, render))
        yield from found[term]


def _check_term(term: Page, render: markdown.Markdown) -> Iterator[Fault]:
    yield from html.check_page(term, render)
    yield from glossary_text.check_page(term)
    yield from calls.directives(term)


def check_page(page: Page, jinja: PageEnvironment, render: markdown.Markdown) -> Iterator[Fault]:
    """Find what must not be rendered in one page."""
    yield from calls.check_page(page, jinja)
    yield from front_matter.check_page(page)
    yield from html.check_page(page, render, jinja)
