"""Check that pages and glossary entries can be read, and that the site's engine reads them in the same way as the checks.

Limits come first: what is too large or too deep is refused before anything tries to understand it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalog.faults import Fault
from ..catalog.front_matter import FrontMatterError, read_text
from ..site.checkout import Page, Site
from ..site.page import engine_body, engine_pages

# The longest real page has a fifth of this.
LONGEST_BODY = 64_000  # bytes below the front matter
MOST_LINES = 2_000
LONGEST_LINE = 4_000  # characters
DEEPEST_INDENT = 60  # spaces
MOST_OPENERS = 400  # brackets and angle brackets in one paragraph
_OPENERS = re.compile(r"[\[<]")


def check(site: Site) -> Iterator[Fault]:
    """Find pages and entries that can't be read, that are too large, or that the engine reads differently."""
    for path in (*site.page_paths, *site.term_paths):
        try:
            read_text(path)
        except FrontMatterError as error:
            yield Fault(path, error.line, "", str(error))
        except FileNotFoundError:
            yield Fault(path, 1, "", "the file is missing. Bring it back")
    for page in (*site.pages, *site.terms):
        yield from page_limits(page)
    for page in site.pages:
        yield from _engine(page)
    known = {page.source for page in site.pages}
    for source in engine_pages(site.docs):
        if source not in known and not (site.docs / source).is_symlink():
            yield Fault(
                site.docs / source, 1, "", "the site's engine publishes this as a page. Name it NAME.md, or take it out"
            )


def page_limits(page: Page) -> Iterator[Fault]:
    """Find what is too large or too deep in a page. At most one fault: what follows is not looked at."""
    size, lines = len(page.body.encode()), page.body.split("\n")
    if size > LONGEST_BODY:
        yield page.fault(1, "", f"the text has {size:,} bytes; at most {LONGEST_BODY:,} make a page. Split it")
    elif len(lines) > MOST_LINES:
        yield page.fault(1, "", f"the text has {len(lines):,} lines; at most {MOST_LINES:,} make a page. Split it")
    else:
        yield from _line_limits(page, lines)


def _line_limits(page: Page, lines: list[str]) -> Iterator[Fault]:
    openers = 0
    for number, line in enumerate(lines, start=1):
        openers = openers + len(_OPENERS.findall(line)) if line.strip() else 0
        indent = len(line) - len(line.lstrip(" \t>"))
        message = ""
        if len(line) > LONGEST_LINE:
            message = f"this line has {len(line):,} characters; at most {LONGEST_LINE:,} are read. Break it"
        elif indent > DEEPEST_INDENT:
            message = f"this line is {indent} signs deep; at most {DEEPEST_INDENT} are read. Use fewer levels"
        elif openers > MOST_OPENERS:
            message = f"this paragraph has more than {MOST_OPENERS} brackets. Split it"
        if message:
            yield page.fault(page.body_line(number), "", message)
            return


def is_readable(page: Page) -> bool:
    """Return whether a page is within the limits, so that it can be rendered."""
    return not any(page_limits(page))


def _engine(page: Page) -> Iterator[Fault]:
    if engine_body(page.text).strip("\n") != page.body.strip("\n"):
        message = (
            "the site's engine sees other front matter here than the checks. Begin and end it with a line of exactly three "
            "dashes, without blanks; a page without front matter begins with its heading"
        )
        yield page.fault(1, "", message)
