"""A reading while it comes together, and the lines that its name mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..address.parts import Address, Part, place
from ..reading import CataloguedAs, FieldValue
from ..vocabulary.lookup import Line, Vocabulary
from .family_rules import Rule, variants


class FamilyMention:
    """A line that the name mentions, and the number, the edition and the version that follow it."""

    __slots__ = ("behind_size", "editions", "follows", "generation", "line", "version", "version_is_generation")

    def __init__(self, line: str, follows: str | None = None, behind_size: bool = False) -> None:
        self.line = line
        self.generation: str | None = None
        self.editions: list[str] = []
        self.version: str | None = None  # at once behind the line or its edition
        self.version_is_generation = False  # whether that version is the generation, as in DeepSeek-V3
        self.follows = follows  # the line before it, if only its number comes between the two
        self.behind_size = (
            behind_size  # whether a size comes before it in the name, so that another line has the weights
        )

    @property
    def edition(self) -> str | None:
        """All words of its edition, joined as makers write them: Coder-Next."""
        return "-".join(self.editions) or None

    @property
    def full_name(self) -> str:
        """The line with its generation and its edition: DeepSeek-V3, Gemini-2.5-Pro."""
        return "-".join(filter(None, (self.line, self.generation, self.edition)))

    def counts_edition(self, lines: Mapping[str, Line]) -> bool:
        """Return whether a number here counts the versions of the edition, not the generations of the line."""
        return bool(self.editions) and self.generation is None and self.editions[-1] in lines[self.line].own_numbers

    def add_edition(self, word: str) -> None:
        """Add a word of the edition; one that another word holds already says nothing more."""
        if all(word not in known.split("-") and word != known for known in self.editions):
            self.editions.append(word)


class ReadingDraft:
    """The fields of one reading as they come together."""

    rule: Rule | None = None  # the family page that speaks of it
    applied = False  # whether what a plain name means there holds here
    opening_generation: str | None = None  # before any line
    loose_generation: str | None = None  # behind a line that has one already
    mentions_others = False  # lines whose part in the model the name may leave open
    number_behind_edition = False  # qwen-coder2.5
    has_own_size = False  # behind the word for what made it smaller than its original
    tuned = False  # by a method that the name gives
    catalogued_as = CataloguedAs()
    account_behind: str | None = None  # who stored it again, named after the label
    maker_in_front: str | None = None  # words before the line that name its maker
    hub_name: str | None = None  # the full name of the catalogued model that it is

    def __init__(self, name: str, address: Address, vocabulary: Vocabulary) -> None:
        self.name = name
        self.address = address
        self.vocabulary = vocabulary
        self.fields: dict[str, FieldValue] = {}
        self.lists: dict[str, list[FieldValue]] = {}
        self.roles: dict[str, None] = {}
        self.sources: dict[str, str] = {}
        self.lineage: dict[str, FieldValue] = {}
        self.mentions: dict[str, FamilyMention] = {}  # the lines in order, each once
        self.stages: list[str] = []
        self.stages_of_editions: list[str] = []  # which a word for the stage itself goes before: MobileLLM-R1-140M-base
        self.sizes: list[float] = []
        self.dates: list[str] = []

    def forget_pieces(self) -> tuple[Part, ...]:
        """Keep what the details of a reading are worked out from, and return the parts of the address, which the tokens show.

        The rest would be half of the objects of a kept reading.
        """
        address = self.address
        self.address = place(address.platform, address.kind, address.local)
        del self.lists, self.roles, self.lineage, self.mentions
        del self.stages, self.stages_of_editions, self.sizes, self.dates
        return (*address.parts, *address.origins)

    @property
    def is_served(self) -> bool:
        """Whether the place that the name was written for runs models, where a hub keeps their files."""
        return self.address.platform not in (*self.vocabulary.hubs, "gguf-file", "unknown")

    def is_written_by_hand(self, page: str) -> bool:
        """Return whether a name isn't as the maker writes it.

        Repositories and files have no blanks (Qwen 2.5 Coder 7b), and its words come in the order of the names on a
        family's page (not qwen-coder2.5).
        """
        if " " in self.fields.get("repo", "").strip():
            return True
        generation, edition = self.fields.get("generation"), self.fields.get("edition")
        if not self.number_behind_edition or generation is None or edition is None:
            return False
        names = (name.lower() for name in variants(self.vocabulary, page))
        orders = [name.find(generation) < name.find(edition.lower()) for name in names if generation in name]
        return bool(orders) and all(orders)

    def publisher_implies(self) -> tuple[tuple[str, FieldValue], ...]:
        """Return what holds for all that an account publishes: mlx-community has nothing but MLX."""
        return self.vocabulary.publishers.get(self.fields.get("publisher", "").lower(), ())

    def put(self, key: str, value: FieldValue, source: str = "name") -> None:
        """Fill a key that is still empty."""
        if value is None or self.fields.get(key) is not None:
            return
        self.fields[key] = value
        self.sources[key] = source

    def take_back(self, keys: Iterable[str]) -> None:
        """Empty keys again."""
        for key in keys:
            self.fields.pop(key, None)
            self.sources.pop(key, None)

    def add(self, key: str, values: Iterable[FieldValue], source: str = "name") -> None:
        """Add to a list."""
        known = self.lists.setdefault(key, [])
        for value in values:
            if value not in known:
                known.append(value)
                self.sources.setdefault(key, source)
