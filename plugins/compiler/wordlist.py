"""Build the tables in which the decoder looks words up: which words can be part of a name, and what each can mean there.

They are built when the data are compiled, so that importing the package builds nothing. Meanings and conditions are
rows, each stored once and referred to by its number. The package turns the rows that a name needs into the objects of
nameplate/vocabulary/, and knows the order of their columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from nameplate.english import NOUNS, article, listed
from nameplate.vocabulary.meaning import NOT_FOR_SALE, published_by, written_for

from ..catalog.models import Edition, Line, Term, When, Words
from .constants import Constant, Row

COST = {"always": 0.0, "usually": 0.3, "often": 1.0, "sometimes": 2.2, "rarely": 4.5, "never": 40.0}
ABBREVIATION = 5.5  # costs more than not knowing the word, unless a number comes right behind it
SIGNED = -0.5  # so that an account's own line goes before one that is called alike
LONGEST_CLOSED_UP = 2  # letters of an edition that are written right behind the line: minicpmv, qwenvl
SHORTEST_CLOSED_UP = 4  # letters of the line
LETTERED = re.compile(r"([A-Z])\d+(?:\.\d+)?")  # a generation with a letter: K2.5, M1
RUN = re.compile(r"[^\W\d_]+|\d+")
SIZE_INSIDE = re.compile(r"(?:\b(a)|\b|[^\W\d_])(\d+)b$")
GAP = re.compile(r"(?:[^\w+]|_|\+(?=.))+")  # a plus at the end belongs to the word: R+


# What an edition is for, and what it does beside writing, by its roles.
FOR = {"code": "for code", "math": "for mathematics", "tools": "for using tools"}
DOES = {"vision": "accepts images", "audio": "works with sound", "reasoning": "thinks before it answers"}
TAKES_ARTICLE = re.compile(r" (team|project|Foundation|Laboratory|Center)$|^(University|National Library) of ")


# What follows the first run of a word, the number of its meaning, and the exact spelling if that matters.
WordRow = tuple[str, int] | tuple[str, int, str]


class Rows:
    """Store each row once, under a number."""

    def __init__(self) -> None:
        self._numbers: dict[Row, int] = {}

    def number(self, row: Row) -> int:
        """Return the number of a row, the same for equal rows."""
        return self._numbers.setdefault(row, len(self._numbers))

    def all(self) -> tuple[Row, ...]:
        """Return the rows in the order of their numbers."""
        return tuple(self._numbers)


class Wordlist:
    """Collect the words of all terms and lines. The decoder tries them in the order in which they are added."""

    def __init__(self, terms: Iterable[Term], lines: Iterable[Line]) -> None:
        terms = list(terms)
        self._language_words = _language_words(terms)
        self.conditions = Rows()
        self.meanings = Rows()
        self.words: dict[str, list[WordRow]] = {}  # by their first run of letters or digits
        self.inside: dict[str, list[int]] = {}  # words that are also read inside longer ones
        self._fields_seen: set[str] = set()  # that conditions depend on
        self.platforms: set[str] = set()  # that conditions depend on
        self._full_names: set[int] = set()  # meanings that name a line, abbreviations aside
        self.signers: set[str] = set()  # accounts under which some words mean another line
        self.abbreviations: dict[str, tuple[str, ...]] = {}  # with the numbers that they are written with
        self.generation_letters: dict[str, list[str]] = {}
        self._roles: dict[str, list[str]] = {}  # that words of `inside` add, lines aside
        self._size_words: dict[str, str] = {}  # sizes in words, such as small and large
        self._terms = {name: term.slug for term in terms for name in term.notations}
        for term in terms:
            for row in term.names:
                self._add_term(term, row)
        for line in lines:
            self._add_line(line)

    def _add_term(self, term: Term, row: Words) -> None:
        value = row.value if row.value is not None else row.words[0]
        sets = tuple(row.sets.items())
        if row.usual_bits is not None:
            sets = (*sets, ("usual_bits", row.usual_bits))
        when = [_condition(item) for item in row.when]
        self.platforms.update(platform for item in row.when for platform in item.platforms)
        self._fields_seen.update(field for item in row.when for field in (*item.seen, *item.unseen))
        meaning = self._meaning(
            row.field, value, term.slug, row.description, COST[row.likelihood], when, row.roles, sets
        )
        for word in row.words:
            if row.field == "size_class":
                self._size_words[word] = str(value)
            self._add(word, meaning, exact=row.case == "exact")
            if row.inside:
                joined = _spellings(word.lower())[-1]
                self.inside.setdefault(joined, []).append(meaning)
                self._roles.setdefault(joined, []).extend(row.roles)

    def _add_line(self, line: Line) -> None:
        says = f"The {line.line} line, made by {_by(line.maker)}." if line.maker else f"The {line.line} line."
        cost, when = COST["always"], []
        if line.ambiguous:
            cost, when = COST["sometimes"], [*_not_elsewhere(line), _when(COST["usually"], first=True)]
        for word in line.words:
            joined = _spellings(word.lower())[-1]
            # A line with a task of its own does only that, whatever else its word suggests: ChatTTS doesn't chat.
            inside = () if line.task else self._roles_inside(joined, line.roles)
            roles = (*line.roles, *inside)
            sizes = size_inside(word) + (self._size_word(word) if line.sizes_in_words else ())
            sizes += self._language_word(word)
            meaning = self._meaning(
                "family", line.line, self._terms.get("family"), says, cost, when, roles, sizes, line.line
            )
            initials = all(
                len(part) == 1 for part in word.split(" ")
            )  # without the gaps they are another word: AX-Qwen
            self._add(word, meaning, exact=word != word.lower(), closed_too=not initials)
            if not line.ambiguous and len(joined) > 3 and joined.isalpha():
                self.inside.setdefault(joined, []).append(meaning)
        if line.signed:
            self._add_signed(line, says)
        self._add_editions(line)
        self._add_abbreviations(line)
        self._add_generations(line)

    def _add_signed(self, line: Line, says: str) -> None:
        """Add the words that name a line only under the accounts that publish it."""
        own = _when(
            SIGNED,
            "its maker's account published it",
            lines=tuple(published_by(account) for account in line.publishers),
        )
        self.signers.update(account.lower() for account in line.publishers)
        for word in line.signed:
            term = self._terms.get("family")
            meaning = self._meaning("family", line.line, term, says, COST["never"], [own], line.roles, (), line.line)
            self._add(word, meaning)

    def _size_word(self, word: str) -> tuple[tuple[str, str], ...]:
        """Return the size that a word of the maker contains behind its first part: `git base` does, `big bird` doesn't."""
        sizes = [self._size_words[part] for part in word.lower().split(" ")[1:] if part in self._size_words]
        return (("size_class", sizes[0]),) if sizes else ()

    def _language_word(self, word: str) -> tuple[tuple[str, Constant], ...]:
        """Return the language that a part of a line's word is: Chinese-Alpaca, Japanese StableLM."""
        parts = word.lower().split(" ")
        found = [self._language_words[part] for part in parts if part in self._language_words]
        return (("languages", found[0]),) if found and len(parts) > 1 else ()

    def _add_editions(self, line: Line) -> None:
        here = _when(COST["always"], f"{line.line} has an edition of that name", lines=(line.line,))
        for item in line.editions:
            sets = _given(item)
            term = self._terms.get("edition")
            for word in item.words:
                fields = (*sets, *size_inside(word), *self._size_word(f"{item.edition} {word}"))
                says = _what_an_edition_is(line, item)
                meaning = self._meaning("edition", item.edition, term, says, COST["never"], [here], item.roles, fields)
                self._add(word, meaning)
                if len(word) <= LONGEST_CLOSED_UP and word.isalpha():
                    self._add_closed_up(line, item, word, sets)

    def _add_closed_up(self, line: Line, edition: Edition, word: str, sets: tuple[tuple[str, Constant], ...]) -> None:
        """Add the line and the letters of an edition as one word: minicpmv, qwenvl."""
        says = f"The {line.line} line, made by {_by(line.maker or '')}, in its edition {edition.edition}."
        for name in () if line.ambiguous or line.maker is None else line.words:
            closed = name.lower() + word
            if len(name) >= SHORTEST_CLOSED_UP and name.isalpha() and closed not in self.words:
                fields = (("edition", edition.edition), *sets)
                term = self._terms.get("family")
                roles = tuple(dict.fromkeys((*line.roles, *edition.roles)))
                self._add(
                    closed,
                    self._meaning("family", line.line, term, says, COST["usually"], (), roles, fields, line.line),
                )

    def _add_abbreviations(self, line: Line) -> None:
        says = f"Short for {line.line}, as people often write it."
        for abbreviation in line.abbreviations:
            term = self._terms.get("family")
            numbers = ("generation", "params_b") if abbreviation.sized else ("generation",)
            numbered = _when(COST["often"], "a number comes right behind it", before=numbers)
            when = [*_not_elsewhere(line), numbered]
            if abbreviation.opens:
                when.append(_when(COST["often"], "it opens the name", first=True))
            sets: tuple[tuple[str, Constant], ...] = ()
            roles: tuple[str, ...] = ()
            for edition in line.editions:
                if edition.edition == abbreviation.edition:
                    sets, roles = (("edition", edition.edition), *_given(edition)), edition.roles
            meaning = self._meaning("family", line.line, term, says, ABBREVIATION, when, roles, sets, line.line)
            for word in abbreviation.words:
                self._add(word, meaning)
                if abbreviation.numbers:
                    self.abbreviations[word] = abbreviation.numbers

    def _add_generations(self, line: Line) -> None:
        """Add generations that are words, and keep the letter of K2, by which a notation reads K4 before anybody lists it."""
        here = _when(COST["always"], f"{line.line} has an edition of that name", lines=(line.line,))
        for name in line.generations:
            lettered = LETTERED.fullmatch(name)
            if lettered and line.line not in self.generation_letters.setdefault(lettered[1].lower(), []):
                self.generation_letters[lettered[1].lower()].append(line.line)
            says = f"Generation {name} of the {line.line} line."
            self._add(
                name, self._meaning("generation", name, self._terms.get("generation"), says, COST["never"], [here])
            )

    def names_line(self, word: str) -> bool:
        """Return whether a word by itself is the name of a line, abbreviations aside."""
        numbers = {row[1] for row in self.words.get(word, ()) if not row[0]}
        return not numbers.isdisjoint(self._full_names)

    def _meaning(
        self,
        field: str,
        value: Constant,
        term: str | None,
        says: str | None,
        cost: float,
        when: Iterable[Row] = (),
        roles: tuple[str, ...] = (),
        sets: tuple[tuple[str, Constant], ...] = (),
        line: str | None = None,
    ) -> int:
        conditions = tuple(self.conditions.number(row) for row in when)
        number = self.meanings.number((field, value, term, says, cost, conditions, roles, sets, line))
        if field == "family" and cost < ABBREVIATION:
            self._full_names.add(number)
        return number

    def _roles_inside(self, word: str, known: tuple[str, ...]) -> list[str]:
        """Return the roles that the start or the end of a line's own word adds: the chat of TeleChat."""
        roles: list[str] = []
        for cut in range(4, len(word) - 1):
            for part in (word[:cut], word[-cut:]):
                roles += [role for role in self._roles.get(part, ()) if role not in known and role not in roles]
        return list(dict.fromkeys(roles))

    def _add(self, spelling: str, meaning: int, exact: bool = False, closed_too: bool = True) -> None:
        lower = spelling.lower()
        for variant in _spellings(lower) if closed_too else (lower,):
            rest = GAP.sub(" ", variant)
            first = RUN.match(rest)
            assert first is not None
            row = (rest[first.end() :], meaning, spelling) if exact else (rest[first.end() :], meaning)
            self.words.setdefault(first[0], []).append(row)

    def asked_for(self) -> tuple[str, ...]:
        """Return the fields that some condition depends on."""
        return tuple(sorted(self._fields_seen))

    def packed(self) -> dict[str, Constant]:
        """Return the words as the compiled data hold them: a word with one plain meaning is just its number."""
        return {word: _packed(rows) for word, rows in self.words.items()}


def _language_words(terms: Iterable[Term]) -> dict[str, Constant]:
    """Return the languages by their names; codes of two and three letters are left out."""
    rows = [row for term in terms for row in term.names if row.field == "languages" and row.value is not None]
    return {word: row.value for row in rows for word in row.words if len(word) > 3 and word.isalpha()}


def _what_an_edition_is(line: Line, edition: Edition) -> str:
    """Return what the decoder says about an edition: what it's for, or what it does beside writing, where its roles say so."""
    of_the_line = f"of the {line.line} line"
    noun = NOUNS.get(edition.task or "")
    if noun is not None:
        return f"{article(noun).capitalize()} {noun} {of_the_line}."
    if line.task is not None:
        return f"An edition {of_the_line}."
    purpose = next((FOR[role] for role in edition.roles if role in FOR), "")
    does = [DOES[role] for role in edition.roles if role in DOES]
    return " ".join(filter(None, (f"An edition {of_the_line}", purpose, f"that {listed(does)}" if does else ""))) + "."


def _by(maker: str) -> str:
    """Return a maker's name as it goes on after "made by"."""
    return f"the {maker}" if TAKES_ARTICLE.search(maker) else maker


def _packed(rows: list[WordRow]) -> Constant:
    short: Row = tuple(row[1] if not row[0] and len(row) == 2 else row for row in rows)
    return short[0] if len(short) == 1 and isinstance(short[0], int) else short


def _condition(when: When) -> Row:
    context = (*when.lines, *map(written_for, when.platforms))
    return _when(
        COST[when.likelihood], when.why, when.after, when.before, when.seen, when.unseen, context, when.line_tasks, when.glued, when.first,
    )  # fmt: skip


def _given(edition: Edition) -> tuple[tuple[str, Constant], ...]:
    """Return what the data say of every model of an edition."""
    given = (("task", edition.task), ("stage", edition.stage), ("reasoning", edition.reasoning))
    return tuple((key, value) for key, value in given if value is not None)


def _not_elsewhere(line: Line) -> list[Row]:
    """Return the circumstance in which an ordinary word can't name a closed line: another's account published the name."""
    closed = line.maker is not None and not line.publishers and line.based_on is None
    return [_when(COST["never"], lines=(NOT_FOR_SALE,))] if closed else []


def _when(
    cost: float,
    why: str | None = None,
    after: tuple[str, ...] = (),
    before: tuple[str, ...] = (),
    seen: tuple[str, ...] = (),
    unseen: tuple[str, ...] = (),
    lines: tuple[str, ...] = (),
    line_tasks: tuple[str, ...] = (),
    adjacent: bool | None = None,
    first: bool | None = None,
) -> Row:
    return (after, before, seen, unseen, lines, line_tasks, adjacent, first, cost, why)


def size_inside(word: str) -> tuple[tuple[str, Constant], ...]:
    """Return the size at the end of a maker's own word.

    >>> size_inside("r7b"), size_inside("a13b"), size_inside("ghost")
    ((('params_b', 7),), (('active_params_b', 13),), ())
    """
    match = SIZE_INSIDE.search(word)
    return (("active_params_b" if match[1] else "params_b", int(match[2])),) if match else ()


def _spellings(spelling: str) -> list[str]:
    """Return a spelling with its gaps as they are, and with every gap between letters closed.

    >>> _spellings("deep seek")
    ['deep seek', 'deepseek']
    """
    found = [spelling]
    for gap in re.finditer(r"(?<=[^\W\d_])[ _.-](?=[^\W\d_])", spelling):
        found += [item[: gap.start() - len(spelling)] + item[gap.end() - len(spelling) :] for item in found]
    return found
