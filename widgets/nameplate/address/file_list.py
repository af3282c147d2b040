"""Find the files in a pasted list of a hub's files, as its page copies it: each file's name, size, message and date.

Such a page has one cell per line: a name, perhaps a badge, a size, perhaps another badge, a message, an age. Only the names and
the sizes matter here, so a size on a line of its own and the file name shortly above it are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..patterns import pattern

SIZE_ALONE = pattern(r"~?(\d+(?:[.,]\d+)?)\s?(bytes|[kmgt]?i?b)", re.IGNORECASE)
# A name with the ending of a file, a hidden file, or one such as LICENSE.
FILE_NAME = pattern(r"\S*\.[A-Za-z][A-Za-z0-9_]*|\.\S+|[A-Z_]{4,}")
BADGE = pattern(r"[^\s.]+")  # a word without a dot, between a name and its size
MOST_BADGES = 3
FEWEST_FILES = 2
LONGEST_LINE = 300
UNITS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


class Listed(NamedTuple):
    """A file, and its size as the list writes it."""

    name: str
    size: str


def files(text: str) -> list[Listed]:
    """Return the files of a pasted list in order; none where the text isn't such a list.

    >>> files("model-Q4_K_M.gguf\\nSafe\\n4.92 GB\\nLFS\\nUpload\\n2 months ago\\nREADME.md\\n21 kB\\nUpdate README.md\\n1 day ago")
    [Listed(name='model-Q4_K_M.gguf', size='4.92 GB'), Listed(name='README.md', size='21 kB')]
    >>> files("llama-7b\\nllama-13b"), files("llama-7b.gguf  4.1 GB")
    ([], [])
    """
    lines = [line.strip("•·↓ \t\xa0") for line in text.splitlines()]
    found = list(_found([line for line in lines if line]))
    return list(dict.fromkeys(found)) if len(found) >= FEWEST_FILES else []


def _found(lines: Sequence[str]) -> Iterator[Listed]:
    for number, line in enumerate(lines):
        if len(line) > LONGEST_LINE or SIZE_ALONE.fullmatch(line) is None:
            continue
        for above in range(number - 1, max(-1, number - 2 - MOST_BADGES), -1):
            if FILE_NAME.fullmatch(lines[above]) and len(lines[above]) <= LONGEST_LINE:
                yield Listed(lines[above], line)
            elif BADGE.fullmatch(lines[above]) and SIZE_ALONE.fullmatch(lines[above]) is None:
                continue
            break


def one_per_line(text: str) -> str:
    """Return a pasted list of files with each file and its size in one line; empty for any other text.

    >>> one_per_line("a-Q4_K_M.gguf\\n4.92 GB\\n2 months ago\\na-Q8_0.gguf\\n8.54 GB\\n2 months ago")
    'a-Q4_K_M.gguf  4.92 GB\\na-Q8_0.gguf  8.54 GB'
    """
    return "\n".join(f"{name}  {size}" for name, size in files(text))


def size_in_bytes(text: str) -> int | None:
    """Return the size that a text writes, in bytes, or None for any other text. Units with an i are powers of 1,024.

    >>> size_in_bytes("4.92 GB"), size_in_bytes("21 Bytes"), size_in_bytes("1.5 KiB"), size_in_bytes("2 months ago")
    (4920000000, 21, 1536, None)
    """
    found = SIZE_ALONE.search(text)
    if found is None:
        return None
    unit = found[2].lower()
    base = 1024 if "i" in unit else 1000
    power = 0 if unit == "bytes" else UNITS[unit.rstrip("b").rstrip("i")]
    return round(float(found[1].replace(",", ".")) * float(base) ** power)
