"""What a maker may not have meant: parts of a name that are read as something else, or that nothing reads at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..reading import Reading, Token

OWN_WORD = 0.5  # the confidence of a family that is only guessed from its place in the name
SHORT = 2  # letters; so many are easily something else
SIZES = ("params_b", "expert_params_b", "effective_params_b", "active_params_b")
STAGES = {
    "instruct": "instruction-tuned",
    "base": "the untuned model",
    "chat": "tuned for chat",
    "reasoning": "a reasoning model",
}


class Finding(NamedTuple):
    """Something to change (`must`) or to think about, with the part of the name that it is about; empty for the whole."""

    must: bool
    part: str
    text: str


def collisions(reading: Reading) -> Iterator[Finding]:
    """Find what is missing, what is read otherwise than it may be meant, and what isn't read."""
    yield from _missing(reading)
    yield from _taken(reading)
    yield from _read_otherwise(reading)
    yield from _unread(reading)


def _missing(reading: Reading) -> Iterator[Finding]:
    if all(getattr(reading, key) is None for key in SIZES):
        yield Finding(True, "", "It doesn't say how large the model is. Add the number of parameters, such as 7B.")
    is_size = reading.size_class == "base"  # with a number beside it, the same word is the stage
    if needs_stage(reading) and reading.sources.get("stage") != "name" and not is_size:
        yield Finding(
            True,
            "",
            "It doesn't say whether the model is tuned. Add Base or Instruct: nobody can look up what yours means.",
        )


def needs_stage(reading: Reading) -> bool:
    """Whether a model of this kind is published both tuned and untuned."""
    return reading.task in (None, "text")


def _taken(reading: Reading) -> Iterator[Finding]:
    if "catalogue" in reading.sources.values():
        yield Finding(True, reading.repo or reading.name, "A published model already has this name.")
    line = reading.family
    if reading.lineage.finetune and line:
        yield Finding(
            False, line, f"It's read as a fine-tune of a {line} model. If it isn't made from one, take “{line}” out."
        )
    elif line and _is_known(reading, line) and "catalogue" not in reading.sources.values():
        yield Finding(
            False, line, f"People will take it for one of the {line} models. If it isn't one, use another word."
        )


def _read_otherwise(reading: Reading) -> Iterator[Finding]:
    teacher = reading.lineage.teacher
    if teacher:
        yield Finding(False, teacher, f"It's read as trained on what {teacher} wrote.")
    for other in reading.ambiguities:
        taken, instead = (key.rpartition(".")[2].replace("_", " ") for key in (other.taken, other.instead))
        yield Finding(False, other.text, f"“{other.text}” is read as the {taken}, not the {instead}: {other.why}.")
    yield from _generation_of_a_new_word(reading.tokens)
    said = {other.text for other in reading.ambiguities}
    for token in reading.tokens:
        if token.text in said:
            continue
        if token.field == "stage" and len(token.text) <= SHORT:
            yield Finding(False, token.text, f"“{token.text}” is read as {STAGES.get(reading.stage or '', 'a stage')}.")
        if token.field == "date" and token.text.isdigit() and len(token.text) == 4:
            yield Finding(False, token.text, f"“{token.text}” is read as a date, {token.value}.")
        if token.field == "languages" and len(token.text) <= SHORT:
            yield Finding(False, token.text, f"“{token.text}” is read as a language.")


def _generation_of_a_new_word(tokens: Sequence[Token]) -> Iterator[Finding]:
    for family, number in pairwise(tokens):
        is_new = family.field == "family" and family.confidence <= OWN_WORD
        if is_new and number.field == "generation":
            word = f"{family.text}{number.text}"
            yield Finding(False, word, f"The {number.text} of “{word}” is read as its generation.")


def _unread(reading: Reading) -> Iterator[Finding]:
    for word in reading.unknown:
        if word != reading.lineage.finetune:
            yield Finding(
                False, word, f"Nothing explains “{word}”. If it isn't your own word, it belongs on the model card."
            )


def _is_known(reading: Reading, line: str) -> bool:
    """Whether a line is one that is known, and not just the word in its place."""
    found: list[Token] = [token for token in reading.tokens if token.field == "family" and token.value == line]
    return any(token.confidence > OWN_WORD for token in found)
