"""The known word that a misspelt one was most likely meant to be."""

from __future__ import annotations

from ..recent import kept_for_each
from .lookup import Vocabulary

SHORTEST = 4  # letters; shorter words are too close to too many others
SIMILAR = 0.82


@kept_for_each(4_096)
def nearest(vocabulary: Vocabulary, word: str) -> str | None:
    """A known word that differs little from `word`, if there is one.

    >>> from nameplate.vocabulary.lookup import vocabulary
    >>> nearest(vocabulary(), "instuct"), nearest(vocabulary(), "Flurbelwumpf")
    ('instruct', None)
    """
    lower = word.lower()
    if len(lower) < SHORTEST or not lower.isalpha():
        return None
    close = [known for known in vocabulary.words_by_letter.get(lower[0], ()) if abs(len(known) - len(lower)) <= 2]
    import difflib  # few names have a misspelt word

    found = difflib.get_close_matches(lower, close, 1, SIMILAR)
    return found[0] if found else None


def spelt_like(word: str, model: str) -> str:
    """The word in capitals where `model` has them.

    >>> spelt_like("instruct", "Instuct"), spelt_like("instruct", "INSTUCT"), spelt_like("instruct", "instuct")
    ('Instruct', 'INSTRUCT', 'instruct')
    """
    if model.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if model[0].isupper() else word
