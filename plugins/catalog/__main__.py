"""`python -m plugins.catalog` checks the data files and counts what they hold."""

from __future__ import annotations

import sys

from .coverage import facts, missing
from .loader import CatalogError, load


def main() -> int:
    """Check the data; print the counts or every fault."""
    try:
        catalog = load()
    except CatalogError as error:
        print(error, file=sys.stderr)
        return 1
    variants = sum(len(family.variants) for family in catalog.families.values())
    words = sum(len(row.words) for term in catalog.terms.values() for row in term.names)
    print(
        f"{len(catalog.terms)} terms with {words} spellings, {len(catalog.lines)} lines, "
        f"{len(catalog.families)} families with {variants} variants: no fault."
    )
    without = ", ".join(f"{key} {count}" for key, count in missing(catalog).items())
    print(f"{facts(catalog)} facts with a source. Variants without: {without}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
