"""Put the word vectors that demonstrations of the guide calculate with into a module."""

from __future__ import annotations

import base64
import struct
from collections.abc import Sequence

from ..catalog.contents import Catalog
from ..catalog.sources import VECTORS
from .constants import Tables

ZERO = 128  # the byte of zero
DIGITS = 5  # decimals of the mean


def parts(catalog: Catalog) -> Tables:
    """Return the words, the most frequent first, the scale and the numbers of each in bytes, and the mean of all vectors."""
    rows = [line.split(" ") for line in (VECTORS / "glove.txt").read_text(encoding="utf-8").splitlines()]
    stored = [base64.b85decode(vector) for _, vector in rows]
    return {"WORDS": " ".join(word for word, _ in rows), "VECTORS": b"".join(stored), "MEAN": mean(stored)}


def mean(stored: Sequence[bytes]) -> tuple[float, ...]:
    """Return the mean of vectors as glove.py lays them out.

    >>> mean([struct.pack("<e2B", 0.5, 128, 130), struct.pack("<e2B", 0.25, 132, 128)])
    (0.5, 0.5)
    """
    scales = [struct.unpack_from("<e", row)[0] for row in stored]
    columns = zip(*(row[2:] for row in stored), strict=True)
    return tuple(
        round(sum(scale * (byte - ZERO) for scale, byte in zip(scales, column, strict=True)) / len(stored), DIGITS)
        for column in columns
    )
