"""Text put into HTML and into addresses.

The standard library has both, in `html` and `urllib.parse`; but with them come the names of all 2231 entities and the
arithmetic of IP addresses, and every reader's browser would load those.
"""

from __future__ import annotations

UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")  # RFC 3986, section 2.3
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def escape(text: str) -> str:
    """Text as it stands in HTML, between tags and in the value of an attribute.

    >>> escape('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return text.translate(_ENTITIES)


def visible(text: str) -> str:
    r"""Text between the tags of HTML; beside a character that nobody would see, such as one that turns the writing around, is its number.

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


def quote(text: str, safe: str = "/", errors: str = "strict") -> str:
    """Text as a part of an address; `safe` are the characters that stay as they are, beside those that always do.

    `errors` says what becomes of halves of characters, which no address can hold, as for `str.encode`.

    >>> quote("Qwen/Qwen3 8B"), quote("Qwen/Qwen3-8B", safe="")
    ('Qwen/Qwen3%208B', 'Qwen%2FQwen3-8B')
    """
    kept = UNRESERVED | set(safe.encode())
    return "".join(chr(byte) if byte in kept else f"%{byte:02X}" for byte in text.encode(errors=errors))
