"""Draft a family page or a variant row from what a hub says about a model, for a person to check: `nameplate-draft`.

Needs the extra `draft` (`pip install nameplate[draft]`), and only when it asks the hub. The address of the hub comes from
the variable HF_ENDPOINT, as for all programs that use huggingface_hub.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence

from ..decoder import decode
from .facts import facts_of
from .hub import HubError, ask
from .page import family_page, variant_row

DRAFTED, NOT_DRAFTED = 0, 2  # exit codes


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the draft for one repository and return the exit code: 0, or 2 if the hub has no answer."""
    parser = argparse.ArgumentParser(
        prog="nameplate-draft",
        description="Draft a family page from a hub's configuration file and model card. Every value says where it comes "
        "from; check each before you keep it.",
    )
    parser.add_argument("repository", metavar="ORG/NAME", help="the repository on the hub")
    parser.add_argument("--row", action="store_true", help="only the sources and the variant, for a page that exists")
    options = parser.parse_args(arguments)
    try:
        answer = ask(options.repository)
    except HubError as error:
        print(f"nameplate-draft: {error}", file=sys.stderr)
        return NOT_DRAFTED
    found = facts_of(answer, decode(answer.name, catalogue=False))
    today = datetime.date.today()
    print(variant_row(answer, found, today) if options.row else family_page(answer, found, today), end="")
    return DRAFTED
