"""Find the model in a text without white space around it: a path, an address of a site or a registry, or a name."""

from __future__ import annotations

from ..notation.sizes import tokens_of_context
from ..patterns import pattern
from ..vocabulary.lookup import Vocabulary
from . import paths, platforms, urls
from .parts import Address, Part

WINDOW = pattern(r"\[(\d{1,4})([kKmM])\]$")  # claude-opus-4-8[1m] runs with a context of a million tokens


def parse(text: str, vocabulary: Vocabulary) -> Address:
    """Return the address in one word; a path may have spaces in it."""
    if paths.is_local(text) or paths.is_known_layout(text):
        return paths.parse(text, vocabulary)
    window = WINDOW.search(text)
    if window and window.start():
        inner = parse(text[: window.start()], vocabulary)
        tokens = tokens_of_context(window[1], window[2].lower())
        return inner._replace(parts=(*inner.parts, Part(window.start(1), window.end(2), "context", tokens)))
    return urls.parse(text, vocabulary) or platforms.parse(text, vocabulary)
