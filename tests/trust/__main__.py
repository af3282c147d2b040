"""`make trust`: try to break what the project promises, and print one table of what was tried and what held.

First the attacks on the checks of contributions, then strange requests to each command, then the tests of each promise, those of
the nightly among them. `python -m tests.trust --quick` leaves the nightly ones out and asks fewer strange requests.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.__main__ import KINDS, read_share
from tests.trust import built_pages, groups
from tests.trust.attacks import Attack, attacks, carry_out, legitimate, refused

SEED = 20_261_130
STRANGE, STRANGE_QUICK = 20_000, 1_000  # strange requests of each kind
WIDTH = 40


class Row(NamedTuple):
    """One line of the table. `skipped` counts what can't be tried here, such as what needs a network."""

    promise: str
    tried: int
    held: int
    skipped: int
    seconds: float


def main(arguments: list[str] | None = None) -> int:
    """Print the table; the exit code is 1 if something didn't hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description="Try to break what is promised.")
    parser.add_argument("--quick", action="store_true", help="leave out what takes long")
    options = parser.parse_args(arguments)
    rows: list[Row] = []
    for part in (_of_attacks(), _of_strange_requests(options.quick), _of_tests(options.quick)):
        rows += part
    print(f"\n{'What was tried':<{WIDTH}}{'tried':>8}{'held':>8}{'not here':>10}{'seconds':>9}")
    for row in rows:
        print(f"{row.promise:<{WIDTH}}{row.tried:>8,}{row.held:>8,}{row.skipped or '':>10}{row.seconds:>9.1f}")
    whole = Row("all", *(sum(column) for column in list(zip(*rows, strict=True))[1:]))
    print(f"{whole.promise:<{WIDTH}}{whole.tried:>8,}{whole.held:>8,}{whole.skipped or '':>10}{whole.seconds:>9.1f}")
    return int(whole.held < whole.tried)


class _Tried(NamedTuple):
    """One attack: where, what, and whether it went as it should; the seconds of processor time that the check took."""

    channel: str
    name: str
    held: bool
    seconds: float


def _of_attacks() -> Iterator[Row]:
    tried = [*_attempts()]
    for one in tried:
        if not one.held:
            print(f"did not hold: {one.name}", file=sys.stderr)
    slowest = max(tried, key=lambda one: one.seconds)
    print(f"The slowest check of an attack took {slowest.seconds:.2f} s of processor time: {slowest.name[:80]}")
    for channel in dict.fromkeys(one.channel for one in tried):
        rows = [one for one in tried if one.channel == channel]
        yield Row(channel, len(rows), sum(one.held for one in rows), 0, sum(one.seconds for one in rows))


def _attempts() -> Iterator[_Tried]:
    for attack in attacks():
        yield _attempt(attack, f"attacks: {attack.channel.replace('_', ' ')}", hostile=True)
    for row in built_pages.pieces():
        started = time.process_time()
        held = built_pages.held(row)
        yield _Tried("attacks: built pages", row["html"], held, time.process_time() - started)
    for needed in legitimate():
        yield _attempt(needed, "legitimate, and let through", hostile=False)


def _attempt(attack: Attack, channel: str, *, hostile: bool) -> _Tried:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        started = time.process_time()
        faults = carry_out(attack, root)
        seconds = time.process_time() - started
        return _Tried(channel, attack.name, refused(attack, faults, root) if hostile else not faults, seconds)


def _of_strange_requests(quick: bool) -> Iterator[Row]:
    count = STRANGE_QUICK if quick else STRANGE
    for kind in KINDS:
        started = time.monotonic()
        tally = read_share(kind, count, SEED)
        held = count - min(count, tally.found + tally.slow)
        yield Row(f"strange requests: {kind}", count, held, 0, time.monotonic() - started)


def _of_tests(quick: bool) -> Iterator[Row]:
    for promise, result in groups.run(nightly=not quick).items():
        for note in result.notes:
            print(note, file=sys.stderr)
        yield Row(promise, result.tried, result.outcomes["passed"], result.outcomes["skipped"], result.seconds)


if __name__ == "__main__":
    sys.exit(main())
