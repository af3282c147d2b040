"""Reading 2,000 real ids in one process, alternately with gguf-py, which finds five parts of a name.

gguf-py remembers nothing between names; Nameplate remembers the parts of names that it has met, and the last few thousand
readings. So there are four rounds: `cold`, a fresh process in which every id is new; `new ids`, each id for the first time
in a process that has read 8,000 others, as a service does; `again`, ids that it has read before, though the memory of
whole readings is emptied first; `seen`, the same with that memory.

The keys that cost much are worked out when they are asked for, so what compares with gguf-py is `five keys`: publisher,
family, roles, version and size, the ones that it finds. Times are of the processor, and the collector of garbage is off
for both.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from .measuring import IDS, wheel

COUNT = 2_000
ROUNDS = 5
CHUNK = 200  # names that are read before it is the other's turn
# Prints for one round in one process the microseconds a name of [decode, five keys, gguf-py] in each round, and of all keys
# of ids that were read before, whose readings are not remembered.
PROGRAM = """
import gc, json, sys, time
sys.path.insert(0, sys.argv[1])
from gguf.metadata import Metadata
from nameplate import decode
from nameplate.decoder import _read

theirs = Metadata.get_model_id_components
names = open(sys.argv[2], encoding="utf-8").read().splitlines()
count, chunk = int(sys.argv[3]), int(sys.argv[4])

def five(name):
    reading = decode(name)
    return reading.publisher, reading.family, reading.roles, reading.version, reading.params_b

def whole(name):
    return decode(name).to_dict()

def took(read, names):
    started = time.process_time()
    for name in names:
        read(name)
    return 1e6 * (time.process_time() - started)

def each(measured, *ways, forget=True):
    spent = [0.0] * len(ways)
    for start in range(0, len(measured), chunk):
        names = measured[start : start + chunk]
        for index, read in enumerate(ways):
            spent[index] += took(read, names)
            if forget:
                _read.cache_clear()
    return [total / len(measured) for total in spent]

five("SorskootLLM-70b-instruct")  # the vocabulary is ready then; bench `first` measures that
theirs("SorskootLLM-70b-instruct")
gc.disable()
measured, others = names[:count], names[count:]
cold = each(measured, decode, five, theirs)
measured, others = others[:count], names[:count] + others[count:]
for name in others:
    five(name)
fresh = each(measured, decode, five, theirs)
again = each(measured, decode, five, theirs)
all_keys = each(measured, whole)[0]
took(five, measured)
seen = each(measured, decode, five, theirs, forget=False)
print(json.dumps([cold, fresh, again, seen, all_keys]))
"""


def measure() -> Iterator[str]:
    with wheel() as folder:
        rounds = [_round(folder) for _ in range(ROUNDS)]
    yield f"{'us a name':10}{'decode':>10}{'five keys':>12}{'gguf-py':>10}{'of its names a second':>25}"
    for index, title in enumerate(("cold", "new ids", "again", "seen")):
        decoding, five, theirs = (statistics.median(each[index][way] for each in rounds) for way in range(3))
        ratio = statistics.median(each[index][2] / each[index][1] for each in rounds)
        yield f"{title:10}{decoding:10.1f}{five:12.1f}{theirs:10.1f}{ratio:25.2f}"
    yield f"all keys again: {statistics.median(each[4] for each in rounds):.1f} us"


def _round(folder: str) -> list[Any]:
    command = [sys.executable, "-I", "-c", PROGRAM, folder, str(IDS), str(COUNT), str(CHUNK)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: list[Any] = json.loads(done.stdout)
    return measured
