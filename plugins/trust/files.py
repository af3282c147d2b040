"""Check that docs/ and the data hold nothing but the files that belong there. Needs the standard library only.

Whatever is under docs/ is published, page or not: a stray script, an HTML file or a link to another folder of the builder
would be, too. So there is a list of what may be there, and everything else is refused.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from ..catalog.faults import Fault
from ..catalog.front_matter import LARGEST
from ..site.checkout import Site

_NAME = re.compile(r"^[a-z0-9]+([-_.][a-z0-9]+)*$")
DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
LONGEST_NAME = 100  # characters; encrypted file systems have room for little more
# The endings of the files in each folder.
PAGES: Mapping[str, tuple[str, ...]] = {
    "": (".md",),
    "guide": (".md",),
    "families": (".md",),
    "images": (".svg", ".png"),
}
# Code and style sheets are known one by one.
KNOWN = frozenset(
    (
        "javascripts/filter.mjs",
        "javascripts/nameplate-name.js",
        "javascripts/sort.mjs",
        "javascripts/tally.mjs",
        "service-worker.js",
        "stylesheets/nameplate.css",
        "stylesheets/nameplate-demo.css",
        "stylesheets/nameplate-picker.css",
        "stylesheets/nameplate-widget.css",
    )
)
# What `make assets` writes under docs/. Git ignores it.
MADE_FOLDERS = ("api", "assets")
MADE_FILES = ("llms.txt",)
MADE_COPY = "index.md.txt"
# What git ignores and what a build reads or runs: committed all the same, it would be trusted.
IGNORED = re.compile(
    r"^(?:\.venv|build|dist|node_modules|site|docs/(?:api|assets)|widgets/nameplate/_compiled[^/]*\.py)(?:/|$)"
    r"|^docs/llms\.txt$|^docs/(?:.*/)?index\.md\.txt$|(?:^|/)__pycache__/|\.pyc$"
)
DATA: Mapping[str, str] = {
    "": ".yml",
    "capabilities": ".yml",
    "lines": ".yml",
    "machines": ".yml",
    "requests": ".yml",
    "texts": ".txt",
    "vectors": ".txt",
}
README = "README.md"
_TERM = re.compile(r"^terms/[a-z]+/[^/]+\.md$")
_BEGINNINGS: Mapping[str, bytes] = {".png": b"\x89PNG\r\n\x1a\n", ".svg": b"<svg "}


def check(site: Site) -> Iterator[Fault]:
    """Find files that don't belong below docs/ or among the data, and committed files that a build writes itself."""
    yield from _folder(site.docs, _docs_complaint)
    yield from _folder(site.root / "widgets" / "nameplate" / "data", _data_complaint)
    yield from _committed(site.root)


def _folder(folder: Path, complaint: Callable[[str], str | None]) -> Iterator[Fault]:
    for path in walk(folder):
        name = path.relative_to(folder).as_posix()
        message = _kind_complaint(path) or complaint(name) or _size_complaint(path, name)
        if message:
            yield Fault(path, 1, "", message)


def walk(folder: Path, below: str = "") -> Iterator[Path]:
    """Find everything in a folder that isn't hidden, without following links. What `make assets` writes is left out."""
    try:
        entries = sorted(os.scandir(folder / below), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        name = f"{below}/{entry.name}".removeprefix("/")
        if entry.name.startswith(".") or (folder.name == "docs" and name in MADE_FOLDERS and not entry.is_symlink()):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(folder, name)
        else:
            yield folder / name


def _kind_complaint(path: Path) -> str | None:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return "this is a symbolic link. Put the file itself here"
    return None if stat.S_ISREG(mode) else "this isn't a file. Take it out"


def _docs_complaint(name: str) -> str | None:
    path = PurePosixPath(name)
    folder = "" if str(path.parent) == "." else str(path.parent)
    if name in KNOWN or name in MADE_FILES or path.name == MADE_COPY:
        return None
    if path.suffix not in PAGES.get(folder, ()):
        kinds = "; ".join(f"docs/{known}{'/' if known else ''}: {' '.join(ends)}" for known, ends in PAGES.items())
        return f"a file of this kind isn't published from here. Move it or take it out. Known: {kinds}"
    if not _NAME.match(path.name):
        return f'"{path.name}" becomes an address. Name it in lower case, with digits and single hyphens'
    return _portable_complaint(path)


def _portable_complaint(path: PurePosixPath) -> str | None:
    """Say why a name can't be on every system: Windows takes some for devices, and then nobody there can check anything out."""
    if path.name.split(".")[0] in DEVICES:
        return f'"{path.name}" is a device on Windows, where nobody could check this out. Choose another name'
    if len(path.name) > LONGEST_NAME:
        return f"the name has {len(path.name)} characters; at most {LONGEST_NAME} are possible everywhere. Shorten it"
    return None


def _data_complaint(name: str) -> str | None:
    path = PurePosixPath(name)
    folder = "" if str(path.parent) == "." else str(path.parent)
    if path.name == README:
        return None
    if _TERM.match(name) or DATA.get(folder) == path.suffix:
        if not _NAME.match(path.name.lstrip("_")):
            return f'"{path.name}" is an odd name. Use lower case and hyphens'
        return _portable_complaint(path)
    return "nothing reads a file of this kind here. Move it or take it out"


def _size_complaint(path: Path, name: str) -> str | None:
    if name in KNOWN or name in MADE_FILES or path.name == MADE_COPY:
        return None
    size = path.stat().st_size
    if size > LARGEST:
        return f"the file has {size:,} bytes; at most {LARGEST:,} are read. Split it, or make it smaller"
    beginning = _BEGINNINGS.get(path.suffix)
    if beginning:
        with path.open("rb") as file:
            if not file.read(len(beginning)).startswith(beginning):
                return f"this isn't what {path.suffix} promises. Save the picture in that format"
    return None


def _committed(root: Path) -> Iterator[Fault]:
    """Find links, submodules and files of a build that are committed. Without git there is nothing to look at."""
    try:
        listed = subprocess.run(
            ["git", "-C", str(root), "ls-files", "--stage", "-z"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return
    for row in filter(None, listed.split("\0")):
        described, _, name = row.partition("\t")
        if described.startswith("120000"):
            yield Fault(root / name, 1, "", "this is a symbolic link. Put the file itself here")
        elif described.startswith("160000"):
            yield Fault(root / name, 1, "", "this is another repository. Take it out")
        elif IGNORED.search(name):
            yield Fault(root / name, 1, "", "a build writes this file itself. Take it out with git rm --cached")
