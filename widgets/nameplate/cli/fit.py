"""`nameplate fit`: print which quantizations of a model fit on a machine, readable or as JSON."""

from __future__ import annotations

import argparse
import json

from ..errors import NameplateError
from .outcome import ANSWERED, BAD_INPUT, complain
from .streams import add_forms, answer_requests, context


def add(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `nameplate fit`, and what runs it."""
    command.add_argument("name", nargs="?", metavar="NAME", help="name of a model or of one of its files")
    command.add_argument(
        "--machine",
        metavar="TEXT",
        help="your machine, such as 'RTX 4090', '2x3090', 'M3 Max 36GB' or '16 GB RAM, no card'",
    )
    command.add_argument(
        "--gpu-gb", type=float, metavar="GB", help="gigabytes of graphics memory that the model can use"
    )
    command.add_argument("--ram-gb", type=float, metavar="GB", help="gigabytes of main memory that the model can use")
    command.add_argument(
        "--context", type=context, metavar="TOKENS", help="context length in tokens, such as 32k; 4096 by default"
    )
    add_forms(command, "print one JSON object")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Answer the name of the command line, or the requests of the stream, and return the exit code."""
    from ..memory.fit import fit  # the other commands don't need it
    from ..memory.json_request import answer_fit
    from ..render.fit_text import text

    if options.jsonl:
        return answer_requests(answer_fit)
    if options.name is None:
        complain("give a name, or requests with --jsonl")
        return BAD_INPUT
    try:
        found = fit(options.name, options.machine, options.gpu_gb, options.ram_gb, options.context)
    except NameplateError as error:
        complain(error, about=options.name)
        return BAD_INPUT
    print(json.dumps(found.to_dict(), indent=2) if options.json else text(found))
    return ANSWERED
