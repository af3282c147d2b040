"""Define what a file says about its model, whatever its format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

from ..reading import JsonObject


class Stored(NamedTuple):
    """The tensors of one kind: how many there are, their weights, and bits per weight, if the kind is known."""

    kind: str
    tensors: int
    weights: int
    bits: float | None


@dataclass(frozen=True)
class Contents:
    """What the files say. None means that they don't.

    `title` is the name that is written inside, `params` the number of weights, counted in the headers of all files;
    `label` is the quantization that a GGUF file states, or the method of a configuration; `bits` are those that the method
    names, `bits_per_weight` what the tensors really take, with scales. `stored` lists the kinds of tensors, those that take
    most first. `weights_bytes` counts the tensors alone. `files` are the files that were read, `missing` those of the model
    that aren't there. `cut_bytes` says how much of the weights a file that ends too early lacks.
    """

    format: str
    title: str | None = None
    architecture: str | None = None
    role: str | None = None
    size_label: str | None = None
    finetune: str | None = None
    params: int | None = None
    label: str | None = None
    bits: float | None = None
    group_size: int | None = None
    bits_per_weight: float | None = None
    weights_bytes: int | None = None
    stored: tuple[Stored, ...] = ()
    context: int | None = None
    layers: int | None = None
    width: int | None = None
    heads: int | None = None
    kv_heads: int | None = None
    head_dim: int | None = None
    experts: int | None = None
    experts_used: int | None = None
    vocabulary: int | None = None
    tokenizer: str | None = None
    has_chat_template: bool | None = None
    licence: str | None = None
    made_from: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    cut_bytes: int | None = None

    def to_dict(self) -> JsonObject:
        """Return the facts as plain lists and dictionaries, every key present, ready for JSON."""
        found: JsonObject = {field.name: getattr(self, field.name) for field in fields(self)}
        found["stored"] = [one._asdict() for one in self.stored]
        for key in ("made_from", "files", "missing"):
            found[key] = list(found[key])
        return found


def summed(parts: Sequence[Sequence[Stored]]) -> tuple[Stored, ...]:
    """Return the tensors of several files together, those that take most first.

    >>> summed([[Stored("F16", 1, 10, 16.0)], [Stored("F16", 2, 5, 16.0), Stored("F32", 1, 1, 32.0)]])
    (Stored(kind='F16', tensors=3, weights=15, bits=16.0), Stored(kind='F32', tensors=1, weights=1, bits=32.0))
    """
    found: dict[str, Stored] = {}
    for one in (one for part in parts for one in part):
        before = found.get(one.kind)
        if before is None:
            found[one.kind] = one
        else:
            found[one.kind] = one._replace(tensors=before.tensors + one.tensors, weights=before.weights + one.weights)
    return tuple(sorted(found.values(), key=lambda one: -one.weights * (one.bits or 1)))
