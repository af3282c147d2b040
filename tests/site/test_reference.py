"""The pages about the package: everything that it offers is on them, and their words are its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import nameplate
from nameplate.cli import parser
from nameplate.cli.examples import OF_COMMANDS
from plugins.publish import reference
from plugins.publish.docstrings import in_markdown
from plugins.site.page import PageError

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("python", "python-types", "command-line")
}
DOCUMENTED = re.findall(r'documented\("([\w.]+)"\)', "".join(PAGES.values()))


def test_every_name_of_the_package_is_documented() -> None:
    assert {f"nameplate.{name}" for name in nameplate.__all__} <= set(DOCUMENTED)


def test_every_command_is_shown() -> None:
    assert re.findall(r'command_help\("([\w-]+)"\)', PAGES["command-line"]) == list(OF_COMMANDS)


@pytest.mark.parametrize("path", DOCUMENTED)
def test_an_entry_says_something(path: str) -> None:
    entry = reference.entry(path)
    assert entry.startswith(f"### `{path.rpartition('.')[2]}`\n\n")
    assert len(entry.split("\n\n")[-1]) > 20
    assert not re.search(r"(?m)^>>> ", re.sub(r"(?s)```pycon.*?```", "", entry))


def test_help_is_what_the_command_prints(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", str(reference.COLUMNS + 2))  # argparse leaves two free
    with pytest.raises(SystemExit):
        parser().parse_args(["decode", "--help"])
    assert reference.command_help("decode") == f"```text\n{capsys.readouterr().out.rstrip()}\n```"


def test_the_table_has_every_exit_code() -> None:
    assert re.findall(r"<code>(\d+)</code>", reference.exit_codes()) == ["0", "1", "2", "130"]


@pytest.mark.parametrize(
    "path", ["nameplate.nothing", "os.system", "nameplate.cli.main", "nameplate.errors.LONGEST_SHOWN"]
)
def test_only_what_is_listed_can_be_documented(path: str) -> None:
    with pytest.raises(PageError):
        reference.directive(path)


def test_an_unknown_command_is_refused() -> None:
    with pytest.raises(PageError, match="Known: decode"):
        reference.command_help("encode")


def test_links_lead_to_the_modules_that_are_there(tmp_path: Path) -> None:
    stale = tmp_path / "nameplate" / "gone.py"
    stale.parent.mkdir()
    stale.write_text("")
    for _ in range(2):
        reference.link_sources(ROOT / "widgets" / "nameplate", tmp_path)
    found = sorted(path.relative_to(tmp_path / "nameplate").as_posix() for path in tmp_path.rglob("*.py"))
    assert "decoder.py" in found
    assert "memory/fit.py" in found
    assert not stale.exists()
    assert all(path.is_file() for path in tmp_path.rglob("*.py"))


def test_examples_become_blocks_of_code() -> None:
    written = in_markdown("Raises EmptyNameError.\n\n>>> 1 + 1\n2\n\nMore.")
    assert written == "Raises `EmptyNameError`.\n\n```pycon\n>>> 1 + 1\n2\n```\n\nMore."


def test_errors_of_python_are_not_linked() -> None:
    assert in_markdown("Raises TypeError.", linked=True) == "Raises `TypeError`."
