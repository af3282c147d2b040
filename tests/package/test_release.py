"""What a tag releases: its files, the same ones each time, and no tag that doesn't belong to the sources."""

from __future__ import annotations

import datetime
import json
import re
import tarfile
from pathlib import Path

import pytest

from plugins.publish import notices, release

WHEN = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A checkout with the files that a release takes."""
    root = tmp_path / "sources"
    files = {
        "widgets/nameplate/__init__.py": '"""It."""\n\n__version__ = "1.2.0"  # here\n',
        "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-30\n\n- New.\n\n## [1.1.0]\n\n- Old.\n",
        "site/api/v1/glossary.json": "{}",
        "tests/vectors/words.json": "{}",
        "site/index.html": "<p>It.</p>",
        "LICENSE": "MIT",
        "LICENSE-DATA": "CC BY 4.0",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the package."""
    folder = tmp_path / "dist"
    folder.mkdir()
    for name in ("nameplate-1.2.0-py3-none-any.whl", "nameplate-1.2.0.tar.gz"):
        (folder / name).write_bytes(name.encode())
    return folder


def test_a_tag_of_another_version_is_refused(sources: Path) -> None:
    assert release.check("v1.2.0", sources) == "1.2.0"
    with pytest.raises(release.ReleaseError, match=r"v1\.3\.0 doesn't belong to version 1\.2\.0"):
        release.check("v1.3.0", sources)


def test_a_version_without_changes_is_refused(sources: Path) -> None:
    (sources / "CHANGELOG.md").write_text("## [Unreleased]\n\n- New.\n", encoding="utf-8")
    with pytest.raises(release.ReleaseError, match=r"says nothing under"):
        release.check("v1.2.0", sources)


def test_the_notes_are_those_of_the_version(sources: Path) -> None:
    assert release.changes("1.2.0", sources) == "- New.\n"


def test_a_release_holds_everything_and_is_the_same_each_time(sources: Path, folder: Path) -> None:
    names = release.collect(folder, "1.2.0", sources, WHEN)
    assert names == [
        "nameplate-1.2.0-json.tar.gz",
        "nameplate-1.2.0-py3-none-any.whl",
        "nameplate-1.2.0-site.tar.gz",
        "nameplate-1.2.0-vectors.tar.gz",
        "nameplate-1.2.0.tar.gz",
        "nameplate.cdx.json",
        "SHA256SUMS",
    ]
    with tarfile.open(folder / "nameplate-1.2.0-json.tar.gz") as tar:
        assert tar.getnames() == ["nameplate-1.2.0-json/LICENSE-DATA", "nameplate-1.2.0-json/glossary.json"]
    sums = (folder / "SHA256SUMS").read_text(encoding="utf-8")
    assert release.collect(folder, "1.2.0", sources, WHEN) == names
    assert (folder / "SHA256SUMS").read_text(encoding="utf-8") == sums


def test_a_release_without_the_package_is_refused(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(release.ReleaseError, match="make package"):
        release.collect(tmp_path / "empty", "1.2.0", sources, WHEN)


def test_the_list_of_parts_names_all_that_others_made() -> None:
    parts = notices.notices().theirs
    bill = json.loads(json.dumps(release.bill("1.2.0", WHEN, parts)))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    assert [part["name"] for part in bill["components"]] == [part.name for part in parts]
    refs = [part["bom-ref"] for part in bill["components"]]
    assert len(set(refs)) == len(refs)
    assert bill["dependencies"] == [{"ref": "nameplate", "dependsOn": refs}]
    assert any(part["licenses"] == [{"license": {"name": "the public domain"}}] for part in bill["components"])
