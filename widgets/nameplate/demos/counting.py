"""A language model made by counting: which word follows which two in a text, and how to draw the next one."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..vocabulary.lookup import vocabulary

CONTEXT = 2  # words that the model looks back
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|[.,;:!?]")
HELD_OUT = 4000  # tokens at the end of the text, which the model never reads: to see how well it guesses
# The steps of a generator of numbers without a pattern: the constants are those of the C standard's example.
_FACTOR, _STEP, _RANGE = 1_103_515_245, 12_345, 1 << 31

Context = tuple[str, ...]


class Guess(NamedTuple):
    """What may follow: how often each word did, after how many of the last words that was counted."""

    counts: Mapping[str, int]
    context: Context


def words(text: str) -> list[str]:
    """Return the words and the stops of a text, in lower case.

    >>> words("Call me Ishmael. I don't—no, sir!")
    ['call', 'me', 'ishmael', '.', 'i', "don't", 'no', ',', 'sir', '!']
    """
    return _TOKEN.findall(text.lower().replace("’", "'"))


class CountedText:
    """Where each word, and each pair of words, is in a text, so that what follows them can be counted in any part of it."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        # The places of what follows, in their order.
        self._places: dict[Context, list[int]] = {(): list(range(len(tokens)))}
        for end in range(1, len(tokens)):
            self._places.setdefault((tokens[end - 1],), []).append(end)
        for end in range(2, len(tokens)):
            self._places.setdefault((tokens[end - 2], tokens[end - 1]), []).append(end)

    def guess(self, before: Sequence[str], read: int) -> Guess:
        """Return what followed the last two words in the first `read` tokens; if nothing did, the last one; else anything.

        >>> tokens = words("the sea and the sea and the land")
        >>> model = CountedText(tokens)
        >>> model.guess(words("and the"), 8).counts, model.guess(words("of the"), 8).context
        (Counter({'sea': 1, 'land': 1}), ('the',))
        >>> model.guess(words("and the"), 7).counts
        Counter({'sea': 1})
        """
        context = self.context(before, read)
        if not context:
            return Guess(self._all(read), ())
        return Guess(Counter(self._tokens[place] for place in self._read_places(context, read)), context)

    def context(self, before: Sequence[str], read: int) -> Context:
        """Return the last two words, or the last one, or none: what occurred in the first `read` tokens."""
        contexts = (tuple(before[-length:]) for length in range(min(CONTEXT, len(before)), 0, -1))
        return next((context for context in contexts if self.knows(context, read)), ())

    def knows(self, context: Context, read: int) -> bool:
        """Whether these words occurred together in the first `read` tokens, with something behind them."""
        return bool(self._read_places(context, read))

    def _read_places(self, context: Context, read: int) -> list[int]:
        places = self._places.get(context, [])
        return places[: bisect_left(places, read)]

    @functools.lru_cache(maxsize=16)  # noqa: B019 -- there is one text, and it stays
    def _all(self, read: int) -> Counter[str]:
        return Counter(self._tokens[:read])


def likeliest(counts: Mapping[str, int]) -> str:
    """Return the word with the highest count, of several the first by the alphabet.

    >>> likeliest({"sea": 2, "air": 2, "hold": 1})
    'air'
    """
    return min(counts, key=lambda word: (-counts[word], word))


def chances(counts: Mapping[str, int], temperature: float, top: int | None) -> dict[str, float]:
    """Return the chance of each word that may be drawn, the likeliest first; `top` is None for all of them.

    >>> {word: round(chance, 2) for word, chance in chances({"sea": 22, "air": 19, "cabin": 12, "water": 6}, 0.5, 4).items()}
    {'sea': 0.47, 'air': 0.35, 'cabin': 0.14, 'water': 0.04}
    >>> chances({"sea": 22, "air": 19}, 0, 4)
    {'sea': 1.0}
    """
    kept = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:top]
    if temperature == 0:
        return {likeliest(counts): 1.0}
    most = kept[0][1]
    weights = {word: (count / most) ** (1 / temperature) for word, count in kept}
    total = sum(weights.values())
    return {word: weight / total for word, weight in weights.items()}


def drawn(chances_of: Mapping[str, float], seed: int) -> tuple[str, int]:
    """Return a word drawn by its chance, and the seed of the next draw.

    >>> drawn({"sea": 0.5, "air": 0.5}, 1)[0]
    'air'
    """
    seed = (_FACTOR * seed + _STEP) % _RANGE
    left = seed / _RANGE
    for word, chance in chances_of.items():
        left -= chance
        if left < 0:
            return word, seed
    return next(reversed(list(chances_of))), seed


def joined(before: str, word: str) -> str:
    """Return a text with one more word, written as English is.

    >>> joined("Call me", "ishmael"), joined("To sea", "."), joined("Ashore.", "i")
    ('Call me ishmael', 'To sea.', 'Ashore. I')
    """
    if word in ".,;:!?":
        return before.rstrip() + word
    start = before.rstrip()
    begins = not start or start[-1] in ".!?"
    written = "I" if word == "i" else f"I{word[1:]}" if word.startswith("i'") else word
    return f"{start} {written[0].upper() + written[1:] if begins else written}".lstrip()


def novel_text() -> str:
    """Return the beginning of Moby-Dick, without the titles of its chapters."""
    text: str = compiled().MOBY_DICK
    return text


def compiled() -> Any:
    """Return the module of compiled texts; see plugins/compiler/sample_text.py for its constants."""
    vocabulary()  # in a checkout this compiles the data again where it has changed
    from .. import _compiled_texts

    return _compiled_texts


@functools.lru_cache(maxsize=1)
def novel() -> list[str]:
    """Return the words of the beginning of Moby-Dick."""
    return words(novel_text())


@functools.lru_cache(maxsize=1)
def counted() -> CountedText:
    """Return the novel, counted."""
    return CountedText(novel())


def to_read() -> int:
    """Return how many tokens of the novel a model may read: all but those that it's tested on."""
    return len(novel()) - HELD_OUT


class Score(NamedTuple):
    """How well a model guesses words it hasn't read: the shares that it gets right, and of beginnings that it never saw."""

    right: float
    unseen: float


@functools.lru_cache(maxsize=16)
def score(read: int) -> Score:
    """Return how a model that has read so many tokens does on the end of the novel, which no model reads."""
    model, tokens = counted(), novel()
    right = unseen = 0
    places = range(to_read() + CONTEXT, len(tokens))
    usual: dict[Context, str] = {}
    for end in places:
        context = model.context(tokens[end - CONTEXT : end], read)
        if context not in usual:
            usual[context] = likeliest(model.guess(context, read).counts)
        right += usual[context] == tokens[end]
        unseen += len(context) < CONTEXT
    return Score(right / len(places), unseen / len(places))
