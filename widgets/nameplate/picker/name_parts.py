"""Split a name for the picker, so that a reason can point to the part that states it."""

from __future__ import annotations

import functools
import re

from ..decoder import decode
from ..reading import Reading, Token
from .spelling import letters_and_digits

# Fields of a reading that describe a copy of a model, not the model.
PACKING = frozenset(
    ("quant", "quant_method", "bits", "activation_bits", "group_size", "format", "library", "device", "endianness", "shard",
     "file_role", "publisher", "host", "region", "revision", "lineage.modifications", "separator")
)  # fmt: skip
PACKING_METHODS = frozenset(("imatrix", "qat", "abliteration"))


class NameParts:
    """A name and its parts. What is needed often is computed once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.reading: Reading = decode(name)
        self.tokens: tuple[Token, ...] = tuple(token for token in self.reading.tokens if token.field != "separator")

    def part(self, *fields: str) -> str | None:
        """Return the first part of the name that fills one of these fields.

        >>> NameParts("Llama-3.1-8B-Instruct").part("date", "stage")
        'Instruct'
        """
        return next((self._first[field] for field in fields if field in self._first), None)

    @functools.cached_property
    def _first(self) -> dict[str | None, str]:
        """Return the first part of the name for each field."""
        return {token.field: token.text for token in reversed(self.tokens)}

    @functools.cached_property
    def stem(self) -> str:
        """Return the part of the name for the line and its generation; or else its longest part.

        >>> NameParts("Llama-3.1-8B-Instruct").stem, NameParts("Xyzzyx-Q8_0").stem
        ('Llama-3.1', 'Xyzzyx')
        """
        start = end = None
        for token in self.tokens:
            if token.field == "family" and start is None:
                start, end = token.start, token.end
            elif start is not None and token.field in ("generation", "version") and token.start - (end or 0) <= 2:
                end = token.end
                break
            elif start is not None:
                break
        if start is not None:
            return self.name[start:end]
        telling = [token.text for token in self.tokens if token.field not in PACKING and token.field is not None]
        return max(telling or [token.text for token in self.tokens] or [self.name], key=len)

    @functools.cached_property
    def words(self) -> dict[str, str]:
        """Return the words of the name by their lower case, each as the name spells it."""
        return {word.lower(): word for word in re.findall(r"[A-Za-z0-9]+", self.name)}

    @functools.cached_property
    def key(self) -> str:
        """Return the model behind a copy: the name without packaging, publisher and separators.

        >>> NameParts("bartowski/Llama-3.2-1B-Instruct-Q8_0.gguf").key
        'llama321binstruct'
        """
        return letters_and_digits("".join(token.text for token in self.tokens if not _packs(token)))

    @functools.cached_property
    def explained_key(self) -> str:
        """Return the same without the parts that could not be explained."""
        return letters_and_digits(
            "".join(token.text for token in self.tokens if token.field is not None and not _packs(token))
        )


def _packs(token: Token) -> bool:
    if token.field == "lineage.method":
        return token.value in PACKING_METHODS
    return token.field in PACKING
