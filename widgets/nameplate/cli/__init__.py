"""Offer the command line: `nameplate decode NAME ...`, `nameplate compare NAME NAME ...`, `size`, `fit`, `pick`, `inspect`, `check-name`, `mcp`, `completion`.

Each command is a module of its own. What only one of them needs is loaded when it runs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .. import __version__
from . import check_name, compare, completion, decode, fit, inspect, mcp, pick, size
from .examples import EXIT_CODES, add_examples
from .outcome import ANSWERED, BAD_INPUT, INTERRUPTED, complain
from .streams import discard_output, open_streams


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code.

    0 if everything was answered, 2 for bad usage, bad input, or an output that can't be written, 130 for an interruption.
    `check-name` also has 1, for a name that should be changed.
    """
    has_output = open_streams()
    options = parser().parse_args(arguments)
    if not has_output:
        complain("the output is closed")
        return BAD_INPUT
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has closed it
        discard_output()
        return ANSWERED
    except KeyboardInterrupt:
        discard_output()
        return INTERRUPTED
    except OSError as error:
        discard_output()
        complain(f"{error.filename}: {error.strerror}" if error.filename is not None else error.strerror)
        return BAD_INPUT
    return code


def parser() -> argparse.ArgumentParser:
    """Return what reads the arguments of all commands."""
    whole = argparse.ArgumentParser(
        prog="nameplate",
        description="Read the name of a large language model.",
        epilog=f"nameplate COMMAND --help shows examples.\n\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    decode.add(commands.add_parser("decode", help="explain every part of a name"))
    compare.add(commands.add_parser("compare", help="show names side by side and mark where they differ"))
    size.add(commands.add_parser("size", help="say how much memory a model needs"))
    fit.add(commands.add_parser("fit", help="list which quantizations of a model fit on a machine"))
    pick.add(commands.add_parser("pick", help="choose among names for a task and a machine, with reasons"))
    inspect.add(commands.add_parser("inspect", help="look into a model's files, and compare them with their name"))
    check_name.add(commands.add_parser("check-name", help="say how a name that you want to publish would be read"))
    mcp.add(commands.add_parser("mcp", help="serve these functions to a language model (Model Context Protocol)"))
    completion.add(commands.add_parser("completion", help="print what completes these commands in a shell"), parser)
    for name, command in commands.choices.items():
        add_examples(command, name)
    return whole
