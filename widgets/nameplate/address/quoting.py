"""Percent-encode text for an address.

The standard library can, in `urllib.parse`; but with it comes the arithmetic of IP addresses, which every reader's
browser would load.
"""

from __future__ import annotations

UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")  # RFC 3986, section 2.3


def quote(text: str, safe: str = "/", errors: str = "strict") -> str:
    """Text as a part of an address; `safe` are the characters that stay as they are, beside those that always do.

    `errors` says what becomes of halves of characters, which no address can hold, as for `str.encode`.

    >>> quote("Qwen/Qwen3 8B"), quote("Qwen/Qwen3-8B", safe="")
    ('Qwen/Qwen3%208B', 'Qwen%2FQwen3-8B')
    """
    encoded = text.encode(errors=errors)
    if UNRESERVED.issuperset(encoded):
        return text  # as most names are
    kept = UNRESERVED | set(safe.encode())
    return "".join(chr(byte) if byte in kept else f"%{byte:02X}" for byte in encoded)
