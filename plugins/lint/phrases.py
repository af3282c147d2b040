"""Check that texts read like plain English: phrases that sound translated are listed in phrases.yml."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..catalog.faults import Fault
from ..catalog.front_matter import read_yaml
from ..site.checkout import Site

PHRASES = Path(__file__).with_name("phrases.yml")
PROSE = (
    "*.md", "tests/README.md", "docs/*.md", "docs/guide/*.md", "docs/families/*.md",
    "widgets/nameplate/data/terms/*/*.md", "widgets/nameplate/data/*/README.md",
)  # fmt: skip
DATA = ("widgets/nameplate/data/*.yml", "widgets/nameplate/data/capabilities/*.yml")
CODE = ("widgets/**/*.py", "widgets/web/**/*.mjs", "plugins/**/*.py", "overrides/**/*.html")
# What is quoted, and what is an address or a name, may read as it likes.
_QUOTED = re.compile(
    r"^ *(?:- )?(?:term|aliases|words|seen_in|publishers|value|lines): .*$|^ *- \{title: .*$|title: \"[^\"\n]*\""
    r"|`[^`]*`|\]\([^)]*\)|https?://\S+|\"[^\"\n]*\"(?=[ ,.;:)])",
    re.MULTILINE,
)
# In data files only comments and descriptions are sentences.
_NO_SENTENCE = re.compile(
    r"^(?! *(?:- )?(?:#|description:|note:|title:)).*$|title: \"[^\"\n]*\"|`[^`]*`|https?://\S+", re.MULTILINE
)
_NO_TEXT = re.compile(r"`[^`\n]*`|https?://\S+")


class Phrase(NamedTuple):
    """A phrase to avoid, what to write instead, and sentences by which the rule is explained and tested."""

    pattern: re.Pattern[str]
    instead: str
    found: str
    better: str
    fine: tuple[str, ...]


@functools.cache
def phrases() -> tuple[Phrase, ...]:
    """Return the phrases of phrases.yml."""
    rows = read_yaml(PHRASES).data
    return tuple(
        Phrase(
            re.compile(row["phrase"], re.IGNORECASE), row["instead"], row["found"], row["better"], tuple(row["fine"])
        )
        for row in rows
    )


def check(site: Site) -> Iterator[Fault]:
    """Find phrases to avoid in pages, glossary entries, data and code."""
    for patterns, leave_out in ((PROSE, _QUOTED), (DATA, _NO_SENTENCE), (CODE, _NO_TEXT)):
        for path in sorted({path for pattern in patterns for path in site.root.glob(pattern)}):
            if not path.name.startswith("_compiled"):
                yield from check_text(path, path.read_text(encoding="utf-8"), leave_out)


def check_text(path: Path, text: str, leave_out: re.Pattern[str] = _QUOTED) -> Iterator[Fault]:
    """Find phrases to avoid in one file, each at its line; what `leave_out` matches is left alone."""
    # Line breaks stay, so that a phrase that runs over the end of a line is found at the line where it begins.
    text = leave_out.sub(lambda quoted: re.sub(r"[^\n]+", "·", quoted[0]), text)
    running = re.sub(r"(?<!\n)\n(?!\n)", " ", text)
    for phrase in phrases():
        for match in phrase.pattern.finditer(running):
            message = (
                f'"{" ".join(match[0].split())}" sounds translated. Write {phrase.instead}. For example, not '
                f'"{phrase.found}" but "{phrase.better}"'
            )
            yield Fault(path, text.count("\n", 0, match.start()) + 1, "text", message)
