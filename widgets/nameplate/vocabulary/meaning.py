"""What a word can mean, under which conditions, and a span of text read so."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

from ..reading import FieldValue


class Condition(NamedTuple):
    """A circumstance, and what a reading costs in it.

    `seen` and `unseen` are sets of fields as bits, `lines` those that the name mentions, `kinds` what one of them is made
    for (`made_for`).
    """

    after: tuple[str, ...]
    before: tuple[str, ...]
    seen: int
    unseen: int
    lines: tuple[str, ...]
    kinds: tuple[str, ...]
    adjacent: bool | None
    first: bool | None
    cost: float
    why: str | None


# The fields of which some circumstance asks whether the name has said them; each has a bit in what has been seen.
# What nobody asks for makes no difference to a reading, and none between the ways that are weighed.
ASKED_BY_NOTATIONS = (
    "expert_params_b", "family", "generation", "lineage.method", "params_b", "reasoning", "size_class", "stage", "version",
)  # fmt: skip
BITS = {name: 1 << index for index, name in enumerate(ASKED_BY_NOTATIONS)}


def bits_of(names: tuple[str, ...]) -> int:
    """A set of fields as an integer with one bit a field. Raises KeyError for one that nobody is known to ask for.

    >>> bits_of(("params_b", "stage")) == BITS["params_b"] | BITS["stage"]
    True
    """
    mask = 0
    for name in names:
        mask |= BITS[name]
    return mask


def made_for(task: str) -> str:
    """What a task of a line is called among the lines that a name mentions, so that no line is taken for it."""
    return f"made for {task}"


def written_for(platform: str) -> str:
    """What a platform is called among the lines that a name mentions.

    >>> written_for("ollama")
    'written for ollama'
    """
    return f"written for {platform}"


def published_by(account: str) -> str:
    """What an account is called among the lines that a name mentions.

    >>> published_by("ByteDance")
    'published by bytedance'
    """
    return f"published by {account.lower()}"


# What holds where a hub's account published the name, one that sells no models, and the name has no line with open weights.
# Ordinary words aren't the names of closed lines there: opus-research/opus-1.5.
NOT_FOR_SALE = "published by an account that sells none"


class Meaning(NamedTuple):
    """One way to read a word: the key it fills, with what, and how freely that is assumed."""

    field: str | None
    value: FieldValue
    term: str | None
    says: str | None
    cost: float
    when: tuple[Condition, ...] = ()
    roles: tuple[str, ...] = ()
    sets: tuple[tuple[str, FieldValue], ...] = ()
    line: str | None = None


# A meaning without its circumstances, as what is kept long holds it: the garbage collection looks at every named tuple, but
# not at plain tuples of texts and numbers.
MeaningRow = tuple[
    str | None, FieldValue, str | None, str | None, float, tuple[()], tuple[str, ...], tuple[tuple[str, FieldValue], ...],
    str | None,
]  # fmt: skip


def row_of(meaning: Meaning) -> MeaningRow:
    """Return a meaning without its circumstances as a plain tuple."""
    field, value, term, says, cost, _, roles, sets, line = meaning
    return field, value, term, says, cost, (), roles, sets, line


# Makes such a row a meaning again, in half the time of `Meaning(*row)`.
meaning_of: Callable[[MeaningRow], Meaning] = functools.partial(tuple.__new__, Meaning)


class Candidate(NamedTuple):
    """One way to read the text from here: its length, and its parts with offsets from here."""

    length: int
    parts: tuple[tuple[int, int, Meaning], ...]
