"""Build the site, the wheel and the sdist as two people would, and compare what they get, byte for byte.

Each has a clone of the same commit in a folder of another name and depth, another time zone, another home, and another mask
for the files that are made. What the picker has learnt is copied: to learn it takes minutes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.package.environments import ROOT
from tests.package.sources import commit, copy_sources

# What takes minutes to make, or a network.
COPIED = ("build/pyodide-packages", "build/requests", "build/word-meanings", "node_modules")
SITE_URL = "https://example.org/nameplate/"


class Person(NamedTuple):
    """Who builds: the folder, and what else differs from one machine to another."""

    folder: str
    zone: str
    user: str
    umask: int
    language: str


PEOPLE = (
    Person("one", "Pacific/Kiritimati", "first", 0o022, "C.UTF-8"),
    Person("elsewhere/in-a-deeper-folder/two", "America/Los_Angeles", "somebody.else", 0o077, "en_GB.UTF-8"),
)


class BuildError(Exception):
    """A build that failed, with the end of what it printed."""


def build_twice(scratch: Path) -> tuple[Path, Path]:
    """Build in two folders below an empty one, and return them."""
    source = scratch / "source"
    copy_sources(source)
    commit(source)
    one, two = (_build(person, source, scratch) for person in PEOPLE)
    return one, two


def differences(one: Path, two: Path) -> list[str]:
    """Return a line for each file of the site, and for each archive, that isn't the same in both folders."""
    first, second = dict(_digests(one)), dict(_digests(two))
    return [
        f"{name}: {'differs' if name in first and name in second else 'is missing in one of them'}"
        for name in sorted(first.keys() | second.keys())
        if first.get(name) != second.get(name)
    ]


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for top in ("site", "dist"):
        for path in sorted((folder / top).rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def _build(person: Person, source: Path, scratch: Path) -> Path:
    folder = scratch / person.folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    home = scratch / "homes" / person.user
    home.mkdir(parents=True)
    _run(["git", "clone", "--quiet", str(source), str(folder)], scratch, person, dict(os.environ))
    for name in COPIED:
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name, symlinks=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "GIT_", "LC_"))},
        "HOME": str(home),
        "USER": person.user,
        "LOGNAME": person.user,
        "TZ": person.zone,
        "LANG": person.language,
        "PYTHONPATH": os.pathsep.join([str(folder / "widgets"), str(folder)]),
        "SITE_URL": SITE_URL,
    }
    tools = Path(sys.executable).parent
    _run(["make", "build", f"BIN={tools}", "READY="], folder, person, environment)
    _run([sys.executable, "-m", "hatchling", "build", "--directory", "dist"], folder, person, environment)
    return folder


def _run(command: list[str], folder: Path, person: Person, environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=folder, env=environment, umask=person.umask, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildError(f"{' '.join(command)} failed in {folder}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
