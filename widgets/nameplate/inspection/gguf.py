"""Read the header of a GGUF file: its metadata, and the kinds, shapes and places of its tensors.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, checked on 2026-11-30. Numbers in a file are believed
only as far as the file is long enough for them. Long lists, such as the words of a tokenizer, are counted and left out.
"""

from __future__ import annotations

import math
import os
import re
import struct
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import FileFormatError
from .contents import Contents, Stored, summed
from .ggml import GUESSED, KINDS, LABELS

MAGIC = b"GGUF"
VERSIONS = (2, 3)
DEEPEST = 4  # lists in lists
LONGEST_TEXT = 16 * 2**20
MOST_TEXTS = 4 * 2**20  # in one list
MOST_KEYS = 2**16
MOST_TENSORS = 2**20
MOST_DIMENSIONS = 8
MOST_WEIGHTS = 2**63
KEPT = 64  # entries of a list
SHORTEST_KEY, SHORTEST_TENSOR = 13, 24  # bytes that an entry takes at least
ALIGNMENT = 32

TEXT, LIST, BOOL = 8, 9, 7
NUMBERS: Mapping[int, str] = {
    0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "B", 10: "Q", 11: "q", 12: "d",
}  # fmt: skip
PART = re.compile(r"(.*-)(\d{5})-of-(\d{5})(\.gguf)", re.IGNORECASE | re.DOTALL)
MOST_PARTS = 1000


@dataclass(frozen=True)
class Header:
    """What comes before the weights. Lists of more than 64 entries are kept as their length."""

    metadata: dict[str, Any]
    lengths: dict[str, int]  # of all lists
    stored: tuple[Stored, ...]
    weights_bytes: int | None
    cut_bytes: int


def read(path: Path) -> Contents:
    """Return what a GGUF file says, with its other parts if it was split.

    Raises FileFormatError where it isn't one, is cut off within the header or contradicts itself.
    """
    header = read_header(path)
    parts, missing = _others(path)
    headers = [header, *map(read_header, parts)]
    stored = summed([one.stored for one in headers])
    sizes = [one.weights_bytes for one in headers]
    size = sum(one for one in sizes if one is not None) if None not in sizes and not missing else None
    params = sum(one.weights for one in stored) if stored and not missing else None
    said = _Said(header.metadata)
    code = said.number("general.file_type")
    return Contents(
        format="gguf",
        title=said.text("general.name"),
        architecture=said.text("general.architecture"),
        role=said.text("general.type"),
        size_label=said.text("general.size_label"),
        finetune=said.text("general.finetune"),
        params=params,
        label=LABELS.get(code & ~GUESSED) if code is not None else None,
        bits_per_weight=round(8 * size / params, 3) if size and params else None,
        weights_bytes=size,
        stored=stored,
        context=said.own("context_length"),
        layers=said.own("block_count"),
        width=said.own("embedding_length"),
        heads=said.own("attention.head_count"),
        kv_heads=said.own("attention.head_count_kv") or said.own("attention.head_count"),
        head_dim=said.own("attention.key_length") or said.head_dim(),
        experts=said.own("expert_count"),
        experts_used=said.own("expert_used_count"),
        vocabulary=header.lengths.get("tokenizer.ggml.tokens") or said.own("vocab_size"),
        tokenizer=said.text("tokenizer.ggml.model"),
        has_chat_template="tokenizer.chat_template" in header.metadata,
        licence=said.text("general.license"),
        made_from=said.bases(),
        files=tuple(one.name for one in (path, *parts)),
        missing=missing,
        cut_bytes=sum(one.cut_bytes for one in headers) or None,
    )


def _others(path: Path) -> tuple[list[Path], tuple[str, ...]]:
    """Return the other parts of a file that was split, and the names of those that aren't there."""
    found = PART.fullmatch(path.name)
    if found is None or not 1 < int(found[3]) <= MOST_PARTS:
        return [], ()
    names = [f"{found[1]}{number:05}-of-{found[3]}{found[4]}" for number in range(1, int(found[3]) + 1)]
    others = [path.with_name(name) for name in names if name != path.name]
    return [other for other in others if other.is_file()], tuple(one.name for one in others if not one.is_file())


class _Said:
    """The metadata, of which only values of the right type count."""

    def __init__(self, metadata: Mapping[str, Any]) -> None:
        self._metadata = metadata
        self._architecture = self.text("general.architecture")

    def text(self, key: str) -> str | None:
        value = self._metadata.get(key)
        return value.strip() or None if isinstance(value, str) else None

    def number(self, key: str) -> int | None:
        """Return a positive number; where each layer has its own, the largest."""
        value = self._metadata.get(key)
        if isinstance(value, list) and value and all(isinstance(one, int) for one in value):
            value = max(value)
        return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None

    def own(self, key: str) -> int | None:
        """Return a number of the architecture."""
        return self.number(f"{self._architecture}.{key}") or None

    def head_dim(self) -> int | None:
        width, heads = self.own("embedding_length"), self.own("attention.head_count")
        return width // heads if width and heads and width % heads == 0 else None

    def bases(self) -> tuple[str, ...]:
        count = min(self.number("general.base_model.count") or 0, KEPT)
        names = (self.text(f"general.base_model.{at}.name") for at in range(count))
        return tuple(name for name in names if name)


def read_header(path: Path) -> Header:
    """Return what comes before the weights of one file. Raises FileFormatError."""
    with path.open("rb") as file:
        cursor = Cursor(file, path)
        if cursor.take(4, "the first four bytes") != MAGIC:
            raise cursor.error("this isn't a GGUF file: it doesn't begin with “GGUF”", 0)
        _set_order(cursor)
        tensors, keys = cursor.number("Q", "the number of tensors"), cursor.number("Q", "the number of keys")
        cursor.must_hold(keys, SHORTEST_KEY, MOST_KEYS, "keys")
        metadata: dict[str, Any] = {}
        lengths: dict[str, int] = {}
        for _ in range(keys):
            key = cursor.text("a key")
            kind = cursor.number("I", f"the type of {key!r}")
            value = _value(cursor, kind, key, lengths)
            if value is not None:
                metadata[key] = value
        cursor.must_hold(tensors, SHORTEST_TENSOR, MOST_TENSORS, "tensors")
        return _tensors(cursor, tensors, metadata, lengths)


def _set_order(cursor: Cursor) -> None:
    """Find the order of bytes: there's no mark for it, but versions are small numbers."""
    version = cursor.number("I", "the version")
    if version > 0xFFFF:
        cursor.order = ">"
        version = int.from_bytes(version.to_bytes(4, "little"), "big")
    if version not in VERSIONS:
        raise cursor.error(f"this is version {version} of GGUF; versions 2 and 3 can be read", 4)


def _value(cursor: Cursor, kind: int, key: str, lengths: dict[str, int], depth: int = 0) -> Any:
    """Read a value. Of a long list only the length is kept."""
    if kind == TEXT:
        return cursor.text(f"the text of {key!r}")
    if kind in NUMBERS:
        number = cursor.number(NUMBERS[kind], f"the value of {key!r}")
        return bool(number) if kind == BOOL else number
    if kind != LIST:
        raise cursor.error(f"{key!r} has a value of type {kind}, which isn't defined")
    if depth >= DEEPEST:
        raise cursor.error(f"{key!r} holds lists in lists, more than {DEEPEST} deep")
    inner, count = cursor.number("I", f"the type of {key!r}"), cursor.number("Q", f"the length of {key!r}")
    lengths[key] = count
    if inner in NUMBERS:
        size = struct.calcsize(f"<{NUMBERS[inner]}")
        cursor.must_hold(count, size, cursor.size, f"numbers in {key!r}")
        if count > KEPT * 16:
            return cursor.skip(count * size)
        return [cursor.number(NUMBERS[inner], f"the value of {key!r}") for _ in range(count)]
    cursor.must_hold(count, 8, MOST_TEXTS, f"entries in {key!r}")
    kept = [_value(cursor, inner, key, {}, depth + 1) for _ in range(min(count, KEPT))]
    for _ in range(count - len(kept)):
        cursor.skip_text(key) if inner == TEXT else _value(cursor, inner, key, {}, depth + 1)
    return kept if count == len(kept) else None


def _tensors(cursor: Cursor, count: int, metadata: dict[str, Any], lengths: dict[str, int]) -> Header:
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    end = total = 0
    for _ in range(count):
        name = cursor.text("the name of a tensor")
        dimensions = cursor.number("I", f"the dimensions of {name!r}")
        if dimensions > MOST_DIMENSIONS:
            raise cursor.error(f"the tensor {name!r} has {dimensions} dimensions")
        weights = math.prod(cursor.number("Q", f"the shape of {name!r}") for _ in range(dimensions))
        if weights > MOST_WEIGHTS:
            raise cursor.error(f"the tensor {name!r} has more weights than any file can hold")
        code, place = cursor.number("I", f"the type of {name!r}"), cursor.number("Q", f"the place of {name!r}")
        found[code][0] += 1
        found[code][1] += weights
        kind = KINDS.get(code)
        size = -(-weights // kind.weights) * kind.size if kind else 0
        total += size
        end = max(end, place + size)
    stored = [
        Stored(kind.name if kind else f"type {code}", tensors, weights, round(kind.bits, 4) if kind else None)
        for code, (tensors, weights) in found.items()
        for kind in [KINDS.get(code)]
    ]
    alignment = metadata.get("general.alignment")
    step = alignment if isinstance(alignment, int) and 0 < alignment <= 2**16 else ALIGNMENT
    start = -(-cursor.place // step) * step
    known = all(code in KINDS for code in found)
    cut = max(0, start + end - cursor.size) if count else 0
    return Header(metadata, lengths, tuple(stored), total if known else max(0, cursor.size - start), cut)


class Cursor:
    """Read numbers and texts one after the other, and say at which byte of which file something is wrong."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self.order = "<"
        self.size = os.fstat(file.fileno()).st_size
        self.place = 0
        self._file = file
        self._path = path

    def take(self, count: int, what: str) -> bytes:
        """Read bytes."""
        if count > self.size - self.place:
            raise self.error(f"the file ends within {what}")
        found = self._file.read(count)
        if len(found) != count:
            raise self.error(f"the file ends within {what}")
        self.place += count
        return found

    def number(self, form: str, what: str) -> Any:
        """Read a number."""
        form = f"{self.order}{form}"
        return struct.unpack(form, self.take(struct.calcsize(form), what))[0]

    def text(self, what: str) -> str:
        """Read a text with its length before it."""
        return self.take(self._length(what), what).decode("utf-8", "replace")

    def skip_text(self, key: str) -> None:
        """Leave a text out."""
        self.skip(self._length(f"an entry of {key!r}"))

    def skip(self, count: int) -> None:
        """Leave bytes out. They are known to be there."""
        self._file.seek(count, os.SEEK_CUR)
        self.place += count

    def must_hold(self, count: int, size: int, most: int, what: str) -> None:
        """Raise FileFormatError for a count that the rest of the file can't hold, or that no model needs."""
        if count > most or count * size > self.size - self.place:
            raise self.error(f"it claims {count:,} {what}, and the rest of the file can't hold that")

    def error(self, what: str, place: int | None = None) -> FileFormatError:
        """Return what is wrong, with the place."""
        return FileFormatError(str(self._path), what, self.place if place is None else place)

    def _length(self, what: str) -> int:
        length: int = self.number("Q", f"the length of {what}")
        if length > min(LONGEST_TEXT, self.size - self.place):
            raise self.error(
                f"{what} claims {length:,} bytes, and the rest of the file can't hold that", self.place - 8
            )
        return length
