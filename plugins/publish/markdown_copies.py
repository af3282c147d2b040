"""Write the Markdown copy of a page: its source with the macros written out, for programs that read text.

A copy is beside its page, so that links mean the same in both.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from nameplate import decode
from nameplate.render.text import markdown

from ..site.markup import way_up
from ..site.page import PageAddress
from ..site.templates import environment
from ..site.whole_way import whole_way_list
from ..site.widgets import embedded
from . import api_page, reference
from .documents import page_address
from .html_to_markdown import markdown_of
from .macros import SiteMacros

NAME = "index.md.txt"  # MkDocs would take a file that ends in .md for a page
_FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_ATTRIBUTES = re.compile(r"[ \t]*\{:[^{}\n]*\}")
_HTML_LINK = re.compile(r"<a href=.*?</a>")
_LINK = re.compile(r"(\]\()([^)\s]+)")
_WRAPPER = re.compile(r"^</?(?:div|section|figure)\b[^>]*>[ \t]*\n?", re.MULTILINE)


class MarkdownCopies:
    """Write the copies of the pages under `docs`. The data are read once for all of them."""

    def __init__(self, configuration: dict[str, Any], docs: str) -> None:
        self._env = SimpleNamespace(conf={"docs_dir": docs}, page=None)
        macros = {name: _in_markdown(macro) for name, macro in SiteMacros(self._env).by_name().items()}
        macros |= {"decoded": self._reading, "decoder": self._reading, "published": api_page.files}
        macros |= {"documented": reference.entry}
        macros |= {"embedded": self._embedded, "whole_way": lambda: whole_way_list(self._here)}
        self._jinja = environment(configuration, macros)

    def of(self, source: str, text: str) -> str:
        """Return the copy of the page at `source`, a path under docs/, with the Markdown `text`."""
        self._env.page = SimpleNamespace(file=SimpleNamespace(src_uri=source, url=page_address(source)), meta={})
        body = text[text.index("\n---\n", 3) + 5 :] if text.startswith("---\n") else text
        rendered = self._jinja.from_string(body).render()
        parts, end = [], 0
        for fence in _FENCE.finditer(rendered):
            parts += [_plain(rendered[end : fence.start()], source), fence[0]]
            end = fence.end()
        whole = "".join([*parts, _plain(rendered[end:], source)])
        return re.sub(r"\n{3,}", "\n\n", whole).strip() + "\n"

    @property
    def _here(self) -> PageAddress:
        return PageAddress(self._env.page.file.src_uri, self._env.page.file.url)

    def _embedded(self, name: str) -> str:
        """Return what another page pastes, without the element at work."""
        return "```" + embedded(name, self._here).partition("```")[2]

    def _reading(self, name: str, *_: str) -> str:
        return markdown(decode(name), page=f"{way_up(self._env.page.file.url)}decode/")


def address(source: str) -> str:
    """Return the address of a page's copy, from the top of the site.

    >>> address("index.md"), address("guide/which-variant.md")
    ('index.md.txt', 'guide/which-variant/index.md.txt')
    """
    return page_address(source) + NAME


def _in_markdown(macro: Callable[..., str]) -> Callable[..., str]:
    def written(*given: Any, **named: Any) -> str:
        blocks = macro(*given, **named).split("\n\n")
        return "\n\n".join(markdown_of(block) if block.startswith("<") else block for block in blocks)

    return written


def _plain(text: str, source: str) -> str:
    """Return Markdown without what only the site's engine understands, with links that work beside the page."""
    bare = _ATTRIBUTES.sub("", _WRAPPER.sub("", _HTML_LINK.sub(lambda link: markdown_of(link[0]), text)))
    return _LINK.sub(lambda link: link[1] + _link(link[2], source), html.unescape(bare))


def _link(target: str, source: str) -> str:
    """Return a link between two sources as a link between their addresses.

    >>> _link("../decode.md#x", "guide/a.md"), _link("b.md#c", "guide/a.md"), _link("../images/x.svg", "guide/a.md")
    ('../../decode/#x', '../../guide/b/#c', '../../images/x.svg')
    >>> _link("https://example.org/x.md", "a.md"), _link("#here", "a.md"), _link("../../decode/#q=x", "guide/a.md")
    ('https://example.org/x.md', '#here', '../../decode/#q=x')
    """
    path, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", target, re.DOTALL).groups()  # type: ignore[union-attr]
    if not path or ":" in path or not re.search(r"\.(md|svg|png|json|txt)$", path):
        return target
    at = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    goal = page_address(at) if at.endswith(".md") else at
    return way_up(page_address(source)) + goal + mark + rest
