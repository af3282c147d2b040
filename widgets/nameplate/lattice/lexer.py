"""From a place in a text, how far could a token reach, and what would it mean? Nothing is decided here.

A span ends where a run of letters or digits ends, or inside a run where a known word is attached to another (`MathCoder`,
`llama13b`); `Candidate` lists the meanings of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..notation import Notations
from ..notation.boundaries import DIGEST
from ..patterns import pattern
from ..recent import Recent
from ..vocabulary.lookup import COSTS_LIKE_ABBREVIATION, NO_PHRASE_STARTS, Vocabulary
from ..vocabulary.meaning import Candidate, Meaning
from ..vocabulary.phrases import phrases_at
from .chunks import LONGEST_CACHED

MOST_RUNS = 300  # of letters that are surely kept
LONGEST_NUMBER = 40  # characters that a notation looks at
LETTERS = pattern(r"[^\W\d_]+")
DECIMALS = pattern(r"\d+")
NUMBER = pattern(r"[-_. ]?(\d+(?:[._]\d+)?)")  # of a line
PIECE = pattern(r"[^\W_]+")
POINT = pattern(r"\d\.\d")  # a decimal goes on: the 4 of Xing4.0 is not the end of a word
CAMEL = pattern(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\dA-Z_]+|[A-Z]+")
CERTAIN = 8  # letters of a word that is told without capitals: the retriever of nemoretriever, not the chat of chateau
UNKNOWN_WORD, UNKNOWN_LETTER, GLUE = 3.0, 0.08, 0.5
SEPARATOR = Meaning("separator", None, None, None, 0.0)


class Lexer:
    """Finds candidate spans in one vocabulary. What was found once is remembered."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._notations = Notations(vocabulary)
        self._runs: Recent[str, tuple[Candidate, ...]] = Recent(MOST_RUNS)
        separator, _ = vocabulary.notation("separator")
        self._separator = Candidate(1, ((0, 1, SEPARATOR._replace(term=separator)),))
        self._unknown_term, _ = vocabulary.notation("unknown")
        digest, says = vocabulary.notation("digest")
        self._digest = Meaning("checkpoint", None, digest, says, 0.0)

    def spans(self, text: str, lower: str, start: int) -> list[Candidate]:
        """What could start at `start` of a chunk."""
        character = text[start]
        if not character.isalnum():
            return [self._separator]
        found: list[Candidate] = []
        if character.isdecimal():
            found += self._notations.read(lower[start : start + LONGEST_NUMBER])
            digits = DECIMALS.match(text, start)
            assert digits is not None
            run, run_end = digits[0], digits.end()
        else:
            match = LETTERS.match(text, start)
            assert match is not None
            run, run_end = match[0], match.end()
            found += self._run(run)
            if run_end < len(text) and text[run_end].isdecimal() and len(run) > 2 and run[-1] in "vV":
                found += self._run(run[:-1])  # the v of TNLGv2 belongs to the number
            run = lower[start:run_end]
            if run in self._notations.openers or (run_end < len(text) and run[-1] == "x"):
                found += self._notations.read(lower[start : start + LONGEST_NUMBER])
        phrase_starts = self._vocabulary.phrase_starts(run)
        if run in self._vocabulary.abbreviations:
            found = self._with_own_number(found, run, text[run_end:])
        if phrase_starts is not NO_PHRASE_STARTS:
            found += phrases_at(phrase_starts, text, lower, start, run_end)
        if run_end < len(text) and text[run_end].isalnum() and (start == 0 or not text[start - 1].isalnum()):
            found += self._whole_piece(text, start, run_end)
        return found

    def _with_own_number(self, found: list[Candidate], abbreviation: str, behind: str) -> list[Candidate]:
        """Leave out an abbreviated line before a number that it doesn't have: the L of L3.1 is Llama, that of L1 isn't."""
        number = NUMBER.match(behind)
        if number is None or number[1].replace("_", ".") in self._vocabulary.abbreviations[abbreviation]:
            return found
        return [
            one for one in found if one.parts[0][2].field != "family" or one.parts[0][2].cost < COSTS_LIKE_ABBREVIATION
        ]

    def _whole_piece(self, text: str, start: int, run_end: int) -> Iterator[Candidate]:
        """What letters and digits can be together that reach further than the run of letters or digits they start with."""
        piece = PIECE.match(text, start)
        if piece is not None and not POINT.match(text, piece.end() - 1):
            yield self._piece(piece[0])
            if start == 0 and not self._known(text[:run_end]):
                yield from self._notations.opening(text[:LONGEST_CACHED], self._unknown_word(text[:run_end]))
            if len(piece[0]) >= 12:
                digest = DIGEST.match(text, start)
                if digest:
                    yield Candidate(len(digest[0]), ((0, len(digest[0]), self._digest),))

    def _piece(self, text: str) -> Candidate:
        """A whole run of letters and digits as one unexplained word: `H2O`, `v1olet`."""
        cost = UNKNOWN_WORD + 0.4 + UNKNOWN_LETTER * min(len(text), 20)
        return Candidate(len(text), ((0, len(text), self._unknown(text, cost)),))

    def _run(self, run: str) -> tuple[Candidate, ...]:
        """What a run of letters can be by itself: a known word, words written together, or an unexplained word."""
        found = self._runs.get(run)
        if found is None:
            found = tuple(self._read_run(run))
            if len(run) <= LONGEST_CACHED:
                self._runs.keep(run, found)
        return found

    def _read_run(self, run: str) -> Iterator[Candidate]:
        known = self._known(run)
        if len(run) == 3 and run.islower() and run.isascii():
            yield from self._notations.language(run)
        for meaning in known:
            yield Candidate(len(run), ((0, len(run), meaning),))
        if any(meaning.cost < 1.0 and not meaning.when for meaning in known):
            return
        yield Candidate(len(run), ((0, len(run), self._unknown_word(run)),))
        yield from self._adjacent_words(run)

    def _known(self, run: str) -> list[Meaning]:
        phrases = self._vocabulary.phrases(run.lower())
        return [phrase.meaning for phrase in phrases if not phrase.rest and phrase.exact in (None, run)]

    def _unknown_word(self, run: str) -> Meaning:
        return self._unknown(run, UNKNOWN_WORD + UNKNOWN_LETTER * min(len(run), 20))

    def _unknown(self, text: str, cost: float) -> Meaning:
        return Meaning(None, None, self._unknown_term, None, cost, (), self._roles(text))

    def _roles(self, text: str) -> tuple[str, ...]:
        """What a telling word at the start or the end of an unknown one says: the chat of TenyxChat, the vl of ShotVL."""
        ends: set[str] = set()
        humps = _humps(text)
        if len(humps) > 1:
            ends = {humps[0][0].lower(), humps[-1][0].lower()}
            ends |= {hump[0].lower() for hump in humps[1:-1] if len(hump[0]) >= CERTAIN}  # VultronRetrieverFlash
        if len(text) > CERTAIN + 1:
            lower = text.lower()
            for length in range(CERTAIN, min(len(lower) - 2, self._vocabulary.longest_inside) + 1):
                ends |= {lower[:length], lower[-length:]}
        ends &= self._vocabulary.inside_words.keys()
        if not ends:
            return ()
        found = [role for end in sorted(ends) for meaning in self._vocabulary.inside(end) for role in meaning.roles]
        return tuple(dict.fromkeys(found))

    def _adjacent_words(self, run: str) -> Iterator[Candidate]:
        """`MathCoder` by its capitals, `wizardcoder` by a known word at its end or start."""
        humps = _humps(run)
        if 1 < len(humps) <= 5 and humps[-1].end() == len(run):
            parts = [(*hump.span(), self._hump(hump[0])) for hump in humps]
            if any(meaning.field is not None for _, _, meaning in parts):
                yield Candidate(len(run), _joined(parts))
        lower = run.lower()
        for cut in self._cuts(lower):
            head, tail = lower[:cut], lower[cut:]
            for meaning in self._vocabulary.inside(tail):
                before = self._known(head)
                yield Candidate(
                    len(run),
                    _joined(
                        [(0, cut, before[0] if before else self._unknown_word(run[:cut])), (cut, len(run), meaning)]
                    ),
                )
            for meaning in self._vocabulary.inside(head):
                if not self._vocabulary.inside(tail):
                    behind = self._known(tail)
                    yield Candidate(
                        len(run),
                        _joined(
                            [(0, cut, meaning), (cut, len(run), behind[0] if behind else self._unknown_word(run[cut:]))]
                        ),
                    )

    def _cuts(self, lower: str) -> list[int]:
        """Return where a run could be cut so that one side is a word that is read inside others."""
        known = self._vocabulary.inside_words
        longest, length = self._vocabulary.longest_inside, len(lower)
        heads = {cut for cut in range(2, min(length - 2, longest) + 1) if lower[:cut] in known}
        tails = {cut for cut in range(max(2, length - longest), length - 1) if lower[cut:] in known}
        return sorted(heads | tails)

    def _hump(self, text: str) -> Meaning:
        known = [meaning for meaning in self._known(text) if len(text) > 2 or meaning.cost < 1.0]
        return known[0] if known else self._unknown_word(text)


def _humps(text: str) -> list[re.Match[str]]:
    """The parts of a word that its capitals divide; none where they do not."""
    return [] if text.isalpha() and text[1:].islower() else list(CAMEL.finditer(text))


def _joined(parts: list[tuple[int, int, Meaning]]) -> tuple[tuple[int, int, Meaning], ...]:
    """Make the parts of one run cost a little more than separate words; unexplained neighbours become one."""
    joined: list[tuple[int, int, Meaning]] = []
    for start, end, meaning in parts:
        if joined and meaning.field is None and joined[-1][2].field is None:
            joined[-1] = (joined[-1][0], end, meaning)
        else:
            joined.append((start, end, meaning))
    return tuple(
        (start, end, meaning._replace(cost=meaning.cost + GLUE) if start else meaning) for start, end, meaning in joined
    )
