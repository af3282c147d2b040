"""`python -m plugins.trust`: check what is contributed before anything renders it. `--built FOLDER` judges a finished site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..catalog.loader import CatalogError
from ..catalog.sources import ROOT
from ..site.checkout import Site
from ..site.macro_names import NAMES
from . import built
from .contributed import RefusedError, refuse


def main(arguments: list[str] | None = None) -> int:
    """Check, and print every fault; the exit code is 1 where there is one."""
    parser = argparse.ArgumentParser(prog="python -m plugins.trust", description="Check what is contributed.")
    parser.add_argument("--built", metavar="FOLDER", type=Path, help="judge the pages of a finished site instead")
    options = parser.parse_args(arguments)
    site = Site(ROOT)
    try:
        if options.built:
            built.refuse(site, options.built)
        else:
            refuse(site, NAMES)
            site.catalog()
    except (RefusedError, CatalogError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
