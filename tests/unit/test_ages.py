"""Sources that were checked long ago, so that they can be checked again."""

import datetime
from pathlib import Path

import pytest

from plugins.catalog import __main__ as command
from plugins.catalog.ages import CheckedSource, checked_sources, report, stale
from plugins.catalog.loader import load
from plugins.catalog.sources import ROOT

TODAY = datetime.date(2027, 6, 1)


def test_the_oldest_sources_come_first() -> None:
    found = stale(load(), 0, TODAY)
    assert [source.checked for source in found] == sorted(source.checked for source in found)
    assert len(found) > 1000


def test_only_sources_older_than_the_limit_are_listed() -> None:
    source = next(iter(checked_sources(load())))
    exactly = source.checked + datetime.timedelta(days=180)
    assert source not in stale(load(), 180, exactly)
    assert source in stale(load(), 180, exactly + datetime.timedelta(days=1))


def test_every_source_is_in_the_file_that_is_named() -> None:
    texts: dict[str, str] = {}
    for source in checked_sources(load()):
        text = texts.setdefault(source.page, (ROOT / source.page).read_text(encoding="utf-8"))
        assert source.checked.isoformat() in text, source
        assert source.key.startswith(("sources[", "[")) or source.key in text, source


def test_every_file_with_a_day_of_checking_is_listed() -> None:
    data = ROOT / "widgets" / "nameplate" / "data"
    files = [*data.rglob("*.yml"), *data.rglob("*.md"), *(ROOT / "docs" / "families").glob("*.md")]
    dated = {path.relative_to(ROOT).as_posix() for path in files if "checked: 20" in path.read_text(encoding="utf-8")}
    assert dated == {source.page for source in checked_sources(load())}


def test_a_source_is_one_line_with_its_age() -> None:
    source = CheckedSource("docs/families/otter-2.md", "card-8b", "Card of Otter 2", datetime.date(2026, 11, 23))
    assert report([source], TODAY).splitlines() == [
        "page\tsource\ttitle\tchecked\tdays",
        "docs/families/otter-2.md\tcard-8b\tCard of Otter 2\t2026-11-23\t190",
    ]


def test_the_command_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--stale", "-1"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split("\t") == ["page", "source", "title", "checked", "days"]
    assert any(Path(row.split("\t")[0]).name == "qwen3.md" for row in rows)
