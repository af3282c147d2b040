"""The vocabulary as the decoder asks it."""

from nameplate.vocabulary.lookup import Lines, vocabulary


def untouched() -> Lines:
    """The lines as they are before anybody has asked for one."""
    return Lines(dict(vocabulary().lines._rows))


def test_a_line_is_found_whether_or_not_it_was_asked_for_before() -> None:
    lines = untouched()
    assert lines.get("Llama").line == "Llama"
    assert lines.get("Llama") is lines["Llama"]
    assert untouched()["Llama"] == lines["Llama"]


def test_a_line_that_nobody_knows_is_none() -> None:
    assert untouched().get("Xyzzyx") is None
    assert untouched().get("Xyzzyx", "other") == "other"
    assert untouched().get(None) is None


def test_definitions_are_plain_sentences() -> None:
    assert not [term for term, (_, definition) in vocabulary().terms.items() if "`" in definition]
