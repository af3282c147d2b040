"""The values that `estimate` and `pick` are given: read where they are text, checked where they are numbers."""

from __future__ import annotations

import re

from ..errors import RequestError, shown
from .kv_cache import MOST

TOKENS = re.compile(r"(\d[\d,]*(?:\.\d{1,6})?) ?([km])?(?: ?tokens?)?")
LONGEST_FIGURE = 40  # characters
MOST_GB = 1_000_000  # of memory: far beyond any machine
UNITS = {"k": 1 << 10, "m": 1 << 20}


def read_tokens(text: str) -> int:
    """Return the context length that a text gives, in tokens: `32k` is 32,768.

    >>> read_tokens("32k"), read_tokens("1M"), read_tokens("16,384"), read_tokens("8192 tokens")
    (32768, 1048576, 16384, 8192)

    Raises RequestError for a text that isn't a number of tokens.
    """
    found = TOKENS.fullmatch(text.strip().lower()) if len(text) < LONGEST_FIGURE else None
    if found is not None:
        number = float(found[1].replace(",", "")) * UNITS.get(found[2] or "", 1)
        if number.is_integer() and 1 <= number <= MOST:
            return int(number)
    raise RequestError(f"The context is a number of tokens such as 8192 or 32k, not {shown(text)}.")


def token_count(value: object) -> int:
    """Return a context length that was given as a number; a float has to be a whole number.

    >>> token_count(4096), token_count(4096.0)
    (4096, 4096)

    Raises RequestError for everything else.
    """
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if isinstance(value, (int, float)) and whole and not isinstance(value, bool) and 1 <= value <= MOST:
        return int(value)
    raise RequestError(f"The context is a number of tokens from 1 to {MOST:,}, not {shown(value)}.")


def gigabytes(key: str, value: object) -> float:
    """Return an amount of memory in decimal gigabytes.

    >>> gigabytes("gpu_gb", 24)
    24.0

    Raises RequestError, which names the `key`, for what isn't a number above 0 and at most a million.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= MOST_GB:
        return float(value)
    raise RequestError(f'"{key}" is a number above 0 and at most {MOST_GB:,}, not {shown(value)}.')
