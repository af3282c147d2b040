"""Count what the data files know: facts with a source, and variants for which one is still missing."""

from __future__ import annotations

from collections.abc import Iterator

from .contents import Catalog
from .inheritance import PROPRIETARY
from .models import Family, Variant

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


def missing(catalog: Catalog, open_only: bool = False) -> dict[str, int]:
    """Return how many official variants lack each wanted fact, of all or of those with open weights.

    A family's licence counts for its variants, and an architecture that the data about memory has for a model. What runs
    only at its maker will never have one.
    """
    known = list(_official(catalog, open_only))
    return {key: sum(not _knows(catalog, family, one, key) for family, one in known) for key in WANTED}


def variants(catalog: Catalog, open_only: bool = False) -> int:
    """Count the official variants, all or those with open weights."""
    return len(list(_official(catalog, open_only)))


def _official(catalog: Catalog, open_only: bool) -> Iterator[tuple[Family, Variant]]:
    for family in catalog.families.values():
        for one in family.variants if not family.fictional else ():
            if not (open_only and (one.licence or family.licence) == PROPRIETARY):
                yield family, one


def _knows(catalog: Catalog, family: Family, variant: Variant, key: str) -> bool:
    if key == "licence" and family.licence:
        return True
    if key == "architecture":
        names = (name for name in (variant.name, variant.original) if name is not None)
        if any(name in catalog.architectures and catalog.architectures[name].architecture for name in names):
            return True
    return getattr(variant, key) is not None


def _filled(variant: Variant) -> Iterator[str]:
    """Find the keys that have a value."""
    for key in type(variant).model_fields:
        if key not in NOT_FACTS and getattr(variant, key) not in (None, ()):
            yield key
