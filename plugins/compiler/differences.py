"""Compile what the comparison of two names says about their differences, with the words of each link apart."""

from __future__ import annotations

from ..catalog.contents import Catalog
from .constants import Constant, Tables


def parts(catalog: Catalog) -> Tables:
    """Return the constants of the module: by key and value (or who gives the part), the words before the link, its own, those after it, and the term."""
    rows: dict[Constant, Constant] = {
        (row.key, row.given_by or row.value): (*row.says.replace("]", "[").split("["), row.term)
        for row in catalog.differences
    }
    return {"DIFFERENCES": rows}
