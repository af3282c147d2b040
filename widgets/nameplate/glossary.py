"""Look up what a word of a model's name means, in the definitions of the glossary."""

from __future__ import annotations

import difflib

from .decoder import decode
from .errors import UnknownWordError
from .patterns import pattern
from .reading import JsonObject
from .vocabulary.lookup import vocabulary

MARKS = pattern(r"[\W_]+")
IN_BRACKETS = pattern(r"(.+?) \((.+)\)")  # mixture of experts (MoE)
SUGGESTIONS = 3


def look_up(word: str) -> list[JsonObject]:
    """Return the entries for a word: those called so, or else those of its parts as names write them.

    >>> [entry["title"] for entry in look_up("MoE")]
    ['mixture of experts (MoE)']
    >>> look_up("A22B")[0]["here"]
    'About 22 billion of its parameters are used for each token, which sets the speed. All of them still have to fit in memory.'

    Raises UnknownWordError for a word without an entry, and what `decode` raises for a text that it can't read.
    """
    terms = vocabulary().terms
    wanted = _plain(word)
    called = [slug for slug, (title, _) in terms.items() if wanted in (_plain(slug), *_ways_to_say(title))]
    if wanted and called:
        return [_entry(slug, None) for slug in called]
    tokens = [token for token in decode(word).tokens if any(c.isalnum() for c in token.text)]
    if tokens and all(token.field and token.term in terms for token in tokens):
        return [_entry(token.term, token.says) for token in tokens if token.term]
    titles = {_plain(title): title for title, _ in terms.values()}
    raise UnknownWordError(word, [titles[like] for like in difflib.get_close_matches(wanted, titles, SUGGESTIONS)])


def _entry(slug: str, here: str | None) -> JsonObject:
    """Return an entry: the place in the glossary, its title, its definition, and what it says of this exact word."""
    title, definition = vocabulary().terms[slug]
    return {"term": slug, "title": title, "definition": definition, "here": here}


def _ways_to_say(title: str) -> list[str]:
    """Return the spellings of a title: `mixture of experts (MoE)` is both."""
    both = IN_BRACKETS.fullmatch(title)
    return [_plain(way) for way in (title, *(both.groups() if both else ()))]


def _plain(text: str) -> str:
    return MARKS.sub("", text).casefold()
