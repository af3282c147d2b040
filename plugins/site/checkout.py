"""Give access to a checkout: the sources of its pages, its configuration, its data."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..catalog import loader as catalog
from ..catalog import sources
from ..catalog.contents import Catalog
from ..catalog.faults import Fault
from ..catalog.front_matter import FrontMatterError, read_text
from .page import page_sources


class _Configuration(yaml.SafeLoader):
    """Read mkdocs.yml without MkDocs; values from the environment count as not set."""


_Configuration.add_multi_constructor("!", lambda *_: None)


@dataclass(frozen=True)
class Page:
    """One Markdown source under docs/: the whole text, its front matter and its body, with line numbers of the file."""

    path: Path
    source: str
    text: str

    @functools.cached_property
    def head(self) -> str:
        """Return the front matter with its lines of dashes, or nothing if the page has none."""
        if not self.text.startswith("---\n"):
            return ""
        end = self.text.find("\n---\n", 3)
        return self.text[: end + 5] if end >= 0 else ""

    @property
    def body(self) -> str:
        """Return the page below its front matter."""
        return self.text[len(self.head) :]

    def fault(self, line: int, place: str, message: str) -> Fault:
        """Return a fault in a line of this page, counted from 1."""
        return Fault(self.path, line, place, message)

    def body_line(self, line: int) -> int:
        """Return the line in the file for a line of the body, both counted from 1."""
        return line + self.head.count("\n")


class Site:
    """A checkout. Its pages are read once, its data when they are first needed."""

    def __init__(self, root: Path, docs: Path | None = None) -> None:
        self.root = root
        self.docs = docs or root / "docs"
        self.configuration_path = root / "mkdocs.yml"

    @functools.cached_property
    def page_paths(self) -> list[Path]:
        """Return the files of the pages, those that can't be read among them."""
        return page_sources(self.docs)

    @functools.cached_property
    def term_paths(self) -> list[Path]:
        """Return the files of the glossary's entries, those that can't be read among them."""
        return sorted((self.root / sources.TERMS.relative_to(sources.ROOT)).glob("*/*.md"))

    @functools.cached_property
    def pages(self) -> list[Page]:
        """Return the pages of the site that are written in Markdown. What can't be read is left out: a rule reports it."""
        return list(_readable(self.page_paths, self.docs))

    @functools.cached_property
    def terms(self) -> list[Page]:
        """Return the sources of the glossary's entries, whose bodies become part of a page."""
        return list(_readable(self.term_paths, self.root))

    @functools.cached_property
    def configuration(self) -> dict[str, Any]:
        """Return what mkdocs.yml says."""
        loaded: dict[str, Any] = yaml.load(self.configuration_path.read_text(encoding="utf-8"), _Configuration)
        return loaded

    def catalog(self) -> Catalog:
        """Return the checked data. Raises CatalogError with all faults."""
        return catalog.load()


def _readable(paths: list[Path], below: Path) -> Iterator[Page]:
    for path in paths:
        try:
            yield Page(path, path.relative_to(below).as_posix(), read_text(path))
        except (FrontMatterError, FileNotFoundError):
            continue
