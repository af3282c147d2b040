"""Compare names however they are written."""

from __future__ import annotations

import re


def letters_and_digits(text: str) -> str:
    """Return the letters and digits of a name in lower case: what stays the same however it is written.

    >>> letters_and_digits("Llama-3.2_1B")
    'llama321b'
    """
    return re.sub(r"[^a-z0-9]", "", text.lower())
