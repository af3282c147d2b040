"""Who builds, where and when makes no difference to what is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.package import two_builds


@pytest.mark.nightly
def test_two_builds_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    one, two = two_builds.build_twice(tmp_path)
    names = [path.name for path in (one / "dist").iterdir()]
    assert len(names) == 2
    assert (one / "site" / "index.html").exists()
    assert two_builds.differences(one, two) == []


def test_a_difference_is_found(tmp_path: Path) -> None:
    for folder, text in (("one", "a"), ("two", "b")):
        (tmp_path / folder / "site" / "deep").mkdir(parents=True)
        (tmp_path / folder / "site" / "deep" / "page.html").write_text(text)
        (tmp_path / folder / "site" / "same.html").write_text("same")
    (tmp_path / "two" / "dist").mkdir()
    (tmp_path / "two" / "dist" / "nameplate.whl").write_text("")
    assert two_builds.differences(tmp_path / "one", tmp_path / "two") == [
        "dist/nameplate.whl: is missing in one of them",
        "site/deep/page.html: differs",
    ]
