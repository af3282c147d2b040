"""`python -m plugins.lint` checks pages and data. `--data` checks the data alone, `--fix` fixes what it can first.

`--annotate`, which is the default on GitHub's machines, prints each fault so that a pull request shows it at its line.
"""

from __future__ import annotations

import argparse
import os
import sys

from ..catalog.sources import ROOT
from ..site.checkout import Site
from . import DATA_RULES, RULES, check, fix


def main(arguments: list[str] | None = None) -> int:
    """Run the checks and print every fault; the exit code is 1 where there is one."""
    parser = argparse.ArgumentParser(prog="python -m plugins.lint", description="Check the pages and the data files.")
    parser.add_argument("--data", action="store_true", help="check the data alone: PyYAML and pydantic are enough")
    parser.add_argument("--fix", action="store_true", help="first fix what is mechanical")
    parser.add_argument(
        "--annotate",
        action="store_true",
        default=os.environ.get("GITHUB_ACTIONS") == "true",
        help="print each fault so that GitHub shows it at its line of a pull request",
    )
    options = parser.parse_args(arguments)
    site = Site(ROOT)
    if options.fix:
        for path in fix(site):
            print(f"fixed {path.relative_to(ROOT)}")
        site = Site(ROOT)
    faults = check(site, DATA_RULES if options.data else RULES)
    for fault in faults:
        print(fault.annotation if options.annotate else fault, file=sys.stderr)
    count = len(faults)
    if count:
        print(f"{count} fault{'s' if count > 1 else ''}.", file=sys.stderr)
        return 1
    print(f"{'The' if options.data else f'{len(site.pages)} pages and the'} data files: no fault.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
