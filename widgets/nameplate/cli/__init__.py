"""Offer the command line: `nameplate decode NAME ...`, `nameplate compare NAME NAME ...`, `size`, `fit`, `pick`.

Each command is a module of its own. What only one of them needs is loaded when it runs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from .. import __version__
from . import compare, decode, fit, pick, size
from .outcome import ANSWERED, BAD_INPUT, complain


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 if everything was answered, 2 for bad usage or bad input."""
    options = _parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has closed it. Discard what Python hasn't written yet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED
    except OSError as error:
        complain(f"{error.filename}: {error.strerror}")
        return BAD_INPUT
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nameplate", description="Read the name of a large language model.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    decode.add(commands.add_parser("decode", help="explain every part of a name"))
    compare.add(commands.add_parser("compare", help="show names side by side and mark where they differ"))
    size.add(commands.add_parser("size", help="say how much memory a model needs"))
    fit.add(commands.add_parser("fit", help="list which quantizations of a model fit on a machine"))
    pick.add(commands.add_parser("pick", help="choose among names for a task and a machine, with reasons"))
    return parser
