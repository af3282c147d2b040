"""Spellings of several runs of letters and digits, in a text: `text-to-image`, `Llama Guard`, `k2`."""

from __future__ import annotations

from collections.abc import Iterator

from .lookup import ALNUM_RUN, Phrase, PhraseStarts
from .meaning import Candidate

CONNECTORS = frozenset("-_. +")  # marks over which a spelling, or a number, can go on


def phrase_length(phrase: Phrase, text: str, lower: str, start: int, position: int) -> int:
    """How far a spelling of several runs reaches from `start`, or 0 where the text differs."""
    for run, tight in phrase.rest:
        if not tight and position < len(lower) and lower[position] in CONNECTORS:
            position += 1
        if not lower.startswith(run, position):
            return 0
        after = position + len(run)
        if after < len(text) and text[after].isalnum() and text[after].isdecimal() == run[-1].isdecimal():
            return 0
        position = after
    if phrase.exact is not None and text[start:position] != phrase.exact:
        return 0
    return position - start


def phrases_at(phrase_starts: PhraseStarts, text: str, lower: str, start: int, run_end: int) -> Iterator[Candidate]:
    """The spellings that start with a run and go on as the text does."""
    candidates = phrase_starts.exact
    if phrase_starts.longer:
        following = ALNUM_RUN.match(lower, run_end) or ALNUM_RUN.match(lower, run_end + 1)
        if following:
            candidates += phrase_starts.longer.get(following[0], ())
        if lower.startswith("+", run_end):
            candidates += phrase_starts.longer.get("+", ())
    for phrase in candidates:
        length = phrase_length(phrase, text, lower, start, run_end)
        if length:
            yield Candidate(length, ((0, length, phrase.meaning),))


def expected_after(phrase_starts: PhraseStarts, lower: str, run_end: int) -> frozenset[str] | set[str]:
    """The runs with which a spelling would go on behind the end of a text in which it has begun."""
    if run_end == len(lower):
        return phrase_starts.expected
    following = ALNUM_RUN.match(lower, run_end) or ALNUM_RUN.match(lower, run_end + 1)
    expected: set[str] = set()
    for phrase in phrase_starts.longer.get(following[0], ()) if following else ():
        expected |= _expected_by(phrase, lower, run_end)
    return expected


def _expected_by(phrase: Phrase, lower: str, position: int) -> set[str]:
    """The run with which a phrase would go on behind the end of a text in which it has begun."""
    for run, tight in phrase.rest:
        if position == len(lower):
            return set() if tight else {run}
        if not tight and lower[position] in CONNECTORS:
            position += 1
        if not lower.startswith(run, position):
            return set()
        position += len(run)
    return set()
