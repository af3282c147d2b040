"""What a reading is worked out from, no further than the keys that somebody asks for need it.

First the address, which already answers some keys; then the best paths through what the author wrote, which all other
keys follow from; last the tokens with their sentences.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from ..address import original_publisher as origin
from ..address import platforms
from ..address.links import package_url, page
from ..lattice.costs import NOTHING
from ..lattice.search import Path, Reader
from ..lattice.segmentation import ScoredToken
from ..reading import EVERYTHING, Ambiguity, FamilyKnowledge, Lineage, Token
from ..vocabulary.lookup import Vocabulary
from .draft import ReadingDraft
from .family_rules import knowledge
from .fields import complete, lineage, read_address
from .lineage import join_unknown
from .tokens import ambiguities, tokens

OF_ADDRESS = frozenset(("platform", "host", "region", "publisher", "repo", "file", "tag", "revision"))


class Work:
    """The steps from a name to its reading, each done once."""

    __slots__ = ("_made", "_name", "_reader", "_told", "_with_catalogue")

    def __init__(self, name: str, reader: Reader, catalogue: bool) -> None:
        self._name = name
        self._reader = reader
        self._with_catalogue = catalogue
        self._made: ReadingDraft | None = None
        self._told: Told | None = None

    def __call__(self, key: str) -> Mapping[str, Any]:
        """What was found out to answer for a key: its value, if it has another than the default, and those of others."""
        known: dict[str, Any] = {}
        fields_seen = self._told
        if fields_seen is None:
            draft = self._made
            if draft is None:
                draft = self._made = begin(self._name, self._reader.vocabulary)
            if key in OF_ADDRESS:
                value = draft.address.platform if key == "platform" else draft.fields.get(key)
                if value is not None:
                    return {key: value}  # what the author wrote can add to the address, but not change it
            paths = read_regions(draft, self._reader)
            fields_seen = self._told = Told(draft, paths)
            known = complete(draft, paths, self._with_catalogue)
        if key in LAST:
            known[key] = LAST[key](fields_seen)
        elif key == EVERYTHING:
            for last, find in LAST.items():
                known[last] = find(fields_seen)
        return known


def begin(name: str, vocabulary: Vocabulary) -> ReadingDraft:
    """A reading of which the address is known, and nothing else yet."""
    return read_address(name, origin.cut_off(name, platforms.parse(name, vocabulary), vocabulary), vocabulary)


def read_regions(draft: ReadingDraft, reader: Reader) -> list[Path]:
    """The best paths through what the author wrote."""
    paths: list[Path] = []
    for start, end, kind in draft.address.regions:
        lines = _lines(paths) if kind == "tag" else NOTHING
        paths.append(reader.read(draft.name[start:end], start, lines))
    return paths


def _lines(paths: list[Path]) -> frozenset[str]:
    """The lines that a name has mentioned so far: what their editions are called is known in the tag, too."""
    return frozenset(meaning.line for path in paths for meaning in path.explained if meaning.line is not None)


class Told:
    """What fewer ask for: the lineage, the tokens with their sentences, and what follows from them, worked out when asked."""

    def __init__(self, draft: ReadingDraft, paths: list[Path]) -> None:
        self._made = draft
        self._paths = paths

    @functools.cached_property
    def _pieces(self) -> list[ScoredToken]:
        return [piece for path in self._paths for piece in join_unknown(path.pieces(), self._made.name)]

    def lineage(self) -> Lineage:
        return lineage(self._made)

    def sources(self) -> Mapping[str, str]:
        return MappingProxyType(self._made.sources)

    @functools.cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(tokens(self._made, self._pieces))

    def unknown(self) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokens if token.field is None)

    def ambiguities(self) -> tuple[Ambiguity, ...]:
        return tuple(ambiguities(self._made, self._pieces))

    def knowledge(self) -> FamilyKnowledge | None:
        return knowledge(self._made.rule, self._made.applied) if self._made.rule is not None else None

    def url(self) -> str | None:
        return page(self._at_the_hub, self._made.address, self._made.vocabulary)

    def purl(self) -> str | None:
        return package_url(self._at_the_hub, self._made.address, self._made.vocabulary)

    @property
    def _at_the_hub(self) -> Mapping[str, Any]:
        """The fields with the account that holds the model, where a host writes the maker in its place: z-ai/glm-4.6."""
        fields, name = self._made.fields, self._made.hub_name
        if name is None or "publisher" not in fields:
            return fields
        publisher, _, repo = name.rpartition("/")
        same = publisher.casefold() == fields["publisher"].casefold()
        return fields if same else {**fields, "publisher": publisher, "repo": repo}


LAST: dict[str, Callable[[Any], Any]] = {
    "lineage": Told.lineage,
    "sources": Told.sources,
    "tokens": attrgetter("tokens"),
    "unknown": Told.unknown,
    "ambiguities": Told.ambiguities,
    "knowledge": Told.knowledge,
    "url": Told.url,
    "purl": Told.purl,
}
