"""Split the tests among several machines: `--shard 1/4` runs the first of four parts.

A file of tests stays whole, because its tests share what they set up. Each part gets about the same amount of work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

# About how long one test of a folder takes, in tenths of a second. It only has to be right enough to balance the parts.
WEIGHTS = {"browser": 40, "bundle": 40, "package": 60, "pyodide": 20, "site": 4, "trust": 2}


def add_option(parser: pytest.Parser) -> None:
    """Add the option to pytest's own."""
    parser.addoption("--shard", metavar="N/COUNT", default="1/1", help="run only one part of the tests, such as 1/4")


def keep_one(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave only the tests of the part that is asked for."""
    number, count = wanted(config.getoption("--shard"))
    if count == 1:
        return
    work: Counter[str] = Counter()
    for item in items:
        name = item.path.relative_to(config.rootpath).as_posix()
        work[name] += WEIGHTS.get(name.split("/")[1], 1)
    part = parts(work, count)
    dropped = [item for item in items if part[item.path.relative_to(config.rootpath).as_posix()] != number]
    config.hook.pytest_deselected(items=dropped)
    items[:] = [item for item in items if item not in set(dropped)]


def wanted(shard: str) -> tuple[int, int]:
    """Return which part of how many is asked for.

    >>> wanted("2/4")
    (2, 4)
    """
    number, _, count = shard.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise pytest.UsageError(f"--shard {shard}: write it as 1/4, for the first of four parts")
    return int(number), int(count)


def parts(work: Mapping[str, int], count: int) -> dict[str, int]:
    """Return the part, counted from 1, of each file: the largest first, always into the part that has least.

    >>> parts({"a": 5, "b": 4, "c": 3, "d": 1}, 2)
    {'a': 1, 'b': 2, 'c': 2, 'd': 1}
    """
    load = dict.fromkeys(range(1, count + 1), 0)
    found = {}
    for name in sorted(work, key=lambda name: (-work[name], name)):
        found[name] = min(load, key=lambda number: (load[number], number))
        load[found[name]] += work[name]
    return found
