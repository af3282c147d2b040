"""The first answer of a page in Chromium: ours, a stock page's, and the floor below which no such page can be.

The floor has the runtime's WebAssembly instantiated and does not start Python; the stock page calls `loadPyodide()`
and installs our wheel. Each visit is by a browser with a new profile, and the pages take turns.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from .line import BEST, PLAIN, UNTHROTTLED, Line, Policy
from .measuring import rounds
from .visits import NAME, Visits, compare, host, megabytes, prepared

ADDRESSES = {
    "floor": "/bench/floor.html",
    "ours": f"/decode/#q={quote(NAME, safe='')}",
    "stock": f"/bench/stock.html?q={quote(NAME, safe='')}",
}
ROUNDS = 7
TIMES = ("first", "second", "third")


def measure() -> Iterator[str]:
    prepared()
    yield from over(UNTHROTTLED, BEST, rounds(ROUNDS), visits=3)
    yield from over(UNTHROTTLED, PLAIN, rounds(ROUNDS), visits=2)


def over(line: Line, policy: Policy, times: int, visits: int = 1) -> Iterator[str]:
    """The lines about all pages as one host serves them over one line."""
    with host(line, policy) as serving:
        found = compare(serving, ADDRESSES, times, visits)
    yield f"{line.name}; {policy.name}; medians of {times}"
    yield f"{'visit':8}{'page':8}{'first answer':>13}{'extent':>18}{'/ floor':>9}{'MB':>7}"
    for number in range(visits):
        for name, series in found.items():
            yield _row(TIMES[number], name, series[number], found["floor"][number])
    ratio = found["stock"][0].median / found["ours"][0].median
    yield f"stock page / ours {ratio:.1f}"
    for number in range(visits):
        stages = found["ours"][number].stages()
        yield f"ours, {TIMES[number]}: " + ", ".join(f"{name} {moment:.0f}" for name, moment in stages.items())
    yield from _files(found["ours"][0].sent)


def _row(number: str, name: str, series: Visits, floor: Visits) -> str:
    ratio = series.median / floor.median
    sent = megabytes(series.sent)
    return f"{number:8}{name:8}{series.median:10.0f} ms{series.extent:>18}{ratio:9.2f}{sent:7.2f}"


def _files(sent: dict[str, int]) -> Iterator[str]:
    largest = sorted(sent.items(), key=lambda one: -one[1])
    yield "bytes of the first visit:"
    for path, size in largest[:12]:
        yield f"  {size:9,} {path}"
    yield f"  {sum(size for _, size in largest[12:]):9,} {max(0, len(largest) - 12)} others"
