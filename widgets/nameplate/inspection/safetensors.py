"""Read the header of a safetensors file, or of all the files that an index names.

The format: https://huggingface.co/docs/safetensors/index, checked on 2026-11-30: eight bytes with the length of the header, the
header as JSON, then the weights.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import FileFormatError
from .contents import Stored, summed
from .json_files import parsed, read_object

LARGEST_HEADER = 100_000_000  # bytes, as in the reference implementation
MOST_FILES = 5000
MOST_DIMENSIONS = 32
BITS: Mapping[str, int] = {
    "F64": 64, "F32": 32, "F16": 16, "BF16": 16, "I64": 64, "I32": 32, "I16": 16, "I8": 8, "U64": 64, "U32": 32, "U16": 16, "U8": 8,
    "BOOL": 8, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "F6_E2M3": 6, "F6_E3M2": 6, "F4": 4, "C64": 64,
}  # fmt: skip
WHOLE = ("I64", "I32", "I16", "I8", "U64", "U32", "U16", "U8")
# What comes beside packed weights and isn't one: scales, zero points, the order of columns.
BESIDE = re.compile(
    r"(?:qzeros|zeros|zero_point|g_idx|perm|shape|scales?|bias(?:es)?|absmax|quant_map|quant_state\..*)(?:_\w+)?"
)
PART = re.compile(r"(.*-)(\d{5})-of-(\d{5})(\.safetensors)", re.DOTALL)


class Tensors(NamedTuple):
    """The tensors of one or more files. `count(bits)` gives the weights, if several are packed into a number."""

    stored: tuple[Stored, ...]
    packed: int  # bits of whole numbers that hold weights
    plain: int  # weights that are one number each
    size: int
    cut_bytes: int
    files: tuple[str, ...]
    missing: tuple[str, ...]

    def params(self, bits: float | None) -> int | None:
        """Return the number of weights, or None if they are packed and nothing says how."""
        if self.missing:
            return None
        if not self.packed:
            return self.plain
        return None if bits is None else self.plain + round(self.packed / bits)


def read(path: Path) -> Tensors:
    """Return the tensors of a file, with its other parts if it was split. Raises FileFormatError."""
    found = PART.fullmatch(path.name)
    if found is None or not 1 < int(found[3]) <= MOST_FILES:
        return _together(path.parent, [path.name])
    names = (f"{found[1]}{number:05}-of-{found[3]}{found[4]}" for number in range(1, int(found[3]) + 1))
    return _together(path.parent, [path.name, *(name for name in names if name != path.name)])


def read_index(path: Path) -> Tensors:
    """Return the tensors of all the files that an index names. Raises FileFormatError."""
    listed = read_object(path).get("weight_map")
    if not isinstance(listed, dict) or not listed:
        raise FileFormatError(str(path), "it has no “weight_map”, so it isn't an index of safetensors files")
    names = list(dict.fromkeys(name for name in listed.values() if isinstance(name, str)))
    for name in names:
        if not name.endswith(".safetensors") or Path(name).name != name or "\\" in name:
            raise FileFormatError(str(path), f"it names {name[:80]!r}, which isn't a file beside it")
    if len(names) > MOST_FILES:
        raise FileFormatError(str(path), f"it names {len(names):,} files")
    return _together(path.parent, names)


def _together(folder: Path, names: Sequence[str]) -> Tensors:
    there = [name for name in names if (folder / name).is_file()]
    parts = [_of_file(folder / name) for name in there]
    return Tensors(
        summed([part.stored for part in parts]),
        sum(part.packed for part in parts),
        sum(part.plain for part in parts),
        sum(part.size for part in parts),
        sum(part.cut_bytes for part in parts),
        tuple(there),
        tuple(name for name in names if name not in there),
    )


def _of_file(path: Path) -> Tensors:
    size = path.stat().st_size
    with path.open("rb") as file:
        first = file.read(8)
        if len(first) < 8:
            raise FileFormatError(str(path), "the file ends within the length of its header", len(first))
        length = int.from_bytes(first, "little")
        if length > min(LARGEST_HEADER, size - 8):
            what = f"this isn't a safetensors file, or it was cut off: its header claims {length:,} bytes"
            raise FileFormatError(str(path), what, 0)
        header = parsed(file.read(length), path, 8)
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    packed = plain = end = 0
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        dtype, weights, last = _entry(path, name, entry)
        found[dtype][0] += 1
        found[dtype][1] += weights
        end = max(end, last)
        if BESIDE.fullmatch(name.rpartition(".")[2]) and dtype in WHOLE:
            continue
        if dtype in WHOLE:
            packed += weights * BITS[dtype]
        elif not name.endswith(("scale", "scales", "scale_inv", "_scale_2")):
            plain += weights
    stored = tuple(Stored(dtype, tensors, weights, BITS.get(dtype)) for dtype, (tensors, weights) in found.items())
    return Tensors(stored, packed, plain, end, max(0, 8 + length + end - size), (), ())


def _entry(path: Path, name: str, entry: object) -> tuple[str, int, int]:
    """Return the type, the number of weights and the end of a tensor."""
    place = f"the tensor {name[:80]!r}"
    if not isinstance(entry, dict):
        raise FileFormatError(str(path), f"{place} isn't an object")
    dtype, shape, offsets = entry.get("dtype"), _counts(entry.get("shape")), _counts(entry.get("data_offsets"))
    if not isinstance(dtype, str) or shape is None or offsets is None:
        raise FileFormatError(str(path), f"{place} lacks its dtype, its shape or its data_offsets")
    if len(offsets) != 2 or offsets[1] < offsets[0] or len(shape) > MOST_DIMENSIONS:
        raise FileFormatError(str(path), f"the shape or the data_offsets of {place} can't be right")
    weights, size = math.prod(shape), offsets[1] - offsets[0]
    bits = BITS.get(dtype)
    if bits is not None and (weights * bits + 7) // 8 != size:
        raise FileFormatError(str(path), f"{place} takes {size:,} bytes, and its shape doesn't")
    return dtype, weights, offsets[1]


def _counts(value: object) -> list[int] | None:
    """Return a list of numbers from zero on, or None if it's something else."""
    if not isinstance(value, list):
        return None
    fine = all(isinstance(one, int) and not isinstance(one, bool) and 0 <= one < 2**63 for one in value)
    return value if fine else None
