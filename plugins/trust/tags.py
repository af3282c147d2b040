"""Read the tags of HTML. Everything that looks at built pages or contributed HTML sees them through this one reader."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

# The attributes of one tag, as the parser gives them.
Attributes = tuple[tuple[str, str | None], ...]


class Tag(NamedTuple):
    """A tag that begins an element: how it is written, and the line that it is on. `ended` says that a slash ends it."""

    name: str
    attributes: Attributes
    raw: str
    line: int
    ended: bool

    def get(self, name: str) -> str | None:
        """Return the value of an attribute, "" if it has none, None if it isn't there. As in browsers, the first counts."""
        return next((value or "" for key, value in self.attributes if key == name), None)


class TagReader(HTMLParser):
    """Hand over each tag that begins an element, whichever way it is written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)

    def begin(self, tag: Tag) -> None:
        """Look at a tag that begins an element."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.begin(self._tag(tag, attrs, ended=False))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.begin(self._tag(tag, attrs, ended=True))

    def _tag(self, tag: str, attrs: list[tuple[str, str | None]], *, ended: bool) -> Tag:
        return Tag(tag, tuple(attrs), self.get_starttag_text() or "", self.getpos()[0], ended)


class Element(NamedTuple):
    """A tag with the text of its element, where that is code: a script or a style sheet."""

    tag: Tag
    code: str


def elements(html: str) -> Iterator[Element]:
    """Yield every element of a page, in their order.

    >>> [(tag.name, tag.get("src"), code) for tag, code in elements('<p>1 < 2<script src="a.js"></script><script>go()</script>')]
    [('p', None, ''), ('script', 'a.js', ''), ('script', None, 'go()')]
    """
    reader = _Elements()
    reader.feed(html)
    reader.close()
    for tag, code in reader.found:
        yield Element(tag, "".join(code))


class _Elements(TagReader):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[Tag, list[str]]] = []

    def begin(self, tag: Tag) -> None:
        self.found.append((tag, []))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is not None:
            self.found[-1][1].append(data)
