"""The set-up: what is pinned, and what a machine is told that lacks something."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.bundle import node
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


def test_a_port_that_is_taken_is_said_before_anything_is_built() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = ["make", "serve", f"PORT={port}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.startswith(
        f"Port {port} can't be used: Address already in use. Choose another: make serve PORT="
    )


@pytest.mark.parametrize("port", ["", "x", "0", "70000"])
def test_a_port_is_a_number(port: str) -> None:
    program = ROOT / "requirements" / "free_port.py"
    done = subprocess.run([sys.executable, program, port], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"PORT={port} is not the number of a port")


def test_npm_keeps_what_it_downloads_where_it_may_write(tmp_path: Path) -> None:
    assert node.npm_cache({}, tmp_path) == {}
    assert node.npm_cache({}, tmp_path / "missing") == {"npm_config_cache": str(node.NPM_CACHE)}
    (tmp_path / ".npm").write_text("not a folder")
    assert node.npm_cache({}, tmp_path) == {"npm_config_cache": str(node.NPM_CACHE)}
    assert node.npm_cache({"npm_config_cache": "/elsewhere"}, tmp_path / "missing") == {}


def test_a_python_that_is_named_replaces_the_one_that_was_taken_before(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements", "pyproject.toml", "package-lock.json"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    python = tmp_path / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\ncase "$2" in *runs*) echo runs ;; *) echo another ;; esac\n')
    python.chmod(0o755)
    stamp = tmp_path / ".venv" / "python-stamp"
    stamp.touch()
    refused = subprocess.run(
        ["make", "help", f"PYTHON={tmp_path / 'missing'}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert refused.returncode
    assert f"PYTHON={tmp_path / 'missing'} doesn't run. Name a Python" in refused.stderr
    assert stamp.exists()
    for asked, stays in ((None, True), (sys.executable, False)):
        named = [f"PYTHON={asked}"] if asked else []
        subprocess.run(["make", "help", *named], cwd=tmp_path, capture_output=True, check=True)
        assert stamp.exists() is stays


def test_style_types_and_spelling() -> None:
    done = subprocess.run(["make", "check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
