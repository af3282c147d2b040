"""Importing the package and reading the first name in a fresh Python, here and in the browser's Python.

The wheel is measured, with its bytecode there. In the browser a memory snapshot spares most readers this time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator

from .measuring import alternate, in_cpython, in_pyodide, wheel

ROUNDS = 9
NAME = "SorskootLLM-70b-instruct"
STAGES = ("import nameplate", "first name", "second name")
# Prints the milliseconds of each stage.
PROGRAM = f"""
import json, time
clock = time.perf_counter
begun = clock()
from nameplate import decode
imported = clock()
decode({NAME!r}).to_dict()
first = clock()
decode("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8").to_dict()
second = clock()
print(json.dumps([1000 * (imported - begun), 1000 * (first - imported), 1000 * (second - first)]))
"""


def measure() -> Iterator[str]:
    with wheel() as folder:
        yield from _lines(f"CPython {sys.version.split()[0]}", lambda: in_cpython(PROGRAM, folder))
    yield from _lines("Pyodide under Node", lambda: in_pyodide(PROGRAM))


def _lines(where: str, run: Callable[[], str]) -> Iterator[str]:
    stages: list[float] = []

    def once(index: int) -> float:
        if index == 0:
            stages[:] = json.loads(run())
        return stages[index]

    medians = alternate({stage: lambda index=index: once(index) for index, stage in enumerate(STAGES)}, ROUNDS)  # type: ignore[misc]
    yield where
    for stage, median in medians.items():
        yield f"  {stage:20}{median:9.1f} ms"
