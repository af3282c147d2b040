"""A flat map of points that have many numbers: find the two directions that show them best, and draw it as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..render.escape import escape, visible
from .word_table import Vector, dot, length_of, minus, plus, times

ROUNDS = 60  # of the search for a direction; three or four words need far fewer
WIDE, HIGH, EDGE = 360, 240, 14
LETTER, LINE = 6.8, 13  # the size of a letter, in the units of the drawing
OFF = 7  # from a dot to its label
HEAD = 9  # of an arrow


class Directions(NamedTuple):
    """Two directions at right angles, each of length 1."""

    across: Vector
    up: Vector

    def place(self, vector: Vector) -> tuple[float, float]:
        """Return where a point is, seen from these directions.

        >>> Directions((1.0, 0.0, 0.0), (0.0, 0.0, 1.0)).place((3.0, 4.0, 5.0))
        (3.0, 5.0)
        """
        return dot(self.across, vector), dot(self.up, vector)


def best_directions(points: Sequence[Vector]) -> Directions:
    """Return the two directions in which points differ most: their first principal components.

    >>> across, up = best_directions([(0.0, 0.0, 0.0), (9.0, 0.0, 0.0), (0.0, 0.0, 4.0), (9.0, 0.0, 4.0)])
    >>> [round(abs(number), 2) for number in across], [round(abs(number), 2) for number in up]
    ([1.0, 0.0, 0.0], [0.0, 0.0, 1.0])
    """
    size = len(points[0])
    middle = times(1 / len(points), [sum(column) for column in zip(*points, strict=True)])
    left = [minus(point, middle) for point in points]
    found: list[Vector] = []
    for number in range(2):
        direction = _longest(left)
        if length_of(direction) == 0:  # one point, or all in a line
            direction = tuple(float(place == number) for place in range(size))
        found.append(direction)
        left = [minus(point, times(dot(point, direction), direction)) for point in left]
    return Directions(*found)


def _longest(points: Sequence[Vector]) -> Vector:
    """Return the direction in which points that lie around zero reach farthest, by power iteration; zeros if none does."""
    direction = max(points, key=length_of)
    for _ in range(ROUNDS):
        length = length_of(direction)
        if length < 1e-9:
            return times(0.0, direction)
        direction = times(1 / length, direction)
        pulled = times(0.0, direction)
        for point in points:
            pulled = plus(pulled, times(dot(point, direction), point))
        direction = pulled
    length = length_of(direction)
    return times(1 / length, direction) if length else direction


class Dot(NamedTuple):
    """A point of the map: where, and what it's called. Its kind is `typed`, `near` or `sum`."""

    at: tuple[float, float]
    label: str
    kind: str


class Arrow(NamedTuple):
    """A step from one place to another."""

    start: tuple[float, float]
    end: tuple[float, float]


def drawing(dots: Sequence[Dot], arrows: Sequence[Arrow], said: str, *, axes: tuple[str, str] | None = None) -> str:
    """Return the map as SVG. `axes` name what is across and up, and then a dashed line is where both are equal."""
    view = _View.around([one.at for one in dots], equal=axes is not None)
    lines = "".join(_arrow(view.place(one.start), view.place(one.end)) for one in arrows)
    names = ""
    if axes is not None:
        low, high = view.place((-9.0, -9.0)), view.place((9.0, 9.0))
        lines = f'<path class="np-demo-border" d="M{low[0]:.1f} {low[1]:.1f}L{high[0]:.1f} {high[1]:.1f}"/>{lines}'
        names = (
            f'<text class="np-demo-axis np-demo-held-end" x="{WIDE - 4}" y="{HIGH - 5}">{escape(axes[0])} →</text>'
            f'<text class="np-demo-axis" x="4" y="12">↑ {escape(axes[1])}</text>'
        )
    places = [view.place(one.at) for one in dots]
    marks = "".join(
        f'<circle class="np-demo-{one.kind}" cx="{x:.1f}" cy="{y:.1f}" r="{4 if one.kind == "near" else 5}"/>'
        for one, (x, y) in zip(dots, places, strict=True)
    )
    labels = "".join(
        f'<text class="np-demo-label-{one.kind} np-demo-held-{label.held}" x="{label.x:.1f}" '
        f'y="{label.box.bottom - 3:.1f}">{visible(one.label)}</text>'
        for one, label in zip(dots, _labels(dots, places), strict=True)
    )
    return (
        f'<svg class="np-demo-plot" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(said)}">'
        f"{names}{lines}{marks}{labels}</svg>"
    )


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Return an arrow that ends before the dot that it leads to."""
    length = math.dist(start, end)
    if length < 2 * HEAD:
        return ""
    x, y = (end[0] - start[0]) / length, (end[1] - start[1]) / length  # a step of 1 along it
    tip_x, tip_y = end[0] - 6 * x, end[1] - 6 * y
    back_x, back_y = tip_x - HEAD * x, tip_y - HEAD * y
    side_x, side_y = HEAD / 2 * y, HEAD / 2 * x
    return (
        f'<path class="np-demo-arrow" d="M{start[0]:.1f} {start[1]:.1f}L{back_x:.1f} {back_y:.1f}"/>'
        f'<path class="np-demo-head" d="M{tip_x:.1f} {tip_y:.1f}L{back_x + side_x:.1f} {back_y - side_y:.1f}L'
        f'{back_x - side_x:.1f} {back_y + side_y:.1f}z"/>'
    )


class _View(NamedTuple):
    """How numbers become places of the drawing."""

    scale: float
    middle: tuple[float, float]

    @classmethod
    def around(cls, places: Sequence[tuple[float, float]], equal: bool) -> _View:
        """Return the view in which all places can be seen. A step is as long across as it is up."""
        (left, right), (low, high) = ((min(numbers), max(numbers)) for numbers in zip(*places, strict=True))
        wide, tall = WIDE - 2 * EDGE - 60, HIGH - 2 * EDGE - 2 * LINE
        scales = [room / reach for room, reach in ((wide, right - left), (tall, high - low)) if reach > 1e-9]
        scale = min(scales, default=1.0)
        return cls(min(scale, 900.0) if equal else scale, ((left + right) / 2, (low + high) / 2))

    def place(self, at: tuple[float, float]) -> tuple[float, float]:
        across, up = at[0] - self.middle[0], at[1] - self.middle[1]
        return WIDE / 2 + self.scale * across, HIGH / 2 - self.scale * up


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: _Box) -> float:
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * tall if wide > 0 and tall > 0 else 0.0

    @property
    def outside(self) -> float:
        """How far it reaches beyond the drawing."""
        return max(0.0, -self.left, -self.top, self.right - WIDE, self.bottom - HIGH)


class _Label(NamedTuple):
    """The place of a label, and which end of it is held: letters are wider in one browser than in another."""

    box: _Box
    held: str  # `start`, `middle` or `end`

    @property
    def x(self) -> float:
        ends = {"start": self.box.left, "end": self.box.right}
        return ends.get(self.held, (self.box.left + self.box.right) / 2)


def _labels(dots: Sequence[Dot], places: Sequence[tuple[float, float]]) -> list[_Label]:
    """Return a label for each dot: beside it, where it covers the least of what is there already."""
    taken = [_Box(x - 5, y - 5, x + 5, y + 5) for x, y in places]
    found: list[_Label] = []
    for one, (x, y) in zip(dots, places, strict=True):
        best = min(_beside(x, y, LETTER * len(one.label)), key=lambda label: _covers(label.box, taken))
        taken.append(best.box)
        found.append(best)
    return found


def _covers(box: _Box, taken: Sequence[_Box]) -> float:
    return 40 * box.outside + sum(map(box.overlap, taken))


def _beside(x: float, y: float, width: float) -> Iterator[_Label]:
    """Yield labels to the right and the left of a place, above and below it, and at its corners, near ones first."""
    for off in (OFF, 2.4 * OFF):
        yield _Label(_Box(x + off, y - LINE / 2, x + off + width, y + LINE / 2), "start")
        yield _Label(_Box(x - off - width, y - LINE / 2, x - off, y + LINE / 2), "end")
        for top in (y - off - LINE, y + off):
            yield _Label(_Box(x - width / 2, top, x + width / 2, top + LINE), "middle")
            yield _Label(_Box(x + off / 2, top, x + off / 2 + width, top + LINE), "start")
            yield _Label(_Box(x - off / 2 - width, top, x - off / 2, top + LINE), "end")
