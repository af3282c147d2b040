"""A copy of the checkout as a clone would have it, and the archives that are built from it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.package.environments import ROOT, Environment, empty_environment
from tests.package.sources import commit, copy_sources

LEARNT = ROOT / "build" / "requests"
STALE = 'raise SystemExit("This is a stale table.")\n'


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources as a repository of their own. Tables that were compiled from other data lie about in it, ignored.

    So does what was learnt from the example requests, which takes minutes; an installation from a clone learns it again.
    """
    folder = tmp_path_factory.mktemp("checkout")
    copy_sources(folder)
    commit(folder)
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
