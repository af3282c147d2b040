"""The command line: `nameplate decode NAME ...`"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TextIO

from .decoder import decode
from .errors import NameplateError
from .reading import Reading

ANSWERED, BAD_INPUT = 0, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 where all was answered and 2 for bad usage or bad input."""
    options = _parser().parse_args(arguments)
    try:
        return _decode(options)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone: nothing is left to say
        return ANSWERED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nameplate", description="Read the name of a large language model.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command = commands.add_parser("decode", help="tell what every part of a name means")
    command.add_argument(
        "names", nargs="*", metavar="NAME", help="names to decode; without any, lines are read from standard input"
    )
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object (a list of them for several names)")
    form.add_argument("--jsonl", action="store_true", help="one JSON object a line, as the lines come in")
    command.add_argument("--no-catalogue", action="store_true", help="leave out facts about single models")
    return parser


def _decode(options: argparse.Namespace) -> int:
    def read(name: str) -> Reading:
        return decode(name, catalogue=not options.no_catalogue)

    if options.jsonl:
        return _stream(options.names or _lines(sys.stdin), read, sys.stdout)
    names = options.names or list(_lines(sys.stdin))
    readings, code = [], ANSWERED
    for name in names:
        try:
            readings.append(read(name))
        except NameplateError as error:
            print(f"nameplate: {_shown(name)}: {error}", file=sys.stderr)
            code = BAD_INPUT
    if options.json:
        answers = [reading.to_dict() for reading in readings]
        if answers:
            print(json.dumps(answers[0] if len(names) == 1 else answers, indent=2))
    else:
        from .render import text

        print("\n\n".join(map(text, readings)), end="\n" if readings else "")
    return code


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
