"""`python -m plugins.catalog` checks the data files and counts what they hold; `--stale DAYS` lists old sources."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence

from . import ages
from .coverage import facts, missing, variants
from .loader import CatalogError, load


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the data and print the counts, the old sources if they are asked for, or every fault."""
    parser = argparse.ArgumentParser(prog="python -m plugins.catalog", description=__doc__)
    parser.add_argument(
        "--stale", type=int, metavar="DAYS", help="list the sources that were last checked more than DAYS days ago"
    )
    options = parser.parse_args(arguments)
    try:
        catalog = load()
    except CatalogError as error:
        print(error, file=sys.stderr)
        return 1
    if options.stale is not None:
        today = datetime.date.today()
        print(ages.report(ages.stale(catalog, options.stale, today), today))
        return 0
    words = sum(len(row.words) for term in catalog.terms.values() for row in term.names)
    print(
        f"{len(catalog.terms)} terms with {words} spellings, {len(catalog.lines)} lines, "
        f"{len(catalog.families)} families with {variants(catalog)} variants: no fault."
    )
    print(f"{facts(catalog)} facts with a source.")
    for label, open_only in (("all variants", False), ("those with open weights", True)):
        total = variants(catalog, open_only)
        shares = ", ".join(
            f"{key} {100 * (total - count) / total:.1f} %" for key, count in missing(catalog, open_only).items()
        )
        print(f"Known of {label} ({total}): {shares}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
