"""Check that the text of a glossary entry stays in its place: it becomes part of a page with five hundred others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalog.faults import Fault
from ..site.checkout import Page

_HEADING = re.compile(r"#{1,6} |(=+|-+)[ \t]*$")
_REFERENCE = re.compile(r" {0,3}\[[^\]]+\]:")
_CODE = re.compile(r"`[^`]*`")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


def check_page(term: Page) -> Iterator[Fault]:
    """Find headings, comments, definitions of links that would hold for the whole page, and blocks of code that don't end."""
    open_fence = 0
    lines = term.body.split("\n")
    for number, line in enumerate(lines, start=1):
        at = term.body_line(number)
        if _FENCE.match(line):
            open_fence = 0 if open_fence else at
        elif open_fence:
            continue
        elif _HEADING.match(line) and (line.startswith("#") or lines[number - 2].strip()):
            yield term.fault(at, "", "a glossary entry holds no headings. Write a paragraph")
        elif "<!" in _CODE.sub("", line):
            yield term.fault(at, "", "a comment that begins here could swallow the entries below. Take it out")
        elif _REFERENCE.match(line):
            yield term.fault(
                at, "", "a link that is defined here would hold for the whole glossary. Write [text](address)"
            )
    if open_fence:
        yield term.fault(open_fence, "", "this block of code doesn't end. Close it with three backticks")
