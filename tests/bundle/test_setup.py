"""The set-up: what is pinned, and what a machine is told that lacks something."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.bundle.paths import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
FIND_PYTHON = ROOT / "requirements" / "find-python.sh"
TARGETS = {"serve", "test", "build", "check", "bench", "help", "clean", "nightly", "data-check"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_python_package_is_pinned_with_a_hash(lock: Path) -> None:
    requirements = re.split(r"\n(?=\S)", lock.read_text())
    assert len(requirements) > 5
    for requirement in requirements:
        assert re.match(r"[a-z0-9.-]+==[^ ]+ .*\\\n +--hash=sha256:[0-9a-f]{64}", requirement), requirement


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_what_was_asked_for_is_in_the_lock(lock: Path) -> None:
    asked = re.findall(r"^([A-Za-z][\w.-]*)", lock.with_suffix(".in").read_text(), re.MULTILINE)
    locked = set(re.findall(r"^([a-z0-9.-]+)==", lock.read_text(), re.MULTILINE))
    assert {re.sub(r"[._-]+", "-", name).lower() for name in asked} <= locked


def test_every_npm_package_is_pinned_with_a_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = {name: about for name, about in packages.items() if name}
    assert all(re.match(r"sha512-", about["integrity"]) for about in wanted.values())
    assert not any("resolved" in about for about in wanted.values())


def test_no_lock_names_a_place() -> None:
    for lock in LOCKS:
        assert not re.search(r"://|file:|--(extra-)?index|find-links", lock.read_text()), lock.name
    assert not re.search(r'"(resolved|tarball)":', (ROOT / "package-lock.json").read_text())
    assert "registry" not in (ROOT / ".npmrc").read_text().replace("omit-lockfile-registry-resolved", "")


def test_help_lists_the_targets() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^  ([a-z-]+) ", done.stdout, re.MULTILINE)) >= TARGETS


def test_a_python_that_is_named_is_taken() -> None:
    done = subprocess.run(["sh", FIND_PYTHON, sys.executable], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == sys.executable


def test_a_python_that_is_too_old_is_refused(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(["sh", FIND_PYTHON, old], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "make PYTHON=" in done.stderr


def test_an_older_python_on_the_path_is_passed_over(tmp_path: Path) -> None:
    for name, program in (("python3", "exit 1"), ("python3.12", f'exec {sys.executable} "$@"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{program}\n")
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", str(FIND_PYTHON)], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(tmp_path / "python3.12")


def test_a_python_without_venv_is_told_how_to_get_it(tmp_path: Path) -> None:
    programs = {
        "python3": f'case "$2" in *ensurepip*) exit 1 ;; *) exec {sys.executable} "$@" ;; esac',
        "id": "echo 1000",
    }
    for name, program in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{program}\n")
        (tmp_path / name).chmod(0o755)
    command = ["/bin/sh", str(FIND_PYTHON)]
    done = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"apt-get install python3.{sys.version_info.minor}-venv" in done.stderr


def test_style_types_and_spelling() -> None:
    done = subprocess.run(["make", "check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
