"""`make bench`: print all benchmarks. `python -m tests.bench decode lengths` prints those two, `--list` names them all.

`--rounds=3` makes the long ones (startup) shorter.

A benchmark is a module of this folder with a function `measure` that yields the lines to print; the first line of the
module's docstring says what it measures. Times are medians; what is compared runs alternately, in one run.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from .measuring import ROUNDS_ASKED


def main(asked: Sequence[str]) -> int:
    known = benchmarks()
    for option in asked:
        if option.startswith("--rounds="):
            os.environ[ROUNDS_ASKED] = option.removeprefix("--rounds=")
    if "--list" in asked:
        for name, module in known.items():
            print(f"{name:12} {first_line(module)}")
        return 0
    asked = [name for name in asked if not name.startswith("--rounds=")]
    unknown = [name for name in asked if name not in known]
    if unknown:
        print(f"No benchmark is called {', '.join(unknown)}: there are {', '.join(known)}.", file=sys.stderr)
        return 2
    for name in asked or known:
        print(f"\n{name}: {first_line(known[name])}")
        for line in known[name].measure():
            print(f"  {line}", flush=True)
    return 0


def benchmarks() -> dict[str, ModuleType]:
    """The benchmarks by name."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    modules = {name: importlib.import_module(f"tests.bench.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "measure")}


def first_line(module: ModuleType) -> str:
    return (module.__doc__ or "").partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
