"""Check that SVG pictures are drawings: opened by itself, such a file is a page, and could run scripts."""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Iterator

from ..catalog.faults import Fault
from ..catalog.front_matter import FrontMatterError, read_text
from ..site.checkout import Site
from .judge import Elements, Judge, words
from .tags import Attributes

SIGNATURE = b"\x89PNG\r\n\x1a\n"
WIDEST = 8_000  # points of a picture in either direction: a reader's browser unpacks it whole
DEEPEST = 50  # elements of a drawing within each other
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
    """Find what a drawing doesn't need, and photographs that are something else or too large to look at."""
    for path in sorted((site.docs / "images").glob("*.png")):
        if path.is_file() and (message := photograph_complaint(path.read_bytes())):
            yield Fault(path, 1, "", message)
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


def photograph_complaint(data: bytes) -> str | None:
    """Return what is wrong with a PNG picture, or None: its size once unpacked, and anything behind its end."""
    at, size = len(SIGNATURE), None
    while at + 12 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if size is None and (kind != b"IHDR" or length != 13):
            break
        size = size or struct.unpack(">II", data[at + 8 : at + 16])
        at += 12 + length
        if kind == b"IEND":
            if at != len(data):
                return "there is something behind the end of the picture. Save it in the format again"
            if max(size) > WIDEST:
                return f"the picture has {size[0]:,} by {size[1]:,} points; at most {WIDEST:,} fit in memory. Shrink it"
            return None
    return "this isn't what .png promises. Save the picture in that format"


def drawing_complaints(text: str) -> Iterator[tuple[int, str]]:
    """Find what is wrong with an SVG picture, each with its line.

    >>> list(drawing_complaints('<svg viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'))
    []
    """
    for found in _Drawing(ELEMENTS).judged(text):
        yield found.line, found.message
    if depth(text) > DEEPEST:
        yield 1, f"this drawing is nested more than {DEEPEST} levels deep. Draw it flatter"
    for match in re.finditer(r"<svg\b[^>]*?\s(?:width|height)\s*=\s*[\"']([^\"']*)", text):
        if len(re.sub(r"\..*|\D", "", match[1])) > len(str(WIDEST)):
            yield text.count("\n", 0, match.start()) + 1, f"this drawing is {match[1]} wide or high. Make it smaller"


def depth(text: str) -> int:
    """Return how many elements are within each other.

    >>> depth("<svg><g><path/></g></svg>")
    2
    """
    steps = (-1 if tag[1] else 0 if tag[2] else 1 for tag in re.finditer(r"<(/?)[A-Za-z][^>]*?(/?)>", text))
    return max(itertools.accumulate(steps), default=0)


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
