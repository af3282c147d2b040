"""Define exit codes and the form of error messages."""

from __future__ import annotations

import sys

ANSWERED, BAD_INPUT, INTERRUPTED = 0, 2, 130  # exit codes; shells give 130 to what Ctrl-C ended
LONGEST = 60  # characters of an input that are shown


def complain(what: object, about: str | None = None) -> None:
    """Write to standard error what is wrong, and with which input."""
    place = "" if about is None else f"{shown(about)}: "
    print(f"nameplate: {place}{what}", file=sys.stderr)


def shown(given: str) -> str:
    """Return an input as a message shows it: quoted, with control characters spelt out, and cut if it's long.

    >>> shown("a\\n7b"), len(shown("x" * 2000))
    ("'a\\\\n7b'", 62)
    """
    return repr(given if len(given) <= LONGEST else given[: LONGEST - 3] + "...")
