"""The workflows on GitHub: what a linter for them finds, and the rules that it doesn't know."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.package.environments import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
# Run for everybody's changes.
FOR_CHANGES = ("pull-request.yml", "test.yml")
PINNED = re.compile(r"uses: (?P<action>[\w./-]+)@(?P<commit>[0-9a-f]{40}) # (?P<version>v\d+\.\d+\.\d+)$")


def workflow(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return loaded


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in workflow(path)["jobs"].values():
        yield from job.get("steps", ())


def commands(path: Path) -> str:
    return "\n".join(step.get("run", "") for step in steps(path))


def test_the_linter_finds_nothing() -> None:
    linter = Path(sys.executable).with_name("zizmor")
    options = ["--offline", "--no-progress", "--quiet", "--persona", "auditor"]
    done = subprocess.run([linter, *options, ROOT / ".github"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_finds_what_is_wrong(tmp_path: Path) -> None:
    bad = tmp_path / ".github" / "workflows" / "bad.yml"
    bad.parent.mkdir(parents=True)
    bad.write_text(
        "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
        "      - uses: actions/checkout@v7\n      - run: echo ${{ github.event.pull_request.title }}\n"
    )
    linter = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [linter, "--offline", "--no-progress", "--quiet", tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    for finding in ("dangerous-triggers", "template-injection", "unpinned-uses", "artipacked"):
        assert f"[{finding}]" in done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit_and_named_by_version(path: Path) -> None:
    used = [
        line.strip().removeprefix("- ") for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line
    ]
    assert used
    for line in used:
        assert line == "uses: ./.github/workflows/test.yml" or PINNED.match(line), line


def test_an_action_has_the_same_version_everywhere() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    found = {
        (match["action"], match["commit"], match["version"])
        for match in re.finditer(PINNED.pattern, text, re.MULTILINE)
    }
    assert len(found) == len({action for action, _, _ in found}) > 5


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_nothing_is_allowed_but_what_a_job_says(path: Path) -> None:
    loaded = workflow(path)
    assert loaded["permissions"] == {}
    for name, job in loaded["jobs"].items():
        assert "permissions" in job, name
        assert "uses" in job or int(job["timeout-minutes"]) <= 240, name
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("name", FOR_CHANGES)
def test_a_change_from_a_stranger_gets_no_secret_and_may_only_read(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(r"secrets[.:]|github\.token|pull_request_target|workflow_run", text)
    for job in workflow(FOLDER / name)["jobs"].values():
        assert job["permissions"] == {"contents": "read"}


def test_the_data_is_checked_first() -> None:
    jobs = workflow(FOLDER / "test.yml")["jobs"]
    assert [name for name, job in jobs.items() if "needs" not in job] == ["data"]
    assert int(jobs["data"]["timeout-minutes"]) <= 5


def test_what_is_deployed_is_what_was_tested() -> None:
    jobs = workflow(FOLDER / "deploy.yml")["jobs"]
    assert jobs["deploy"]["needs"] == "test"
    deployed = [step["with"] for step in jobs["deploy"]["steps"] if "download-artifact" in step["uses"]]
    assert deployed == [{"name": "site", "path": "site"}]
    tested = workflow(FOLDER / "test.yml")["jobs"]["test"]
    assert {"name": "site", "path": "site"} in [step.get("with") for step in tested["steps"]]
    assert 'NAMEPLATE_SITE="$PWD/site"' in tested["steps"][-1]["run"]


def test_every_part_of_the_tests_is_run() -> None:
    job = workflow(FOLDER / "test.yml")["jobs"]["test"]
    parts = job["strategy"]["matrix"]["shard"]
    assert parts == [str(number) for number in range(1, len(parts) + 1)]
    assert f"--shard $SHARD/{len(parts)}" in job["steps"][-1]["run"]


def test_every_supported_python_is_tried() -> None:
    matrix = workflow(FOLDER / "test.yml")["jobs"]["platforms"]["strategy"]["matrix"]
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert matrix["python"] == re.findall(r'"Programming Language :: Python :: (3\.\d+)"', text)
    assert {system.partition("-")[0] for system in matrix["system"]} == {"ubuntu", "macos", "windows"}


def test_commands_and_modules_exist() -> None:
    text = "\n".join(map(commands, WORKFLOWS))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    used = {word for line in re.findall(r"\bmake((?: --silent)?(?: [a-z-]+)+)", text) for word in line.split()}
    assert used - {"--silent"} <= targets
    for module in re.findall(r"-m ((?:plugins|tests)[\w.]+)", text):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
