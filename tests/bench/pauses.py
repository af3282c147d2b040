"""A service's process: 2,000 ids for the first time and again, and 20,000 names one after the other with the pauses they cost.

The collector of garbage is on, other than in `decode`, and nothing of whole readings is remembered where ids are read again.
Its longest pause grows with the objects that are alive, so those are printed, too. Times are of the processor: what else
the machine does makes them longer all the same.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from typing import Any

from .measuring import ids, in_cpython, rounds, wheel

AGAIN = 2_000
ROUNDS = 3
# Prints the microseconds a name, first and again: of all keys, then, in a process of its own each, of five keys.
READING = """
import time
from nameplate import decode
from nameplate.decoder import _read

def whole(name):
    decode(name).to_dict()

def five(name):
    reading = decode(name)
    return reading.family, reading.params_b, reading.stage, reading.quant, reading.roles

def took(read):
    _read.cache_clear()
    started = time.process_time()
    for name in given["names"]:
        read(name)
    return 1e6 * (time.process_time() - started) / len(given["names"])

read = {"all keys": whole, "five keys": five}[given["way"]]
read("SorskootLLM-70b-instruct")  # the vocabulary is ready then; bench `first` measures that
print(json.dumps([took(read), min(took(read) for _ in range(4))]))
"""
# Prints the longest pause and all pauses in milliseconds, the objects that are alive, and how many MB more than before.
STREAM = """
import gc, time
from nameplate import decode

def memory():  # the most that the process has had, as Linux tells it
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))

decode("SorskootLLM-70b-instruct").to_dict()
pauses, begun = [], [0.0]

def watch(phase, _):
    if phase == "start":
        begun[0] = time.process_time()
    else:
        pauses.append(1000 * (time.process_time() - begun[0]))

names = (f"{name}{ending}" for ending in given["endings"] for name in given["names"])
before = memory()
gc.callbacks.append(watch)
for name in names:
    decode(name).to_dict()
print(json.dumps([max(pauses), sum(pauses), len(gc.get_objects()), memory() - before]))
"""


def measure() -> Iterator[str]:
    names = ids()
    with wheel() as folder:
        for way in ("all keys", "five keys"):
            given = {"way": way, "names": names[:AGAIN]}
            first, again = _medians(READING, folder, given)
            yield f"{AGAIN:,} ids, {way}: {first:.0f} us a name, again {again:.0f} us"
        endings = ("", "-Q5_K_M")
        pause, pauses, objects, megabytes = _medians(STREAM, folder, {"names": names, "endings": endings})
    yield (
        f"{len(endings) * len(names):,} names: longest pause {pause:.0f} ms, all {pauses / 1000:.1f} s; "
        f"{objects:,.0f} objects alive, {megabytes:+.0f} MB"
    )


def _medians(program: str, folder: str, given: dict[str, Any]) -> list[float]:
    found: list[list[float]] = [json.loads(in_cpython(program, folder, given)) for _ in range(rounds(ROUNDS))]
    return [statistics.median(values) for values in zip(*found, strict=True)]
