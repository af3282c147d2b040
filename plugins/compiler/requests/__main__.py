"""`python -m plugins.compiler.requests` learns again; `--report` prints how well requests are understood."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ...catalog.loader import CatalogError
from ...catalog.sources import DATA
from .build import report, write


def main(arguments: list[str] | None = None) -> int:
    """Make the weights or the report."""
    parser = argparse.ArgumentParser(
        prog="python -m plugins.compiler.requests", description="Learn from data/requests/."
    )
    parser.add_argument("--report", action="store_true", help="print accuracy by task and language, and calibration")
    parser.add_argument("--measure", action="store_true", help="make the report without printing it")
    options = parser.parse_args(arguments)
    try:
        if options.report:
            print("\n".join(lines(report())))
        elif options.measure:
            report()
        else:
            write(DATA.parent)
    except CatalogError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def lines(figures: dict[str, Any]) -> list[str]:
    """Return the report in lines for a terminal."""
    found = [
        f"{figures['examples']} examples, {figures['folds']} folds: {figures['accuracy']:.1%} right, "
        f"{figures['among_the_first_three']:.1%} among the first three",
        f"temperature {figures['temperature']} (best: {figures['best_temperature']}), "
        f"calibration error {figures['calibration_error']:.1%}; at a confidence of {figures['threshold']:.0%} or more "
        f"{figures['answered']:.1%} answered, {figures['accuracy_where_answered']:.1%} of them right",
    ]
    for title in ("by_language", "by_task"):
        found += ["", title.replace("_", " ")]
        found += [f"  {name:28} {row['accuracy']:6.1%} of {row['count']}" for name, row in figures[title].items()]
    found += ["", "confidence   right   answers"]
    found += [f"  {row['confidence']:8.1%} {row['right']:7.1%} {row['count']:9}" for row in figures["reliability"]]
    return found


if __name__ == "__main__":
    sys.exit(main())
