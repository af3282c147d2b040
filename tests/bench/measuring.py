"""What benchmarks share: the names, the wheel that readers get, programs in fresh processes, and medians.

The names in ids.txt are public ids of the Hugging Face hub, 10,000 of them in random order.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from plugins.bundle.assets import ASSETS, bundle
from plugins.bundle.node import NODE

ROUNDS_ASKED = "NAMEPLATE_BENCH_ROUNDS"
IDS = Path(__file__).with_name("ids.txt")
SCRIPT = Path(__file__).with_name("in_pyodide.mjs")


def ids(count: int = 10_000) -> list[str]:
    """Real ids; the first ones of the list are as good a sample as any others."""
    return IDS.read_text(encoding="utf-8").splitlines()[:count]


@contextlib.contextmanager
def wheel() -> Iterator[str]:
    """A folder with the package as the wheel holds it, compiled to bytecode: neither the checkout nor its checks of the data."""
    bundle()
    archive = ASSETS / json.loads((ASSETS / "manifest.json").read_text())["wheel"]
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(archive) as files:
            files.extractall(folder)
        subprocess.run([sys.executable, "-m", "compileall", "-q", folder], check=True)
        yield folder


def in_cpython(program: str, folder: str, given: object = None) -> str:
    """What a program prints in a fresh process that knows the package in `folder` and the standard library only.

    `given` is there as `given`.
    """
    program = f"import sys; sys.path.insert(0, {folder!r})\n{_receive(given)}{program}"
    command = [sys.executable, "-I", "-S", "-c", program]
    return _output(command, json.dumps(given))


def in_pyodide(program: str, given: object = None) -> str:
    """What a program prints in a fresh Python of the browser, started under Node from the bundle that readers get."""
    bundle()
    return _output([NODE, str(SCRIPT), str(ASSETS)], json.dumps({"program": program, "given": given}))


def _receive(given: object) -> str:
    return "" if given is None else "import json; given = json.load(sys.stdin)\n"


def _output(command: list[str], standard_input: str) -> str:
    done = subprocess.run(command, input=standard_input, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"A program under measurement failed:\n{done.stderr.strip()}")
    return done.stdout


def rounds(usual: int) -> int:
    """How often to measure: as often as `--rounds=` says, else as usual."""
    return int(os.environ.get(ROUNDS_ASKED) or usual)


def milliseconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - started)


def alternate(actions: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The medians of what several actions return; they take turns, so that a busy machine is busy for all of them."""
    found: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            found[name].append(action())
    return {name: statistics.median(values) for name, values in found.items()}
