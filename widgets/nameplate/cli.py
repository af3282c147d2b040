"""The command line: `nameplate decode NAME ...` and `nameplate compare NAME NAME ...`"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TextIO

from .decoder import decode
from .errors import NameplateError
from .listing import csv_lines, table
from .reading import Reading

ANSWERED, BAD_INPUT = 0, 2


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
        "names", nargs="*", metavar="NAME", help="names to decode; without any, lines are read from standard input"
    )
    command.add_argument("--file", metavar="FILE", help="read names from a file, one a line")
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
    return parser


def _add_catalogue(command: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    command.add_argument("--no-catalogue", action="store_true", help="leave out facts about single models")
    command.set_defaults(run=run)


def _reader(options: argparse.Namespace) -> Callable[[str], Reading]:
    return functools.partial(decode, catalogue=not options.no_catalogue)


def _compare(options: argparse.Namespace) -> int:
    from .comparison import compare
    from .render_comparison import text

    answered = _Answered(options.names, _reader(options))
    readings = list(answered)
    if answered.code == ANSWERED:
        found = compare(readings)
        print(json.dumps(found.to_dict(), indent=2) if options.json else text(found))
    return answered.code


def _decode(options: argparse.Namespace) -> int:
    read = _reader(options)
    names = _names(options)
    if options.jsonl:
        return _stream(names, read, sys.stdout)
    answered = _Answered(names, read)
    if options.csv:
        for line in csv_lines(answered):
            print(line)
        return answered.code
    readings = list(answered)
    if not readings:
        return answered.code
    if options.json:
        answers = [reading.to_dict() for reading in readings]
        print(json.dumps(answers[0] if answered.asked == 1 else answers, indent=2))
    elif options.table:
        print(table(readings))
    else:
        from .render import text  # only the readable output needs it

        print("\n\n".join(map(text, readings)))
    return answered.code


def _names(options: argparse.Namespace) -> Iterable[str]:
    """The names of the command line, then those of the file; of standard input where neither is given."""
    if options.file is None:
        return options.names or _lines(sys.stdin)
    return itertools.chain(options.names, _lines(open(options.file, encoding="utf-8")))


class _Answered:
    """The readings of names, one after the other; names that cannot be read are reported and passed over."""

    def __init__(self, names: Iterable[str], read: Callable[[str], Reading]) -> None:
        self._names = names
        self._read = read
        self.asked = 0
        self.code = ANSWERED

    def __iter__(self) -> Iterator[Reading]:
        for name in self._names:
            self.asked += 1
            try:
                yield self._read(name)
            except NameplateError as error:
                print(f"nameplate: {_shown(name)}: {error}", file=sys.stderr)
                self.code = BAD_INPUT


def _stream(names: Iterable[str], read: Callable[[str], Reading], out: TextIO) -> int:
    """One line in, one JSON object out, in order and at once; an error is an object too, and the stream goes on."""
    for number, name in enumerate(names, 1):
        answer: dict[str, Any]
        try:
            answer = read(name).to_dict()
        except NameplateError as error:
            answer = {"error": {"code": error.code, "message": str(error), "line": number}}
        out.write(json.dumps(answer, separators=(",", ":")) + "\n")
        out.flush()
    return ANSWERED


def _lines(stream: TextIO) -> Iterable[str]:
    """The lines of a stream. They end in a line feed only: other control characters belong to the name."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    for line in stream:
        yield line.removesuffix("\n")


def _shown(name: str) -> str:
    return repr(name if len(name) <= 60 else name[:57] + "...")


if __name__ == "__main__":
    sys.exit(main())
