"""The GGUF naming convention: which part of a file's name is what, or why a name doesn't follow it.

Source: https://github.com/ggml-org/ggml/blob/01f0d4da/docs/gguf.md, checked on 2026-11-30. Its minimum is a base name and a
version, with the size between them; what the text allows and its regular expression doesn't counts as not allowed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

ENDING = ".gguf"
SIDECARS = ("mmproj", "mtp")
TYPES = ("LoRA", "vocab")
_FIVE = re.compile(r"\d{5}")
_VERSION = re.compile(r"v\d+(?:\.\d+)*")
_ENCODING = re.compile(r"[A-Za-z0-9_]+")
_SIZE = re.compile(r"(?:\d+x)?(?:\d+\.)?\d+[A-Za-z]")
_MORE_SIZE = re.compile(r"[A-Za-z]+(?:\d+\.)?\d+[A-Za-z]+")
_PLAIN = re.compile(r"[A-Za-z0-9 ]+")


@dataclass(frozen=True, slots=True)
class GgufName:
    """The parts of a name in the order of the convention, as they are written; None for those that it doesn't have."""

    base: str
    version: str
    sidecar: str | None = None
    size: str | None = None
    finetune: str | None = None
    encoding: str | None = None
    type: str | None = None
    shard: str | None = None


def gguf_name(file: str) -> GgufName | str:
    """Return the parts of a file's name, or a sentence on why it doesn't follow the convention.

    >>> gguf_name("Kestrel-7B-Instruct-v1.0-Q4_K_M.gguf").encoding
    'Q4_K_M'
    >>> gguf_name("Kestrel-7B-Instruct-Q4_K_M.gguf")
    'It needs a version such as v1.0. Without one, a label at the end is taken for a fine-tune.'
    """
    pieces = file.removesuffix(ENDING).split("-")
    shard = _taken_shard(pieces)
    kind = pieces.pop() if len(pieces) > 1 and pieces[-1] in TYPES else None
    place = _place_of_version(pieces)
    if len(pieces) == 1:
        return "It needs dashes between the parts."
    if place is None:
        return "It needs a version such as v1.0. Without one, a label at the end is taken for a fine-tune."
    behind = pieces[place + 1 :]
    if len(behind) > 1 or any(not _ENCODING.fullmatch(one) for one in behind):
        return f"After the version, it takes one label without dashes, not {'-'.join(behind)}."
    head = pieces[:place]
    sidecar = head.pop(0) if head and head[0] in SIDECARS else None
    parts = _head(head)
    if isinstance(parts, str):
        return parts
    base, size, finetune = parts
    return GgufName(base, pieces[place], sidecar, size, finetune, behind[0] if behind else None, kind, shard)


def said_by_convention(parts: GgufName | str) -> str:
    """Return the parts of a name by the GGUF naming convention in one line, or why it has none.

    >>> said_by_convention(GgufName("Kestrel", "v1.0", size="7B"))
    'base name Kestrel, size 7B, version v1.0'
    """
    if isinstance(parts, str):
        return f"not a name by it. {parts}"
    titles = {
        "sidecar": "sidecar", "base": "base name", "size": "size", "finetune": "fine-tune", "version": "version",
        "encoding": "encoding", "type": "type", "shard": "shard",
    }  # fmt: skip
    return ", ".join(f"{title} {value}" for key, title in titles.items() if (value := getattr(parts, key)))


def _taken_shard(pieces: list[str]) -> str | None:
    """Take `00001-of-00003` off the end."""
    if len(pieces) < 4 or pieces[-2] != "of" or not all(_FIVE.fullmatch(one) for one in (pieces[-3], pieces[-1])):
        return None
    shard = "-".join(pieces[-3:])
    del pieces[-3:]
    return shard


def _place_of_version(pieces: Sequence[str]) -> int | None:
    """Return where the last version is, if something comes before it."""
    return next((at for at in range(len(pieces) - 1, 0, -1) if _VERSION.fullmatch(pieces[at])), None)


def _head(pieces: Sequence[str]) -> tuple[str, str | None, str | None] | str:
    """Return base name, size and fine-tune, or what is wrong with them."""
    place = next((at for at in range(1, len(pieces)) if _SIZE.fullmatch(pieces[at])), None)
    base = pieces[:place]
    wrong = next((one for at, one in enumerate(base) if not _is_base(one, first=at == 0)), None)
    if wrong is not None or not base:
        return (
            f"A base name takes letters and digits between dashes, and “{wrong or ''}” is neither a word nor a number."
        )
    if place is None:
        return "-".join(base), None, None
    end = place + 1
    if end < len(pieces) and _MORE_SIZE.fullmatch(pieces[end]):
        end += 1
    rest = pieces[end:]
    wrong = next((one for one in rest if not _PLAIN.fullmatch(one)), None)
    if wrong is not None:
        return f"A fine-tune takes letters, digits and dashes, so not “{wrong}”."
    return "-".join(base), "-".join(pieces[place:end]), "-".join(rest) or None


def _is_base(piece: str, *, first: bool) -> bool:
    return bool(_PLAIN.fullmatch(piece)) and (first or piece.isdigit() or not piece[0].isdigit())
