"""The figures in the README: `make figures` measures them anew and writes them, with the day and the machine.

Other programs' own test cases come from `tests/peers/`, times from the benchmarks `decode` and `first`, and the size from the wheel
that readers get. Nothing is copied by hand.
"""

from __future__ import annotations

import datetime
import platform
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench import decode, first
from tests.bench.measuring import wheel
from tests.peers.cases import cases, differences

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- Made by make figures. -->", "<!-- The end of what make figures made. -->"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Agreement(NamedTuple):
    """How many cases of how many other programs are read as these programs read them."""

    programs: int
    cases: int
    agreeing: int

    def __str__(self) -> str:
        percent = 100 * self.agreeing / self.cases
        return (
            f"| Test cases of {self.programs} other programs, read as they read them | "
            f"{self.agreeing} of {self.cases} ({percent:.1f} %) |"
        )


def agreement() -> Agreement:
    """Ask every case that applies to us."""
    return Agreement(len({case.peer for case in cases()}), len(cases()), sum(not differences(case) for case in cases()))


def programs() -> list[str]:
    """The other programs, those with most cases first."""
    return [peer for peer, _ in Counter(case.peer for case in cases()).most_common()]


def numbers(lines: Iterable[str], title: str) -> list[float]:
    """Return the numbers of a benchmark's line.

    >>> numbers(["cold    343.6     132.0", "first name   52.6 ms"], "first name")
    [52.6]
    """
    [found] = [line for line in lines if line.strip().startswith(title)]
    return [float(number) for number in _NUMBER.findall(found.partition(title)[2])]


def measured() -> str:
    """Return the table."""
    reading, starting = list(decode.measure()), list(first.measure())
    with wheel() as folder:
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.py"))
    whole, five, theirs, _ = numbers(reading, "cold")
    here = starting[: starting.index("Pyodide under Node")]
    [importing], [one] = numbers(here, "import nameplate"), numbers(here, "first name")
    rows = [
        str(agreement()),
        f"| A name that it hasn't read before | {whole:.0f} µs, or {five:.0f} µs for five keys |",
        f"| gguf-py on the same names, for the five parts that it finds | {theirs:.0f} µs |",
        f"| From a fresh Python to the first answer | {importing + one:.0f} ms, of which {importing:.0f} ms import |",
        f"| Size | {size / 1e6:.1f} MB of Python, no dependencies |",
    ]
    return written(rows, datetime.date.today(), f"Python {platform.python_version()} on {platform.machine()}")


def written(rows: Sequence[str], day: datetime.date, machine: str) -> str:
    """Return the part of the README between the marks."""
    others = ", ".join(programs()[:-1]) + f" and {programs()[-1]}"
    about = (
        f"Measured on {day.isoformat()} with {machine}, by `make figures`. The other programs are {others}; "
        "`python -m tests.peers` lists them one by one, and `tests/peers/known_differences.yml` says where we differ, and why."
    )
    return "\n".join([BEGIN, "", "| What | Figure |", "| --- | --- |", *rows, "", about, "", END])


def counted(made: str) -> str:
    """Return the part with its first row as it is today, and the times as they were measured."""
    return re.sub(r"^\| Test cases of .*$", str(agreement()), made, count=1, flags=re.MULTILINE)


def main(arguments: Sequence[str]) -> int:
    """Measure, and write the README again. `--agreement` leaves the times as they are: they take minutes."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    made, mark, after = rest.partition(END)
    if not mark:
        print(f'README.md has lost the line "{BEGIN}" or "{END}".', file=sys.stderr)
        return 1
    new = counted(BEGIN + made + END) if "--agreement" in arguments else measured()
    README.write_text(before + new + after, encoding="utf-8")
    print("README.md has the figures of today.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
