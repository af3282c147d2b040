"""`make bench`: how fast names are read, here and in the browser's Python. Medians, and ratios of medians.

What is measured is what readers get: the wheel (not the checkout) and the bundle, the latter under Node.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from plugins.bundle import ASSETS, bundle
from plugins.bytecode import ROOT
from plugins.node import NODE

ROUNDS = 9
VECTORS = ROOT / "tests" / "vectors"
SCRIPT = Path(__file__).with_name("in_pyodide.mjs")

# Reads every name in turn and prints the milliseconds of each round. The same source runs in both Pythons.
ROUNDS_OF_DECODING = """
def rounds_of_decoding(names, rounds):
    import time
    from nameplate import decode
    def once():
        started = time.perf_counter()
        for name in names:
            decode(name)
        return 1000 * (time.perf_counter() - started)
    once()
    return [once() for _ in range(rounds)]
"""


def main() -> None:
    bundle()
    manifest = json.loads((ASSETS / "manifest.json").read_text())
    names = names_of_vectors()
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(ASSETS / manifest["wheel"]) as wheel:
            wheel.extractall(folder)
        bare = median_ms(lambda: run_python("pass", folder))
        loaded = median_ms(lambda: run_python("import nameplate", folder))
        program = f"{ROUNDS_OF_DECODING}\nimport json, sys\nprint(json.dumps(rounds_of_decoding(json.load(sys.stdin), {ROUNDS})))"
        cpython = statistics.median(json.loads(run_python(program, folder, json.dumps(names))))
    pyodide = statistics.median(rounds_in_pyodide(names))

    print(f"medians of {ROUNDS}, {len(names)} names of tests/vectors")
    print(f"import nameplate        {loaded - bare:8.1f} ms (Python itself {bare:.1f} ms)")
    print(f"decode, CPython {sys.version.split()[0]:7} {1000 * cpython / len(names):8.0f} us a name")
    print(f"decode, Pyodide {manifest['python']:7} {1000 * pyodide / len(names):8.0f} us a name")
    print(f"Pyodide / CPython       {pyodide / cpython:8.2f}")


def names_of_vectors() -> list[str]:
    """The names that have a reading."""
    files = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(VECTORS.glob("*.json")))
    return [case["name"] for file in files for case in file.get("cases", ()) if "expect" in case]


def median_ms(action: Callable[[], object]) -> float:
    def once() -> float:
        started = time.perf_counter()
        action()
        return 1000 * (time.perf_counter() - started)

    once()
    return statistics.median(once() for _ in range(ROUNDS))


def run_python(program: str, folder: str, given: str = "") -> str:
    program = f"import sys; sys.path.insert(0, {folder!r})\n{program}"
    command = [sys.executable, "-I", "-S", "-c", program]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout


def rounds_in_pyodide(names: list[str]) -> list[float]:
    given = json.dumps({"program": ROUNDS_OF_DECODING, "names": names, "rounds": ROUNDS})
    command = [NODE, str(SCRIPT), str(ASSETS)]
    milliseconds: list[float] = json.loads(
        subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout
    )
    return milliseconds


if __name__ == "__main__":
    main()
