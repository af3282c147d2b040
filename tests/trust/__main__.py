"""`python -m tests.trust`: carry out every attack, and print a table of what was tried and what held."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.trust import built_pages
from tests.trust.attacks import Attack, attacks, carry_out, legitimate, refused


class Tried(NamedTuple):
    """One attempt: where, what, and whether it went as it should; the seconds of processor time that the check took."""

    channel: str
    name: str
    held: bool
    seconds: float


def main() -> int:
    """Print the table; the exit code is 1 if something didn't hold."""
    tried = [*_attempts()]
    failed = [one for one in tried if not one.held]
    for one in failed:
        print(f"did not hold: {one.name}", file=sys.stderr)
    print(f"{'Tried':<34}{'number':>8}{'held':>8}{'slowest':>10}")
    for channel in dict.fromkeys(one.channel for one in tried):
        rows = [one for one in tried if one.channel == channel]
        slowest = max(one.seconds for one in rows)
        print(f"{channel:<34}{len(rows):>8}{sum(one.held for one in rows):>8}{slowest:>8.2f} s")
    print(f"{'all':<34}{len(tried):>8}{len(tried) - len(failed):>8}")
    return 1 if failed else 0


def _attempts() -> Iterator[Tried]:
    for attack in attacks():
        yield _attempt(attack, f"attacks: {attack.channel.replace('_', ' ')}", hostile=True)
    for row in built_pages.pieces():
        started = time.process_time()
        held = built_pages.held(row)
        yield Tried("attacks: built pages", row["html"], held, time.process_time() - started)
    for needed in legitimate():
        yield _attempt(needed, "legitimate, and let through", hostile=False)


def _attempt(attack: Attack, channel: str, *, hostile: bool) -> Tried:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        started = time.process_time()
        faults = carry_out(attack, root)
        seconds = time.process_time() - started
        return Tried(channel, attack.name, refused(attack, faults, root) if hostile else not faults, seconds)


if __name__ == "__main__":
    sys.exit(main())
