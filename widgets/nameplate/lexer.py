"""Cuts the text of a name into candidate spans: from a place in it, how far could a token reach, and what would it mean?

Nothing is decided here. A text falls into units, which no span crosses; within one, a span ends where a run of letters
or digits ends, or inside a run where a known word stands glued to another (`MathCoder`, `llama13b`). `Found` lists the
meanings of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from .notation import Found, Notations
from .patterns import pattern
from .vocabulary import ALNUM_RUN, NO_BEGINNINGS, Beginnings, Meaning, Phrase, Vocabulary, made_for

# A piece and the marks behind it. A mark between two digits is part of a piece, because numbers are written so.
PIECES = pattern(r"((?:[^\W_]|(?<=\d)[-._](?=\d))+)([\W_]*)")
FIRST_MARKS = pattern(r"[\W_]*")
JOINTS = frozenset("-_. +")  # marks over which a number or a phrase can go on
REACH = 4  # pieces over which a phrase can have begun: text-to-image-editing
LONG = 200  # characters; longer runs are no words and are not remembered
LONGEST_NUMBER = 40  # characters that a notation looks at
MEMORY = 50_000  # entries of each memory, which starts anew when it is full
LETTERS = pattern(r"[^\W\d_]+")
DECIMALS = pattern(r"\d+")
PIECE = pattern(r"[^\W_]+")
POINT = pattern(r"\d\.\d")  # a decimal goes on: the 4 of Xing4.0 is not the end of a word
CAMEL = pattern(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\dA-Z_]+|[A-Z]+")
DIGEST = pattern(r"(?:sha256[-:])?(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12,64}(?![^\W_])")
CERTAIN = 8  # letters of a word that is told without capitals: the retriever of nemoretriever, not the chat of chateau
UNKNOWN_WORD, UNKNOWN_LETTER, GLUE = 3.0, 0.08, 0.5
NOTHING: frozenset[str] = frozenset()
SIZES_IN_WORDS = made_for("sizes-in-words")
SEPARATOR = Meaning("separator", None, None, None, 0.0)
UNKNOWN = Meaning(None, None, None, None, 0.0)

# How a notation goes on over a mark: with digits (step-100), with what a number counts (8k-context, 2-of-9), with a count
# of experts (17B-16E), with the rest of a label (Q4-K-M). What a piece ends and starts with are sets of these, as bits.
DIGITS, COUNTED, EXPERTS, LABEL = 1, 2, 4, 8
COUNTED_WORDS = frozenset(
    ("b", "m", "t", "k", "bn", "billion", "million", "bit", "bits", "bpw", "of", "token", "tokens", "tok", "toks", "tk", "expert", "experts",
     "step", "steps", "epoch", "epochs", "ctx", "context", "contextlength", "length", "len", "seq", "seqlen")
)  # fmt: skip
LABELS_OF_NUMBERS = frozenset(
    ("step", "steps", "globalstep", "iter", "ckpt", "checkpoint", "seed", "seeds", "epoch", "epochs", "ep", "context", "contextlength",
     "length", "ctx", "seq", "seqlen", "len", "of", "part", "split", "g", "gs", "bpw", "pw", "global")
)  # fmt: skip
LABEL_RESTS = frozenset(
    ["k", "m", "s", "l", "xs", "xl", "xxs", "xxl", "nl", "kt", "ks", "kl", "kss", "kx", "r4", "r8", "hp", "p", "hifi"]
)
END_OF_NUMBER = pattern(r"\d[kmbt]?$")
END_OF_LABEL = pattern(r"(?<![^\W\d_])(?:ud|i?q\d+|tq\d+|avq\d+)(?:[-_]\d+)*$")
START_OF_LABEL = pattern(r"(?:i?q|tq|avq)\d")
START_OF_EXPERTS = pattern(r"x\d|\d{1,3}e$")


class Unit:
    """A part of a text that no candidate span crosses: read on its own, and remembered.

    `ends` and `starts` say how a notation could go on behind it and begin before it; `awaited` are the runs with which
    one of its phrases would go on. The rest holds what the reader has worked out (ways.py).
    """

    __slots__ = (
        "asked", "awaited", "edges", "ends", "first_run", "lines", "lines_at_start", "lower", "starts", "text", "ways",
    )  # fmt: skip

    def __init__(self, text: str, lower: str) -> None:
        self.text = text
        self.lower = lower
        self.first_run = ""
        self.starts = self.ends = 0
        self.awaited = NOTHING
        self.lines = NOTHING  # that it names for certain
        self.lines_at_start = NOTHING  # that it names where it stands at the start
        self.edges: Any = None
        self.asked: Any = None
        self.ways: dict[Any, Any] = {}


class Lexer:
    """Cuts texts into units, and units into candidate spans. What was cut once is remembered."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._notations = Notations(vocabulary)
        self._runs: dict[str, tuple[Found, ...]] = {}
        self._units: dict[str, Unit] = {}
        separator, _ = vocabulary.notation("separator")
        self._separator = Found(1, ((0, 1, SEPARATOR._replace(term=separator)),))
        self._unknown = UNKNOWN._replace(term=vocabulary.notation("unknown")[0])
        digest, says = vocabulary.notation("digest")
        self._digest = Meaning("checkpoint", None, digest, says, 0.0)

    def units(self, text: str) -> list[tuple[int, Unit]]:
        """The units of a text, with their offsets. The marks that divide them are left out."""
        units: list[tuple[int, Unit]] = []
        remembered = self._units
        here: Unit | None = None  # the pieces from `begun` on that belong together, the last few of them at least
        begun: list[int] = []
        between, start, end = "", FIRST_MARKS.match(text).end(), 0  # type: ignore[union-attr]
        for piece, marks in PIECES.findall(text):
            there = remembered.get(piece) or self._unit(piece)
            if here is None:
                begun = [start]
            elif between in JOINTS and (here.ends & there.starts or there.first_run in here.awaited):
                begun.append(start)
                joined = text[begun[-REACH:][0] : start + len(piece)]
                there = remembered.get(joined) or self._unit(joined)
            else:
                units.append((begun[0], self._joined(text[begun[0] : end], begun, here)))
                begun = [start]
            here, between = there, marks
            end = start + len(piece)
            start = end + len(marks)
        if here is not None:
            units.append((begun[0], self._joined(text[begun[0] : end], begun, here)))
        return units

    def _joined(self, text: str, begun: list[int], last: Unit) -> Unit:
        """The unit of all pieces that belong together, of which `last` is made of the last few."""
        return last if len(begun) <= REACH else self._unit(text)

    def _unit(self, text: str) -> Unit:
        lower = lower_case(text)
        unit = Unit(text, lower)
        lines, at_start, awaited = NOTHING, NOTHING, NOTHING
        last = ""
        for match in ALNUM_RUN.finditer(lower):
            start, end = match.span()
            last = match[0]
            beginnings = self._vocabulary.beginnings(last)
            if not start:
                unit.first_run = last
            if beginnings is NO_BEGINNINGS:
                continue
            if beginnings.longer:
                awaited = awaited | _awaited(beginnings, lower, end)
            for phrase in beginnings.heads:
                if not phrase.rest or phrase_length(phrase, lower, lower, start, end):
                    if phrase.meaning.cost < 1.0:
                        lines = lines | {phrase.meaning.line or ""}
                    elif not start:
                        at_start = at_start | {phrase.meaning.line or ""}
        unit.awaited = awaited
        unit.lines, unit.lines_at_start = lines, lines | at_start
        unit.starts, unit.ends = _start(lower, unit.first_run), _end(lower, last)
        if len(text) <= LONG:
            _remember(self._units, text, unit)
        return unit

    def around(self, lines: frozenset[str]) -> frozenset[str]:
        """What holds for a text that names these lines: the lines, and what they are made for."""
        known = [self._vocabulary.lines[line] for line in lines]
        kinds = {made_for(line.task) for line in known if line.task}
        return lines | kinds | ({SIZES_IN_WORDS} if any(line.sizes_in_words for line in known) else NOTHING)

    def spans(self, text: str, lower: str, start: int) -> Iterator[Found]:
        """What could start at `start` of a unit."""
        character = text[start]
        if not character.isalnum():
            yield self._separator
            return
        if character.isdecimal():
            yield from self._notations.read(lower[start : start + LONGEST_NUMBER])
            digits = DECIMALS.match(text, start)
            assert digits is not None
            run, run_end = digits[0], digits.end()
        else:
            match = LETTERS.match(text, start)
            assert match is not None
            run, run_end = match[0], match.end()
            yield from self._run(run)
            if run_end < len(text) and text[run_end].isdecimal() and len(run) > 2 and run[-1] in "vV":
                yield from self._run(run[:-1])  # the v of TNLGv2 belongs to the number
            run = lower[start:run_end]
            if run in self._notations.openers or (run_end < len(text) and run[-1] == "x"):
                yield from self._notations.read(lower[start : start + LONGEST_NUMBER])
        beginnings = self._vocabulary.beginnings(run)
        if beginnings is not NO_BEGINNINGS:
            yield from _phrases(beginnings, text, lower, start, run_end)
        if start == 0 or not text[start - 1].isalnum():
            yield from self._whole_piece(text, lower, start, run_end)

    def _whole_piece(self, text: str, lower: str, start: int, run_end: int) -> Iterator[Found]:
        piece = PIECE.match(text, start)
        if piece is not None and piece.end() > run_end and not POINT.match(text, piece.end() - 1):
            yield self._piece(piece[0])
            if start == 0 and not self._known(text[:run_end]):
                yield from self._notations.opening(text[:LONG], self._unknown_word(text[:run_end]))
            if len(piece[0]) >= 12:
                digest = DIGEST.match(text, start)
                if digest:
                    yield Found(len(digest[0]), ((0, len(digest[0]), self._digest),))

    def _piece(self, text: str) -> Found:
        """A whole run of letters and digits as one unexplained word: `H2O`, `v1olet`."""
        cost = UNKNOWN_WORD + 0.4 + UNKNOWN_LETTER * min(len(text), 20)
        return Found(len(text), ((0, len(text), self._unknown._replace(cost=cost, roles=self._roles(text))),))

    def _run(self, run: str) -> tuple[Found, ...]:
        """What a run of letters can be by itself: a known word, words glued together, or an unexplained word."""
        found = self._runs.get(run)
        if found is None:
            found = tuple(self._read_run(run))
            if len(run) <= LONG:
                _remember(self._runs, run, found)
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
        phrases = self._vocabulary.phrases(run.lower())
        return [phrase.meaning for phrase in phrases if not phrase.rest and phrase.exact in (None, run)]

    def _unknown_word(self, run: str) -> Meaning:
        cost = UNKNOWN_WORD + UNKNOWN_LETTER * min(len(run), 20)
        return self._unknown._replace(cost=cost, roles=self._roles(run))

    def _roles(self, text: str) -> tuple[str, ...]:
        """What a telling word at the start or the end of an unknown one says: the chat of TenyxChat, the vl of ShotVL."""
        ends: set[str] = set()
        humps = _humps(text)
        if len(humps) > 1:
            ends = {humps[0][0].lower(), humps[-1][0].lower()}
        if len(text) > CERTAIN + 1:
            lower = text.lower()
            for length in range(CERTAIN, min(len(lower) - 2, self._vocabulary.longest_inside) + 1):
                ends |= {lower[:length], lower[-length:]}
        if not ends:
            return ()
        found = [role for end in sorted(ends) for meaning in self._vocabulary.inside(end) for role in meaning.roles]
        return tuple(dict.fromkeys(found))

    def _glued(self, run: str) -> Iterator[Found]:
        """`MathCoder` by its capitals, `wizardcoder` by a known word at its end or start."""
        humps = _humps(run)
        if 1 < len(humps) <= 5 and humps[-1].end() == len(run):
            parts = [(*hump.span(), self._hump(hump[0])) for hump in humps]
            if any(meaning.field is not None for _, _, meaning in parts):
                yield Found(len(run), _glue(parts))
        lower = run.lower()
        for cut in self._cuts(lower):
            head, tail = lower[:cut], lower[cut:]
            for meaning in self._vocabulary.inside(tail):
                before = self._known(head)
                yield Found(
                    len(run),
                    _glue([(0, cut, before[0] if before else self._unknown_word(run[:cut])), (cut, len(run), meaning)]),
                )
            for meaning in self._vocabulary.inside(head):
                if not self._vocabulary.inside(tail):
                    behind = self._known(tail)
                    yield Found(
                        len(run),
                        _glue(
                            [(0, cut, meaning), (cut, len(run), behind[0] if behind else self._unknown_word(run[cut:]))]
                        ),
                    )

    def _cuts(self, lower: str) -> list[int]:
        """Where a run could be cut so that a word that is read inside others stands on one side."""
        known = self._vocabulary.inside_words
        longest, length = self._vocabulary.longest_inside, len(lower)
        heads = {cut for cut in range(2, min(length - 2, longest) + 1) if lower[:cut] in known}
        tails = {cut for cut in range(max(2, length - longest), length - 1) if lower[cut:] in known}
        return sorted(heads | tails)

    def _hump(self, text: str) -> Meaning:
        known = [meaning for meaning in self._known(text) if len(text) > 2 or meaning.cost < 1]
        return known[0] if known else self._unknown_word(text)


def _start(lower: str, first_run: str) -> int:
    """How a piece can continue a notation that began before it."""
    if lower[0].isdecimal():
        return DIGITS | (EXPERTS if START_OF_EXPERTS.match(lower) else 0)
    bits = COUNTED if first_run in COUNTED_WORDS else 0
    if lower in LABEL_RESTS or START_OF_LABEL.match(lower):
        bits |= LABEL
    if lower[0] == "x" and START_OF_EXPERTS.match(lower):
        bits |= EXPERTS
    if len(lower) >= 12 and DIGEST.match(lower):
        bits |= DIGITS
    return bits


def _end(lower: str, last_run: str) -> int:
    """How a notation that began in a piece can go on behind it."""
    bits = DIGITS | COUNTED if last_run in LABELS_OF_NUMBERS or lower == "sha256" else 0
    if last_run in LABEL_RESTS or lower[-2:] in LABEL_RESTS:
        bits |= LABEL | DIGITS
    if END_OF_LABEL.search(lower):
        bits |= LABEL
    if END_OF_NUMBER.search(lower):
        bits |= COUNTED | (EXPERTS if lower[-1] == "b" else 0)
    return bits


def _humps(text: str) -> list[re.Match[str]]:
    """The parts of a word that its capitals divide; none where they do not."""
    return [] if text.isalpha() and text[1:].islower() else list(CAMEL.finditer(text))


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


def phrase_length(phrase: Phrase, text: str, lower: str, start: int, position: int) -> int:
    """How far a spelling of several runs reaches from `start`, or 0 where the text differs."""
    for run, tight in phrase.rest:
        if not tight and position < len(lower) and lower[position] in "-_. +":
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


def _phrases(beginnings: Beginnings, text: str, lower: str, start: int, run_end: int) -> Iterator[Found]:
    """The spellings that start with a run and go on as the text does."""
    candidates = beginnings.exact
    if beginnings.longer:
        following = ALNUM_RUN.match(lower, run_end) or ALNUM_RUN.match(lower, run_end + 1)
        if following:
            candidates += beginnings.longer.get(following[0], ())
    for phrase in candidates:
        length = phrase_length(phrase, text, lower, start, run_end)
        if length:
            yield Found(length, ((0, length, phrase.meaning),))


def _awaited(beginnings: Beginnings, lower: str, run_end: int) -> frozenset[str] | set[str]:
    """The runs with which a spelling would go on behind the end of a text in which it has begun."""
    if run_end == len(lower):
        return beginnings.awaited
    following = ALNUM_RUN.match(lower, run_end) or ALNUM_RUN.match(lower, run_end + 1)
    awaited: set[str] = set()
    for phrase in beginnings.longer.get(following[0], ()) if following else ():
        awaited |= _awaited_by(phrase, lower, run_end)
    return awaited


def _awaited_by(phrase: Phrase, lower: str, position: int) -> set[str]:
    """The run with which a phrase would go on behind the end of a text in which it has begun."""
    for run, tight in phrase.rest:
        if position == len(lower):
            return set() if tight else {run}
        if not tight and lower[position] in "-_. +":
            position += 1
        if not lower.startswith(run, position):
            return set()
        position += len(run)
    return set()


def lower_case(text: str) -> str:
    """Lower case of the same length: the few characters whose lower case is longer stay as they are.

    >>> lower_case("Qwen-İ")
    'qwen-İ'
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


Kept = TypeVar("Kept")


def _remember(memory: dict[str, Kept], key: str, value: Kept) -> None:
    if len(memory) >= MEMORY:
        memory.clear()
    memory[key] = value
