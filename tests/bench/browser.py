"""Reading 10,000 real ids in the browser's Python, compared with CPython on the same machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from .measuring import alternate, ids, in_cpython, in_pyodide, wheel

ROUNDS = 3
# Prints the milliseconds of a first and of a second round through all names.
PROGRAM = """
import json, time
from nameplate import decode

def through():
    started = time.perf_counter()
    for name in given:
        decode(name).by_key()  # a reading works nothing out before it is asked
    return 1000 * (time.perf_counter() - started)

print(json.dumps([through(), through()]))
"""


def measure() -> Iterator[str]:
    names = ids()
    rounds: dict[str, list[float]] = {}

    def run(where: str, output: str) -> float:
        rounds[where] = json.loads(output)
        return rounds[where][0]

    with wheel() as folder:
        first = alternate(
            {
                "CPython": lambda: run("CPython", in_cpython(PROGRAM, folder, names)),
                "Pyodide": lambda: run("Pyodide", in_pyodide(PROGRAM, names)),
                "CPython again": lambda: rounds["CPython"][1],
                "Pyodide again": lambda: rounds["Pyodide"][1],
            },
            ROUNDS,
        )
    yield f"{'us a name':14}{'CPython ' + sys.version.split()[0]:>16}{'Pyodide':>10}{'Pyodide / CPython':>20}"
    for title, suffix in (("each once", ""), ("again", " again")):
        here, there = first[f"CPython{suffix}"], first[f"Pyodide{suffix}"]
        yield f"{title:14}{1000 * here / len(names):16.1f}{1000 * there / len(names):10.1f}{there / here:20.2f}"
