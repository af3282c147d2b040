"""A thousand names to choose from take ten times the work of a hundred, not a hundred times."""

import itertools
from pathlib import Path

import pytest

from nameplate import pick
from nameplate.decoder import _read
from nameplate.picker import picker
from nameplate.picker.ranking import Ranking
from tests.work import calls_of

IDS = Path(__file__).parent.parent / "bench" / "ids.txt"


def _names() -> list[str]:
    with IDS.open(encoding="utf-8") as ids:
        return [line.rstrip("\n") for line in itertools.islice(ids, 0, 8_000, 40)]


def test_the_work_grows_with_the_number_of_names() -> None:
    names = _names()
    few, many = names[:40], names
    for some in (few, many):
        pick(some, "coding on a 24 GB card")  # names are read once
    assert calls_of(lambda: pick(many, "coding on a 24 GB card")) <= 7 * calls_of(
        lambda: pick(few, "coding on a 24 GB card")
    )


def test_names_are_read_and_those_of_known_models_are_not() -> None:
    names = _names()
    _read.cache_clear()
    pick(names, "coding on a 24 GB card")
    # Official models behind copies are read as well, and the first name without the part that decided.
    assert _read.cache_info().misses < 1.4 * len(names)


def test_an_unclear_request_is_explained_for_one_task_only(monkeypatch: pytest.MonkeyPatch) -> None:
    rankings = []

    class Counted(Ranking):
        def __init__(self, *given: object) -> None:
            rankings.append(given)
            super().__init__(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(picker, "Ranking", Counted)
    choice = pick(_names(), "chat in German with 16 GB RAM")
    assert choice.verdict == "ok"
    # One for each task that may be meant, and for one of them what decided and what would change the answer.
    assert len(rankings) <= 6 + picker.MOST_TRIES + 4
