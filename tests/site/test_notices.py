"""What the site holds that others made is listed, with its licence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plugins.publish import notices


def test_every_file_of_the_site_is_ours_or_listed(built_site: Path) -> None:
    assert notices.unlisted(built_site) == []


def test_every_package_within_a_file_of_the_site_is_listed(built_site: Path) -> None:
    assert notices.unlisted_inside(built_site) == []


def test_every_entry_is_about_something_that_is_there(built_site: Path) -> None:
    for one in notices.notices().theirs:
        for pattern in one.files:
            if "package-*" not in pattern:  # only where a layer is left out
                assert list(built_site.glob(pattern)), pattern


def test_the_page_shows_each_entry_and_the_texts(built_site: Path) -> None:
    page = (built_site / "notices" / "index.html").read_text(encoding="utf-8")
    for one in notices.notices().theirs:
        assert f">{one.name}</a>" in page
    assert "Permission is hereby granted, free of charge" in page
    assert page.count("<details>") == len({one.text for one in notices.notices().theirs if one.text})


def test_a_text_is_there_for_each_entry_that_asks_for_it_and_no_other() -> None:
    asked = {one.text for one in notices.notices().theirs if one.text}
    assert {path.stem for path in notices.TEXTS.iterdir()} == asked == notices.TITLES.keys()


def test_a_file_of_others_without_an_entry_ends_the_build(tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    scripts = tmp_path / "assets" / "javascripts"
    (scripts / "lunr" / "min").mkdir(parents=True)
    (scripts / "lunr" / "min" / "lunr.de.min.js").touch()
    notices.finish(tmp_path)
    assert not (scripts / "lunr").exists()
    (scripts / "jquery.min.js").touch()
    with pytest.raises(notices.NoticeError, match=r"^assets/javascripts/jquery.min.js isn't listed in .*notices.yml"):
        notices.finish(tmp_path)


def test_a_package_without_an_entry_ends_the_build(tmp_path: Path) -> None:
    folder = tmp_path / "assets" / "javascripts"
    folder.mkdir(parents=True)
    (folder / "bundle.1.js.map").write_text(json.dumps({"sources": ["node_modules/left-pad/index.js"]}))
    with pytest.raises(notices.NoticeError, match=r"^left-pad isn't listed"):
        notices.finish(tmp_path)


def test_what_is_taken_from_npm_needs_an_entry(tmp_path: Path) -> None:
    manifest = tmp_path / "package.json"
    manifest.write_text(
        json.dumps({"dependencies": {"pyodide": "1", "left-pad": "1"}, "devDependencies": {"esbuild": "1"}})
    )
    assert notices.unlisted_packages(manifest) == ["left-pad"]
