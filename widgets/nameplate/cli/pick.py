"""`nameplate pick`: choose among names for a task and a machine, readable or as JSON."""

from __future__ import annotations

import argparse
import json

from ..errors import NameplateError, RequestError
from .outcome import ANSWERED, BAD_INPUT, complain
from .streams import add_forms, answer_requests, context

LIMITS = ("machine", "gpu_gb", "ram_gb", "context", "licence", "runtime")


def add(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `nameplate pick`, and what runs it."""
    command.add_argument(
        "names", nargs="*", metavar="NAME", help="names to choose from; leave them out to choose from all known models"
    )
    command.add_argument(
        "--task", default="", metavar="TEXT", help="what the model should do, in your own words, or the id of a task"
    )
    command.add_argument(
        "--machine", metavar="TEXT", help="your machine, such as 'RTX 4090', 'M3 Max 36GB' or '16 GB RAM, no card'"
    )
    command.add_argument(
        "--gpu-gb", type=float, metavar="GB", help="gigabytes of graphics memory that the model can use"
    )
    command.add_argument("--ram-gb", type=float, metavar="GB", help="gigabytes of main memory that the model can use")
    command.add_argument(
        "--context", type=context, metavar="TOKENS", help="context length you need, in tokens, such as 32k"
    )
    command.add_argument("--licence", choices=["commercial"], help="commercial, if you use it in a product you sell")
    command.add_argument(
        "--runtime",
        metavar="NAME",
        help="the program that runs it: llama.cpp, ollama, vllm, mlx, lm-studio, exllamav3, ...",
    )
    add_forms(command, "print one JSON object")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Answer the names of the command line, or the requests of the stream, and return the exit code."""
    from ..picker.json_request import answer
    from ..picker.picker import pick  # the other commands don't need it
    from ..render.pick_text import text

    if options.jsonl:
        return answer_requests(answer)
    if not options.names and not options.task:
        complain(RequestError("Give names to choose from, a task, or both."))
        return BAD_INPUT
    limits = {key: value for key in LIMITS if (value := getattr(options, key)) is not None}
    try:
        choice = pick(options.names, options.task, limits)
    except NameplateError as error:
        complain(error)
        return BAD_INPUT
    print(json.dumps(choice.to_dict(), indent=2) if options.json else text(choice))
    return ANSWERED
