"""Name the language of a request. Most scripts say it by themselves; for Latin letters a small model was trained."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .classifier import Linear
from .features import tokens

ENGLISH = "en"
# The first script of which a text has enough letters says its language.
_SCRIPTS = (
    (re.compile(r"[\u3040-\u30ff]"), "ja"),
    (re.compile(r"[\uac00-\ud7af]"), "ko"),
    (re.compile(r"[\u3400-\u9fff]"), "zh"),
    (re.compile(r"[\u0370-\u03ff]"), "el"),
    (re.compile(r"[\u0590-\u05ff]"), "he"),
    (re.compile(r"[\u0900-\u097f]"), "hi"),
    (re.compile(r"[\u0e00-\u0e7f]"), "th"),
    (re.compile(r"[پچژگکی]"), "fa"),
    (re.compile(r"[\u0600-\u06ff]"), "ar"),
    (re.compile(r"[іїєґ]"), "uk"),
)
# Letters that only one language has among those with Latin letters, none of which is read.
_OWN_LETTERS = (
    (re.compile(r"[řěů]"), "cs"),
    (re.compile(r"[őű]"), "hu"),
    (re.compile(r"[ășț]"), "ro"),
    (re.compile(r"[ğış]"), "tr"),
    (re.compile(r"[ľĺŕ]"), "sk"),
    (re.compile(r"[ơưđạảấầẩậắằẳặẹẻẽếềểệịỉọỏốồổộớờởợụủứừửựỳỵỷỹ]"), "vi"),
)
WORDS_PER_LETTER = 5  # a name such as Dvořák says nothing about the language around it
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
FEWEST_LETTERS = 2  # of a script, so that one sign in a text says nothing
MOST_WORDS, MOST_CHARACTERS = 80, 1_500  # that are looked at
FEWEST_WORDS = 4  # under which another language than those that are read isn't believed
SURE, SURE_OF_ANOTHER = 0.5, 0.9
CYRILLIC = ("ru", "uk", "bg", "sr")


def language_of(text: str, model: Linear, read: Sequence[str]) -> str | None:
    """Return the BCP 47 code of the language; English where nothing decides, and None for a text without words.

    `read` are the languages that the picker understands: any other one has to be beyond doubt.
    """
    lowered = text.lower()
    words = tokens(text[:MOST_CHARACTERS])[:MOST_WORDS]
    if not words:
        return None
    for script, language in _SCRIPTS:
        if len(script.findall(lowered)) >= FEWEST_LETTERS:
            return language
    for letters, language in _OWN_LETTERS:
        if len(letters.findall(lowered)) * WORDS_PER_LETTER >= len(words):
            return language
    shares = model.shares(words)
    is_cyrillic = len(_CYRILLIC.findall(lowered)) >= FEWEST_LETTERS
    shares = {one: share for one, share in shares.items() if (one in CYRILLIC) == is_cyrillic}
    if not shares:
        return "ru" if is_cyrillic else ENGLISH
    total = sum(shares.values())
    best = max(shares, key=lambda one: shares[one])
    share = shares[best] / total if total else 0.0
    if best in read:
        return best if share > SURE else ("ru" if is_cyrillic else ENGLISH)
    if share > SURE_OF_ANOTHER and len(words) >= FEWEST_WORDS:
        return best
    known = {one: value for one, value in shares.items() if one in read}
    closest = max(known, key=lambda one: known[one], default=ENGLISH)
    return closest if known.get(closest, 0.0) > SURE * total else ("ru" if is_cyrillic else ENGLISH)
