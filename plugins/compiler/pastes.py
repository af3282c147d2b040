"""Turns what takes pasted text apart into a module of literals: loaded when a text is more than a plain name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..catalog.contents import Catalog
from ..catalog.models import Page
from ..catalog.paste_models import Command, Layout

ANYTHING, SETTINGS, ALONE = (
    "anything",
    "settings",
    "settings that need to be alone",
)  # rows of commands.yml that belong to no program


def parts(catalog: Catalog) -> dict[str, Any]:
    """The constants of the module: programs, the folders they keep, and the pages of sites."""
    commands = catalog.pastes.commands.values()
    programs: dict[str, tuple[tuple[Any, ...], ...]] = {}
    functions: dict[str, tuple[Any, ...]] = {}
    for command in commands:
        for name in command.names:
            if command.code:
                functions[name] = _command(command)
            else:
                programs[name] = (*programs.get(name, ()), _command(command))
    return {
        "PROGRAMS": programs,
        "FUNCTIONS": functions,
        "OPTIONS": catalog.pastes.commands[ANYTHING].options,
        "FLAGS": catalog.pastes.commands[ANYTHING].flags,
        "SETTINGS": catalog.pastes.commands[SETTINGS].options,
        "SETTINGS_ALONE": catalog.pastes.commands[ALONE].options,
        "SMALL_WORDS": tuple(sorted({word for row in catalog.pastes.prose.values() for word in row.words})),
        "REPOSITORY_FILES": tuple(
            (name, row.contents) for row in catalog.pastes.repository_files.values() for name in row.files
        ),
        "FOLDERS": tuple(row for layout in catalog.pastes.folders.values() for row in _layout(layout)),
        "SITES": _sites(catalog),
        "URIS": {
            scheme: _pages(platform.uris, platform.platform)
            for platform in catalog.platforms.values()
            for scheme in platform.schemes
            if platform.uris
        },
        "NAMES": {p.platform: _pages(p.names, p.platform) for p in catalog.platforms.values() if p.names},
        "QUERIES": {platform.platform: platform.query for platform in catalog.platforms.values() if platform.query},
    }


def _command(command: Command) -> tuple[Any, ...]:
    verbs = tuple((tuple(verb.split()), words) for verb, words in command.verbs.items())
    longest_first = tuple(sorted(verbs, key=lambda verb: -len(verb[0])))
    return command.platform, tuple(command.implies.items()), longest_first, command.options, command.flags


def _layout(layout: Layout) -> list[tuple[Any, ...]]:
    implies = tuple(layout.implies.items())
    return [_template(path, layout.platform, layout.kind, implies) for path in layout.paths]


def _sites(catalog: Catalog) -> dict[str, tuple[tuple[Any, ...], ...]]:
    """The pages of each host; two platforms may share one."""
    found: dict[str, tuple[tuple[Any, ...], ...]] = {}
    for platform in catalog.platforms.values():
        templates = _pages(platform.pages, platform.platform)
        for host in platform.hosts if templates else ():
            found[host] = (*found.get(host, ()), *templates)
    return found


def _pages(pages: Sequence[str | Page], platform: str) -> tuple[tuple[Any, ...], ...]:
    rows = [page if isinstance(page, Page) else Page(at=page) for page in pages]
    return tuple((*_template(row.at, row.platform or platform, row.kind), row.shows) for row in rows)


def _template(
    path: str, platform: str | None, kind: str | None = None, implies: tuple[tuple[str, Any], ...] = ()
) -> tuple[Any, ...]:
    """Return a path up to its asterisk, what comes after that (None without an asterisk), and what such an address is."""
    segments = path.split("/")
    star = segments.index("*") if "*" in segments else None
    head = tuple(segments[:star])
    return head, None if star is None else tuple(segments[star + 1 :]), platform, kind, implies
