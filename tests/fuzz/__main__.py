"""`make fuzz`: read a million texts that nobody would think of. `python -m tests.fuzz COUNT SEED` reads others.

Prints what went wrong with which text; the exit code says whether anything did.
"""

from __future__ import annotations

import itertools
import sys
import time

from .inputs import inputs
from .invariants import SLOWEST_MS, SLOWEST_MS_A_CHARACTER, faults, is_slow

COUNT = 1_000_000
SHOWN = 50  # more faults than that are not printed


def main(count: int = COUNT, seed: int = 1) -> int:
    found = slow = characters = 0
    started = time.monotonic()
    for number, text in enumerate(itertools.islice(inputs(seed), count), 1):
        begun = time.process_time()
        for fault in faults(text, twice=number % 10 == 0):
            found += 1
            if found <= SHOWN:
                print(f"{fault}\n  {text!r}", flush=True)
        characters += len(text)
        took = 1000 * (time.process_time() - begun)
        if took > SLOWEST_MS + SLOWEST_MS_A_CHARACTER * len(text) and is_slow(text):
            slow += 1
            print(f"slow: {took:.0f} ms\n  {text!r}", flush=True)
        if number % 10_000 == 0:
            print(f"{number:,} texts, {found} faults, {slow} slow", flush=True)
    minutes = (time.monotonic() - started) / 60
    print(
        f"{count:,} texts of {characters / count:.0f} characters on average: {found} faults, {slow} slow; {minutes:.1f} minutes"
    )
    return 1 if found or slow else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
