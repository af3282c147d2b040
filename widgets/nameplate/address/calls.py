"""What a command or a line of code says about a model, by its places in the text."""

from __future__ import annotations

from typing import NamedTuple

from ..reading import FieldValue


class Operand(NamedTuple):
    """A stretch of a command line that says something about the model: `model`, `file`, `alias`, `revision`, `quantization`."""

    start: int
    end: int
    role: str


class Call(NamedTuple):
    """A command that names a model: what its words are, each once and in order."""

    operands: tuple[Operand, ...]
    options: tuple[tuple[int, int], ...]
    words: tuple[tuple[int, int], ...]
    platform: str | None
    implies: tuple[tuple[str, FieldValue], ...]
