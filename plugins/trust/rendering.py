"""Let the site's engine render nothing that wasn't checked: the way in for `mkdocs build` and `mkdocs serve` themselves."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ..catalog.faults import Fault
from ..catalog.sources import ROOT
from ..site.checkout import Site
from ..site.macro_names import NAMES
from ..site.page import Rendering
from .contributed import RefusedError, check

# What the last check of this process found, by page. `make serve` checks again before each of its builds.
_refused: dict[str, list[Fault]] = {}


def check_first(env: Any) -> None:
    """Check everything that the engine is about to render, and end the build at a fault.

    While serving, a page with a fault is shown as its faults. Files that don't belong there end that, too.
    """
    rendering = Rendering(env)
    site = Site(ROOT, rendering.docs)
    by_page: dict[str, list[Fault]] = defaultdict(list)
    others = []
    pages = {page.path: page.source for page in site.pages}
    for fault in check(site, NAMES):
        if fault.path in pages and not rendering.ends_at_a_fault:
            by_page[pages[fault.path]].append(fault)
        else:
            others.append(fault)
    _refused.clear()
    _refused.update(by_page)
    if others:
        rendering.end(str(RefusedError(others)))


def render_only_checked(env: Any) -> None:
    """Set up the sandbox, and replace a page that was refused by what is wrong with it."""
    rendering = Rendering(env)
    rendering.sandbox(lambda: Site(ROOT).configuration)
    rendering.escape_front_matter()
    faults = _refused.get(rendering.source)
    if faults:
        rendering.show_instead("\n".join(map(str, faults)))
