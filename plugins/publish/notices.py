"""Say what the finished site holds that others made, and under which licences: notices.yml lists it, a page shows it.

The list is checked against the files of the site, against what their source maps mention, and against package.json: what
isn't listed ends the build.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ..catalog.front_matter import read_yaml
from ..catalog.sources import ROOT
from ..site.markup import escaped
from ..site.table import frame, head, row

LIST = Path(__file__).with_name("notices.yml")
TEXTS = Path(__file__).with_name("licence_texts")
COLUMNS = ("What", "Copyright", "Licence")
TITLES = {"MPL-2.0": "Mozilla Public License 2.0", "Python-2.0": "Python's licence", "MIT": "MIT licence", "Apache-2.0": "Apache License 2.0",
          "Zlib": "zlib licence", "0BSD": "BSD Zero Clause licence", "BSD-2-Clause": "BSD 2-Clause licence",
          "BSD-3-Clause": "BSD 3-Clause licence", "bzip2-1.0.6": "bzip2 licence", "ISC": "ISC licence"}  # fmt: skip
_PACKAGE = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/")


class NoticeError(ValueError):
    """Say what of the site isn't listed."""


class Notice(BaseModel):
    """Something that others made. The comment on top of notices.yml describes the keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    about: str
    copyright: str
    licence: str
    source: str
    checked: datetime.date
    text: str | None = None
    changed: str | None = None
    inside: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class Notices(BaseModel):
    """The whole list: patterns of our own files, of those of the theme that are taken out, and what others made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ours: tuple[str, ...]
    unused: tuple[str, ...]
    theirs: tuple[Notice, ...]


@functools.cache
def notices() -> Notices:
    """Read the list."""
    return Notices.model_validate(read_yaml(LIST).data)


def table() -> str:
    """Render what others made, and the texts of the licences that ask for it."""
    rows = "".join(map(_row, notices().theirs))
    found = f'<table class="site-table">{head(COLUMNS)}<tbody>{rows}</tbody></table>'
    texts = sorted({one.text for one in notices().theirs if one.text}, key=lambda name: TITLES[name].casefold())
    return "\n\n".join([frame("What others made", found), *map(_text, texts)])


def _row(one: Notice) -> str:
    cells = (
        f'<a href="{escaped(one.source)}">{escaped(one.name)}</a> <small class="site-note">{escaped(one.about)}</small>',
        escaped(one.copyright),
        f"{escaped(one.licence)} <small>Checked <time>{one.checked.isoformat()}</time>.</small>"
        + (f' <small class="site-note">{escaped(one.changed)}</small>' if one.changed else ""),
    )
    return row(list(zip(COLUMNS, cells, strict=True)))


def _text(name: str) -> str:
    """Return the text of a licence, folded. Lines without anything would end the element for Markdown."""
    lines = (TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    text = "\n".join(escaped(line) if line.strip() else "&#8203;" for line in lines)
    return f"<details><summary>{TITLES[name]}</summary><pre>{text}</pre></details>"


def finish(site: Path) -> None:
    """Take out of a finished site what no page loads, and raise NoticeError if something else isn't listed."""
    for pattern in notices().unused:
        shutil.rmtree(site / pattern.removesuffix("/**"), ignore_errors=True)
    found = [*unlisted(site), *unlisted_inside(site), *unlisted_packages(ROOT / "package.json")]
    if found:
        where = LIST.relative_to(ROOT)
        raise NoticeError("\n".join(f"{name} isn't listed in {where}. Add it with its licence" for name in found))


def unlisted(site: Path) -> list[str]:
    """Return the files of a site that are neither ours nor listed."""
    known = notices()
    theirs = (pattern for one in known.theirs for pattern in one.files)
    listed = _matching((*known.ours, *known.unused, *theirs))
    files = (path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file())
    return [name for name in files if not listed.fullmatch(name)]


def unlisted_inside(site: Path) -> list[str]:
    """Return the packages that the source maps of a site mention and that aren't listed."""
    mentioned = {package for path in sorted(site.rglob("*.map")) for package in packages(path.read_text("utf-8"))}
    return sorted(mentioned - _inside())


def unlisted_packages(manifest: Path) -> list[str]:
    """Return the packages that the site takes from npm, other than for checks, and that aren't listed."""
    taken = json.loads(manifest.read_text(encoding="utf-8")).get("dependencies", {})
    return sorted(taken.keys() - _inside())


def packages(source_map: str) -> Iterator[str]:
    """Yield the packages that became part of a file, by its source map.

    >>> list(packages('{"sources": ["node_modules/rxjs/src/index.ts", "src/main.ts"]}'))
    ['rxjs']
    """
    for source in json.loads(source_map)["sources"]:
        yield from _PACKAGE.findall(source)


def _inside() -> set[str]:
    return {package for one in notices().theirs for package in one.inside}


def _matching(patterns: Iterable[str]) -> re.Pattern[str]:
    r"""Return what matches the paths that one of the patterns means: * is within a folder, ** crosses them.

    >>> found = _matching(["**/*.html", "assets/web-*/*"])
    >>> [bool(found.fullmatch(name)) for name in ("a.html", "b/c/d.html", "assets/web-1/a.mjs", "assets/web-1/b/a.mjs")]
    [True, True, True, False]
    """
    signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}
    parts = re.compile(r"(\*\*/|\*\*|\*)")
    return re.compile(
        "|".join("".join(signs.get(part) or re.escape(part) for part in parts.split(one)) for one in patterns)
    )
