"""`nameplate size`: the memory that models need, readable or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TextIO

from .errors import NameplateError, RequestError

if TYPE_CHECKING:
    from .memory.estimator import Estimate

KEYS = ("name", "quant", "context", "kv_dtype", "architecture")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of `nameplate size`."""
    command.add_argument("names", nargs="*", metavar="NAME", help="names of models or of their files")
    command.add_argument("--quant", metavar="LABEL", help="the label of the file where the name has none: Q4_K_M, 8bit")
    command.add_argument("--context", type=int, metavar="TOKENS", help="tokens to keep; 4096 where not given")
    command.add_argument("--kv-dtype", default="f16", metavar="TYPE", help="f16, bf16, q8_0, q4_0 or fp8")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object (a list of them for several names)")
    form.add_argument("--jsonl", action="store_true", help="requests as JSON from standard input, one a line")


def run(options: argparse.Namespace, lines: Iterable[str]) -> int:
    """Answer the names of the command line, or the requests of the stream; the exit code."""
    from .memory.estimator import estimate  # not before somebody asks: the other commands do without
    from .memory.text import text

    if options.jsonl:
        stream(lines, answer, sys.stdout)
        return 0
    estimates: list[Estimate] = []
    code = 0
    for name in options.names:
        try:
            estimates.append(estimate(name, options.quant, options.context, options.kv_dtype))
        except NameplateError as error:
            print(f"nameplate: {name[:60]!r}: {error}", file=sys.stderr)
            code = 2
    if not options.names:
        print("nameplate: give a name, or requests with --jsonl", file=sys.stderr)
        return 2
    if options.json and estimates:
        answers = [item.to_dict() for item in estimates]
        print(json.dumps(answers[0] if len(options.names) == 1 else answers, indent=2))
    elif estimates:
        print("\n\n".join(map(text, estimates)))
    return code


def answer(request: Any) -> dict[str, Any]:
    """One request of the stream, answered. Raises a NameplateError for one that cannot be."""
    if not isinstance(request, dict) or not isinstance(request.get("name"), str):
        raise RequestError('A request is a JSON object with a "name", such as {"name": "Llama-3.1-8B-Q4_K_M"}.')
    from .memory.estimator import estimate

    given = {key: request[key] for key in KEYS if request.get(key) is not None}
    for key in ("quant", "kv_dtype"):
        if not isinstance(given.get(key, ""), str):
            raise RequestError(f'"{key}" is text, not {given[key]!r}.')
    if not isinstance(given.get("architecture", {}), dict):
        raise RequestError('"architecture" is an object with "kind" and "layers".')
    return estimate(**given).to_dict()


def stream(lines: Iterable[str], reply: Callable[[Any], dict[str, Any]], out: TextIO) -> None:
    """One line in, one JSON object out, in order and at once; an error is an object too, and the stream goes on."""
    for number, line in enumerate(lines, 1):
        found: dict[str, Any]
        try:
            found = reply(_request(line))
        except NameplateError as error:
            found = {"error": {"code": error.code, "message": str(error), "line": number}}
        out.write(json.dumps(found, separators=(",", ":")) + "\n")
        out.flush()


def _request(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise RequestError("The line is no JSON.") from None
