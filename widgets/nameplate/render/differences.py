"""What a difference between two names means for the reader: sentences from the data, with words that lead to the glossary."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..english import count, figure
from ..reading import FieldValue, Reading, Token
from ..same_model import Reason, Verdict
from .labels import LABELS, written
from .summary import bits_per_weight
from .verdict import ADVICE, NAMED, NOUNS, apart, meaning
from .view import says_what

ORDINALS = ("first", "second")
NUMBERS = ("params_b", "active_params_b")
WORDS = ("edition", "size_class")  # of which the roles say what they mean
PARTS = ("family", "generation", *WORDS, "version", "date")  # which say when a model was released, and as what
WITHIN_A_FAMILY = ("generation", *WORDS, "version")
UNTOLD = ("stage", "reasoning")  # where a name that gives none leaves the question open
FIRST = ("kind", "task", "stage", "reasoning")
FEWEST_TIMES = 1.05  # below, two numbers are nearly the same
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
    for reason in _telling(because)[:NAMED]:
        if (reason.key == "task" and told) or (
            reason.key == "reasoning" and any(one.key == "stage" for one in because)
        ):
            continue  # that is told already
        told += list(_meant(reason, pair)) or [Sentence(apart(reason))]
    if verdict == "different" and any(reason.key in PARTS and not _is_dated(reason) for reason in because):
        told += _of_release(pair)
    return (*told, Sentence(ADVICE[verdict]))


def _is_dated(reason: Reason) -> bool:
    """Return whether both names give a date, which says already which of them is newer."""
    return reason.key == "date" and None not in reason.values


def _telling(because: Sequence[Reason]) -> list[Reason]:
    """Return the reasons that mean something, in the order in which they are told: generations of two families don't."""
    other_family = any(reason.key == "family" and None not in reason.values for reason in because)
    kept = [reason for reason in because if not (other_family and reason.key in WITHIN_A_FAMILY)]
    return sorted(kept, key=_rank)


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
        yield from list(_of_roles(readings)) or _of_part(reason, readings)
    elif reason.key in PARTS:
        yield from _of_part(reason, readings)
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
        yield _sentence(row, f"The {ORDINALS[number]}")


def _of_part(reason: Reason, readings: tuple[Reading, Reading]) -> Iterator[Sentence]:
    """Yield what it means that a part differs, or that only one of the names gives it."""
    first, second = (_as_given(reason.key, *pair) for pair in zip(reason.values, readings, strict=True))
    row = _rows().get((reason.key, "both" if first and second else "one"))
    if row and first and second:
        yield _sentence(row, "They", {"first": first, "second": second})
    elif row:
        yield _sentence(row, f"Only the {ORDINALS[0 if first else 1]}", {"given": first or second or ""})


def _as_given(key: str, value: FieldValue, reading: Reading) -> str | None:
    """Return a part as the name writes it: a reason has it in lower case."""
    given = getattr(reading, key)
    same = isinstance(given, str) and given.casefold() == value
    return None if value is None else written(key, given if same else value)


def _of_release(readings: tuple[Reading, Reading]) -> Iterator[Sentence]:
    """Yield which of them is newer, where the release dates of both are known and one isn't part of the other."""
    days = [one.released or "" for one in readings]
    older, newer = sorted(days)
    if older and not newer.startswith(older):
        at = days.index(newer)
        later, earlier = written("released", newer), written("released", older)
        yield Sentence(f"The {ORDINALS[at]} is newer: released {later}, the {ORDINALS[1 - at]} {earlier}.")


def _of_numbers(key: str, values: Sequence[FieldValue], worded: Callable[[float], str]) -> Iterator[Sentence]:
    row = _rows().get((key, None))
    if row is None or None in values or min(values) <= 0:
        return
    times = max(values) / min(values)
    if times >= FEWEST_TIMES:
        places = {
            "times": figure(round(times, None if times >= ROUNDED else 1)),
            "larger": worded(max(values)),
            "smaller": worded(min(values)),
        }
        yield _sentence(row, f"The {ORDINALS[values.index(max(values))]}", places)


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


def _sentence(row: tuple[str, str, str, str], subject: str, places: Mapping[str, str] | None = None) -> Sentence:
    before, linked, after, term = row
    filled = [text.format_map(places) if places else text for text in (before, linked, after)]
    return Sentence(f"{subject} {filled[0]}", filled[1], filled[2], term)


@functools.cache
def _rows() -> Mapping[tuple[str, FieldValue], tuple[str, str, str, str]]:
    from .. import _compiled_differences

    return _compiled_differences.DIFFERENCES
