"""Check that sources are linked as they were read: a link into a branch of another project can change any day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..catalog.faults import Fault
from ..catalog.sources import DATA, ROOT
from ..site.checkout import Site

_LINK = re.compile(r"https?://[^\s\"'<>)]+")
_BRANCH = re.compile(
    r"^https?://(?:"
    r"github\.com/[^/]+/[^/]+/(?:blob|tree|raw|blame)|raw\.githubusercontent\.com/[^/]+/[^/]+(?:/refs/heads)?"
    r"|(?:www\.)?huggingface\.co/(?:datasets/|spaces/)?[^/]+/[^/]+/(?:blob|tree|raw|resolve)"
    r")/(?:main|master|dev|develop|HEAD)(?:[/?#]|$)"
)


def check(site: Site) -> Iterator[Fault]:
    """Yield a fault for each link of a page, a glossary entry or a data file that leads into a branch."""
    for path, text in _texts(site):
        for number, line in enumerate(text.splitlines(), start=1):
            for link in filter(in_a_branch, _LINK.findall(line)):
                message = (
                    f"{link} shows what the branch holds on the day of a visit. Link to the commit or release that you "
                    "read; where none can be found out, to the repository"
                )
                yield Fault(path, number, "", message)


def _texts(site: Site) -> Iterator[tuple[Path, str]]:
    for page in (*site.pages, *site.terms):
        yield page.path, page.text
    for path in sorted((site.root / DATA.relative_to(ROOT)).rglob("*.yml")):
        yield path, path.read_text(encoding="utf-8")


def in_a_branch(link: str) -> bool:
    """Return whether a link leads to a file in a branch, not in a commit or a release.

    >>> in_a_branch("https://github.com/openai/whisper/blob/main/README.md")
    True
    >>> in_a_branch("https://github.com/openai/whisper/blob/v20250625/README.md")
    False
    """
    return _BRANCH.match(link) is not None
