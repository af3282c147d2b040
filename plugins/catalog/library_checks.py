"""Check that Ollama's library names models of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .faults import Fault, Origins, nearest
from .models import Family, LibraryModel

ALONE = "latest"


def check_library(
    library: Mapping[str, LibraryModel], families: Mapping[str, Family], origins: Origins
) -> Iterator[Fault]:
    """Find originals that no page lists or that are copies themselves, and tags that the row doesn't have."""
    known = {
        variant.name
        for family in families.values()
        for variant in family.variants
        if variant.original is None and "/" in variant.name
    }
    for name, row in library.items():
        origin = origins["library", name]
        for tag, model in row.models.items():
            if model not in known:
                message = f"\"{model}\" isn't a model of a family's page, or is a copy itself.{nearest(model, known)}"
                yield origin.fault(("models", tag), message)
        if row.latest is not None and row.latest not in row.models:
            yield origin.fault(("latest",), f'models has no tag "{row.latest}".{nearest(row.latest, row.models)}')
        for tag in row.quants:
            if tag not in row.models:
                yield origin.fault(("quants", tag), f'models has no tag "{tag}".{nearest(tag, row.models)}')
