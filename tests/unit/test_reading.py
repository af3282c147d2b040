"""A reading is a value: equal, hashable, copyable, the same in every thread, and its numbers have one type."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from nameplate import Reading, decode
from nameplate.decoder import _read, _reader
from nameplate.reading import FLOATS
from nameplate.vocabulary.lookup import vocabulary

NAME = "unsloth/Qwen3-235B-A22B-Instruct-2507-GGUF:UD-Q4_K_XL"
THREADS = 8


def forget() -> None:
    _read.cache_clear()
    _reader.cache_clear()


@pytest.fixture
def switching() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def read_by_threads(names: list[str], before: Any = lambda: None) -> list[dict[str, Any]]:
    """What each of several threads that start together is answered about each name."""
    barrier = Barrier(THREADS, timeout=30)  # a thread that fails must not leave the others waiting

    def read(_: int) -> list[dict[str, Any]]:
        answers = []
        for name in names:
            if barrier.wait() == 0:
                before()
            barrier.wait()
            answers.append(decode(name).to_dict())
        return answers

    with ThreadPoolExecutor(THREADS) as pool:
        return [answer for answers in pool.map(read, range(THREADS)) for answer in answers]


@pytest.mark.usefixtures("switching")
def test_threads_that_share_a_new_name_are_answered_alike() -> None:
    names = [f"org/Qwen3-{size}B-zorp{size}-Instruct-GGUF:Q4_K_M" for size in range(1, 60)]
    expected = {}
    for name in names:
        forget()
        expected[name] = decode(name).to_dict()
    for answer in read_by_threads(names, forget):
        assert answer == expected[answer["name"]]


def test_a_reading_holds_its_keys_or_works_them_out_all_the_same() -> None:
    reading = decode(NAME)
    whole = Reading(**reading.by_key())
    forget()
    assert decode(NAME) == whole
    assert hash(decode(NAME)) == hash(whole)


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda reading: pickle.loads(pickle.dumps(reading))])
def test_a_reading_can_be_copied(again: Any) -> None:
    forget()
    assert again(decode(NAME)) == decode(NAME)


def test_a_reading_can_be_changed_only_into_another() -> None:
    reading = decode(NAME)
    assert dataclasses.replace(reading, stage="base").tokens == reading.tokens
    with pytest.raises(dataclasses.FrozenInstanceError):
        reading.stage = "base"  # type: ignore[misc]
    with pytest.raises(TypeError, match="make a new one"):
        reading.sources["stage"] = "name"  # type: ignore[index]
    with pytest.raises(TypeError, match="make a new one"):
        reading.sources |= {"stage": "name"}  # type: ignore[operator, misc]


def test_a_reading_as_a_dictionary_is_ready_for_json() -> None:
    forget()
    assert json.loads(json.dumps(dataclasses.asdict(decode(NAME)))) == decode(NAME).to_dict()


@pytest.mark.parametrize("name", [NAME, "Mixtral-8x7B-w4a16", "gemma-3n-E4B-it-3.5bpw", "sketch-w4a8-13b"])
def test_what_is_measured_is_a_float(name: str) -> None:
    values = decode(name).to_dict()
    given = {key: values[key] for key in FLOATS if values[key] is not None}
    assert given
    assert {type(value) for value in given.values()} == {float}


@pytest.mark.parametrize("nothing", [None, b"Qwen3-8B", 7, ["Qwen3-8B"]])
def test_what_is_no_text_is_refused_with_advice(nothing: Any) -> None:
    with pytest.raises(TypeError, match="one name as a str"):
        decode(nothing)


def test_a_line_is_known_before_it_is_first_read() -> None:
    lines = type(vocabulary())(vocabulary()._data).lines
    assert "Qwen" in lines
    assert "Flurbel" not in lines
    assert len(list(lines)) == len(lines) > 1000
