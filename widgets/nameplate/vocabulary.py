"""What words mean in a name: the compiled data files, laid out for looking up.

A `Meaning` is one way to read one word. Most words have one; where there are several, each says in which
circumstances (`When`) it is how likely, and the reader weighs them against each other.
"""

from __future__ import annotations

import functools
import re
from typing import Any, NamedTuple

COST = {"always": 0.0, "usually": 0.3, "often": 1.0, "sometimes": 2.2, "rarely": 4.5, "never": 40.0}
ABBREVIATION = 5.5  # dearer than not knowing the word, unless a number stands behind it
RUN = re.compile(r"[^\W\d_]+|\d+|[\W_]")
ALNUM_RUN = re.compile(r"[^\W\d_]+|\d+")


class When(NamedTuple):
    """A circumstance, and what a reading costs in it. `seen` and `unseen` are sets of fields as bits."""

    after: tuple[str, ...]
    before: tuple[str, ...]
    seen: int
    unseen: int
    lines: tuple[str, ...]
    line_tasks: tuple[str, ...]
    glued: bool | None
    first: bool | None
    cost: float
    why: str | None


_BITS: dict[str, int] = {}


def bits_of(names: tuple[str, ...]) -> int:
    """A set of fields as an integer with one bit a field."""
    mask = 0
    for name in names:
        mask |= _BITS.setdefault(name, 1 << len(_BITS))
    return mask


def bit_of(name: str) -> int:
    """The bit of a field that some circumstance asks for, otherwise 0."""
    return _BITS.get(name, 0)


class Meaning(NamedTuple):
    """One way to read a word: the key it fills, with what, and how freely that is assumed."""

    field: str | None
    value: Any
    term: str | None
    says: str | None
    cost: float
    when: tuple[When, ...] = ()
    roles: tuple[str, ...] = ()
    sets: tuple[tuple[str, Any], ...] = ()
    line: str | None = None


class Line(NamedTuple):
    """A maker's product line, and what holds for every model of it."""

    line: str
    words: tuple[str, ...]
    maker: str | None
    publishers: tuple[str, ...]
    task: str | None
    roles: tuple[str, ...]
    based_on: str | None
    risky: bool
    foundation: bool
    short: tuple[tuple[tuple[str, ...], str | None], ...]
    sizes_in_words: bool
    generations: tuple[str, ...]
    version_is_generation: bool
    dates: str | None
    editions: tuple[Any, ...]


class Phrase(NamedTuple):
    """The rest of a spelling after its first run: each run, and whether it must follow without a separator."""

    rest: tuple[tuple[str, bool], ...]
    meaning: Meaning
    exact: str | None


class Vocabulary:
    """The data in the form in which the reader asks for it."""

    def __init__(self, data: Any) -> None:
        self.terms: dict[str, tuple[str, str]] = data.TERMS
        self.notations: dict[str, tuple[str, str | None]] = data.NOTATIONS
        self.lines = {row[0]: Line(*row) for row in data.LINES}
        self.families: dict[str, list[Any]] = {}
        for row in data.FAMILIES:
            self.families.setdefault(row[2], []).append(row)
        self.catalogue = {row[0].casefold().rsplit("/", 1)[-1]: row for row in data.CATALOGUE}
        self.words: dict[str, list[Phrase]] = {}
        self.heads: dict[str, list[Phrase]] = {}
        self.inside: dict[str, list[Meaning]] = {}
        self.generation_letters: dict[str, list[str]] = {}
        self.publishers: dict[str, tuple[tuple[str, Any], ...]] = data.PUBLISHERS
        self._read_platforms(data.PLATFORMS)
        self._read_words(data.WORDS)
        self._read_lines()
        for run, phrases in self.words.items():
            heads = [
                phrase for phrase in phrases if phrase.meaning.field == "family" and phrase.meaning.cost < ABBREVIATION
            ]
            if heads:
                self.heads[run] = heads

    def _read_platforms(self, rows: Any) -> None:
        self.platform_names = {row[0]: row[1] for row in rows}
        self.prefixes = {prefix.lower(): row[0] for row in rows for prefix in row[2]}
        self.hosts = {host: row[0] for row in rows for host in row[3]}
        self.pages = {row[0]: row[4] for row in rows if row[4]}
        self.hubs = frozenset(name for name, page in self.pages.items() if "{publisher}" in page)
        self.schemes = {scheme: row[0] for row in rows for scheme in row[8]}
        self.vendors = frozenset(vendor for row in rows for vendor in row[5])
        self.paths = frozenset(row[0] for row in rows if row[7])
        self.router_tags = frozenset(tag for row in rows for tag in row[6])
        self.makers = frozenset(publisher for line in self.lines.values() for publisher in line.publishers)

    def _read_words(self, rows: Any) -> None:
        for words, field, value, roles, sets, term, says, chance, when, inside, exact in rows:
            circumstances = tuple(map(_circumstance, when))
            meaning = Meaning(field, value, term, says, COST[chance], circumstances, roles, sets)
            for word in words:
                self._add(word, meaning, exact)
                if inside:
                    self.inside.setdefault(glued_spellings(word.lower())[-1], []).append(meaning)

    def _read_lines(self) -> None:
        family_term = self.notations.get("family", (None, None))[0]
        edition_term = self.notations.get("edition", (None, None))[0]
        generation_term = self.notations.get("generation", (None, None))[0]
        for line in self.lines.values():
            says = f"The {line.line} line, made by {line.maker}." if line.maker else f"The {line.line} line."
            first = When((), (), 0, 0, (), (), None, True, COST["usually"], None)
            cost = COST["sometimes"] if line.risky else COST["always"]
            meaning = Meaning(
                "family", line.line, family_term, says, cost, (first,) if line.risky else (), line.roles, (), line.line
            )
            for word in line.words:
                glued = glued_spellings(word.lower())[-1]
                own = meaning._replace(roles=(*line.roles, *self._roles_inside(glued, line.roles)))
                self._add(word, own, False)
                if not line.risky and len(glued) > 3 and glued.isalpha():
                    self.inside.setdefault(glued, []).append(own)
            here = When(
                (), (), 0, 0, (line.line,), (), None, None, COST["always"], f"{line.line} has an edition of that name"
            )
            for edition, words, roles, task, stage, reasoning in line.editions:
                sets = tuple(
                    (key, value)
                    for key, value in (("task", task), ("stage", stage), ("reasoning", reasoning))
                    if value is not None
                )
                meaning = Meaning(
                    "edition",
                    edition,
                    edition_term,
                    f"An edition of the {line.line} line.",
                    COST["never"],
                    (here,),
                    roles,
                    sets,
                )
                for word in words:
                    self._add(word, meaning, False)
            numbered = When(
                (), ("generation",), 0, 0, (), (), None, None, COST["often"], "a number stands right behind it"
            )
            for words, _ in line.short:
                says = f"Short for {line.line}, as fine-tuners write it."
                meaning = Meaning("family", line.line, family_term, says, ABBREVIATION, (numbered,), (), (), line.line)
                for word in words:
                    self._add(word, meaning, False)
            for generation in line.generations:
                if len(generation) == 1:
                    self.generation_letters.setdefault(generation.lower(), []).append(line.line)
                    continue
                says = f"The generation {generation} of the {line.line} line."
                self._add(
                    generation, Meaning("generation", generation, generation_term, says, COST["never"], (here,)), False
                )

    def _roles_inside(self, word: str, known: tuple[str, ...]) -> list[str]:
        """The roles that a telling word gives as the end or the start of a line's own word: the chat of TeleChat."""
        roles: list[str] = []
        for cut in range(4, len(word) - 1):
            for part in (word[:cut], word[-cut:]):
                for meaning in self.inside.get(part, ()):
                    if meaning.line is None:
                        roles += [role for role in meaning.roles if role not in known and role not in roles]
        return roles

    def _add(self, spelling: str, meaning: Meaning, exact: bool) -> None:
        for variant in glued_spellings(spelling.lower()):
            runs: list[tuple[str, bool]] = []
            free = False
            for run in RUN.findall(variant):
                if run[0].isalnum():
                    runs.append((run, not free))
                    free = False
                else:
                    free = True
            phrase = Phrase(tuple(runs[1:]), meaning, spelling if exact else None)
            self.words.setdefault(runs[0][0], []).append(phrase)

    @functools.cached_property
    def spelt(self) -> tuple[str, ...]:
        """The words of one run of letters that say something by themselves."""
        return tuple(
            word
            for word, phrases in self.words.items()
            if len(word) > 3 and any(not phrase.rest and phrase.meaning.cost < COST["sometimes"] for phrase in phrases)
        )

    def notation(self, name: str) -> tuple[str | None, str | None]:
        """The term that explains a notation, and its sentence."""
        return self.notations.get(name, (None, None))


def _circumstance(row: Any) -> When:
    after, before, seen, unseen, lines, line_tasks, glued, first, chance, why = row
    return When(after, before, bits_of(seen), bits_of(unseen), lines, line_tasks, glued, first, COST[chance], why)


def glued_spellings(spelling: str) -> list[str]:
    """A spelling with its gaps as they are, and with every gap between letters closed.

    >>> glued_spellings("deep seek")
    ['deep seek', 'deepseek']
    """
    found = [spelling]
    for gap in re.finditer(r"(?<=[^\W\d_])[ _.-](?=[^\W\d_])", spelling):
        found += [item[: gap.start() - len(spelling)] + item[gap.end() - len(spelling) :] for item in found]
    return found


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary, made ready once."""
    try:
        from . import _checkout
    except ImportError:
        pass
    else:
        _checkout.refresh()
    from . import _compiled

    return Vocabulary(_compiled)
