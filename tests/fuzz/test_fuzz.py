"""A short run of the fuzzer; `make fuzz` is the long one."""

from __future__ import annotations

import itertools

import pytest

from .answers import request_faults
from .inputs import inputs
from .invariants import faults
from .requests import requests


def test_strange_texts_have_readings_without_faults() -> None:
    texts = itertools.islice(inputs(seed=20_261_125), 2_000)
    assert [(text, fault) for text in texts for fault in faults(text)] == []


@pytest.mark.parametrize(("kind", "count"), [("size", 500), ("fit", 200), ("pick", 200), ("compare", 200)])
def test_strange_requests_have_answers_without_faults(kind: str, count: int) -> None:
    asked = itertools.islice(requests(kind, seed=20_261_129), count)
    assert [(request, fault) for request in asked for fault in request_faults(kind, request)] == []


def test_a_search_of_the_catalogue_is_no_fault_of_the_answer() -> None:
    request = {"id": 1, "candidates": [], "task": "chatbot", "constraints": {"gpu_gb": 12}}
    assert list(request_faults("pick", request)) == []


def test_two_halves_of_a_character_are_no_fault_of_the_answer() -> None:
    assert list(request_faults("compare", {"names": ["llama-7b\ud90d\udc4e", "llama-7b"]})) == []
