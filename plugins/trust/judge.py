"""Judge HTML strictly: every tag is written in one plain way, belongs to a list, and leads nowhere it shouldn't.

Browsers forgive much, and each forgives differently from any other reader of HTML. So nothing is forgiven here. What isn't
written plainly is refused, whatever it may mean: what remains has one meaning, in every browser.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from .tags import Attributes, Tag, TagReader

# The attributes of each element that may be there; "*" holds those of any element.
Elements = Mapping[str, frozenset[str]]


def words(text: str) -> frozenset[str]:
    """Return the words of a text.

    >>> sorted(words("b a"))
    ['a', 'b']
    """
    return frozenset(text.split())


EMPTY = words("br col hr img input link meta wbr path rect line circle")
# What a class or an anchor of contributed text may be called. Those of the theme and of its scripts are neither.
NAME = re.compile(r"^[a-z0-9]+([-_.]{1,2}[a-z0-9]+)*$")
_CLASS = re.compile(r"^[A-Za-z][\w-]*$")  # those of code in blocks have capitals
_THEMES = re.compile(r"^(md|np)-")
_TAG = re.compile(r"""<[A-Za-z][\w-]*(\s+[\w:-]+(\s*=\s*("[^"<]*"|'[^'<]*'|[^\s"'=<>`]+))?)*\s*/?>""")
_SCHEMES = {
    "href": {"", "http", "https", "mailto"},
    "xlink:href": {""},  # of a link in a drawing, only to our own pages
    "src": {""},
    "action": {""},
    "cite": {"", "http", "https"},
}
_ADDRESS_OF = {"href": "a page of this site, or starts with https://", "cite": "a web address", "src": "a file of this site", "action": "a page of this site", "xlink:href": "a page of this site"}  # fmt: skip


class Finding(NamedTuple):
    """What is wrong with a piece of HTML: the line in it, how it is written there, and a message."""

    line: int
    snippet: str
    message: str


class Judge(TagReader):
    """Collect what is wrong with HTML: elements and attributes that aren't listed, addresses, comments, loose ends."""

    ends_by_a_slash = False  # whether a slash ends any element, as in a drawing

    def __init__(self, elements: Elements) -> None:
        super().__init__()
        self.elements = elements
        self.found: list[Finding] = []
        self._open: list[tuple[str, int, str]] = []

    def judged(self, html: str) -> list[Finding]:
        """Return everything that is wrong with a piece of HTML."""
        self.feed(html)
        self.close()
        if self.rawdata:
            self.complain("<", "a tag doesn't end. Write &lt; for the sign itself")
        for tag, line, raw in self._open:
            self.found.append(Finding(line, raw, f"<{tag}> is never closed. Close it with </{tag}>"))
        return self.found

    def complain(self, snippet: str, message: str) -> None:
        """Note something that is wrong where the reader is now."""
        self.found.append(Finding(self.getpos()[0], snippet, message))

    def begin(self, tag: Tag) -> None:
        for snippet, message in self.complaints(tag.name, tag.raw, tag.attributes):
            self.complain(snippet, message)
        if tag.name in EMPTY:
            return
        if not tag.ended:
            self._open.append((tag.name, tag.line, f"<{tag.name}"))
        elif tag.name in self.elements and not self.ends_by_a_slash:
            self.complain(f"<{tag.name}", f"<{tag.name}/> isn't closed by its slash. Write <{tag.name}></{tag.name}>")

    def complaints(self, tag: str, raw: str, attrs: Attributes) -> Iterator[tuple[str, str]]:
        """Find what is wrong with one tag: how it is written, and what it says."""
        yield from tag_complaints(tag, raw, attrs, self.elements.get(tag), self.elements.get("*", frozenset()))

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY or tag not in self.elements:
            self.complain(f"</{tag}", f"</{tag}> closes nothing. Take it out")
        elif self._open and self._open[-1][0] == tag:
            self._open.pop()
        elif tag in (name for name, _, _ in self._open):
            while self._open[-1][0] != tag:
                name, line, raw = self._open.pop()
                self.found.append(Finding(line, raw, f"<{name}> isn't closed before </{tag}>. Close it with </{name}>"))
            self._open.pop()
        else:
            self.complain(f"</{tag}", f"</{tag}> closes something that this page hasn't opened. Take it out")

    def handle_data(self, data: str) -> None:
        if "<" in data and self.cdata_elem is None:
            self.complain("<", "a bare < isn't allowed in HTML. Write &lt;")

    def handle_comment(self, data: str) -> None:
        self.complain("<!--" if data else "<!", "a comment isn't allowed in a page. Take it out")

    def handle_decl(self, decl: str) -> None:
        self.complain("<!", "a declaration isn't allowed in a page. Take it out")

    def unknown_decl(self, data: str) -> None:
        self.complain("<![", "a CDATA section isn't allowed in a page. Take it out")

    def handle_pi(self, data: str) -> None:
        self.complain("<?", "a processing instruction isn't allowed in a page. Take it out")


def tag_complaints(
    tag: str,
    raw: str,
    attrs: Attributes,
    listed: frozenset[str] | None,
    everywhere: frozenset[str],
) -> Iterator[tuple[str, str]]:
    """Find what is wrong with one tag, each with the piece of it that is wrong."""
    if listed is None:
        yield f"<{tag}", f"the tag <{tag}> isn't allowed in a page. Write Markdown, or put it in backticks"
        return
    if not _TAG.fullmatch(raw):
        yield f"<{tag}", f"the tag <{tag}> isn't written plainly. Put quotes around values, and no < into them"
        return
    names = [name for name, _ in attrs]
    for name, value in attrs:
        if names.count(name) > 1:
            yield name, f"the attribute {name} is there twice. Take one out"
        elif message := attribute_complaint(tag, name, unescape(value or ""), listed | everywhere):
            yield (value if name in _SCHEMES and value else name), message


def attribute_complaint(tag: str, name: str, value: str, listed: frozenset[str]) -> str | None:
    """Return what is wrong with one attribute, or None."""
    if name == "style":
        return "style belongs in docs/stylesheets. Use a class"
    if name not in listed and not name.startswith("aria-"):
        return f"the attribute {name} isn't allowed in a page. Take it out"
    if name in _SCHEMES:
        return bad_address(name, value)
    return None


def name_complaint(name: str, value: str) -> str | None:
    """Return what is wrong with a class or an anchor that contributed text sets, or None.

    >>> name_complaint("id", "context-length"), name_complaint("class", "site-hero wide")
    (None, None)
    >>> name_complaint("id", "nameplateEarly")
    'the id "nameplateEarly" could hide something of the page\\'s scripts. Write it in lower case, with hyphens'
    """
    for word in value.split() if name == "class" else [value]:
        if _THEMES.match(word):
            return f'the {name} "{word}" belongs to the theme or to a widget. Choose another'
        if not (_CLASS if name == "class" else NAME).match(word):
            clash = "could hide something of the page's scripts"
            return f'the {name} "{word}" {clash}. Write it in lower case, with hyphens'
    return None


@functools.cache
def bad_address(name: str, value: str) -> str | None:
    """Return what is wrong with an address, or None.

    >>> bad_address("href", "https://example.org/"), bad_address("src", "../images/stages.svg")
    (None, None)
    >>> bad_address("src", "/\\\\example.org/x.png")
    'the address "/\\\\example.org/x.png" is not a file of this site. Change it'
    """
    fault = f'the address "{value}" is not {_ADDRESS_OF[name]}. Change it'
    if "\\" in value or any(ord(sign) <= 0x20 or ord(sign) == 0x7F for sign in value.strip(" ")):
        return fault
    try:
        parts = urlsplit(value)
    except ValueError:
        return f'"{value}" is not an address. Correct it'
    if parts.scheme.lower() not in _SCHEMES[name] or "@" in parts.netloc:
        return fault
    relative = not parts.scheme
    if relative and (parts.netloc or value.strip().startswith("//")):
        return fault
    if not relative and parts.scheme.lower() != "mailto" and not parts.netloc:
        return fault
    return None
