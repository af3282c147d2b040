"""What was parsed in one run is not parsed again in the next, and whatever happens to the file, the answer is the same."""

import pickle
from pathlib import Path

import pytest

from plugins.catalog import front_matter, parse_cache


class _Planted:
    """Creates a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


TEXT = "- name: otter\n  checked: 2026-11-23\n"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are really parsed, in a process that knows none."""
    texts: list[str] = []
    real = front_matter._parse
    for known in ("PARSED", "EARLIER"):
        monkeypatch.setattr(front_matter, known, {})
        monkeypatch.setattr(parse_cache, known, getattr(front_matter, known))
    monkeypatch.setattr(front_matter, "_parse", lambda text, line: texts.append(text) or real(text, line))
    return texts


def next_run() -> None:
    front_matter.PARSED.clear()
    front_matter.EARLIER.clear()


def test_a_text_is_parsed_once_for_several_runs(tmp_path: Path, parsed: list[str]) -> None:
    first = front_matter.parse(TEXT, 1)
    parse_cache.keep(tmp_path)
    next_run()
    parse_cache.recall(tmp_path)
    assert front_matter.parse(TEXT, 1) == first
    assert parsed == [TEXT]


def test_a_text_that_changed_is_parsed_again(tmp_path: Path, parsed: list[str]) -> None:
    front_matter.parse(TEXT, 1)
    parse_cache.keep(tmp_path)
    next_run()
    parse_cache.recall(tmp_path)
    assert front_matter.parse(TEXT.replace("otter", "badger"), 1).data[0]["name"] == "badger"
    assert len(parsed) == 2


@pytest.mark.parametrize("spoilt", [b"", b"no pickle", b"\x80\x05."])
def test_a_spoilt_file_is_as_good_as_none(tmp_path: Path, parsed: list[str], spoilt: bytes) -> None:
    front_matter.parse(TEXT, 1)
    parse_cache.keep(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(spoilt)
    next_run()
    parse_cache.recall(tmp_path)
    assert front_matter.parse(TEXT, 1).data[0]["name"] == "otter"
    assert len(parsed) == 2


def test_a_planted_file_runs_nothing(tmp_path: Path, parsed: list[str]) -> None:
    front_matter.parse(TEXT, 1)
    parse_cache.keep(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(pickle.dumps(_Planted(tmp_path / "ran")))
    next_run()
    parse_cache.recall(tmp_path)
    assert not (tmp_path / "ran").exists()


def test_old_files_are_taken_away(tmp_path: Path, parsed: list[str]) -> None:
    for number in range(6):
        (tmp_path / f"old-{number}").touch()
    front_matter.parse(TEXT, 1)
    parse_cache.keep(tmp_path)
    assert len(list(tmp_path.iterdir())) == parse_cache.KEPT
