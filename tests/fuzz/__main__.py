"""`make fuzz`: read a million texts that nobody would think of, and answer as many requests of each kind.

`python -m tests.fuzz COUNT SEED WORKERS KIND ...` runs others: the kinds are `decode`, `size`, `fit`, `pick` and `compare`, all of
them if none is given. The inputs are shared out among as many processes as there are workers, 2 if nothing else is said;
each has a seed of its own that follows from the one given, so that a run can be repeated. Prints what went wrong with which
input; the exit code says whether anything did.
"""

from __future__ import annotations

import itertools
import multiprocessing
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

from .answers import request_faults
from .inputs import inputs
from .invariants import SLOWEST_MS, SLOWEST_MS_A_CHARACTER, faults, is_slow
from .requests import requests

COUNT = 1_000_000
KINDS = ("decode", "size", "fit", "pick", "compare")
WORKERS = 2
SHOWN = 50  # more faults of one worker than that are not printed
TWICE = 50  # one input in so many is answered a second time, and a text goes through JSON


class Tally(NamedTuple):
    """What one worker found."""

    found: int
    slow: int
    characters: int


def main(count: int = COUNT, seed: int = 1, workers: int = WORKERS, kinds: tuple[str, ...] = KINDS) -> int:
    failed = [kind for kind in kinds if run(kind, count, seed, workers)]
    return 1 if failed else 0


def run(kind: str, count: int, seed: int, workers: int) -> bool:
    """Run one kind of input; whether anything went wrong."""
    started = time.monotonic()
    shares = [(kind, len(range(worker, count, workers)), seed * workers + worker) for worker in range(workers)]
    with multiprocessing.Pool(workers) as pool:
        found, slow, characters = map(sum, zip(*pool.starmap(read_share, shares), strict=True))
    minutes = (time.monotonic() - started) / 60
    average = characters / max(1, count)
    print(
        f"{kind}: {count:,} inputs of {average:.0f} characters on average: {found} faults, {slow} slow; {minutes:.1f} minutes"
    )
    return bool(found or slow)


def read_share(kind: str, count: int, seed: int) -> Tally:
    """Read so many texts, or answer so many requests."""
    found = slow = characters = 0
    for number, (given, faulty, is_too_slow) in enumerate(itertools.islice(_tried(kind, seed), count), 1):
        for fault in faulty:
            found += 1
            if found <= SHOWN:
                print(f"{kind}: {fault}\n  {given}", flush=True)
        characters += len(given)
        if is_too_slow:
            slow += 1
            print(f"slow\n  {given}", flush=True)
        if number % 10_000 == 0:
            print(f"{kind}, seed {seed}: {number:,} inputs, {found} faults, {slow} slow", flush=True)
    return Tally(found, slow, characters)


def _tried(kind: str, seed: int) -> Iterator[tuple[str, list[str], bool]]:
    """Each input as it is printed, its faults, and whether it took too long."""
    if kind == "decode":
        for number, text in enumerate(inputs(seed), 1):
            begun = time.process_time()
            found = list(faults(text, closely=number % TWICE == 0))
            took = 1000 * (time.process_time() - begun)
            yield repr(text), found, took > SLOWEST_MS + SLOWEST_MS_A_CHARACTER * len(text) and is_slow(text)
    for number, request in enumerate(requests(kind, seed), 1):
        found = list(request_faults(kind, request, closely=number % TWICE == 0))
        yield repr(request), found, False


if __name__ == "__main__":
    given = sys.argv[1:]
    count, seed, workers = (*map(int, given[:3]), *(COUNT, 1, WORKERS)[len(given[:3]) :])
    sys.exit(main(count, seed, workers, tuple(given[3:]) or KINDS))
