"""Render what the licences of a family's weights allow, above the table of its variants."""

from __future__ import annotations

from collections.abc import Mapping

from ..catalog.models import Family, Licence
from .markup import escaped

COMMERCIAL: Mapping[str, str] = {
    "allowed": "You may build a product on the weights.",
    "conditions": "You may build a product on the weights, with conditions.",
    "forbidden": "You may not build a product on the weights without an agreement.",
}


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
