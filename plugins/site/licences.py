"""Render what licences of weights allow: those of a family above the table of its variants, and all of them in one table."""

from __future__ import annotations

from collections.abc import Mapping

from ..catalog.models import Family, Licence
from .markup import escaped
from .page import PageAddress
from .table import frame, group_title, head, row, sortable

COLUMNS = ("Licence", "In a product?", "What decides it", "Checked")
COMMERCIAL: Mapping[str, str] = {
    "allowed": "You may build a product on the weights.",
    "conditions": "You may build a product on the weights, with conditions.",
    "forbidden": "You may not build a product on the weights without an agreement.",
}
IN_SHORT: Mapping[str, str] = {"allowed": "yes", "conditions": "with conditions", "forbidden": "no"}


def licences(known: Family, texts: Mapping[str, Licence]) -> str:
    """Render one paragraph for each licence that the variants have, in the order in which they occur."""
    tags = dict.fromkeys(one.licence or known.licence for one in known.variants)
    return "\n\n".join(_licence(texts[tag]) for tag in tags if tag is not None and tag in texts)


def _licence(text: Licence) -> str:
    return (
        f'<p class="site-rule"><strong>Licence</strong> <code>{escaped(text.licence)}</code> '
        f'<a href="{escaped(text.source)}">{escaped(text.name)}</a>: {COMMERCIAL[text.commercial]} {escaped(text.description)} '
        f"<small>Checked <time>{text.checked.isoformat()}</time>; the text itself decides.</small></p>"
    )


def licence_table(texts: Mapping[str, Licence], here: PageAddress) -> str:
    """Render one row per licence, grouped by whether a product may be built on the weights, the freest group first."""
    bodies = []
    for commercial, title in COMMERCIAL.items():
        found = sorted(
            (one for one in texts.values() if one.commercial == commercial), key=lambda one: one.name.casefold()
        )
        if found:
            bodies.append(f"<tbody>{group_title(title, len(COLUMNS))}{''.join(map(_row, found))}</tbody>")
    table = f'<table class="site-table site-licences">{head(COLUMNS)}{"".join(bodies)}</table>'
    return sortable(frame("Licences of weights", table), here)


def _row(text: Licence) -> str:
    cells = (
        f'<a href="{escaped(text.source)}">{escaped(text.name)}</a> <small class="site-note"><code>{escaped(text.licence)}</code></small>',
        IN_SHORT[text.commercial],
        escaped(text.description),
        f"<time>{text.checked.isoformat()}</time>",
    )
    return row(list(zip(COLUMNS, cells, strict=True)))
