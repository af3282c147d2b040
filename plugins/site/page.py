"""Give macros what they know about the site: the data, the sources of the pages, the page that is being rendered."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from ..catalog.contents import Catalog
from ..catalog.faults import Fault
from ..catalog.loader import CatalogError, load


class PageError(ValueError):
    """Say that a macro call can't be answered: `page: what is wrong. What to do.`"""


@dataclass(frozen=True)
class PageAddress:
    """The place of the page that calls a macro: its source under docs/, and its address in the site."""

    source: str
    url: str


def address_of(page: Any) -> PageAddress:
    """Return the place of a page: MkDocs and ProperDocs keep it in the page's file, Zensical in the page itself.

    >>> from types import SimpleNamespace
    >>> address_of(SimpleNamespace(path="decode.md", url="decode/"))
    PageAddress(source='decode.md', url='decode/')
    """
    file = getattr(page, "file", None)
    return PageAddress(page.path, page.url) if file is None else PageAddress(file.src_uri, file.url)


class CurrentData:
    """The data of one build: `mkdocs serve` builds many times, and asks many times for each page.

    The files are looked at once. If they have a fault, every question raises CatalogError with all faults.
    """

    _last: Catalog | None = None
    _reads_as_before = False

    def __init__(self) -> None:
        self._outcome: Catalog | list[Fault]
        try:
            self._outcome = load()
        except CatalogError as error:
            self._outcome = error.faults
            return
        if self._outcome is not CurrentData._last and not CurrentData._reads_as_before:
            CurrentData._last = self._outcome
            forget_readings()

    @property
    def catalog(self) -> Catalog:
        """The checked data."""
        if isinstance(self._outcome, Catalog):
            return self._outcome
        raise CatalogError(self._outcome)


@contextlib.contextmanager
def names_read_as_before() -> Iterator[None]:
    """Let the data of now be shown while names are read with the words of before: compiling those takes longest."""
    CurrentData._reads_as_before = True
    try:
        yield
    finally:
        CurrentData._reads_as_before = False


def forget_readings() -> None:
    """Empty every cache of the package, so that names are read with the words of today."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "nameplate":
            for value in list(vars(module).values()):
                if not isinstance(value, type) and callable(clear := getattr(value, "cache_clear", None)):
                    clear()


def page_sources(docs: Path) -> list[Path]:
    """Return every Markdown source of the site, in a stable order."""
    return sorted(docs.rglob("*.md"))


def engine_pages(docs: Path) -> list[str]:
    """Return what the site's engine takes for pages, as paths under docs/: it knows more endings, and follows links."""
    from mkdocs.structure.files import get_files, set_exclusions

    configuration: Any = {"docs_dir": str(docs), "site_dir": str(docs.parent / "site"), "use_directory_urls": True}
    files = get_files(configuration)
    set_exclusions(files, configuration)
    return [file.src_uri for file in files.documentation_pages()]


def engine_body(text: str) -> str:
    """Return what is left of a page when the site's engine has taken the front matter out.

    Where both find front matter, they read it with the same parser. What YAML says isn't asked again here.

    >>> engine_body("---  \\ntitle: x\\n...\\nText"), engine_body("Title: x\\n\\nText")
    ('Text', 'Text')
    """
    from mkdocs.utils import meta

    found = meta.YAML_RE.match(text)
    if found:
        return text[found.end() :]
    body: str = meta.get_data(text)[0]
    return body


def template_folders() -> list[Path]:
    """Return where the theme's templates are."""
    import material  # type: ignore[import-untyped]

    return [Path(material.__file__).parent / "templates"]


class Rendering:
    """Make the site's engine render what was checked: in a sandbox, with front matter escaped for the templates.

    `env` is the object of mkdocs-macros, which makes its own Jinja after the macros are registered.
    """

    def __init__(self, env: Any) -> None:
        self._env = env

    @property
    def docs(self) -> Path:
        """The folder with the pages that are rendered."""
        return Path(self._env.conf["docs_dir"])

    @property
    def ends_at_a_fault(self) -> bool:
        """Whether the first fault ends the build; `make serve` shows it instead."""
        config = getattr(self._env, "config", {})
        return bool(config.get("on_error_fail", True))

    def keep_style_sheet_for_few(self, file: str) -> None:
        """Take a style sheet out of those that all pages load, for templates to load it where it's needed."""
        sheets = self._env.conf.get("extra_css", [])
        if file in sheets:
            sheets.remove(file)

    def sandbox(self, configuration: Callable[[], dict[str, Any]]) -> None:
        """Replace the engine's Jinja by one that compiles calls of the macros and nothing else, before the first page."""
        from .templates import PageEnvironment, environment

        if not isinstance(getattr(self._env, "_env", None), PageEnvironment):
            self._env._env = environment(configuration(), dict(self._env.macros))

    @property
    def source(self) -> str:
        """The page that is about to be rendered, as a path under docs/."""
        return str(self._env.page.file.src_uri)

    def escape_front_matter(self) -> None:
        """Escape what templates print from the front matter: they take titles and descriptions for HTML."""
        meta = self._env.page.meta
        for key in ("title", "description"):
            if isinstance(meta.get(key), str):
                meta[key] = escape(meta[key], quote=False).replace('"', "&quot;")

    def show_instead(self, text: str) -> None:
        """Render a plain text in place of the page."""
        self._env.page.meta.clear()
        shown = escape(text).replace("{", "&#123;").replace("[", "&#91;")
        self._env.markdown = f"# This page was refused\n\n<pre>{shown}</pre>\n"

    def end(self, text: str) -> None:
        """End the build with a message, the way the engine ends it for its own faults."""
        from mkdocs.exceptions import Abort

        raise Abort(f"\n{text}")
