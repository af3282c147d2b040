"""What a reading is worked out from, no further than the keys that somebody asks for need it.

First the address, which already answers some keys; then the best paths through what the author wrote, which all other
keys follow from; last the tokens with their sentences.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from . import address, origin
from .ancestry import join_unknown
from .assembly import Assembly, complete, read_address
from .links import package_url, page
from .reader import Path, Piece, Reader
from .reading import DEFAULTS, Ambiguity, Token
from .tokens import ambiguities, tokens
from .vocabulary import Vocabulary

OF_ADDRESS = frozenset(("platform", "host", "region", "publisher", "repo", "file", "tag", "revision"))


class Work:
    """The steps from a name to its reading, each done once."""

    def __init__(self, name: str, vocabulary: Vocabulary, reader: Reader, catalogue: bool) -> None:
        self._name = name
        self._vocabulary = vocabulary
        self._reader = reader
        self._with_catalogue = catalogue

    def __call__(self, key: str) -> Mapping[str, Any]:
        """The value of a key, and of others that were found out with it."""
        if key in LAST:
            return {key: LAST[key](self)}
        if key in OF_ADDRESS:
            addressed = self._addressed
            value = addressed.address.platform if key == "platform" else addressed.fields.get(key)
            if value is not None:
                return {key: value}  # what the author wrote can add to the address, but not change it
        return self._completed

    @functools.cached_property
    def _addressed(self) -> Assembly:
        where = origin.cut_off(self._name, address.parse(self._name, self._vocabulary), self._vocabulary)
        return read_address(self._name, where, self._vocabulary)

    @functools.cached_property
    def _paths(self) -> list[Path]:
        name, read = self._name, self._reader.read
        return [read(name[start:end], start) for start, end, _ in self._addressed.address.regions]

    @functools.cached_property
    def _completed(self) -> dict[str, Any]:
        known = complete(self._addressed, self._paths, self._with_catalogue)
        return {**FIRST, **known}

    @property
    def _made(self) -> Assembly:
        """The fields when all are filled that follow from the text."""
        return self._completed and self._addressed

    @functools.cached_property
    def _pieces(self) -> list[Piece]:
        return [piece for path in self._paths for piece in join_unknown(path.pieces(), self._name)]

    @functools.cached_property
    def _tokens(self) -> tuple[Token, ...]:
        return tuple(tokens(self._made, self._pieces))

    def _unknown(self) -> tuple[str, ...]:
        return tuple(token.text for token in self._tokens if token.field is None)

    def _ambiguities(self) -> tuple[Ambiguity, ...]:
        return tuple(ambiguities(self._made, self._pieces))

    def _url(self) -> str | None:
        return page(self._made.fields, self._addressed.address, self._vocabulary)

    def _purl(self) -> str | None:
        return package_url(self._made.fields, self._addressed.address, self._vocabulary)


# Answers that few ask for.
LAST: dict[str, Callable[[Work], Any]] = {
    "tokens": lambda work: work._tokens,
    "unknown": Work._unknown,
    "ambiguities": Work._ambiguities,
    "url": Work._url,
    "purl": Work._purl,
}
FIRST = {key: DEFAULTS[key] for key in DEFAULTS if key not in LAST and key != "name"}
