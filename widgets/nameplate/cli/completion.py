"""`nameplate completion`: print the script with which a shell completes the commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from .outcome import ANSWERED, BAD_INPUT, complain

SHELLS = ("bash", "zsh", "tcsh")


def add(command: argparse.ArgumentParser, parser: Callable[[], argparse.ArgumentParser]) -> None:
    """Add the argument of `nameplate completion`, and what runs it for the parser of all commands."""
    command.add_argument("shell", choices=SHELLS, help="the shell")
    command.set_defaults(run=lambda options: run(options, parser()))


def run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Print the script and return the exit code."""
    try:
        import shtab
    except ModuleNotFoundError:
        complain("completion needs the extra completion: pip install 'nameplate[completion]'")
        return BAD_INPUT
    print(shtab.complete(parser, shell=options.shell))
    return ANSWERED
