"""Memory over thousands of names and requests, each kind in a process of its own; `make bench` measures the time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

IDS = Path(__file__).parent.parent / "bench" / "ids.txt"
MOST_MB = 100  # that all caches take together
MOST_OBJECTS = 300_000  # that a garbage collection has to look at; a pause of some 30 ms where nothing else runs
PROGRAM = """
import gc, json, sys
from nameplate import NameplateError, compare, decode
from nameplate.memory.json_request import answer as size, answer_fit as fit
from nameplate.picker.json_request import answer as pick

ask = {
    "decode": lambda name: decode(name).to_dict(),
    "size": lambda name: size({"name": name, "quant": "Q4_K_M"}),
    "fit": lambda name: fit({"name": name, "machine": "RTX 4090"}),
    "pick": lambda name: pick({"candidates": [name, f"{name}-GGUF"], "task": "coding", "constraints": {"gpu_gb": 8}}),
    "compare": lambda name: compare(name, name.lower()).to_dict(),
}[sys.argv[1]]
names = open(sys.argv[2], encoding="utf-8").read().splitlines()[: int(sys.argv[3])]

def answer(name):
    try:
        ask(name)
    except NameplateError:
        pass

def megabytes():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

for name in names[:100]:
    answer(name)  # what is loaded when first asked for is no cache
gc.collect()
before, most = megabytes(), 0
for number, name in enumerate(names):
    answer(name)
    if number % 500 == 0:
        most = max(most, megabytes())
print(json.dumps([max(most, megabytes()) - before, len(gc.get_objects())]))
"""


@pytest.mark.nightly
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read as Linux shows it")
@pytest.mark.parametrize(
    ("kind", "count"), [("decode", 10_000), ("size", 5_000), ("fit", 2_000), ("pick", 2_000), ("compare", 5_000)]
)
def test_what_is_kept_stays_within_bounds(kind: str, count: int) -> None:
    command = [sys.executable, "-c", PROGRAM, kind, str(IDS), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    grown, objects = json.loads(done.stdout)
    assert grown < MOST_MB
    assert objects < MOST_OBJECTS
