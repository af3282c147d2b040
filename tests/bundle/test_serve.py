"""The bundle is made anew while the site is served."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.bundle.assets import WITHOUT
from plugins.bundle.layers import LAYERS
from plugins.bundle.paths import ROOT
from plugins.bundle.serve import PAUSE, follow, state_of


def made_while(states: str) -> str:
    """Return what was made when the sources look like each letter in turn, twice a second."""
    looks = iter(states)
    made: list[str] = []
    now = ""

    def look() -> str:
        nonlocal now
        now = next(looks)
        return now

    with contextlib.suppress(StopIteration, RuntimeError):
        for _ in follow(look, lambda: made.append(now), lambda: True):
            pass
    return "".join(made)


def test_nothing_is_made_while_nothing_changes() -> None:
    assert made_while("aaaa") == ""


def test_a_change_is_made_once_and_when_it_rests() -> None:
    assert made_while("abbbb") == "b"
    assert made_while("abcdddd") == "d"
    assert made_while("abbbccc") == "bc"


def test_what_was_taken_back_is_not_made() -> None:
    assert made_while("abaaa") == ""


def test_a_file_that_changes_comes_or_goes_is_seen(tmp_path: Path) -> None:
    def state() -> str:
        return state_of(sorted(tmp_path.iterdir()))

    def states() -> Iterator[str]:
        yield state()
        (tmp_path / "word.md").write_text("instruct")
        yield state()
        (tmp_path / "word.md").write_text("instruct model")
        yield state()
        (tmp_path / "word.md").unlink()
        yield state()

    first, *others, last = states()
    assert len({first, *others}) == 3
    assert last == first


def test_the_command_takes_the_place_of_the_process() -> None:
    """Whoever stops the server has to find it where it was started."""
    program = "import os; print(os.getpid())"
    command = [sys.executable, "-m", "plugins.bundle.serve", sys.executable, "-c", program]
    started = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ})
    said, _ = started.communicate()
    assert int(said) == started.pid


@pytest.mark.nightly
def test_a_new_word_reaches_the_bundle(tmp_path: Path) -> None:
    """In a copy of the sources, so that this one stays as it is; without layers, which takes less time."""
    copy = tmp_path / "copy"
    ignored = shutil.ignore_patterns(".*", "build", "node_modules", "assets", "_compiled*", "__pycache__", "tests")
    shutil.copytree(ROOT, copy, ignore=ignored)
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    environment = {**os.environ, WITHOUT: ",".join(layer.name for layer in LAYERS), "PYTHONPATH": str(copy)}
    python = [sys.executable, "-m"]
    subprocess.run([*python, "plugins.bundle"], cwd=copy, env=environment, check=True)
    first = wheel_of(copy)
    assert family_of("zorpflower-8b", first) != "Zorpflower"
    server = subprocess.Popen([*python, "plugins.bundle.serve", sys.executable, "-c", "input()"], cwd=copy, env=environment, stdin=subprocess.PIPE)  # fmt: skip
    try:
        time.sleep(2 * PAUSE)  # the first look
        line = copy / "widgets" / "nameplate" / "data" / "lines" / "unknown-maker.yml"
        added = "- line: Zorpflower\n  words: [zorpflower]\n  source: https://example.org\n  checked: 2026-11-23\n"
        line.write_text(line.read_text(encoding="utf-8") + added, encoding="utf-8")
        while wheel_of(copy) == first:
            assert server.poll() is None
            time.sleep(PAUSE)
    finally:
        server.communicate(b"\n")
    assert family_of("zorpflower-8b", wheel_of(copy)) == "Zorpflower"


def wheel_of(checkout: Path) -> Path:
    """Return the wheel of a checkout's bundle."""
    assets = checkout / "docs" / "assets"
    return assets / str(json.loads((assets / "manifest.json").read_text(encoding="utf-8"))["wheel"])


def family_of(name: str, wheel: Path) -> object:
    """Return the family that a wheel reads in a name."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import nameplate; print(nameplate.decode(sys.argv[2]).family)"
    )
    command = [sys.executable, "-I", "-S", "-c", program, str(wheel), name]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
