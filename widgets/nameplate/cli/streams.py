"""Read and answer streams, one line at a time: names, or requests as JSON."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from ..errors import NameplateError, RequestError
from ..reading import JsonObject
from .outcome import ANSWERED

NARROWEST = 30  # characters of a line
LONGEST_REQUEST = 1_000_000  # characters of a line
BYTE_ORDER_MARK = "\ufeff"


def open_streams() -> bool:
    """Make the standard streams usable, and return whether there is an output at all.

    Python leaves None in the place of a stream that was closed before the start. A closed input is empty. What the output's
    encoding lacks is spelt out: where only ASCII is known, an apostrophe becomes `\\u2019`.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 (it stays open as long as the program runs)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None and sys.stdout.errors in ("strict", "surrogateescape"):  # the second where LC_ALL is C
        reconfigure(errors="backslashreplace")
    if sys.stdout is not None and sys.stdout.isatty():
        from ..render.text import WIDTH, line_width  # streams of requests do without

        columns = shutil.get_terminal_size((WIDTH, 24)).columns
        line_width.set(max(NARROWEST, min(WIDTH, columns)))
    return sys.stdout is not None


def discard_output() -> None:
    """Discard what hasn't been written yet: at the end Python would try again, and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # a substitute for a stream, as in tests, has no number
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    finally:
        os.close(nowhere)


def lines(stream: TextIO, *, every: bool, verbatim: bool) -> Iterator[str]:
    """Yield the lines of a stream, blank ones too if `every` line counts.

    A line ends in a line feed only, and other control characters belong to the name. Unless names are taken
    `verbatim`, a carriage return before the line feed is dropped. A byte order mark belongs to the encoding.
    """
    set_up(stream, errors="surrogateescape", newline="\n")
    for number, line in enumerate(stream):
        name = line.removesuffix("\n")
        if number == 0:
            name = name.removeprefix(BYTE_ORDER_MARK)
        if not verbatim:
            name = name.removesuffix("\r")
        if every or name.strip():
            yield name


def set_up(stream: TextIO, **how: str) -> None:
    """Read or write UTF-8, whatever the locale says. A substitute for a stream, as in tests, is left alone."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", **how)


def add_forms(command: argparse.ArgumentParser, one_object: str) -> None:
    """Add the arguments of a command that answers names in words or as JSON, and requests of a stream."""
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=one_object)
    form.add_argument(
        "--jsonl", action="store_true", help="answer requests read as JSON from standard input, one per line"
    )


def context(text: str) -> int:
    """Read the argument of `--context`."""
    from ..memory.arguments import read_tokens  # decoding doesn't need it

    try:
        return read_tokens(text)
    except RequestError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def answer_requests(answer: Callable[[Any], JsonObject]) -> int:
    """Answer the requests of standard input and return the exit code.

    One line in, one JSON object out, in order and immediately. An error is an object too, and the stream continues.
    """
    for number, line in enumerate(lines(sys.stdin, every=True, verbatim=False), 1):
        found: JsonObject
        try:
            found = answer(_request(line))
        except NameplateError as error:
            found = error.to_dict(number)
        write_line(json.dumps(found, separators=(",", ":")))
    return ANSWERED


def write_line(line: str) -> None:
    """Write one answer of a stream at once, since a program may wait for it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _request(line: str) -> Any:
    if len(line) > LONGEST_REQUEST:
        raise RequestError(f"The line has {len(line):,} characters; a request has at most {LONGEST_REQUEST:,}.")
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise RequestError("The line isn't JSON. Write one JSON object per line.") from None
