"""A name of ten times the length takes at most twelve times the work, whatever its characters.

Work is counted in calls of functions, which is the same on every machine; bench `lengths` measures the time.
"""

from __future__ import annotations

import pytest

from nameplate import decode
from nameplate.decoder import _read, _reader
from nameplate.vocabulary.spelling import nearest
from tests.work import calls_of

SHORT = 100  # characters
PARTS = [
    "a", "A", "Aa", "1", "a1", "1-", "1.", "1_", "a.", "a/", "-", "/", ":", "x", "8x", "8b-", "v1", "e", "é", "²", "七", "İ", "q4-", "q4_k_",
    "4k_", "2024-", "00001-of-", "instruct", "chatinstruct", "llamachat", "GgufLlama", "text-to-", "step", "qwen", "mistral ", "@1a", "ollama run ", "--model ", "a\\", "./", "'", "a=", "(a", "https://a/", "= \"a\"", "[a](b", "`a", "- ", "1 GB ", "is the ", "models--a",
]  # fmt: skip


def calls(name: str) -> int:
    """How many functions are called to read a name of which nothing is remembered."""
    _read.cache_clear()
    _reader.cache_clear()
    nearest.cache_clear()
    return calls_of(lambda: decode(name).to_dict())


@pytest.mark.parametrize("part", PARTS)
def test_ten_times_the_length_takes_at_most_twelve_times_the_work(part: str) -> None:
    long = (part * 10 * SHORT)[: 10 * SHORT]
    decode(long).to_dict()  # what is loaded when first asked for is not counted
    assert calls(long) <= 12 * calls(long[:SHORT])
