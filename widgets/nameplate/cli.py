"""The command line: `nameplate decode NAME ...`, `nameplate compare NAME NAME ...`, `nameplate size`, `nameplate pick`"""

from __future__ import annotations

import argparse
import functools
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TextIO

from . import pick_command, size_command
from .decoder import decode
from .reading import Reading
from .showing.listing import Read, Unread, csv_lines, json_line, read_all, table

ANSWERED, BAD_INPUT = 0, 2
STANDARD_INPUT = "-"
BYTE_ORDER_MARK = "\ufeff"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 where all was answered and 2 for bad usage or bad input."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone: nothing is left to say
        return ANSWERED
    except OSError as error:
        print(f"nameplate: {error.filename}: {error.strerror}", file=sys.stderr)
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nameplate", description="Read the name of a large language model.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command = commands.add_parser("decode", help="tell what every part of a name means")
    command.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="names to decode; without any, or for -, lines are read from standard input",
    )
    command.add_argument("--file", metavar="FILE", help="read names from a file, one a line; - is standard input")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object (a list of them for several names)")
    form.add_argument("--jsonl", action="store_true", help="one JSON object a line, as the lines come in")
    form.add_argument("--csv", action="store_true", help="comma-separated values, the columns that are worth comparing")
    form.add_argument("--table", action="store_true", help="the same columns as a table of plain text")
    _add_catalogue(command, _decode)
    command = commands.add_parser("compare", help="put names side by side and mark where they differ")
    command.add_argument("names", nargs="+", metavar="NAME", help="names to compare")
    command.add_argument("--json", action="store_true", help="one JSON object")
    _add_catalogue(command, _compare)
    command = commands.add_parser("size", help="tell how much memory a model needs")
    size_command.add_arguments(command)
    command.set_defaults(
        run=lambda options: size_command.run(options, _lines(sys.stdin, every=True, as_it_stands=False))
    )
    command = commands.add_parser("pick", help="choose among names for a task and a machine, and say why")
    pick_command.add_arguments(command)
    command.set_defaults(
        run=lambda options: pick_command.run(options, _lines(sys.stdin, every=True, as_it_stands=False))
    )
    return parser


def _add_catalogue(command: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    command.add_argument("--no-catalogue", action="store_true", help="leave out facts about single models")
    command.set_defaults(run=run)


def _reader(options: argparse.Namespace) -> Read:
    return functools.partial(decode, catalogue=not options.no_catalogue)


def _compare(options: argparse.Namespace) -> int:
    from .showing.comparison import compare
    from .showing.render_comparison import text

    answered = _Answered(options.names, _reader(options))
    readings = list(answered.readings())
    if answered.code == ANSWERED:
        found = compare(readings)
        print(json.dumps(found.to_dict(), indent=2) if options.json else text(found))
    return answered.code


def _decode(options: argparse.Namespace) -> int:
    if options.jsonl:
        for answer in read_all(_names(options), _reader(options)):
            sys.stdout.write(f"{json_line(answer)}\n")
            sys.stdout.flush()  # whoever waits for the answer gets it at once
        return ANSWERED
    answered = _Answered(_names(options), _reader(options))
    if options.csv:
        _set_up(sys.stdout, errors="surrogateescape")  # bytes that are no text go out as they came in
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
    from .showing.render import text  # only the readable output needs it

    for number, reading in enumerate(readings):
        print(f"\n{text(reading)}" if number else text(reading))


class _Answered:
    """The answers to names, one after the other; a name that cannot be read is reported, and the others go on."""

    def __init__(self, names: Iterable[str], read: Read) -> None:
        self._answers = read_all(names, read)
        self.asked = 0
        self.code = ANSWERED

    def __iter__(self) -> Iterator[Reading | Unread]:
        for answer in self._answers:
            self.asked += 1
            if isinstance(answer, Unread):
                print(f"nameplate: {_shown(answer.name)}: {answer.error}", file=sys.stderr)
                self.code = BAD_INPUT
            yield answer

    def readings(self) -> Iterator[Reading]:
        """The names that could be read."""
        return (answer for answer in self if isinstance(answer, Reading))


def _names(options: argparse.Namespace) -> Iterator[str]:
    """The names of the command line, then those of the file; of standard input where neither is given, or for `-`.

    With --jsonl every line gets an answer, a blank one too, and what comes through standard input is taken as it stands.
    """
    for name in options.names if options.names or options.file else [STANDARD_INPUT]:
        if name == STANDARD_INPUT:
            yield from _lines(sys.stdin, every=options.jsonl, as_it_stands=options.jsonl)
        else:
            yield name
    if options.file == STANDARD_INPUT:
        yield from _lines(sys.stdin, every=options.jsonl, as_it_stands=options.jsonl)
    elif options.file is not None:
        with open(options.file) as file:
            yield from _lines(file, every=options.jsonl, as_it_stands=False)


def _lines(stream: TextIO, *, every: bool, as_it_stands: bool) -> Iterator[str]:
    """The lines of a stream, blank ones among them if `every` line counts.

    They end in a line feed only, and other control characters belong to the name; where it need not be taken
    `as_it_stands`, a carriage return may stand before the line feed. A byte order mark belongs to the encoding.
    """
    _set_up(stream, errors="surrogateescape", newline="\n")
    for number, line in enumerate(stream):
        name = line.removesuffix("\n")
        if number == 0:
            name = name.removeprefix(BYTE_ORDER_MARK)
        if not as_it_stands:
            name = name.removesuffix("\r")
        if every or name.strip():
            yield name


def _set_up(stream: TextIO, **how: str) -> None:
    """Read or write UTF-8, whatever the locale says; a stand-in for a stream, as in tests, is left as it is."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", **how)


def _shown(name: str) -> str:
    return repr(name if len(name) <= 60 else name[:57] + "...")


if __name__ == "__main__":
    sys.exit(main())
