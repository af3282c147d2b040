"""What holds for every input, however strange."""

import contextlib

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nameplate import NameplateError, decode
from nameplate.decoder import LONGEST_NAME, _read, _reader

PARTS = ["Qwen", "llama", "3.1", "8x7B", *"-_./:@ ", "instruct", "it", "Q4_K_M", "2507", "v", "1", "b", "GGUF", "A22B"]
names = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PARTS), max_size=25).map("".join))


@settings(max_examples=400, deadline=None)
@given(names)
@example("İSTANBUL-7b")  # its lower case is longer than itself
@example("a" * LONGEST_NAME)
@example("1-" * (LONGEST_NAME // 2))
@example("models--a--b/snapshots/0")
@example("arn:aws:bedrock:")
@example("//::@@")
@example("a@1" + "a" * 60 + "!")  # a pattern that went through all ways to cut this up would not end
def test_tokens_give_the_name_back(name: str) -> None:
    try:
        reading = decode(name)
    except NameplateError:
        return
    assert "".join(token.text for token in reading.tokens) == name
    assert all(name[token.start : token.end] == token.text for token in reading.tokens)


def forget() -> None:
    _read.cache_clear()
    _reader.cache_clear()


@settings(max_examples=40, deadline=None)
@given(st.lists(names, min_size=2, max_size=12))
def test_a_reading_does_not_depend_on_what_was_read_before(several: list[str]) -> None:
    """The search keeps what it worked out for chunks; none of that may change an answer."""
    answers: dict[str, dict[str, object]] = {}
    for order in (several, several[::-1]):
        forget()
        for name in order:
            with contextlib.suppress(NameplateError):
                answer = decode(name).to_dict()
                assert answers.setdefault(name, answer) == answer
