"""The style sheets, which every page loads together."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
SHEETS = sorted((DOCS / "stylesheets").glob("*.css"))
GUIDE = DOCS / "guide"
CARDS = re.compile(r'<div class="site-cards ([\w-]+)" markdown>\n\n\| (.+) \|\n')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
FRAME = ".nameplate"  # around every widget; each sheet gives it the colours that it uses
BARE_CLASS = re.compile(r"\s*(\.[\w-]+)\s*")


def test_a_class_belongs_to_one_sheet() -> None:
    """The same bare class in two sheets means two things, and one of them breaks the other."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for sheet in SHEETS:
        for selectors in re.findall(r"([^{}]+)\{", COMMENT.sub("", sheet.read_text(encoding="utf-8"))):
            for selector in selectors.split(","):
                bare = BARE_CLASS.fullmatch(selector)
                if bare and bare[1] != FRAME:
                    owners[bare[1]].add(sheet.name)
    assert len(owners) > 50
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_the_labels_of_cards_are_the_headings_of_their_tables() -> None:
    """Tables of five columns are cards on a phone, and each cell's label is in the style sheet."""
    styles = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    found = {}
    for page in GUIDE.glob("*.md"):
        for kind, headings in CARDS.findall(page.read_text(encoding="utf-8")):
            found[kind] = [cell.strip() for cell in headings.split("|")[1:]]
    assert len(found) == 2
    for kind, headings in found.items():
        assert re.findall(rf'\.{kind} td:nth-child\(\d\)::before {{ content: "([^"]+)"; }}', styles) == headings
