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


def quote(text: str, safe: str = "/", errors: str = "strict") -> str:
    """Text as a part of an address; `safe` are the characters that stay as they are, beside those that always do.

    `errors` says what becomes of halves of characters, which no address can hold, as for `str.encode`.

    >>> quote("Qwen/Qwen3 8B"), quote("Qwen/Qwen3-8B", safe="")
    ('Qwen/Qwen3%208B', 'Qwen%2FQwen3-8B')
    """
    kept = UNRESERVED | set(safe.encode())
    return "".join(chr(byte) if byte in kept else f"%{byte:02X}" for byte in text.encode(errors=errors))
