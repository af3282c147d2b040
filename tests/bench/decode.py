"""Reading 2,000 real ids in one process, alternately with gguf-py, which finds five parts of a name.

gguf-py remembers nothing between names; Nameplate remembers the parts of names that it has met. So there are three
rounds: `cold`, a fresh process in which every id is new; `new ids`, each id for the first time in a process that has
read 8,000 others, as a service does; `again`, ids that it has read before.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator

from .measuring import IDS, wheel

COUNT = 2_000
ROUNDS = 5
# Prints for one round in one process the microseconds a name of [ours, gguf-py's] cold, with new ids and again.
PROGRAM = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
from gguf.metadata import Metadata
from nameplate import decode

theirs = Metadata.get_model_id_components
names = open(sys.argv[2], encoding="utf-8").read().splitlines()
count = int(sys.argv[3])
measured, others = names[:count], names[count:]
decode("SorskootLLM-70b-instruct")  # the vocabulary is ready then; bench `first` measures that
theirs("SorskootLLM-70b-instruct")

def each(read):
    started = time.perf_counter()
    for name in measured:
        read(name)
    return 1e6 * (time.perf_counter() - started) / len(measured)

cold = [each(decode), each(theirs)]
measured, others = others[:count], names[:count] + others[count:]
for name in others:
    decode(name)
fresh = [each(decode), each(theirs)]
again = [each(decode), each(theirs)]
print(json.dumps([cold, fresh, again]))
"""


def measure() -> Iterator[str]:
    with wheel() as folder:
        rounds = [_round(folder) for _ in range(ROUNDS)]
    yield f"{'us a name':10}{'nameplate':>12}{'gguf-py':>12}{'of its names a second':>25}"
    for index, title in enumerate(("cold", "new ids", "again")):
        ours, theirs = (statistics.median(each[index][side] for each in rounds) for side in (0, 1))
        ratio = statistics.median(each[index][1] / each[index][0] for each in rounds)
        yield f"{title:10}{ours:12.1f}{theirs:12.1f}{ratio:25.2f}"


def _round(folder: str) -> list[list[float]]:
    command = [sys.executable, "-I", "-c", PROGRAM, folder, str(IDS), str(COUNT)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: list[list[float]] = json.loads(done.stdout)
    return measured
