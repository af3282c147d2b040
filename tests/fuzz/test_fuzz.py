"""A short run of the fuzzer; `make fuzz` is the long one."""

from __future__ import annotations

import itertools

from .inputs import inputs
from .invariants import faults


def test_strange_texts_have_readings_without_faults() -> None:
    texts = itertools.islice(inputs(seed=20_261_125), 2_000)
    assert [(text, fault) for text in texts for fault in faults(text)] == []
