"""Work out the keys of a reading that cost much and are rarely asked for."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from ..address.links import package_url, page
from ..lattice.search import Path
from ..lattice.segmentation import ScoredToken
from ..reading import Ambiguity, CataloguedAs, FamilyKnowledge, Token
from .draft import ReadingDraft
from .family_rules import knowledge
from .lineage import join_unknown
from .tokens import ambiguities, tokens


class NameDetails:
    """The tokens of a name with their sentences, and what follows from them and from its address.

    Nothing here changes the draft, so that any number of threads may ask.
    """

    def __init__(self, draft: ReadingDraft, paths: list[Path]) -> None:
        self._draft = draft
        self._paths = paths

    @functools.cached_property
    def _scored(self) -> list[ScoredToken]:
        return [token for path in self._paths for token in join_unknown(path.pieces(), self._draft.name)]

    @functools.cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The pieces of the name in order; joined, they are the name again."""
        return tuple(tokens(self._draft, self._scored))

    @property
    def unknown(self) -> tuple[str, ...]:
        """The pieces that nothing explains."""
        return tuple(token.text for token in self.tokens if token.field is None)

    @property
    def ambiguities(self) -> tuple[Ambiguity, ...]:
        """The pieces that could have been read in another way."""
        return tuple(ambiguities(self._draft, self._scored))

    @property
    def knowledge(self) -> FamilyKnowledge | None:
        """What is known about the family beyond the name."""
        return knowledge(self._draft.rule, self._draft.applied) if self._draft.rule is not None else None

    @property
    def catalogued_as(self) -> CataloguedAs:
        """The catalogued models that the name can mean."""
        return self._draft.catalogued_as

    @property
    def url(self) -> str | None:
        """The model's own page."""
        return page(self._at_the_hub, self._draft.address, self._draft.vocabulary)

    @property
    def purl(self) -> str | None:
        """The model's package URL."""
        return package_url(self._at_the_hub, self._draft.address, self._draft.vocabulary)

    @property
    def _at_the_hub(self) -> Mapping[str, Any]:
        """The fields with the model's own place on the hub, where a host writes it in another way: z-ai/glm-4.6."""
        fields, name = self._draft.fields, self._draft.hub_name
        if name is None or "publisher" not in fields:
            return fields
        if name.casefold() == f"{fields['publisher']}/{fields['repo']}".casefold():
            return fields
        publisher, _, repo = name.rpartition("/")
        return {**fields, "publisher": publisher, "repo": repo}
