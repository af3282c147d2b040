"""Judge what came out: head and body of every built page, whatever way a piece of it took to get there.

Each element, attribute and address has to be one that our macros, the theme or plain Markdown make. A script within a page
has to be one of the scripts in our templates. The place in the source is named where the piece can be found in it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..catalog.faults import Fault
from ..catalog.front_matter import read_yaml
from ..site.checkout import Page, Site
from ..site.page import template_folders
from ..site.picker_widget import FOLD
from ..site.widgets import inline_scripts
from . import html
from .contributed import RefusedError
from .judge import NAME, Elements, Finding, Judge, tag_complaints
from .tags import Attributes, Tag

_LISTED = Path(__file__).with_name("built_elements.yml")
# Where scripts are loaded from, below the top of the site.
_SCRIPT = re.compile(r"^(?!//)[\w./-]*(assets|javascripts)/[\w./-]+$")
# A template is no HTML: an expression in it may hold half a tag.
_INLINE = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WRITTEN_IN = r"""[\w\s./:"'\\(),#-]*?"""  # what an expression in a script of a template may become
_OF_PACKAGE = re.compile(
    r"^nameplate(\.\w+)+$"
)  # anchors of what is documented of the package: no name of the page's scripts has dots
_POLICIES = ("content-security-policy", "permissions-policy")
# Scripts that nothing runs: data for the theme, and what a script of ours loads later.
_INERT = ("application/json", "application/ld+json", "text/plain")


def refuse(site: Site, folder: Path) -> int:
    """Judge the pages of a finished site, and return how many there are. Raises RefusedError with everything found."""
    pages = sorted(folder.rglob("*.html"))
    known = scripts(site)
    faults = [fault for path in pages for fault in check(site, folder, path, known)]
    if faults:
        raise RefusedError(faults)
    return len(pages)


def check(site: Site, folder: Path, path: Path, known: re.Pattern[str]) -> Iterator[Fault]:
    """Find what is wrong with one built page, at the place in its source."""
    name = path.relative_to(folder).as_posix()
    for found in judged(path.read_text(encoding="utf-8"), known):
        source, line = _origin(site, name, found)
        yield Fault(source, line, f"(line {found.line} of the built {name})", found.message)


def judged(text: str, known: re.Pattern[str]) -> list[Finding]:
    """Return what is wrong with the HTML of a built page; `known` matches the scripts that may be in it."""
    judge = _Built(known)
    return judge.judged(text.removeprefix("<!doctype html>").removeprefix("\n<!doctype html>"))


def scripts(site: Site) -> re.Pattern[str]:
    """Return a pattern of the scripts that our templates and macros write into pages."""
    found = [pattern for file in _templates(site) for pattern in script_patterns(file.read_text(encoding="utf-8"))]
    return re.compile(
        "|".join(f"(?:{one})" for one in [*inline_scripts(site.docs / "assets"), re.escape(FOLD), *sorted(set(found))])
    )


def script_patterns(template: str) -> Iterator[str]:
    """Find the scripts in a template, each as a pattern of what becomes of it.

    >>> [pattern] = script_patterns('<script>scope = "{{ base_url }}"</script>')
    >>> bool(re.fullmatch(pattern, 'scope = "../.."')), bool(re.fullmatch(pattern, 'scope = ""; fetch(`x`); ""'))
    (True, False)
    """
    for script in _INLINE.findall(template):
        if script.strip():
            yield _WRITTEN_IN.join(map(re.escape, _EXPRESSION.split(script)))


def _templates(site: Site) -> list[Path]:
    folders = [site.root / "overrides", *template_folders()]
    return [path for folder in folders for path in sorted(folder.rglob("*.html"))]


@functools.cache
def allowed() -> tuple[Elements, Elements]:
    """Return what may be around the text of a page, and within it."""
    listed: Mapping[str, Mapping[str, str]] = read_yaml(_LISTED).data
    around, within = (
        {tag: frozenset(names.split()) for tag, names in listed[zone].items()} for zone in ("page", "article")
    )
    markdown = {tag: html.ATTRIBUTES | within.get(tag, frozenset()) for tag in html.TAGS}
    return around, {**within, **markdown, "article": frozenset()}


class _Built(Judge):
    """Judge a built page: its text by one list, what is around it by another."""

    def __init__(self, known: re.Pattern[str]) -> None:
        self._around, self._within = allowed()
        super().__init__(self._around)
        self._known = known
        self._script: Tag | None = None

    def begin(self, tag: Tag) -> None:
        if tag.name == "article":
            self.elements = self._within
        super().begin(tag)
        self._script = tag if tag.name == "script" else None

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        if tag == "article":
            self.elements = self._around
        self._script = None

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        script = self._script
        if script is None or not data.strip() or script.get("type") in _INERT:
            return
        if script.get("src") is not None or not self._known.fullmatch(data):
            self.complain(data.strip().split("\n")[0][:40], "this script isn't one of our templates. Take it out")

    def complaints(self, tag: str, raw: str, attrs: Attributes) -> Iterator[tuple[str, str]]:
        return iter(_complaints(tag, raw, attrs, self.elements is self._within))


@functools.lru_cache(maxsize=50_000)  # the same tags come again in every page
def _complaints(tag: str, raw: str, attrs: Attributes, within: bool) -> list[tuple[str, str]]:
    listed = allowed()[within]
    found = list(tag_complaints(tag, raw, _unstyled(tag, attrs), listed.get(tag), listed["*"]))
    for name, value in attrs:
        if tag == "script" and name == "src" and not _SCRIPT.match(value or ""):
            found.append((value or name, "this script isn't loaded from our own. Take it out"))
        if name == "http-equiv" and (value or "").lower() not in _POLICIES:
            found.append((value or name, "this element acts on the page's address or type. Take it out"))
        if within and name == "id" and not any(one.match(value or "") for one in (NAME, _OF_PACKAGE)):
            found.append((value or name, f'the id "{value}" could hide something of the page\'s scripts. Change it'))
    return found


def _unstyled(tag: str, attrs: Attributes) -> Attributes:
    """Leave out the one style that a macro writes: the number that a list begins with."""
    return tuple(
        one
        for one in attrs
        if not (tag == "ol" and one[0] == "style" and re.match(r"^counter-reset: np-place \d+$", one[1] or ""))
    )


def _origin(site: Site, built: str, found: Finding) -> tuple[Path, int]:
    """Return the source of a piece of a built page: the page itself, or a glossary entry that holds it."""
    address = built.removesuffix("index.html")
    own = [page for page in site.pages if _built_name(page.source) == address]
    candidates = [*own, *(site.terms if address == "glossary/" else [])]
    for page in candidates:
        line = _line(page, found.snippet)
        if line:
            return page.path, line
    return (own[0].path, 1) if own else (site.root / "overrides" / "main.html", 1)


def _built_name(source: str) -> str:
    name = source.removesuffix(".md")
    return "" if name == "index" else f"{name.removesuffix('/index')}/"


def _line(page: Page, snippet: str) -> int | None:
    for number, line in enumerate(page.text.splitlines(), start=1):
        if snippet.casefold() in line.casefold():
            return number
    return None
