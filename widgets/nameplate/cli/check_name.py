"""Run `nameplate check-name`: how a proposed name would be read, what to change, and a better name."""

from __future__ import annotations

import argparse
import json

from ..errors import NameplateError
from .outcome import ANSWERED, BAD_INPUT, complain

TO_CHANGE = 1  # exit code


def add(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `nameplate check-name`, and what runs it."""
    command.add_argument("name", metavar="NAME", help="the name of a repository or a file that you want to publish")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the name, print the answer, and return the exit code."""
    from ..naming.check import check_name  # the other commands don't need it
    from ..render.name_check_text import text

    try:
        found = check_name(options.name)
    except NameplateError as error:
        complain(error, about=options.name)
        return BAD_INPUT
    print(json.dumps(found.to_dict(), indent=2) if options.json else text(found))
    return ANSWERED if found.ok else TO_CHANGE
