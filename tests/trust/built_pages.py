"""Read the attacks on built pages, and put each into a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from plugins.trust import built

TABLE = Path(__file__).with_name("built.yml")
# Line 5 is the head, 9 the body, 11 the text.
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
{head}
<title>x</title>
</head>
<body dir="ltr">
{body}
<article class="md-content__inner">
{article}
</article>
</body>
</html>
"""
LINES = {"head": 5, "body": 9, "article": 11}
NO_SCRIPT = re.compile(r"(?!)")


def pieces() -> list[dict[str, str]]:
    """Every attack on a built page."""
    rows: list[dict[str, str]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return rows


def page(**given: str) -> str:
    """A page with pieces in some of its places."""
    return PAGE.format(**{**dict.fromkeys(LINES, ""), **given})


def held(row: dict[str, Any]) -> bool:
    """Whether a piece is refused at its line with the right words."""
    found = built.judged(page(**{row["in"]: row["html"]}), NO_SCRIPT)
    return any(one.line == LINES[row["in"]] and row["says"] in one.message for one in found)
