"""Check that SVG pictures are drawings: opened by itself, such a file is a page, and could run scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalog.faults import Fault
from ..catalog.front_matter import FrontMatterError, read_text
from ..site.checkout import Site
from .judge import Elements, Judge, words
from .tags import Attributes

_GENERAL = words(
    "aria-label aria-labelledby class cx cy d fill fill-opacity font-family font-size font-weight height id lengthadjust "
    "markerheight markerwidth offset opacity orient points preserveaspectratio r refx refy role rx ry stop-color "
    "stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity stroke-width style text-anchor textlength transform "
    "viewbox width x x1 x2 xmlns y y1 y2"
)
ELEMENTS: Elements = dict.fromkeys(
    words(
        "circle clippath defs desc ellipse g line lineargradient marker path polygon polyline radialgradient rect stop style "
        "svg text title tspan"
    ),
    _GENERAL,
)
# A style sheet could load something, or hold what ends it.
_LOADS = re.compile(r"url\s*\(|@import|image-set|expression|\\|<", re.IGNORECASE)


def check(site: Site) -> Iterator[Fault]:
    """Find elements and attributes that a drawing doesn't need."""
    for path in sorted((site.docs / "images").glob("*.svg")):
        try:
            text = read_text(path)
        except FrontMatterError as error:
            yield Fault(path, error.line, "", str(error))
            continue
        except FileNotFoundError:
            continue
        for line, message in drawing_complaints(text):
            yield Fault(path, line, "", message)


def drawing_complaints(text: str) -> Iterator[tuple[int, str]]:
    """Find what is wrong with an SVG picture, each with its line.

    >>> list(drawing_complaints('<svg viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'))
    []
    """
    for found in _Drawing(ELEMENTS).judged(text):
        yield found.line, found.message


class _Drawing(Judge):
    """Judge a drawing, in which every element may close itself and have a style that loads nothing."""

    ends_by_a_slash = True

    def complaints(self, tag: str, raw: str, attrs: Attributes) -> Iterator[tuple[str, str]]:
        styles = tuple(one for one in attrs if one[0] == "style")
        yield from super().complaints(tag, raw, tuple(one for one in attrs if one[0] != "style"))
        for _, value in styles:
            if _LOADS.search(value or ""):
                yield "style", "a style that loads something isn't allowed in a picture. Take it out"

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        if self.cdata_elem is not None and _LOADS.search(data):
            self.complain("<style", "a style that loads something isn't allowed in a picture. Take it out")
