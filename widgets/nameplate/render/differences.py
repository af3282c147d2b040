"""What a difference between two names means for the reader: sentences from the data, with words that lead to the glossary."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..english import count, figure
from ..identity import Reason, Verdict
from ..reading import FieldValue, Reading, Token
from .labels import LABELS
from .summary import bits_per_weight
from .verdict import ADVICE, NAMED, NOUNS, apart, meaning
from .view import says_what

ORDINALS = ("first", "second")
NUMBERS = ("params_b", "active_params_b")
WORDS = ("edition", "size_class")  # of which the roles say what they mean
UNTOLD = ("stage", "reasoning")  # where a name that gives none leaves the question open
FIRST = ("kind", "task", "stage", "reasoning")
FEWEST_TIMES = 1.15  # below, two numbers are nearly the same
ROUNDED = 10  # times, from which a fraction of one doesn't matter


class Sentence(NamedTuple):
    """A sentence: the words of a link to the entry `term` of the glossary, and what comes before and after them."""

    before: str
    linked: str = ""
    after: str = ""
    term: str | None = None

    def __str__(self) -> str:
        return f"{self.before}{self.linked}{self.after}"


def differences(readings: Sequence[Reading], verdict: Verdict, because: Sequence[Reason]) -> tuple[Sentence, ...]:
    """Return what decided a verdict, and what follows from it; of two names, what each of them is good for.

    >>> from nameplate.decoder import decode
    >>> names = [decode("SorskootLLM-7b", catalogue=False), decode("SorskootLLM-13b-chat", catalogue=False)]
    >>> reasons = [Reason("stage", (None, "chat"), (None, "name"), "one-sided")]
    >>> for sentence in differences(names, "undecided", reasons): print(sentence)
    The second is a chat model: it was tuned to hold a conversation.
    The first name gives no training stage.
    Check both pages before you swap one for the other.
    """
    if len(readings) != 2 or verdict == "same":
        return (Sentence(meaning(verdict, because)),)
    pair = readings[0], readings[1]
    if verdict == "repackaged":
        return (Sentence(meaning(verdict, because)), *_of_bits(pair))
    told = list(_of_tasks(pair))
    for reason in sorted(because, key=_rank)[:NAMED]:
        if (reason.key == "task" and told) or (
            reason.key == "reasoning" and any(one.key == "stage" for one in because)
        ):
            continue  # that is told already
        told += list(_meant(reason, pair)) or [Sentence(apart(reason))]
    return (*told, Sentence(ADVICE[verdict]))


def _rank(reason: Reason) -> int:
    """Return the place of a reason: first what a model does, which decides whether a reader can use it."""
    return FIRST.index(reason.key) if reason.key in FIRST else len(FIRST)


def _of_tasks(readings: tuple[Reading, Reading]) -> Iterator[Sentence]:
    """Yield what each of them is for where that differs; of a model for text no name says that."""
    tasks = readings[0].task, readings[1].task
    if tasks[0] != tasks[1] and not set(tasks) <= {None, "text"}:
        for number, task in enumerate(tasks):
            yield from _of_value("task", task, number)


def _meant(reason: Reason, readings: tuple[Reading, Reading]) -> Iterator[Sentence]:
    """Yield what the data say of the two values; nothing where they don't know either of them."""
    if reason.key in NUMBERS:
        yield from _of_numbers(reason.key, reason.values, count)
    elif reason.key in WORDS:
        yield from _of_roles(readings)
    elif reason.key.startswith("lineage.") and None in reason.values:
        yield from _of_word(reason, readings)
    else:
        for number, value in enumerate(reason.values):
            yield from _of_value(reason.key, value, number)
        if None in reason.values and reason.key in UNTOLD:
            noun = NOUNS.get(reason.key) or LABELS[reason.key].name.lower()
            yield Sentence(f"The {ORDINALS[reason.values.index(None)]} name gives no {noun}.")


def _of_value(key: str, value: FieldValue, number: int) -> Iterator[Sentence]:
    row = _rows().get((key, value)) if value is not None else None
    if row:
        yield _sentence(row, number)


def _of_numbers(key: str, values: Sequence[FieldValue], written: Callable[[float], str]) -> Iterator[Sentence]:
    row = _rows().get((key, None))
    if row is None or None in values or min(values) <= 0:
        return
    times = max(values) / min(values)
    if times >= FEWEST_TIMES:
        places = {
            "times": figure(round(times, None if times >= ROUNDED else 1)),
            "larger": written(max(values)),
            "smaller": written(min(values)),
        }
        yield _sentence(row, values.index(max(values)), places)


def _of_bits(readings: tuple[Reading, Reading]) -> Iterator[Sentence]:
    """Yield how much more space one takes, if both names say how a weight is stored."""
    yield from _of_numbers("bits", [bits_per_weight(one) or one.bits for one in readings], figure)


def _of_roles(readings: tuple[Reading, Reading]) -> Iterator[Sentence]:
    for number, reading in enumerate(readings):
        for role in reading.roles:
            if role not in readings[1 - number].roles:
                yield from _of_value("roles", role, number)


def _of_word(reason: Reason, readings: tuple[Reading, Reading]) -> Iterator[Sentence]:
    """Yield what the word means that only one of the names has."""
    number = 0 if reason.values[1] is None else 1
    token = _token(reason.key, readings[number])
    if token is not None and token.says:
        before = f"Only the {ORDINALS[number]} name says “"
        yield Sentence(before, token.text, f"”. {token.says}", token.term)


def _token(key: str, reading: Reading) -> Token | None:
    return next((token for token in reading.tokens if says_what(token, reading) == key), None)


def _sentence(row: tuple[str, str, str, str], number: int, places: Mapping[str, str] | None = None) -> Sentence:
    before, linked, after, term = row
    filled = [text.format_map(places) if places else text for text in (before, linked, after)]
    return Sentence(f"The {ORDINALS[number]} {filled[0]}", filled[1], filled[2], term)


@functools.cache
def _rows() -> Mapping[tuple[str, FieldValue], tuple[str, str, str, str]]:
    from .. import _compiled_differences

    return _compiled_differences.DIFFERENCES
