"""Check that the glossary's entries read like plain English: phrases that sound translated are listed in phrases.yml."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..catalog.faults import Fault
from ..catalog.front_matter import read_yaml
from ..site.checkout import Page, Site

PHRASES = Path(__file__).with_name("phrases.yml")
# What is quoted, and what is an address or a name, may read as it likes.
_QUOTED = re.compile(
    r"^ *(?:- )?(?:term|aliases|words|seen_in|publishers|value|lines): .*$|^ *- \{title: .*$"
    r"|`[^`]*`|\]\([^)]*\)|https?://\S+|\"[^\"\n]*\"(?=[ ,.;:)])",
    re.MULTILINE,
)


class Phrase(NamedTuple):
    """A phrase to avoid, what to write instead, and sentences by which the rule is tested."""

    pattern: re.Pattern[str]
    instead: str
    found: str
    fine: tuple[str, ...]


@functools.cache
def phrases() -> tuple[Phrase, ...]:
    """Return the phrases of phrases.yml."""
    rows = read_yaml(PHRASES).data
    return tuple(
        Phrase(re.compile(row["phrase"], re.IGNORECASE), row["instead"], row["found"], tuple(row["fine"]))
        for row in rows
    )


def check(site: Site) -> Iterator[Fault]:
    """Find phrases to avoid in the definitions, descriptions and texts of the glossary."""
    for page in site.terms:
        yield from check_page(page)


def check_page(page: Page) -> Iterator[Fault]:
    """Find phrases to avoid in one page, each at its line."""
    # Positions stay the same, so that a phrase that runs over the end of a line is found at the line where it begins.
    text = _QUOTED.sub(lambda quoted: re.sub(r"[^\n]", "·", quoted[0]), page.text)
    running = re.sub(r"(?<!\n)\n(?!\n)", " ", text)
    for phrase in phrases():
        for match in phrase.pattern.finditer(running):
            message = f'"{" ".join(match[0].split())}" sounds translated. Write {phrase.instead}'
            yield page.fault(text.count("\n", 0, match.start()) + 1, "text", message)
