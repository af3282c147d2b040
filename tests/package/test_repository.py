"""The files at the top of the repository: they agree with the package, and what they point to exists."""

from __future__ import annotations

import datetime
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import nameplate
from nameplate.cli import main
from tests import figures, readme_badges
from tests.package.environments import ROOT

PAPERS = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "SECURITY.md",
    "tests/README.md",
)
LINK = re.compile(r"\]\(([^)]+)\)")
PATH = re.compile(r"`((?:docs|overrides|plugins|requirements|schemas|tests|widgets)/[\w./-]*)`")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
COMMAND = re.compile(r"(?:`|^)make ([a-z-]+)", re.MULTILINE)
# Each runs what a path leads through, and then the files are printed of which a function ran.
OF_A_WORD = """
import pathlib, sys
from nameplate import browser, decode
decode("llama-7b")
used = set()
sys.setprofile(lambda frame, event, _: used.add(frame.f_code.co_filename))
browser.answer("Qwen3-8B-Instruct", "", "")
"""
OF_A_REQUEST = """
import contextlib, io, pathlib, sys
from nameplate import cli
used = set()
sys.setprofile(lambda frame, event, _: used.add(frame.f_code.co_filename))
with contextlib.redirect_stdout(io.StringIO()):
    for names in (["Qwen3-8B-Base", "Qwen3-8B"], []):
        for task in ("help desk bot", "zorp"):
            cli.main(["pick", "--task", task, *names])
"""
USED = """
sys.setprofile(None)
print(*(pathlib.Path(name).relative_to(pathlib.Path.cwd()) for name in used if "/nameplate/" in name))
"""


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAPERS)
def test_links_lead_somewhere(name: str) -> None:
    paper = ROOT / name
    for link in LINK.findall(paper.read_text(encoding="utf-8")):
        if not link.startswith("https://"):
            path, _, anchor = link.partition("#")
            target = paper.parent / path if path else paper
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("name", [*PAPERS, "docs/contributing.md"])
def test_files_that_are_named_exist(name: str) -> None:
    made = {"widgets/nameplate/_compiled.py", "docs/families/otter-2.md"}  # the second by readers of the page
    named = set(PATH.findall((ROOT / name).read_text(encoding="utf-8"))) - made
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", [*PAPERS, "docs/contributing.md"])
def test_commands_that_are_named_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(COMMAND.findall((ROOT / name).read_text(encoding="utf-8"))) <= targets


@pytest.mark.parametrize(
    ("begin", "end", "program"),
    [
        ("**When a name is decoded:**", "## The path of a request", OF_A_WORD),
        ("## The path of a request", "## A demonstration", OF_A_REQUEST),
    ],
)
def test_a_path_leads_through_the_files_that_are_listed(begin: str, end: str, program: str) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition(begin)[2].partition(end)[0]
    listed = set(re.findall(r"`(widgets/nameplate/[\w/]+\.py)`", text))
    compiled = (
        "from nameplate import decode; decode('llama-7b').stage"  # in a process of its own, since compiling decodes
    )
    subprocess.run([sys.executable, "-c", compiled], cwd=ROOT, capture_output=True, check=True)
    done = subprocess.run([sys.executable, "-c", program + USED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(listed) > 8
    assert listed <= set(done.stdout.split())


@pytest.mark.parametrize("folder", ["plugins", "widgets/nameplate"])
def test_every_folder_of_code_is_in_the_layout(folder: str) -> None:
    layout = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Layout")[2]
    listed = set(re.findall(r"`(?:widgets/nameplate/|plugins/)?(\w+)/`", layout))
    folders = {path.name for path in (ROOT / folder).iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert folders <= listed


def test_every_folder_of_tests_is_described() -> None:
    listed = set(re.findall(r"^\| `(\w+)/` \|", (ROOT / "tests" / "README.md").read_text(), re.MULTILINE))
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert listed == folders


def test_the_citation_is_of_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["version"] == nameplate.__version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert [author["name"] for author in citation["authors"]] == [author["name"] for author in project["authors"]]


def test_the_version_is_written_in_one_place_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "version" in project["dynamic"]
    assert nameplate.__version__ in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licences_name_the_authors() -> None:
    for name in ("LICENSE", "LICENSE-DATA"):
        assert "The Nameplate authors" in (ROOT / name).read_text(encoding="utf-8")


def test_the_commands_of_the_readme_run(capsys: pytest.CaptureFixture[str]) -> None:
    commands = re.findall(r"^nameplate (.*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) > 3
    for command in commands:
        if "--file" not in command:
            assert main(shlex.split(command)) == 0
            assert capsys.readouterr().out


def test_the_python_of_the_readme_runs() -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


def test_the_first_python_of_the_readme_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    block = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)[0]
    exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out.strip() == block.strip().rpartition("# ")[2]


def test_the_badges_of_the_readme_are_true() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, picture in readme_badges.badges().items():
        assert f"(.github/badges/{name})" in text
        assert (readme_badges.FOLDER / name).read_text(encoding="utf-8") == picture, (
            "run: python -m tests.readme_badges"
        )


def test_the_figures_of_the_readme_are_those_of_today() -> None:
    """Times aren't measured again; how often we agree with others is."""
    _, _, part = (ROOT / "README.md").read_text(encoding="utf-8").partition(figures.BEGIN)
    made, _, _ = part.partition(figures.END)
    rows = [line for line in made.splitlines() if line.startswith("|")][2:]
    assert rows[0] == str(figures.agreement()), "run: python -m tests.figures --agreement"
    day, machine = re.findall(r"Measured on (\S+) with (.+), by `make figures`", made)[0]
    assert figures.written(rows, datetime.date.fromisoformat(day), machine) == f"{figures.BEGIN}{made}{figures.END}"
