"""Cut a request into features: words, pairs of words, and the runs of letters inside words.

Training and the browser use the same functions, so that a feature means the same in both. Spelling mistakes and
inflections leave most runs of letters as they were; Chinese and Japanese have no spaces, so they go by characters.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

# Accents are often left out when people type, and the letters without them are compared.
_ACCENTED = {
    "a": "àáâãäåāăą", "c": "çćč", "d": "ďđ", "e": "èéêëēęě", "i": "ìíîïīı", "l": "ł", "n": "ñńň", "o": "òóôõöøōő", "r": "řŕ",
    "s": "śšş", "t": "ťţ", "u": "ùúûüūůű", "y": "ýÿ", "z": "źżž", "е": "ё", "'": "’`´",
}  # fmt: skip
_PLAIN = str.maketrans(
    {
        **{accented: letter for letter, all_of_it in _ACCENTED.items() for accented in all_of_it},
        "ß": "ss", "œ": "oe", "æ": "ae",
    }
)  # fmt: skip
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々ー]+|[^\W\u3040-\u30ff\u3400-\u9fff_]+(?:'[^\W\d_]{1,3}\b)?")
_DIGITS = re.compile(r"\d+")
_BY_CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
LONGEST_WORD = 40  # characters; the rest of a longer run is no word anybody knows
SHORTEST_RUN, LONGEST_RUN = 3, 5
LONGEST_RUN_BY_CHARACTER = 3
PAIR, RUN = " ", "'"  # what a pair has between its words, and what a run of letters begins with


def plain(text: str) -> str:
    """Return a text in lower case without accents.

    >>> plain("Résumé für Łódź")
    'resume fur lodz'
    """
    return text.lower().translate(_PLAIN)


def tokens(text: str) -> list[str]:
    """Return the words of a text, every figure as 0; a run of Chinese or Japanese characters is one token.

    >>> tokens("Don’t translate 12 mails! 翻译小说")
    ["don't", 'translate', '0', 'mails', '翻译小说']
    """
    return [plain(word) for word in surface_tokens(text)]


def surface_tokens(text: str) -> list[str]:
    """Return the words as `tokens` does, with their accents."""
    lowered = text.lower().replace("’", "'")
    return [_DIGITS.sub("0", word)[:LONGEST_WORD] for word in _TOKEN.findall(lowered)]


def located_tokens(lowered: str) -> list[tuple[str, int, int]]:
    """Return the words of a text in lower case as `tokens` does, with the places where each begins and ends.

    >>> located_tokens("für 12 mails")
    [('fur', 0, 3), ('0', 4, 6), ('mails', 7, 12)]
    """
    found = _TOKEN.finditer(lowered.replace("’", "'"))
    return [(plain(_DIGITS.sub("0", one[0])[:LONGEST_WORD]), *one.span()) for one in found]


def is_by_character(token: str) -> bool:
    """Whether a token is Chinese or Japanese, which is read character by character."""
    return _BY_CHARACTER.match(token) is not None


def features_of(token: str) -> Iterator[str]:
    """Yield the features inside one token: the word itself, and its runs of letters with ^ and $ for its edges.

    >>> list(features_of("chat"))
    ['chat', "'^ch", "'cha", "'hat", "'at$", "'^cha", "'chat", "'hat$", "'^chat", "'chat$"]
    >>> list(features_of("翻译"))
    ['翻', '译', '翻译']
    """
    if is_by_character(token):
        for length in range(1, LONGEST_RUN_BY_CHARACTER + 1):
            for start in range(len(token) - length + 1):
                yield token[start : start + length]
        return
    yield token
    marked = f"^{token}$"
    for length in range(SHORTEST_RUN, LONGEST_RUN + 1):
        for start in range(len(marked) - length + 1):
            yield RUN + marked[start : start + length]


def pairs(words: Sequence[str]) -> Iterator[str]:
    """Yield the pairs of neighbouring words.

    >>> list(pairs(["chat", "on", "cpu"]))
    ['chat on', 'on cpu']
    """
    for first, second in itertools.pairwise(words):
        yield first + PAIR + second


def places(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the features of each place of a text: a word, or a Chinese or Japanese character and those that begin with it.

    >>> list(places(["chat", "翻译"]))
    [('chat',), ('翻', '翻译'), ('译',)]
    """
    for word in words:
        if is_by_character(word):
            for start in range(len(word)):
                ends = range(start + 1, min(start + LONGEST_RUN_BY_CHARACTER, len(word)) + 1)
                yield tuple(word[start:end] for end in ends)
        else:
            yield (word,)
