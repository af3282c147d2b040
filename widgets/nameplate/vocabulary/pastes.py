"""How what people paste is taken apart: the programs, folders and sites of the compiled data.

Most names need none of it, so it is a module of its own, loaded when a text is more than a plain name.
"""

from __future__ import annotations

import functools
import importlib
from typing import Any, NamedTuple

from ..reading import FieldValue


class Template(NamedTuple):
    """A path with the parts of an address in braces. `tail` comes after any number of folders; None where none may.

    `shows` is what such a page shows where that isn't a model: a collection of models.
    """

    head: tuple[str, ...]
    tail: tuple[str, ...] | None
    platform: str | None
    kind: str | None
    implies: tuple[tuple[str, FieldValue], ...]
    shows: str | None = None


class Command(NamedTuple):
    """What the words of a program's command line are."""

    platform: str | None
    implies: tuple[tuple[str, FieldValue], ...]
    verbs: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    options: dict[str, str]
    flags: tuple[str, ...]


class PasteTables:
    """The tables. Rows become objects when a text asks for them."""

    def __init__(self, data: Any) -> None:
        self._data = data
        self.options: dict[str, str] = data.OPTIONS
        self.flags: frozenset[str] = frozenset(data.FLAGS)
        self.settings: dict[str, str] = data.SETTINGS
        self.settings_alone: dict[str, str] = data.SETTINGS_ALONE
        self.small_words: frozenset[str] = frozenset(data.SMALL_WORDS)
        self.queries: dict[str, dict[str, str]] = data.QUERIES
        self.repository_files: tuple[tuple[str, str], ...] = data.REPOSITORY_FILES
        self.folders: tuple[Template, ...] = tuple(Template(*row) for row in data.FOLDERS)

    def contents(self, file: str) -> str | None:
        """What a file of a repository holds that isn't weights, by its name without folders."""
        name = file.lower()
        return next((holds for named, holds in self.repository_files if _names(named, name)), None)

    def commands(self, program: str) -> tuple[Command, ...]:
        """What a program of that name may be, by its file name without folders."""
        return tuple(Command(*row) for row in self._data.PROGRAMS.get(program, ()))

    def function(self, name: str) -> Command | None:
        """The function of that name that loads a model."""
        row = self._data.FUNCTIONS.get(name)
        return Command(*row) if row else None

    def site(self, host: str) -> tuple[Template, ...]:
        """The pages of a site, by its host or by one above it that covers everything below (`.example.com`)."""
        rows = self._data.SITES.get(host)
        while rows is None and "." in host:
            host = host.partition(".")[2]
            rows = self._data.SITES.get("." + host)
        return tuple(Template(*row) for row in rows or ())

    def names(self, platform: str | None) -> tuple[Template, ...]:
        """How a platform writes ids of several parts."""
        return tuple(Template(*row) for row in self._data.NAMES.get(platform, ()))

    def uris(self, scheme: str) -> tuple[Template, ...]:
        """What comes after a scheme."""
        return tuple(Template(*row) for row in self._data.URIS.get(scheme, ()))


def _names(named: str, file: str) -> bool:
    """Return whether a name in which * is any text means the file."""
    start, star, end = named.partition("*")
    if not star:
        return named == file
    return file.startswith(start) and file.endswith(end) and len(file) >= len(named) - 1


@functools.cache
def paste_tables() -> PasteTables:
    """The tables, loaded once."""
    return PasteTables(importlib.import_module("nameplate._compiled_pastes"))
