"""Numbers in names: small functions, one notation each.

Each takes the lower-case text from the place where something numeric starts and yields what it could be: how
many characters it takes, and a meaning for each of its parts. What a number is often depends on its
neighbours (`1M` after a size is a context, alone a size), which the circumstances of each meaning say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..reading import FieldValue
from ..recent import Recent
from ..vocabulary.lookup import Vocabulary
from ..vocabulary.meaning import Candidate, Condition, Meaning
from .boundaries import LABELS_OF_NUMBERS
from .candidate import MakeMeaning, condition, single
from .dates import ORDERS, date, put_in_order, short_date
from .numbering import LETTERED, generation, numbered_word, unexplained, version
from .sizes import active_behind, context, decimal_size, long_number, mixture, part_of_size, size, training
from .storage import bare_bits, gguf_label, groups, output_layer, precision, shard, share_of_label

__all__ = ["ORDERS", "Notations", "put_in_order"]

MOST_KEPT = 300  # texts whose candidates are surely kept
# Each notation with the characters that it can start with (0 stands for all digits), and the letters one of which it has
# if it starts with a digit (* where it needs none). Earlier ones come first in what is found.
STARTS: tuple[tuple[Callable[[str, MakeMeaning], Iterator[Candidate]], str, str], ...] = (
    (size, "0", "bmtk"), (decimal_size, "0", "bmt"), (mixture, "0", "xbe"), (part_of_size, "ae", ""), (active_behind, "0", "a"), (training, "0gsciebtr", "tse"),
    (long_number, "0", "*"), (version, "0vr", "*"), (generation, "0", "*"), (precision, "0bpwq", "bgw"), (groups, "0gb", "g"), (output_layer, "h", ""), (bare_bits, "0", "*"), (gguf_label, "uiqta", ""), (share_of_label, "0", "qf"),
    (shard, "0sp", "o"), (date, "0", "*"), (short_date, "0", "*"), (context, "0cse", "*"), (unexplained, "0", "*"),
)  # fmt: skip
OF_NUMBER = tuple((notation, frozenset(letters)) for notation, starts, letters in STARTS if "0" in starts)
# What a number can be behind which no letter follows.
OF_BARE_NUMBER = tuple(notation for notation, _, letters in STARTS if letters == "*")
OF_LETTER = {
    letter: tuple(notation for notation, starts, _ in STARTS if letter in starts)
    for letter in {letter for _, starts, _ in STARTS for letter in starts}
}
# Letters that a notation can start with; everything else that starts with a letter is a word.
OPENERS = LABELS_OF_NUMBERS | {
    "a",
    "e",
    "v",
    "w",
    "q",
    "iq",
    "tq",
    "avq",
    "ud",
    "r",
    "rev",
    "s",
    "b",
    "h",
    "hb",
    "head",
}


class Notations:
    """The notations, with the terms that explain them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._kept: Recent[str, tuple[Candidate, ...]] = Recent(MOST_KEPT)
        self.openers = OPENERS | vocabulary.generation_letters.keys()

    def read(self, text: str) -> tuple[Candidate, ...]:
        """All that the start of `text` (lower case) can be."""
        found = self._kept.get(text)
        if found is None:
            found = tuple(self._read(text))
            self._kept.keep(text, found)
        return found

    def opening(self, text: str, unknown: Meaning) -> Iterator[Candidate]:
        """Yield what an unknown word at the start of a name can be together with its number."""
        return numbered_word(text, self._meaning, unknown)

    def _read(self, text: str) -> Iterator[Candidate]:
        if not text[:1].isdecimal():
            for notation in OF_LETTER.get(text[:1], ()):
                yield from notation(text, self._meaning)
            yield from self._lettered_generation(text, self._meaning)
            return
        if text.isdecimal():
            for notation in OF_BARE_NUMBER:
                yield from notation(text, self._meaning)
            return
        letters = {"*", *text}
        for notation, needed in OF_NUMBER:
            if not needed.isdisjoint(letters):
                yield from notation(text, self._meaning)

    def _lettered_generation(self, text: str, make: MakeMeaning) -> Iterator[Candidate]:
        """`K2`, `M2`: lines whose generations carry a letter say so in their data"""
        match = LETTERED.match(text)
        lines = self._vocabulary.generation_letters.get(text[0]) if match else None
        if match and lines:
            own = condition(
                0.0, "generations of this line carry a letter", lines=tuple(lines), after=("family", "edition")
            )
            yield single(match.end(), make("generation", "generation", match[0].upper().replace("P", "."), 8.0, own))

    def language(self, code: str) -> Iterator[Candidate]:
        """`mms-tts-quc`: lines for more languages than are listed write three letters of ISO 639-3"""
        own = condition(
            0.5,
            "names of this line end in a language",
            lines=self._vocabulary.language_codes,
            after=("edition", "task"),
        )
        yield single(3, self._meaning("language_code", "languages", (code,), 40.0, own))

    def _meaning(
        self,
        notation: str,
        field: str | None,
        value: FieldValue,
        cost: float,
        *when: Condition,
        sets: tuple[tuple[str, FieldValue], ...] = (),
    ) -> Meaning:
        term, says = self._vocabulary.notation(notation)
        return Meaning(field, value, term, says, cost, when, (), sets)
