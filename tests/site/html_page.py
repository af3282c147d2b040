"""A finished page, as far as the tests of the built site look at it."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

# What a browser fetches by itself when it meets the attribute.
LOADS = {
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("iframe", "src"),
    ("video", "src"),
    ("audio", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("link", "href"),
    ("form", "action"),
}
# Relations that only tell something.
SAYS_ONLY = {"canonical", "prev", "next", "alternate"}


class HtmlPage(HTMLParser):
    """The anchors of a page, what it links to, and what it loads."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids[given["id"]] += 1
        for name, value in given.items():
            if (tag, name) in LOADS:
                if not SAYS_ONLY & set(given.get("rel", "").split()):
                    self.loads.append(value)
                    self.links.append(value)
            elif name in ("href", "xlink:href"):
                self.links.append(value)
