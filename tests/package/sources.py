"""Copy the sources of this checkout as a clone would have them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.package.environments import ROOT

MADE = (".git", ".venv", "build", "dist", "node_modules", "site", "docs/api", "docs/assets")


def copy_sources(folder: Path) -> None:
    """Copy everything that a clone would have, also what isn't committed yet."""
    for name in _sources():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)


def commit(folder: Path) -> None:
    """Make a folder a repository of its own, with everything in it committed."""
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    author = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    _git(folder, *author, "commit", "--quiet", "--message", "Copy the sources")


def _sources() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = listed.stdout.decode().split("\0")
    else:  # a copy of the sources, and not a repository
        paths = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
        names = [path.as_posix() for path in paths if not path.as_posix().startswith(MADE)]
    return [name for name in names if (ROOT / name).is_file() and "__pycache__" not in name]


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)
