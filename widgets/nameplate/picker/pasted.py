"""Take the names out of what was pasted: lines or commas between names, rows of a table, or a whole page of a hub.

A page that lists files has sizes, ages and messages between them. Where a text has several names that are understood, its
lines without any are left out, and it's said how many.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..decoder import decode
from ..errors import NameplateError
from ..reading import Reading
from ..vocabulary.lookup import vocabulary

BETWEEN_NAMES = re.compile(r"[,;]+")
ROW = re.compile(r"\t|\s\|\s|^\||\]\(|\s\s\S")  # columns of a table, or a link in Markdown
ENOUGH = 3  # names that are understood: fewer aren't a list, so nothing is left out
MOST_LINES = 1_000


class Pasted(NamedTuple):
    """Names in order, each once, and the number of lines without one that were left out."""

    names: tuple[str, ...]
    left_out: int = 0


def read_pasted(text: str) -> Pasted:
    """Return the names in a text.

    >>> read_pasted(" llama-7b, llama-13b; llama-7b")
    Pasted(names=('llama-7b', 'llama-13b'), left_out=0)
    >>> page = "llama-7b.Q4_K_M.gguf\\n4.1 GB\\nllama-7b.Q5_K_M.gguf\\n4.8 GB\\nllama-7b.Q8_0.gguf\\n2 years ago"
    >>> read_pasted(page)
    Pasted(names=('llama-7b.Q4_K_M.gguf', 'llama-7b.Q5_K_M.gguf', 'llama-7b.Q8_0.gguf'), left_out=3)
    """
    lines = list(filter(None, map(str.strip, text.splitlines()[:MOST_LINES])))
    written = [name for line in lines for name in _of_line(line)]
    if len(lines) < ENOUGH:
        return Pasted(tuple(dict.fromkeys(written)))
    readings = {name: _read(name) for name in written}
    files = [name for name in written if _is_file(readings[name])]
    known = files if len(files) >= ENOUGH else [name for name in written if _is_known(readings[name])]
    kept = known if len(known) >= ENOUGH else written
    names = dict.fromkeys(_bare(name, readings[name]) for name in kept)
    return Pasted(tuple(names), len(written) - len(kept))


def _of_line(line: str) -> Sequence[str]:
    """Return the names of a line: a row of a table has one, whatever commas its other columns have."""
    if ROW.search(line):
        return (line,)
    return tuple(filter(None, map(str.strip, BETWEEN_NAMES.split(line))))


def _read(name: str) -> Reading | None:
    try:
        return decode(name)
    except NameplateError:
        return None


def _is_file(reading: Reading | None) -> bool:
    return reading is not None and reading.file is not None and reading.kind != "not-a-model-name"


def _is_known(reading: Reading | None) -> bool:
    """Whether a line has the name of a model: of a known line, or with a size beside a word that is not known."""
    if reading is None or reading.family is None or reading.kind == "not-a-model-name":
        return False
    return reading.family in vocabulary().lines or reading.params_b is not None or reading.quant is not None


def _bare(name: str, reading: Reading | None) -> str:
    """Return the name in a row without the other columns."""
    if reading is None or not ROW.search(name):
        return name
    if reading.file is not None:
        return reading.file
    own = ":".join(filter(None, (reading.repo, reading.tag)))
    return "/".join(filter(None, (reading.publisher, own))) or name
