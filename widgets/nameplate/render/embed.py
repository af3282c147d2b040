"""Write a name as an element for another page, with what its parts mean in it: nothing is fetched when it's read there."""

from __future__ import annotations

from ..reading import Reading
from .escape import escape
from .labels import label
from .view import says_what, view

SCRIPT = "javascripts/nameplate-name.js"  # below the top of the site
INVISIBLE = "\ufffd"  # in place of signs that could reverse what the other page writes


def embed(reading: Reading, page: str) -> str:
    """Return the element and the script that makes it work; `page` is the address that explains the name.

    >>> from nameplate.reading import Reading, Token
    >>> token = Token("7b", 0, 2, "params_b", 7, None, 1.0, "It has 7.")
    >>> print(embed(Reading("7b", params_b=7, tokens=(token,)), "https://example.org/decode/#q=7b"))
    <nameplate-name cite="https://example.org/decode/#q=7b" translate="no"><span data-means="size" title="Parameters: 7 billion. It has 7.">7b</span></nameplate-name>
    <script async src="https://example.org/javascripts/nameplate-name.js"></script>
    """
    script = escape(f"{top(page)}{SCRIPT}")
    return f'{element(reading, page)}\n<script async src="{script}"></script>'


def element(reading: Reading, page: str) -> str:
    """Return the element alone."""
    shown = view(reading)
    descriptions = shown.descriptions()
    pieces = []
    for token, row in zip(reading.tokens, shown.rows or (None,) * len(reading.tokens), strict=True):
        text = escape("".join(sign if sign.isprintable() else INVISIBLE for sign in token.text))
        if row is not None and token.field != "separator":
            group = label(says_what(token, reading)).group
            text = f'<span data-means="{group}" title="{escape(descriptions[row])}">{text}</span>'
        pieces.append(text)
    return f'<nameplate-name cite="{escape(page)}" translate="no">{"".join(pieces)}</nameplate-name>'


def top(page: str) -> str:
    """Return where the site begins, by the address of its decoder.

    >>> top("https://example.org/names/decode/#q=7b")
    'https://example.org/names/'
    """
    return page.partition("#")[0].rstrip("/").rpartition("/")[0] + "/"
