"""Read the names given as arguments, and report those that can't be read."""

from __future__ import annotations

import argparse
import functools
from collections.abc import Iterable, Iterator

from ..decoder import decode
from ..reading import Reading
from ..render.listing import Read, Unread, read_all
from .outcome import ANSWERED, BAD_INPUT, complain


def add_catalogue(command: argparse.ArgumentParser) -> None:
    """Add the argument that leaves out facts about single models."""
    command.add_argument("--no-catalogue", action="store_true", help="leave out what is known about individual models")


def reader(options: argparse.Namespace) -> Read:
    """Return the function that reads a name as the arguments ask."""
    return functools.partial(decode, catalogue=not options.no_catalogue)


class Answered:
    """Answer names one after the other. Report a name that can't be read, and continue with the others.

    `asked` counts the names so far, `code` is the exit code they lead to.
    """

    def __init__(self, names: Iterable[str], read: Read) -> None:
        self._answers = read_all(names, read)
        self.asked = 0
        self.code = ANSWERED

    def __iter__(self) -> Iterator[Reading | Unread]:
        for answer in self._answers:
            self.asked += 1
            if isinstance(answer, Unread):
                complain(answer.error, about=answer.name)
                self.code = BAD_INPUT
            yield answer

    def readings(self) -> Iterator[Reading]:
        """Return the readings of the names that could be read."""
        return (answer for answer in self if isinstance(answer, Reading))
