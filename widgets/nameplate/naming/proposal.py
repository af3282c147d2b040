"""Write a name in the usual order: family, size, stage, what was done, version, and how it's stored at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..english import figure
from ..reading import Reading, Token
from .collisions import SIZES, needs_stage

FIRST_VERSION = "v1.0"  # what the GGUF naming convention takes for granted
FAMILY, SIZE, STAGE, LABEL = "FAMILY", "SIZE", "STAGE", "LABEL"  # to be filled in by the maker
ENDING = ".gguf"
# Where the parts of a name go that have a place of their own.
NUMBERS = frozenset((*SIZES, "experts"))
STORED = frozenset(("quant", "quant_method", "bits", "activation_bits", "group_size", "format", "library", "shard"))
NOT_OF_THE_NAME = frozenset(
    ("separator", "publisher", "platform", "host", "region", "path", "revision", "option", "command")
)
_FORBIDDEN = re.compile(r"[^A-Za-z0-9._-]+")  # in the name of a repository


class Proposal(NamedTuple):
    """A name, for which of its parts the maker has to put a word (`SIZE`, `STAGE`), and which words it drops."""

    name: str
    fill_in: tuple[str, ...]
    left_out: tuple[str, ...]


def proposal(reading: Reading) -> Proposal:
    """Return a better name, made of what the name says.

    >>> from nameplate import decode
    >>> proposal(decode("Kestrel-IT-7b"))
    Proposal(name='Kestrel-7B-Instruct-v1.0', fill_in=(), left_out=())
    >>> proposal(decode("Kestrel-Best-Final2"))
    Proposal(name='Kestrel-SIZE-STAGE-v1.0', fill_in=('SIZE', 'STAGE'), left_out=('Best-Final2',))
    >>> proposal(decode("kestrel-embed-0.3b-v2-AWQ")).name
    'kestrel-embed-300M-v2-AWQ'
    """
    own = [token for token in reading.tokens if token.field not in NOT_OF_THE_NAME]
    dropped = [token for token in own if _is_dropped(token, reading)]
    kept = [token for token in own if token not in dropped and not _has_its_place(token, reading)]
    size = next((token.start for token in own if token.field in NUMBERS), len(reading.name))
    head = _words([token for token in kept if token.start < size])
    middle = _words([token for token in kept if token.start > size])
    left_out = [token.text for token in dropped]
    if not head and left_out:  # nothing in it is known, so its first word is the model's own
        first, *rest = re.split("[-_]", left_out[0], maxsplit=1)
        head, left_out = [first], [*rest, *left_out[1:]]
    dates = [token.text for token in own if token.field == "date"]
    version = f"v{reading.version}" if reading.version else "" if dates else FIRST_VERSION
    parts = (
        *(head or [FAMILY]),
        _size(reading) or SIZE,
        _stage(reading),
        *middle,
        version,
        *dates,
        *_stored(own, reading),
    )
    name = _FORBIDDEN.sub("-", "-".join(filter(None, parts))) + (ENDING if _is_file(reading) else "")
    fill_in = tuple(part for part in (FAMILY, SIZE, STAGE, LABEL) if part in parts)
    return Proposal(name, fill_in, tuple(left_out))


def ollama_proposal(name: str) -> str:
    """Return a proposed name as it is usual at Ollama: the family, then everything else in the tag.

    >>> ollama_proposal("Kestrel-7B-Instruct-v1.0-Q4_K_M.gguf"), ollama_proposal("Llama-3.1-Kestrel-8B-Instruct-v1.0")
    ('kestrel:7b-instruct-v1.0-q4_K_M', 'llama-3.1-kestrel:8b-instruct-v1.0')
    """
    pieces = [piece for piece in name.removesuffix(ENDING).split("-") if piece != "GGUF"]
    place = next((at for at, piece in enumerate(pieces) if at and _is_size(piece)), len(pieces))
    model, tag = "-".join(pieces[:place]).lower(), "-".join(_tag(pieces[place:]))
    return f"{model}:{tag}" if tag else model


def _is_size(piece: str) -> bool:
    return piece == SIZE or (piece[:1].isdigit() and piece[-1:] in ("B", "M", "T"))


def _tag(pieces: list[str]) -> Iterator[str]:
    for piece in pieces:
        is_label = piece[:1] == "Q" and "_" in piece
        yield f"q{piece[1:]}" if is_label else piece if piece in (SIZE, STAGE, LABEL) else piece.lower()


def _words(tokens: Sequence[Token]) -> list[str]:
    """Return parts as they are written, those without anything between them as one.

    >>> from nameplate import decode
    >>> _words([token for token in decode("Qwen3-8B").tokens if token.field != "separator"])
    ['Qwen3', '8B']
    """
    words: list[str] = []
    end = -1
    for token in tokens:
        if token.start == end:
            words[-1] += token.text
        else:
            words.append(token.text)
        end = token.end
    return words


def _is_dropped(token: Token, reading: Reading) -> bool:
    """Whether a part is left out: a word that nothing explains, or the name of another maker's model that taught this one."""
    if token.field is None:
        return token.text != reading.lineage.finetune
    return token.field == "family" and token.value == reading.lineage.teacher and not reading.lineage.method


def _has_its_place(token: Token, reading: Reading) -> bool:
    """Whether a part is written where it belongs, and not where it was."""
    is_base = token.field == "size_class" and reading.size_class == "base"
    return token.field in NUMBERS | STORED | {"stage", "version", "date"} or is_base


def _stored(own: list[Token], reading: Reading) -> Iterator[str]:
    """Yield how the weights are stored: a label of llama.cpp as it spells it, everything else as it is written."""
    labels = [token for token in own if token.field in STORED and not (_is_file(reading) and token.field == "format")]
    for token in labels:
        yield reading.quant if token.field == "quant" and reading.quant else token.text
    if _is_file(reading) and reading.quant is None:
        yield LABEL


def _is_file(reading: Reading) -> bool:
    return reading.name.lower().endswith(ENDING)


def _size(reading: Reading) -> str | None:
    """Return the size as it is usually written: `7B`, `8x7B`, `30B-A3B`, `500M`."""
    if reading.experts is not None and reading.expert_params_b is not None:
        return f"{figure(reading.experts)}x{_count(reading.expert_params_b)}"
    if reading.params_b is None:
        return f"E{_count(reading.effective_params_b)}" if reading.effective_params_b is not None else None
    active = f"-A{_count(reading.active_params_b)}" if reading.active_params_b is not None else ""
    return f"{_count(reading.params_b)}{active}"


def _count(billions: float) -> str:
    """Return a number of parameters with its unit.

    >>> _count(7.0), _count(0.5), _count(1.7)
    ('7B', '500M', '1.7B')
    """
    return f"{figure(billions)}B" if billions >= 1 else f"{figure(billions * 1000)}M"


def _stage(reading: Reading) -> str:
    if reading.sources.get("stage") == "name" and reading.stage:
        return reading.stage.title()
    if reading.size_class == "base":
        return "Base"
    return STAGE if needs_stage(reading) else ""
