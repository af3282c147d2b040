"""Work out the keys of a reading that cost much and are rarely asked for."""

from __future__ import annotations

from collections.abc import Mapping

from ..address.links import package_url, page
from ..address.parts import Part
from ..lattice.search import Path
from ..reading import Ambiguity, CataloguedAs, Command, FamilyKnowledge, FieldValue, Token, TokenRow
from .draft import ReadingDraft
from .family_rules import knowledge
from .tokens import ambiguities, token_rows


class NameDetails:
    """The tokens of a name with their sentences, and what follows from them and from its address.

    Any number of threads may ask: nothing changes but that what the tokens are made of is forgotten once they are known.
    """

    __slots__ = ("_draft", "_shown", "_to_show")

    def __init__(self, draft: ReadingDraft, paths: list[Path]) -> None:
        for path in paths:
            path.forget_meanings()
        self._draft = draft
        self._to_show: tuple[tuple[Part, ...], list[Path]] | None = (draft.forget_pieces(), paths)
        self._shown: tuple[tuple[TokenRow, ...], tuple[Ambiguity, ...]] | None = None

    def _show(self) -> tuple[tuple[TokenRow, ...], tuple[Ambiguity, ...]]:
        to_show, shown = self._to_show, self._shown  # in this order: another thread changes them in the other one
        if shown is None:
            assert to_show is not None
            parts, paths = to_show
            shown = self._shown = (token_rows(self._draft, parts, paths), ambiguities(self._draft.vocabulary, paths))
            self._to_show = None
        return shown

    @property
    def token_rows(self) -> tuple[TokenRow, ...]:
        """The fields of the tokens, in their order."""
        return self._show()[0]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The pieces of the name in order; joined, they are the name again."""
        return tuple([Token(*row) for row in self.token_rows])

    @property
    def unknown(self) -> tuple[str, ...]:
        """The pieces that nothing explains."""
        return tuple([row[0] for row in self.token_rows if row[3] is None])

    @property
    def ambiguities(self) -> tuple[Ambiguity, ...]:
        """The pieces that could have been read in another way."""
        return self._show()[1]

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
    def commands(self) -> tuple[Command, ...]:
        """The commands that download or run the model."""
        from .commands import HUB, commands  # once something asks for them

        url = self.url
        names, exact = self._draft.catalogued_as
        repo = self._draft.fields.get("repo") or ""
        if url is None and exact and len(names) == 1 and self._draft.address.platform == "unknown":
            # A name without its publisher, written as the catalogue has it.
            publisher, _, own = names[0].rpartition("/")
            is_it = own.casefold() == repo.casefold() and not self._draft.address.local
            url = f"{HUB}{names[0]}" if publisher and is_it else None
        return commands(self._draft.fields, self._draft.name, url)

    @property
    def _at_the_hub(self) -> Mapping[str, FieldValue]:
        """The fields with the model's own place on the hub, where a host writes it in another way: z-ai/glm-4.6."""
        fields, name = self._draft.fields, self._draft.hub_name
        if name is None or "publisher" not in fields:
            return fields
        if name.casefold() == f"{fields['publisher']}/{fields['repo']}".casefold():
            return fields
        publisher, _, repo = name.rpartition("/")
        return {**fields, "publisher": publisher, "repo": repo}
