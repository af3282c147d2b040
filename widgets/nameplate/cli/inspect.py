"""`nameplate inspect`: print what a model's files say, what their name says, and where the two disagree."""

from __future__ import annotations

import argparse
import json

from ..errors import FileFormatError
from .outcome import ANSWERED, BAD_INPUT, complain


def add(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `nameplate inspect`, and what runs it."""
    command.add_argument(
        "path",
        metavar="FILE",
        help="a GGUF file, a safetensors file or its index, a config.json, or the folder of a repository",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Look into the file, and return the exit code."""
    from ..inspection.inspector import inspect  # the other commands don't need it
    from ..render.inspection_text import inspection_text

    try:
        found = inspect(options.path)
    except FileFormatError as error:
        complain(error)
        return BAD_INPUT
    except OSError as error:
        complain(error.strerror, about=options.path)
        return BAD_INPUT
    print(json.dumps(found.to_dict(), indent=2) if options.json else inspection_text(found))
    return ANSWERED
