"""`make fuzz`: read a million texts that nobody would think of. `python -m tests.fuzz COUNT SEED WORKERS` reads others.

The texts are shared out among as many processes as there are workers, 2 if nothing else is said; each has a seed of its
own that follows from the one given, so that a run can be repeated. Prints what went wrong with which text; the exit code
says whether anything did.
"""

from __future__ import annotations

import itertools
import multiprocessing
import sys
import time
from typing import NamedTuple

from .inputs import inputs
from .invariants import SLOWEST_MS, SLOWEST_MS_A_CHARACTER, faults, is_slow

COUNT = 1_000_000
WORKERS = 2
SHOWN = 50  # more faults of one worker than that are not printed
TWICE = 50  # one text in so many is read a second time and goes through JSON


class Tally(NamedTuple):
    """What one worker found."""

    found: int
    slow: int
    characters: int


def main(count: int = COUNT, seed: int = 1, workers: int = WORKERS) -> int:
    started = time.monotonic()
    shares = [(len(range(worker, count, workers)), seed * workers + worker) for worker in range(workers)]
    with multiprocessing.Pool(workers) as pool:
        found, slow, characters = map(sum, zip(*pool.starmap(read_share, shares), strict=True))
    minutes = (time.monotonic() - started) / 60
    print(
        f"{count:,} texts of {characters / max(1, count):.0f} characters on average: {found} faults, {slow} slow; {minutes:.1f} minutes"
    )
    return 1 if found or slow else 0


def read_share(count: int, seed: int) -> Tally:
    """Read so many texts."""
    found = slow = characters = 0
    for number, text in enumerate(itertools.islice(inputs(seed), count), 1):
        begun = time.process_time()
        for fault in faults(text, closely=number % TWICE == 0):
            found += 1
            if found <= SHOWN:
                print(f"{fault}\n  {text!r}", flush=True)
        characters += len(text)
        took = 1000 * (time.process_time() - begun)
        if took > SLOWEST_MS + SLOWEST_MS_A_CHARACTER * len(text) and is_slow(text):
            slow += 1
            print(f"slow: {took:.0f} ms\n  {text!r}", flush=True)
        if number % 10_000 == 0:
            print(f"seed {seed}: {number:,} texts, {found} faults, {slow} slow", flush=True)
    return Tally(found, slow, characters)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
