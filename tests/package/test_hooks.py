"""What git runs before a commit: the same tools, in the same versions, as make check."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import Any

import pytest
import yaml

from tests.package.environments import ROOT

[LOCAL] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in LOCAL["hooks"]}


def test_nothing_is_taken_from_another_repository() -> None:
    assert LOCAL["repo"] == "local"
    assert set(HOOKS) == {"data", "ruff", "ruff-format", "typos"}


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_the_versions_are_the_locked_ones(hook: dict[str, Any]) -> None:
    locked = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    for package in hook["additional_dependencies"]:
        assert re.search(rf"^{re.escape(package.lower())} ", locked, re.MULTILINE), package


def test_the_data_hook_finds_no_fault_in_a_checkout() -> None:
    program, *arguments = shlex.split(HOOKS["data"]["entry"])
    assert program == "python"
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "The data files: no fault.\n"), done.stderr


@pytest.mark.parametrize(
    ("path", "runs"),
    [
        ("docs/families/qwen3.md", True),
        ("widgets/nameplate/data/terms/variants/instruct-model.md", True),
        ("tests/vectors/words.json", True),
        ("widgets/nameplate/decoder.py", False),
    ],
)
def test_the_data_hook_runs_where_data_changes(path: str, runs: bool) -> None:
    assert bool(re.search(HOOKS["data"]["files"], path)) is runs
