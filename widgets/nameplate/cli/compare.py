"""`nameplate compare`: names side by side, readable or as JSON."""

from __future__ import annotations

import argparse
import json

from .names import Answered, add_catalogue, reader
from .outcome import ANSWERED


def add(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `nameplate compare`, and what runs it."""
    command.add_argument("names", nargs="+", metavar="NAME", help="names to compare")
    command.add_argument("--json", action="store_true", help="one JSON object")
    add_catalogue(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare the names if all of them can be read; the exit code."""
    from ..render.comparison import side_by_side  # the other commands don't need it
    from ..render.comparison_html import text

    answered = Answered(options.names, reader(options))
    readings = list(answered.readings())
    if answered.code == ANSWERED:
        found = side_by_side(readings)
        print(json.dumps(found.to_dict(), indent=2) if options.json else text(found))
    return answered.code
