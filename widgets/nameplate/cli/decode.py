"""Run `nameplate decode`: what every part of a name means, as text, JSON, CSV or a table."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator

from ..reading import Reading
from ..render.listing import csv_lines, json_line, read_all, table
from .names import Answered, add_catalogue, reader
from .outcome import ANSWERED
from .streams import lines, set_up, write_line

STANDARD_INPUT = "-"


def add(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `nameplate decode`, and what runs it."""
    command.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="names to decode; without any, or for -, names come from standard input, one per line",
    )
    command.add_argument("--file", metavar="FILE", help="read names from a file, one per line; - is standard input")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object (a list for several names)")
    form.add_argument("--jsonl", action="store_true", help="print one JSON object per line, as names arrive")
    form.add_argument("--csv", action="store_true", help="print the columns worth comparing as comma-separated values")
    form.add_argument("--table", action="store_true", help="print the same columns as a plain-text table")
    add_catalogue(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read the names, print the answers in the requested form, and return the exit code."""
    if options.jsonl:
        for answer in read_all(_names(options), reader(options)):
            write_line(json_line(answer))
        return ANSWERED
    answered = Answered(_names(options), reader(options))
    if options.csv:
        set_up(sys.stdout, errors="surrogateescape")  # bytes that aren't text go out as they came in
        for line in csv_lines(answered):
            print(line)
    elif options.table:
        if readings := list(answered.readings()):
            print(table(readings))
    elif options.json:
        if answers := [reading.to_dict() for reading in answered.readings()]:
            print(json.dumps(answers[0] if answered.asked == 1 else answers, indent=2))
    else:
        _print_texts(answered.readings())
    return answered.code


def _print_texts(readings: Iterable[Reading]) -> None:
    from ..render.text import text  # only the readable output needs it

    for number, reading in enumerate(readings):
        print(f"\n{text(reading)}" if number else text(reading))


def _names(options: argparse.Namespace) -> Iterator[str]:
    """The names of the command line, then those of the file; of standard input where neither is given, or for `-`.

    With --jsonl every line gets an answer, a blank one too, and what comes through standard input is taken verbatim.
    """
    for name in options.names if options.names or options.file else [STANDARD_INPUT]:
        if name == STANDARD_INPUT:
            yield from lines(sys.stdin, every=options.jsonl, verbatim=options.jsonl)
        else:
            yield name
    if options.file == STANDARD_INPUT:
        yield from lines(sys.stdin, every=options.jsonl, verbatim=options.jsonl)
    elif options.file is not None:
        with open(options.file) as file:
            yield from lines(file, every=options.jsonl, verbatim=False)
