"""Run `nameplate compare`: whether names mean one model, and what sets them apart, as text or as JSON."""

from __future__ import annotations

import argparse
import json

from ..errors import RequestError
from .names import Answered, add_catalogue, reader
from .outcome import ANSWERED, BAD_INPUT, complain
from .streams import add_forms, answer_requests


def add(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `nameplate compare`, and what runs it."""
    command.add_argument("names", nargs="*", metavar="NAME", help="names to compare")
    add_forms(command, "print one JSON object")
    add_catalogue(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare the names if all of them can be read, or answer the pairs of the stream, and return the exit code."""
    from ..render.comparison import side_by_side  # the other commands don't need it
    from ..render.comparison_html import text

    if options.jsonl:
        read = reader(options)
        return answer_requests(lambda request: side_by_side([read(name) for name in _pair(request)]).to_dict())
    if len(options.names) < 2:
        complain("give at least two names to compare, or pairs with --jsonl")
        return BAD_INPUT
    answered = Answered(options.names, reader(options))
    readings = list(answered.readings())
    if answered.code == ANSWERED:
        found = side_by_side(readings)
        print(json.dumps(found.to_dict(), indent=2) if options.json else text(found))
    return answered.code


def _pair(request: object) -> tuple[str, str]:
    """The two names of a request; other keys are ignored."""
    if isinstance(request, dict):
        names = request.get("a"), request.get("b")
        if isinstance(names[0], str) and isinstance(names[1], str):
            return names[0], names[1]
    raise RequestError('A request is a JSON object with two names, such as {"a": "Qwen3-8B", "b": "qwen3:8b"}.')
