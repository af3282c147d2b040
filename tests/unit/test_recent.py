"""What is kept of earlier names is bounded, and what isn't kept is freed at once."""

import gc
import itertools
from pathlib import Path

import pytest

from nameplate import decode
from nameplate.decoder import MOST_READINGS, _read, _reader
from nameplate.lattice import chunks, lexer, segmentation
from nameplate.picker.picker import MOST_NAMES
from nameplate.recent import Recent
from nameplate.vocabulary.lookup import vocabulary

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


def test_few_objects_that_are_kept_are_looked_at_by_the_garbage_collection() -> None:
    """It skips plain tuples of texts and numbers; a named tuple among them, and all that lead to it are looked at."""
    _read.cache_clear()
    _reader.cache_clear()
    names = _names(900)
    for name in names[:100]:
        decode(name).to_dict()  # what is loaded when first asked for
    reader = _reader(vocabulary())
    known, before = len(reader.chunks), _looked_at()
    for name in names[100:]:
        decode(name).to_dict()
    readings = _looked_at()
    _read.cache_clear()
    chunks_alone = _looked_at()
    assert len(reader.chunks) - known > 1000
    assert readings - chunks_alone < 16 * len(names)
    assert chunks_alone - before < 16 * (len(reader.chunks) - known)
    _reader.cache_clear()


def _names(count: int) -> list[str]:
    with IDS.open(encoding="utf-8") as ids:
        return [line.rstrip("\n") for line in itertools.islice(ids, count)]


def _looked_at() -> int:
    gc.collect()
    gc.collect()  # a tuple is skipped once all that it holds is
    return len(gc.get_objects())


@pytest.mark.parametrize("name", ["unsloth/Qwen3-235B-A22B-Instruct-2507-GGUF", "llama-3-8b-instrct-Q4_K_M.gguf"])
def test_a_chunk_whose_candidates_were_let_go_is_read_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = decode(name).to_dict()
    monkeypatch.setattr(segmentation, "MOST_OPEN", 0)
    _read.cache_clear()
    _reader.cache_clear()
    assert decode(name).to_dict() == expected
    _reader.cache_clear()


def test_a_chunk_in_more_contexts_than_are_kept_is_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["qwen3-8b", "8b-qwen3", "a/8b", "gpt-oss-8b-8b", "8b", "llama-8b-instruct", "x8-8b-a3b"]
    expected = [decode(name).to_dict() for name in names]
    monkeypatch.setattr(segmentation, "MOST_KEPT", 1)
    _read.cache_clear()
    _reader.cache_clear()
    assert [decode(name).to_dict() for name in names] == expected
    _reader.cache_clear()


def test_nothing_waits_for_the_garbage_collection(monkeypatch: pytest.MonkeyPatch) -> None:
    """What refers to itself is only freed by a collection, which looks at everything that is alive."""
    monkeypatch.setattr(chunks, "MOST_CHUNKS", 50)
    monkeypatch.setattr(lexer, "MOST_RUNS", 50)
    _read.cache_clear()
    _reader.cache_clear()
    names = _names(400)
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
