"""Count what the data files know: facts with a source, and variants for which one is still missing."""

from __future__ import annotations

from collections.abc import Iterator

from .contents import Catalog
from .models import Variant

# These identify a variant, name its sources or comment on it; they are not facts about it.
NOT_FACTS = ("name", "original", "size", "source", "config", "note")
WANTED = ("params_b", "architecture", "context", "licence", "released")


def facts(catalog: Catalog) -> int:
    """Count the values with a source: of variants, suffixes, bare names, architectures, terms, licences and lines."""
    families = catalog.families.values()
    variants = sum(len(list(_filled(one))) for family in families for one in family.variants)
    rules = sum(len(family.suffixes) + (family.no_suffix is not None) for family in families)
    lines = sum(line.source is not None for line in catalog.lines.values())
    return variants + rules + lines + len(catalog.terms) + len(catalog.licences) + len(catalog.architectures)


def missing(catalog: Catalog) -> dict[str, int]:
    """Return how many official variants lack each wanted fact. A family's licence counts for its variants."""
    known = [(family, one) for family in catalog.families.values() if not family.fictional for one in family.variants]
    return {
        key: sum(getattr(one, key) is None and not (key == "licence" and family.licence) for family, one in known)
        for key in WANTED
    }


def _filled(variant: Variant) -> Iterator[str]:
    """Find the keys that have a value."""
    for key in type(variant).model_fields:
        if key not in NOT_FACTS and getattr(variant, key) not in (None, ()):
            yield key
