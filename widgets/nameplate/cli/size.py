"""`nameplate size`: print the memory that models need, readable or as JSON."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from ..errors import NameplateError
from .outcome import ANSWERED, BAD_INPUT, complain
from .streams import add_forms, answer_requests, context

if TYPE_CHECKING:
    from ..memory.estimator import Estimate


def add(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `nameplate size`, and what runs it."""
    command.add_argument("names", nargs="*", metavar="NAME", help="names of models or model files")
    command.add_argument("--quant", metavar="LABEL", help="quantization label, if the name has none: Q4_K_M, 8bit")
    command.add_argument(
        "--context", type=context, metavar="TOKENS", help="context length in tokens, such as 32k; 4096 by default"
    )
    command.add_argument(
        "--kv-dtype", default="f16", metavar="TYPE", help="type of the KV cache: f16, bf16, q8_0, q4_0 or fp8"
    )
    add_forms(command, "print one JSON object (a list for several names)")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Answer the names of the command line, or the requests of the stream, and return the exit code."""
    from ..memory.estimator import estimate  # the other commands don't need it
    from ..memory.json_request import answer
    from ..render.memory_text import text

    if options.jsonl:
        return answer_requests(answer)
    if not options.names:
        complain("give a name, or requests with --jsonl")
        return BAD_INPUT
    estimates: list[Estimate] = []
    code = ANSWERED
    for name in options.names:
        try:
            estimates.append(estimate(name, options.quant, options.context, options.kv_dtype))
        except NameplateError as error:
            complain(error, about=name)
            code = BAD_INPUT
    if options.json and estimates:
        answers = [item.to_dict() for item in estimates]
        print(json.dumps(answers[0] if len(options.names) == 1 else answers, indent=2))
    elif estimates:
        print("\n\n".join(map(text, estimates)))
    return code
