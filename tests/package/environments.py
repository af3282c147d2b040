"""Empty environments to install the package into: one for each Python on this machine that the package supports.

What an isolated build needs is downloaded once, as locked, into build/package-wheels/. From then on nothing is asked of
the network, and the machine's own pip configuration counts for nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WHEELS = ROOT / "build" / "package-wheels"
LOCKS = (ROOT / "requirements" / "data.txt", ROOT / "requirements" / "package.txt")
VERSION = "import sys, venv; print('%d.%d' % sys.version_info[:2])"


@dataclass(frozen=True)
class Environment:
    """A virtual environment without any package."""

    folder: Path
    wheels: Path

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.folder / "bin" / "python"

    def install(self, *what: str | Path) -> None:
        """Install with pip, taking what is missing from the folder of wheels alone."""
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install", "--quiet"]
        self._run([*pip, *map(str, what)])

    def run(self, *command: str | Path, cwd: Path | None = None) -> str:
        """Run a program of the environment, and return what it printed."""
        program, *arguments = command
        return self._run([str(self.folder / "bin" / program), *map(str, arguments)], cwd)

    def _run(self, command: list[str], cwd: Path | None = None) -> str:
        done = subprocess.run(
            command, cwd=cwd or self.folder, env=self._variables(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
        return done.stdout

    def _variables(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "VIRTUAL_ENV"))
        }
        offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_CONFIG_FILE": os.devnull}
        return {**kept, **offline, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def empty_environment(python: Path, folder: Path) -> Environment:
    """Make an environment for a Python in a folder that does not exist yet."""
    subprocess.run([python, "-m", "venv", "--without-pip", folder], check=True)
    return Environment(folder, wheels_for(python))


def pythons() -> dict[str, Path]:
    """Find this Python, and every other that the package's metadata names: by version, in the order of the versions."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    claimed = {classifier.rpartition(" ")[2] for classifier in project["classifiers"]}
    found = {"{}.{}".format(*sys.version_info): Path(sys.executable)}
    for candidate in _candidates():
        version = _version_of(candidate)
        if version and version in claimed:
            found.setdefault(version, candidate)
    return dict(sorted(found.items(), key=lambda item: int(item[0].partition(".")[2])))


def _candidates() -> Iterator[Path]:
    names = [f"python3.{minor}" for minor in range(11, 30)]
    yield from (Path(path) for name in names if (path := shutil.which(name)))
    managed = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from sorted(managed.glob("3.*/bin/python"))


def _version_of(python: Path) -> str | None:
    done = subprocess.run([python, "-c", VERSION], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def wheels_for(python: Path) -> Path:
    """Download what builds and checks the package for a Python, unless it was; the folder."""
    locked = hashlib.sha256(b"".join(lock.read_bytes() for lock in LOCKS)).hexdigest()[:12]
    folder = WHEELS / f"{_version_of(python)}-{locked}"
    if not folder.exists():
        draft = folder.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "download"]
        locks = [argument for lock in LOCKS for argument in ("-r", str(lock))]
        options = ["--quiet", "--require-hashes", "--only-binary", ":all:", "--dest", str(draft)]
        subprocess.run([*pip, *options, *locks], check=True)
        draft.rename(folder)
    return folder
