"""A copy of the checkout as a clone would have it, and the archives that are built from it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.package.environments import ROOT, Environment, empty_environment

MADE = (".git", ".venv", "build", "dist", "node_modules", "site", "docs/api", "docs/assets")
LEARNT = ROOT / "build" / "requests"
STALE = 'raise SystemExit("This is a stale table.")\n'


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources as a repository of their own. Tables that were compiled from other data lie about in it, ignored.

    So does what was learnt from the example requests, which takes minutes; an installation from a clone learns it again.
    """
    folder = tmp_path_factory.mktemp("checkout")
    for name in _sources():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    author = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    _git(folder, *author, "commit", "--quiet", "--message", "Copy the sources")
    for table in ("_compiled.py", "_compiled_memory.py", "_compiled_old.py"):
        (folder / "widgets" / "nameplate" / table).write_text(STALE)
    if LEARNT.is_dir():
        shutil.copytree(LEARNT, folder / LEARNT.relative_to(ROOT))
    return folder


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with what builds and checks archives."""
    environment = empty_environment(Path(sys.executable), tmp_path_factory.mktemp("tools") / "env")
    environment.install("build", "twine")
    return environment


@pytest.fixture(scope="session")
def archives(checkout: Path, tools: Environment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("archives")
    tools.run("python", "-m", "build", "--installer", "pip", "--outdir", folder, checkout)
    return folder


@pytest.fixture(scope="session")
def sdist(archives: Path) -> Path:
    """The source archive."""
    (path,) = archives.glob("*.tar.gz")
    return path


@pytest.fixture(scope="session")
def wheel(archives: Path) -> Path:
    """The wheel."""
    (path,) = archives.glob("*.whl")
    return path


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
