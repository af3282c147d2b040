"""`nameplate pick`: which of these names for this task on this machine, readable or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any

from .errors import NameplateError, RequestError
from .size_command import stream

KEYS = ("id", "candidates", "task", "constraints")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of `nameplate pick`."""
    command.add_argument("names", nargs="*", metavar="NAME", help="the names to choose from")
    command.add_argument(
        "--task", default="", metavar="TEXT", help="what the model is to do, in your words, or a task's id"
    )
    command.add_argument("--gpu-gb", type=float, metavar="GB", help="gigabytes on the graphics card that it may fill")
    command.add_argument("--ram-gb", type=float, metavar="GB", help="gigabytes of main memory that it may fill")
    command.add_argument("--context", type=int, metavar="TOKENS", help="tokens that it has to read at once")
    command.add_argument("--licence", choices=["commercial"], help="commercial: for a product that is sold")
    command.add_argument("--runtime", metavar="NAME", help="llama.cpp, ollama, vllm, mlx, transformers or webgpu")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object")
    form.add_argument("--jsonl", action="store_true", help="requests as JSON from standard input, one a line")


def run(options: argparse.Namespace, lines: Iterable[str]) -> int:
    """Answer the names of the command line, or the requests of the stream; the exit code."""
    if options.jsonl:
        stream(lines, answer, sys.stdout)
        return 0
    from .picking.picker import pick
    from .picking.text import text  # not before somebody asks: the other commands do without

    limits = {key: getattr(options, key) for key in ("gpu_gb", "ram_gb", "context", "licence", "runtime")}
    try:
        choice = pick(options.names, options.task, {key: value for key, value in limits.items() if value is not None})
    except NameplateError as error:
        print(f"nameplate: {error}", file=sys.stderr)
        return 2
    print(json.dumps(choice.to_dict(), indent=2) if options.json else text(choice))
    return 0


def answer(request: Any) -> dict[str, Any]:
    """One request of the stream, answered. Raises a NameplateError for one that cannot be."""
    from .picking.picker import pick

    if not isinstance(request, dict):
        raise RequestError('A request is a JSON object with "candidates" and a "task".')
    for key in request:
        if key not in KEYS:
            raise RequestError(f'"{key[:40]}" is no key of a request. Known: {", ".join(KEYS)}.')
    constraints = request.get("constraints") or {}
    if not isinstance(constraints, dict):
        raise RequestError('"constraints" is an object with limits such as {"gpu_gb": 12}.')
    names = request.get("candidates")
    if not isinstance(names, list):
        raise RequestError('"candidates" is a list of names.')
    return pick(names, request.get("task") or "", constraints, request_id=request.get("id")).to_dict()
