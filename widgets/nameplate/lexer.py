"""Cuts the text of a name into candidate spans: from a place in it, how far could a token reach, and what would it mean?

Nothing is decided here. A span ends where a run of letters or digits ends, or inside a run where a known word
stands glued to another (`MathCoder`, `llama13b`); `Found` lists the meanings of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .notation import Found, Notations, window
from .vocabulary import Meaning, Phrase, Vocabulary

LETTERS = re.compile(r"[^\W\d_]+")
PIECE = re.compile(r"[^\W_]+")
CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\dA-Z_]+|[A-Z]+")
DIGEST = re.compile(r"(?:sha256[-:])?(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12,64}(?![^\W_])")
UNKNOWN_WORD, UNKNOWN_LETTER, GLUE = 3.0, 0.08, 0.5
SEPARATOR = Meaning("separator", None, None, None, 0.0)
UNKNOWN = Meaning(None, None, None, None, 0.0)


class Lexer:
    """Candidate spans of one vocabulary. Spans of single runs are remembered: names share most of their words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._notations = Notations(vocabulary)
        self._runs: dict[str, tuple[Found, ...]] = {}
        self._pieces: dict[str, Found] = {}
        separator, _ = vocabulary.notation("separator")
        self._separator = Found(1, ((0, 1, SEPARATOR._replace(term=separator)),))
        self._unknown = UNKNOWN._replace(term=vocabulary.notation("unknown")[0])
        self._digest = Meaning(
            "checkpoint", None, vocabulary.notation("digest")[0], vocabulary.notation("digest")[1], 0.0
        )

    def spans(self, text: str, lower: str, start: int, end: int) -> Iterator[Found]:
        """What could start at `start` and end by `end`."""
        character = text[start]
        if not character.isalnum():
            yield self._separator
            return
        piece = PIECE.match(text, start, end)
        assert piece is not None
        at_piece_start = start == 0 or not text[start - 1].isalnum()
        if character.isdecimal():
            yield from self._notations.read(window(lower[:end], start))
            run_end = start + 1
            while run_end < end and text[run_end].isdecimal():
                run_end += 1
            run = lower[start:run_end]
        else:
            match = LETTERS.match(text, start, end)
            assert match is not None
            run, run_end = match[0], match.end()
            yield from self._run(run)
            if run_end < end and text[run_end].isdecimal() and len(run) > 2 and run[-1] in "vV":
                yield from self._run(run[:-1])  # the v of TNLGv2 belongs to the number
            run = run.lower()
            if run in self._notations.openers or (run_end < end and run[-1] == "x"):
                yield from self._notations.read(window(lower[:end], start))
        for phrase in self._vocabulary.words.get(run, ()):
            if phrase.rest or phrase.exact is not None:
                length = phrase_length(phrase, text, lower, start, run_end, end)
                if length:
                    yield Found(length, ((0, length, phrase.meaning),))
        if at_piece_start and piece.end() > run_end:
            yield self._piece(piece[0])
        if at_piece_start and len(piece[0]) >= 12:
            digest = DIGEST.match(lower, start, end)
            if digest:
                yield Found(len(digest[0]), ((0, len(digest[0]), self._digest),))

    def _piece(self, text: str) -> Found:
        """A whole run of letters and digits as one unexplained word: `H2O`, `v1olet`."""
        cost = UNKNOWN_WORD + 0.4 + UNKNOWN_LETTER * min(len(text), 20)
        return Found(len(text), ((0, len(text), self._unknown._replace(cost=cost)),))

    def _run(self, run: str) -> tuple[Found, ...]:
        """What a run of letters can be by itself: a known word, words glued together, or an unexplained word."""
        found = self._runs.get(run)
        if found is None:
            if len(self._runs) > 50_000:
                self._runs.clear()
            found = self._runs[run] = tuple(self._read_run(run))
        return found

    def _read_run(self, run: str) -> Iterator[Found]:
        known = self._known(run)
        for meaning in known:
            yield Found(len(run), ((0, len(run), meaning),))
        if any(meaning.cost < 1.0 and not meaning.when for meaning in known):
            return
        yield Found(len(run), ((0, len(run), self._unknown_word(run)),))
        yield from self._glued(run)

    def _known(self, run: str) -> list[Meaning]:
        phrases = self._vocabulary.words.get(run.lower(), ())
        return [phrase.meaning for phrase in phrases if not phrase.rest and phrase.exact in (None, run)]

    def _unknown_word(self, run: str) -> Meaning:
        cost = UNKNOWN_WORD + UNKNOWN_LETTER * min(len(run), 20)
        return self._unknown._replace(cost=cost)

    def _glued(self, run: str) -> Iterator[Found]:
        """`MathCoder` by its capitals, `wizardcoder` by a known word at its end or start."""
        humps = list(CAMEL.finditer(run))
        if 1 < len(humps) <= 5 and humps[-1].end() == len(run):
            parts = [(*hump.span(), self._hump(hump[0])) for hump in humps]
            if any(meaning.field is not None for _, _, meaning in parts):
                yield Found(len(run), _glue(parts))
        lower = run.lower()
        for cut in range(2, len(run) - 1):
            head, tail = lower[:cut], lower[cut:]
            for meaning in self._vocabulary.inside.get(tail, ()):
                before = self._known(head)
                yield Found(
                    len(run),
                    _glue([(0, cut, before[0] if before else self._unknown_word(run[:cut])), (cut, len(run), meaning)]),
                )
            for meaning in self._vocabulary.inside.get(head, ()):
                if not self._vocabulary.inside.get(tail):
                    behind = self._known(tail)
                    yield Found(
                        len(run),
                        _glue(
                            [(0, cut, meaning), (cut, len(run), behind[0] if behind else self._unknown_word(run[cut:]))]
                        ),
                    )

    def _hump(self, text: str) -> Meaning:
        known = [meaning for meaning in self._known(text) if len(text) > 2 or meaning.cost < 1]
        return known[0] if known else self._unknown_word(text)


def _glue(parts: list[tuple[int, int, Meaning]]) -> tuple[tuple[int, int, Meaning], ...]:
    """Parts of one run cost a little more than words that stand apart; unexplained neighbours become one."""
    joined: list[tuple[int, int, Meaning]] = []
    for start, end, meaning in parts:
        if joined and meaning.field is None and joined[-1][2].field is None:
            joined[-1] = (joined[-1][0], end, meaning)
        else:
            joined.append((start, end, meaning))
    return tuple(
        (start, end, meaning._replace(cost=meaning.cost + GLUE) if start else meaning) for start, end, meaning in joined
    )


def phrase_length(phrase: Phrase, text: str, lower: str, start: int, position: int, end: int) -> int:
    """How far a spelling of several runs reaches from `start`, or 0 where the text differs."""
    for run, tight in phrase.rest:
        if not tight and position < end and lower[position] in "-_. +":
            position += 1
        if not lower.startswith(run, position, end):
            return 0
        after = position + len(run)
        if after < end and text[after].isalnum() and text[after].isdecimal() == run[-1].isdecimal():
            return 0
        position = after
    if phrase.exact is not None and text[start:position] != phrase.exact:
        return 0
    return position - start
