"""What words mean in a name: the compiled data files, laid out for looking up.

A `Meaning` is one way to read one word. Most words have one; where there are several, each says in which
circumstances (`Condition`) it is how likely, and the reader weighs them against each other.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..patterns import pattern
from ..reading import FieldValue
from ..recent import Recent
from .meaning import BITS, Condition, Meaning, bits_of, made_for

COSTS_LIKE_ABBREVIATION = 5.5  # words that cost as much name a line only before a number
MADE_FOR = "Made for "  # what the sentence about a language's code begins with
MOST_PHRASES = 200  # runs whose phrases are surely kept
SPEAKS_FOR_ITSELF = 2.2  # words that cost less mean something in any context
ALNUM_RUN = pattern(r"[^\W\d_]+|\d+")
RUN_OR_PLUS = pattern(r"[^\W\d_]+|\d+|\+")


class Line(NamedTuple):
    """A maker's product line, and what holds for every model of it. A foundation is what others start from."""

    line: str
    publishers: tuple[str, ...]
    task: str | None
    roles: tuple[str, ...]
    based_on: str | None
    foundation: bool
    sizes_in_words: bool
    version_is_generation: bool
    closed: bool  # nobody but the maker has the weights
    dates: str | None
    maker: str | None
    own_numbers: tuple[str, ...]  # editions whose numbers don't count the generations of the line: GPT Realtime 1.5


class Phrase(NamedTuple):
    """The rest of a spelling after its first run: each run, and whether it must follow without a separator."""

    rest: tuple[tuple[str, bool], ...]
    meaning: Meaning
    exact: str | None


class Lines(Mapping[str, Line]):
    """The lines by name. Each is made when it is first asked for."""

    def __init__(self, rows: dict[str, tuple[Any, ...]]) -> None:
        self._rows = rows
        self._made: dict[str, Line] = {}

    def __getitem__(self, name: str) -> Line:
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = Line(*self._rows[name])
        return found

    def get(self, name: str, default: Any = None) -> Any:
        """Return a line or the default, without an exception for each unknown name."""
        return self[name] if name in self._rows else default

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class PhraseStarts(NamedTuple):
    """What starts with one run: spellings of that run alone whose capitals count, longer ones by their next run, lines.

    `expected` holds the next runs that may follow a separator.
    """

    exact: tuple[Phrase, ...]
    longer: dict[str, tuple[Phrase, ...]]
    expected: frozenset[str]
    line_names: tuple[Phrase, ...]


NO_PHRASES: tuple[Phrase, ...] = ()
NOTHING: frozenset[str] = frozenset()
NO_PHRASE_STARTS = PhraseStarts((), {}, NOTHING, ())


class Vocabulary:
    """The compiled data. Its rows become objects when a name asks for them, and are kept then: those of phrases for a while."""

    def __init__(self, data: Any) -> None:
        self._data = data
        for field in data.ASKED_FOR:
            BITS.setdefault(field, 1 << len(BITS))
        self._words: dict[str, int | tuple[Any, ...]] = data.WORDS
        self.inside_words: dict[str, tuple[int, ...]] = data.INSIDE
        self._meanings: dict[int, Meaning] = {}
        self._conditions_by_number: dict[int, Condition] = {}
        self._phrases: Recent[str, tuple[Phrase, ...]] = Recent(MOST_PHRASES)
        self._phrase_starts: Recent[str, PhraseStarts] = Recent(MOST_PHRASES)
        self.lines = Lines(data.LINES)
        self.file_names: tuple[tuple[str, str], ...] = (
            data.FILE_NAMES
        )  # patterns of names that only one line's files have
        self.generation_letters: dict[str, tuple[str, ...]] = data.GENERATION_LETTERS
        self.abbreviations: dict[str, tuple[str, ...]] = (
            data.ABBREVIATIONS
        )  # with the numbers that they are written with
        self.signers: frozenset[str] = frozenset(data.SIGNERS)  # accounts under which some words mean another line
        self.language_codes: tuple[str, ...] = data.LANGUAGE_CODES
        self.terms: dict[str, tuple[str, str]] = data.TERMS
        self.notations: dict[str, tuple[str, str | None]] = data.NOTATIONS
        self.bits_per_weight: dict[str, tuple[float, str]] = data.BITS_PER_WEIGHT
        self.keeps_training: frozenset[tuple[str, str]] = frozenset(data.KEEPS_TRAINING)
        self.shrinking: frozenset[str] = frozenset(data.SHRINKING)  # what a model is that parts were removed from
        self.speeds: frozenset[tuple[str, str]] = frozenset(data.SPEEDS)  # what hosts call faster ways to run a model
        self.publishers: dict[str, tuple[tuple[str, FieldValue], ...]] = data.PUBLISHERS
        self.excluded_roles: dict[str, tuple[str, ...]] = data.EXCLUDED_ROLES
        self.families: dict[str, tuple[Any, ...]] = data.FAMILIES
        self.catalogue: dict[str, Any] = data.CATALOGUE
        self._models: dict[str | None, dict[frozenset[int], tuple[str, ...]]] = {}
        self.originals: dict[str, str] = data.ORIGINALS
        self.ollama: dict[str, Any] = data.OLLAMA
        self.repackaging: frozenset[tuple[str, str]] = frozenset(data.REPACKAGING)
        self.joining: frozenset[str] = frozenset(data.JOINING)
        self.repackagers: frozenset[str] = frozenset(data.REPACKAGERS)
        self.platform_names: dict[str, str] = data.PLATFORM_NAMES
        self.pages: dict[str, str] = data.PAGES
        self.prefixes: dict[str, str] = data.PREFIXES
        self.hosts: dict[str, str] = data.HOSTS
        self.schemes: dict[str, str] = data.SCHEMES
        self.accounts: dict[str, str] = data.ACCOUNTS
        self.hub_accounts: frozenset[str] = frozenset(data.HUB_ACCOUNTS)  # services that publish models, too
        self.joined: dict[str, str] = data.JOINED
        self.areas: tuple[str, ...] = data.AREAS
        self.vendors: tuple[str, ...] = data.VENDORS
        self.router_tags: tuple[str, ...] = data.ROUTER_TAGS
        self.programs: frozenset[str] = frozenset(data.PROGRAMS)
        self.tuning_platforms: tuple[str, ...] = data.TUNING_PLATFORMS
        self.paths: tuple[str, ...] = data.PATHS

    def phrases(self, run: str) -> tuple[Phrase, ...]:
        """What starts with a run of letters or digits, in lower case."""
        found = self._phrases.get(run)
        if found is None:
            row = self._words.get(run)
            if row is None:
                return NO_PHRASES
            rows = (row,) if isinstance(row, int) else row
            found = tuple(map(self._phrase, rows))
            self._phrases.keep(run, found)
        return found

    def phrase_starts(self, run: str) -> PhraseStarts:
        """What starts with a run of letters or digits, laid out by what has to follow."""
        found = self._phrase_starts.get(run)
        if found is None:
            if run not in self._words:
                return NO_PHRASE_STARTS
            found = _phrase_starts(self.phrases(run))
            self._phrase_starts.keep(run, found)
        return found

    def line_names(self, run: str) -> tuple[Phrase, ...]:
        """The names of lines that start with a run."""
        return self.phrase_starts(run).line_names

    def inside(self, word: str) -> list[Meaning]:
        """What a word means where it is attached to another."""
        return [self._meaning(number) for number in self.inside_words.get(word, ())]

    def notation(self, name: str) -> tuple[str | None, str | None]:
        """The term that explains a notation, and its sentence."""
        return self.notations.get(name, (None, None))

    def says_of_model(self, word: str) -> bool:
        """Return whether a word by itself says something about a model, and not only how a host offers it."""
        return any(not phrase.rest and phrase.meaning.field not in (None, "tag") for phrase in self.phrases(word))

    def words(self) -> Iterator[str]:
        """The runs of letters or digits that a known spelling starts with."""
        return iter(self._words)

    @functools.cached_property
    def longest_inside(self) -> int:
        """The length of the longest word that is read inside others."""
        return max(map(len, self.inside_words), default=0)

    @functools.cached_property
    def telling_platforms(self) -> frozenset[str]:
        """The platforms for which some word means something else."""
        return frozenset(self._data.TELLING_PLATFORMS)

    @functools.cached_property
    def hubs(self) -> frozenset[str]:
        """The platforms where a publisher comes before the repository."""
        return frozenset(name for name, page in self.pages.items() if "{publisher}" in page)

    @functools.cached_property
    def part_numbers(self) -> dict[tuple[str, str], int]:
        """The number of each part of a catalogued model's name."""
        return {part: number for number, part in enumerate(self._data.PARTS)}

    def models_of(self, family: str | None) -> dict[frozenset[int], tuple[str, ...]]:
        """The catalogued models of a family, by the numbers of the parts that their names have."""
        found = self._models.get(family)
        if found is None:
            found = {}
            for row, key in self._data.IDENTITIES.get(family, ()):
                parts = frozenset(row)
                found[parts] = (*found.get(parts, ()), key)
            if found:  # a name that no family has is not kept
                self._models[family] = found
        return found

    @functools.cache  # noqa: B019 (there is one vocabulary, and it stays)
    def parts_about(self, fields: frozenset[str]) -> frozenset[int]:
        """The numbers of the parts that say one of these fields."""
        return frozenset(number for number, (field, _) in enumerate(self._data.PARTS) if field in fields)

    @functools.cached_property
    def catalogued_on(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of the catalogued models of each family's page. Looking through all models took a tenth of a reading."""
        found: dict[str, list[str]] = {}
        for key, row in self.catalogue.items():
            found.setdefault(row[1], []).append(key)
        return {page: tuple(keys) for page, keys in found.items()}

    @functools.cached_property
    def makers(self) -> frozenset[str]:
        """Who publishes models of their own."""
        return frozenset(publisher for _, publishers, *_ in self._data.LINES.values() for publisher in publishers)

    @functools.cached_property
    def maker_names(self) -> frozenset[str]:
        """The makers of lines by their own names in lower case, without those that are called like a line."""
        names = {str(maker).lower() for *_, maker, _ in self._data.LINES.values() if maker}
        return frozenset(names - {line.lower() for line in self._data.LINES})

    @functools.cached_property
    def owners(self) -> frozenset[str]:
        """Organizations in lower case, without those that are called like a line."""
        return frozenset(self._data.OWNERS)

    def may_sell(self, account: str, name: str = "") -> bool:
        """Return whether an account can be a maker of closed models, or a host that offers them: amazon, runwayml.

        A host may name the maker in the name that it gives: gradient_ai/openai-o3.
        """
        bare = "".join(filter(str.isalnum, account.lower()))
        if not self._sellers.isdisjoint(ALNUM_RUN.findall(name.lower())):
            return True
        return bare in self.vendors or account.lower() in self.prefixes or any(name in bare for name in self._sellers)

    @functools.cached_property
    def _sellers(self) -> frozenset[str]:
        """The first words of makers that have a line without open weights, in lower case."""
        return frozenset(
            str(maker).lower().split()[0]
            for _, publishers, _, _, based_on, _, _, _, closed, _, maker, _ in self._data.LINES.values()
            if maker and (closed or (not publishers and based_on is None))
        )

    @functools.cached_property
    def owner_starts(self) -> frozenset[str]:
        """The first words of organizations."""
        return frozenset(name.replace("_", "-").replace(".", "-").partition("-")[0] for name in self.owners)

    @functools.cached_property
    def words_by_letter(self) -> dict[str, list[str]]:
        """The words of one run of letters that say something by themselves, by their first letter."""
        costs = [row[4] for row in self._data.MEANINGS]

        def speaks(row: int | tuple[Any, ...]) -> bool:
            rest, meaning, *_ = ("", row) if isinstance(row, int) else row
            return not rest and costs[meaning] < SPEAKS_FOR_ITSELF

        found: dict[str, list[str]] = {}
        for word, rows in self._words.items():
            if len(word) > 3 and any(map(speaks, (rows,) if isinstance(rows, int) else rows)):
                found.setdefault(word[0], []).append(word)
        return found

    @functools.cached_property
    def language_names(self) -> Mapping[str, str]:
        """Return what languages are called, by their codes: the end of what is said of a code, such as “Made for Polish.”"""
        names: dict[str, str] = {}
        for field, value, _, says, *_ in self._data.MEANINGS:
            if field == "languages" and len(value) == 1 and says and says.startswith(MADE_FOR):
                names.setdefault(value[0], says.removeprefix(MADE_FOR).rstrip("."))
        return names

    def _phrase(self, row: int | tuple[Any, ...]) -> Phrase:
        """A row is the number of a meaning, or the rest of the spelling, the meaning, and the exact spelling if that counts."""
        if isinstance(row, int):
            return Phrase((), self._meaning(row), None)
        rest, meaning, *exact = row
        return Phrase(_runs(rest), self._meaning(meaning), exact[0] if exact else None)

    def _meaning(self, number: int) -> Meaning:
        found = self._meanings.get(number)
        if found is None:
            field, value, term, says, cost, conditions, roles, sets, line = self._data.MEANINGS[number]
            when = tuple(map(self._condition, conditions))
            found = self._meanings[number] = Meaning(field, value, term, says, cost, when, roles, sets, line)
        return found

    def _condition(self, number: int) -> Condition:
        found = self._conditions_by_number.get(number)
        if found is None:
            after, before, seen, unseen, lines, tasks, *rest = self._data.CONDITIONS[number]
            kinds = tuple(map(made_for, tasks))
            found = self._conditions_by_number[number] = Condition(
                after, before, bits_of(seen), bits_of(unseen), lines, kinds, *rest
            )
        return found


def _phrase_starts(phrases: tuple[Phrase, ...]) -> PhraseStarts:
    longer: dict[str, tuple[Phrase, ...]] = {}
    for phrase in phrases:
        if phrase.rest:
            following = phrase.rest[0][0]
            longer[following] = (*longer.get(following, ()), phrase)
    return PhraseStarts(
        tuple(phrase for phrase in phrases if not phrase.rest and phrase.exact is not None),
        longer,
        frozenset(phrase.rest[0][0] for phrase in phrases if phrase.rest and not phrase.rest[0][1]) or NOTHING,
        tuple(
            phrase
            for phrase in phrases
            if phrase.meaning.field == "family" and phrase.meaning.cost < COSTS_LIKE_ABBREVIATION
        ),
    )


def _runs(rest: str) -> tuple[tuple[str, bool], ...]:
    """The runs of the rest of a spelling, and whether each must follow without a separator.

    >>> _runs(" k2b")
    (('k', False), ('2', True), ('b', True))
    """
    return tuple((run[0], run.start() == 0 or rest[run.start() - 1] != " ") for run in RUN_OR_PLUS.finditer(rest))


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary, made ready once."""
    try:
        from . import _checkout
    except ImportError:
        pass
    else:
        _checkout.refresh()
    return Vocabulary(importlib.import_module("nameplate._compiled"))
