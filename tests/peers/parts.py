"""A name cut at its dashes, as most peers cut it, each part with the keys that our reading gives it.

Nothing is read here a second time: a part is a stretch of the name between two separators, its fields are those
of the tokens in it.
"""

from __future__ import annotations

from itertools import takewhile
from typing import Any, NamedTuple

from nameplate.reading import Reading, Token

Shape = dict[str, Any]  # an answer of a peer

SIZES = frozenset(("params_b", "active_params_b", "effective_params_b", "expert_params_b", "experts"))
NUMBERS = frozenset(("version", "generation", "date", "checkpoint", "revision"))
ENCODING = frozenset(("quant", "quant_method", "bits", "group_size"))
CONTAINER = frozenset(("format", "library", "shard"))
ADDRESS = frozenset(("platform", "host", "region", "publisher"))


class Part(NamedTuple):
    """What stands between two dashes, and the keys of the reading that it fills."""

    text: str
    fields: frozenset[str | None]

    @property
    def is_size(self) -> bool:
        return bool(self.fields & SIZES)

    @property
    def is_number(self) -> bool:
        """Nothing but a version, a date or the number of the line."""
        return self.fields <= NUMBERS

    @property
    def is_encoding(self) -> bool:
        return bool(self.fields & ENCODING)

    @property
    def is_container(self) -> bool:
        return self.fields <= CONTAINER


class Convention(NamedTuple):
    """The parts of a name in the order of the GGUF naming convention, as they are written."""

    sidecar: str | None
    base: str | None
    size: str | None
    finetune: str | None
    version: str | None
    encoding: str | None


def own_tokens(reading: Reading) -> list[Token]:
    """The tokens of the model's own name: of the file if there is one, else of the last part of the address."""
    text = reading.file or reading.repo or reading.name
    start = reading.name.rfind(text)
    return [token for token in reading.tokens if start <= token.start and token.end <= start + len(text)]


def parts(reading: Reading) -> list[Part]:
    """The parts of the model's own name.

    >>> from nameplate import decode
    >>> [part.text for part in parts(decode("unsloth/Qwen3-4B-UD-Q2_K_XL.gguf"))]
    ['Qwen3', '4B', 'UD', 'Q2_K_XL', 'gguf']
    """
    found: list[tuple[str, set[str | None]]] = [("", set())]
    for token in own_tokens(reading):
        if token.field == "separator" and token.text != "_":
            found.append(("", set()))
            continue
        for index, piece in enumerate(token.text.split("-")):
            if index:
                found.append(("", set()))
            text, fields = found[-1]
            found[-1] = (text + piece, fields if token.field == "separator" else fields | {token.field})
    return [Part(text, frozenset(fields)) for text, fields in found if text]


def head(reading: Reading) -> list[Part]:
    """The parts before the first one that says a size or how the weights are stored."""
    return list(takewhile(lambda part: not (part.is_size or part.is_encoding or part.is_container), parts(reading)))


def convention(reading: Reading) -> Convention:
    """The reading in the terms of the GGUF naming convention.

    A word such as `mini` is the size where no number is; a number at the end of a base name is its version
    where nothing follows.

    >>> from nameplate import decode
    >>> convention(decode("Phi-3-mini-3.8B-instruct-v1.0"))
    Convention(sidecar=None, base='Phi-3-mini', size='3.8B', finetune='instruct', version='v1.0', encoding=None)
    """
    rest = [part for part in parts(reading) if not part.is_container]
    sidecar = rest.pop(0).text if rest and "file_role" in rest[0].fields else None
    weights = [part for part in rest if part.is_encoding]
    rest = [part for part in rest if not part.is_encoding]
    sizes = [part for part in rest if part.is_size] or [
        part for part in rest if part.text.lower() in ("mini", "small", "medium", "large", "xl")
    ]
    base = list(takewhile(lambda part: part not in sizes and _may_be_base(part), rest))
    if len(base) == len(rest):
        while base and base[-1].is_number:
            base.pop()
    behind = rest[len(base) :]
    sizes = [part for part in behind if part in sizes or "context" in part.fields]
    behind = [part for part in behind if part not in sizes]
    return Convention(
        sidecar=sidecar,
        base=_joined(base),
        size=_joined(list(dict.fromkeys(sizes))),
        finetune=_joined([part for part in behind if not part.is_number]),
        version=_joined([part for part in behind if part.is_number]),
        encoding=_joined(weights),
    )


def _may_be_base(part: Part) -> bool:
    return "stage" not in part.fields and (part.is_number or part.text[0].isalpha())


def _joined(chosen: list[Part]) -> str | None:
    return "-".join(part.text for part in chosen) or None


def written(reading: Reading, *fields: str) -> str | None:
    """How the name itself writes the first token of one of these fields."""
    return next((token.text for token in own_tokens(reading) if token.field in fields), None)


def said(reading: Reading, key: str) -> object:
    """What the text of the name says, without what is known of its family."""
    return getattr(reading, key) if reading.sources.get(key) == "name" else None


def upper(text: str | None) -> str | None:
    return text and text.upper()


def lower(text: str | None) -> str | None:
    return text and text.lower()
