"""What holds for every input, however strange."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nameplate import NameplateError, decode
from nameplate.decoder import LONGEST_NAME

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


@settings(max_examples=100, deadline=None)
@given(names)
def test_a_reading_is_the_same_every_time(name: str) -> None:
    try:
        first = decode(name).to_dict()
    except NameplateError:
        return
    assert decode(name).to_dict() == first
