"""Put text into HTML.

The standard library can, in `html`; but with it come the names of all 2231 entities, which every reader's browser
would load.
"""

from __future__ import annotations

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def escape(text: str) -> str:
    """Return text escaped for HTML, for use between tags and in the value of an attribute.

    >>> escape('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return text.translate(_ENTITIES)


def visible(text: str) -> str:
    r"""Return text for use between tags, with the number of every invisible character, such as one that reverses the writing.

    The characters stay in the text, so that what is copied is what was given; a style sheet shows the numbers and keeps
    such a character from acting beyond itself.

    >>> print(ascii(visible("<a\u202eb")))
    '&lt;a<span class="np-invisible" data-code="U+202E">\u202e</span>b'
    """
    if text.isprintable():
        return escape(text)
    return "".join(escape(char) if char.isprintable() else _numbered(char) for char in text)


def _numbered(char: str) -> str:
    return f'<span class="np-invisible" data-code="U+{ord(char):04X}">{char}</span>'
