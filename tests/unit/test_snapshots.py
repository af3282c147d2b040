"""Whole readings, key by key, and how sure a reading is of each of its parts."""

from __future__ import annotations

import json

import pytest

from nameplate import decode
from tests.snapshots import FILE, NAMES

SNAPSHOTS = json.loads(FILE.read_text(encoding="utf-8"))


def test_there_is_a_snapshot_of_each_name() -> None:
    assert list(SNAPSHOTS) == list(NAMES)
    assert len(NAMES) >= 50


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_reading_is_as_it_was(name: str) -> None:
    """If the change is meant, run `python -m tests.snapshots` and read what it changed."""
    assert decode(name, catalogue=False).to_dict() == SNAPSHOTS[name]


def confidence_of(name: str, text: str) -> float:
    (token,) = [token for token in decode(name).tokens if token.text == text]
    return token.confidence


@pytest.mark.parametrize("name", NAMES)
def test_confidence_is_a_share_and_nought_for_what_is_not_explained(name: str) -> None:
    for token in decode(name).tokens:
        assert 0.0 <= token.confidence <= 1.0
        assert (token.confidence == 0.0) == (token.field is None)
        assert token.field != "separator" or token.confidence == 1.0


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        (("Qwen3-8B-Instruct", "Qwen"), ("Blorbo-8B-Instruct", "Blorbo")),  # a known line, a guessed one
        (
            ("Qwen3-8B-Q4_K_M.gguf", "8B"),
            ("llama-8192", "8192"),
        ),  # a size with its unit, a number that may be a context
    ],
)
def test_what_could_be_read_otherwise_is_less_sure(surer: tuple[str, str], less_sure: tuple[str, str]) -> None:
    assert confidence_of(*surer) > confidence_of(*less_sure)


def test_a_line_that_nobody_knows_is_a_guess() -> None:
    assert confidence_of("Blorbo-70b-instruct", "Blorbo") == 0.5
