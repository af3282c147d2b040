"""Find which pages use which terms, so that the glossary can link back to them."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from nameplate import NameplateError, decode

from .page import page_sources

GLOSSARY = "glossary.md"
GLOSSARY_URL = "glossary/"
_TERM_CALL = re.compile(r"""\{\{-?\s*term\(\s*["']([a-z0-9-]+)["']""")
_NAME_CALL = re.compile(r"""\{\{-?\s*(?:decoded|decoder)\(\s*["']([^"'\n]+)["']""")
_LINK = re.compile(r"\]\(([^)\s#]*)#([a-z0-9-]+)\)")
_TITLE = re.compile(r"""^title:[ \t]*(["']?)(.+?)\1[ \t]*$""", re.MULTILINE)
_DESCRIPTION = re.compile(r"""^description:[ \t]*(["']?)(.+?)\1[ \t]*$""", re.MULTILINE)
_HEADING = re.compile(r"^# +(.+?)(?: *\{.*\})?$", re.MULTILINE)


@dataclass(frozen=True, order=True)
class Use:
    """A page that uses a term."""

    source: str
    title: str


def by_term(docs: Path, terms: Collection[str]) -> dict[str, list[Use]]:
    """Return the pages that use each term, without the glossary itself."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for path in page_sources(docs):
        source = path.relative_to(docs).as_posix()
        if source == GLOSSARY:
            continue
        text = path.read_text(encoding="utf-8")
        page = Use(source, title_of(text, source))
        for slug in sorted(set(terms_in(text, source)) & set(terms)):
            uses[slug].append(page)
    return dict(uses)


def terms_in(text: str, source: str) -> Iterator[str]:
    """Find the terms that a page uses: in macros, in links to the glossary, and in the names that it decodes.

    >>> list(terms_in('{{ term("gguf") }} and [MoE](../glossary.md#mixture-of-experts)', "guide/x.md"))
    ['gguf', 'mixture-of-experts']
    """
    yield from _TERM_CALL.findall(text)
    folder = posixpath.dirname(source)
    for target, anchor in _LINK.findall(text):
        if posixpath.normpath(posixpath.join(folder, target)) == GLOSSARY:
            yield anchor
    for name in _NAME_CALL.findall(text):
        try:
            yield from (token.term for token in decode(name).tokens if token.term)
        except NameplateError:
            continue


def title_of(text: str, source: str) -> str:
    """Return what a page is called: its title in the front matter, else its first heading, else its file name.

    >>> title_of("---\\ntitle: Qwen3\\n---\\n# About Qwen3", "families/qwen3.md")
    'Qwen3'
    """
    head = text.split("\n---", 1)[0] if text.startswith("---\n") else ""
    found = _TITLE.search(head) or _HEADING.search(text)
    return found.group(found.lastindex or 0) if found else source.removesuffix(".md")


def description_of(text: str) -> str:
    """Return the description in a page's front matter, or nothing if it has none.

    >>> description_of('---\\ntitle: X\\ndescription: "All about X."\\n---\\n')
    'All about X.'
    """
    head = text.split("\n---", 1)[0] if text.startswith("---\n") else ""
    found = _DESCRIPTION.search(head)
    return found[2] if found else ""
