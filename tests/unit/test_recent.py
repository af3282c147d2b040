"""What is kept of earlier names is bounded, and what isn't kept is freed at once."""

import gc
import itertools
from pathlib import Path

import pytest

from nameplate import decode
from nameplate.decoder import MOST_READINGS, _read, _reader
from nameplate.lattice import chunks, lexer
from nameplate.picker.picker import MOST_NAMES
from nameplate.recent import Recent

IDS = Path(__file__).parent.parent / "bench" / "ids.txt"


def test_what_was_asked_for_lately_stays() -> None:
    kept: Recent[int, str] = Recent(10)
    for number in range(100):
        kept.keep(number, str(number))
        assert kept.get(0) == "0" or number == 0
    assert len(kept) <= 20
    assert [kept.get(number) for number in (50, 95)] == [None, "95"]


def test_the_readings_of_a_long_list_of_candidates_are_kept() -> None:
    assert MOST_READINGS >= 1.4 * MOST_NAMES  # some have an official model behind them, which is read as well


def test_nothing_waits_for_the_garbage_collection(monkeypatch: pytest.MonkeyPatch) -> None:
    """What refers to itself is only freed by a collection, which looks at everything that is alive."""
    monkeypatch.setattr(chunks, "MOST_CHUNKS", 50)
    monkeypatch.setattr(lexer, "MOST_RUNS", 50)
    _read.cache_clear()
    _reader.cache_clear()
    with IDS.open(encoding="utf-8") as ids:
        names = [line.rstrip("\n") for line in itertools.islice(ids, 400)]
    for name in names[:20]:
        decode(name).to_dict()  # what is loaded when first asked for
    gc.collect()
    gc.disable()
    try:
        for name in names:
            decode(name).to_dict()
        _read.cache_clear()
        assert gc.collect() == 0
    finally:
        gc.enable()
        _reader.cache_clear()
