"""Which way to Python a page takes: Node runs the module that decides it with what a browser would have measured."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from plugins.bundle.node import NODE
from plugins.bundle.paths import WEB

SNAPSHOT_MORE = 5_000_000  # bytes
PROGRAM = 70_000  # bytes, compressed
SCRIPT = """
const [program, more, saveData] = JSON.parse(process.argv[1]);
Object.defineProperty(globalThis, "navigator", { value: { connection: { saveData } } });
performance.getEntriesByName = () => program ? [program] : [];
const { snapshotIsFaster } = await import(process.argv[2]);
console.log(snapshotIsFaster("https://example.org/pyodide.asm.mjs", 1000, more));
"""


def worth(came_in: float, ran_in: float, sent: int = PROGRAM, *, save_data: bool = False, known: bool = True) -> bool:
    """`came_in` and `ran_in` are milliseconds that the program took to arrive and to run."""
    end = 1000 - ran_in
    program: dict[str, Any] = {"transferSize": sent, "encodedBodySize": PROGRAM}
    program |= {"responseStart": end - came_in, "responseEnd": end}
    given = json.dumps([program if known else None, SNAPSHOT_MORE, save_data])
    command = [
        NODE,
        "--input-type=module",
        "--eval",
        SCRIPT,
        given,
        (WEB / "startup" / "snapshot-or-bytecode.mjs").as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return bool(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("came_in", "ran_in", "snapshot"), [(15, 20, True), (120, 15, False), (120, 60, True), (700, 60, False)]
)
def test_a_slow_line_starts_python_unless_the_processor_is_slower(
    came_in: float, ran_in: float, snapshot: bool
) -> None:
    assert worth(came_in, ran_in) is snapshot


def test_what_comes_from_a_cache_costs_nothing() -> None:
    assert worth(120, 1, sent=0)
    assert worth(120, 1, known=False)


def test_who_saves_data_has_the_smaller_file() -> None:
    assert not worth(15, 60, save_data=True)
