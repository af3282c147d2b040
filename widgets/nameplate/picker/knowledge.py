"""Look up what the picker knows: rules, capabilities, licences, runtimes, skills and official models.

The data files are compiled into a module of its own, which is loaded with the first choice.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..vocabulary.lookup import vocabulary


class Rule(NamedTuple):
    """A row of rules.yml: the sentence with its gaps, the points, the source and the day it was checked.

    `counts` is `against` for what never speaks for a name, `partly` for what may decide for it but is told against it.
    """

    description: str
    weight: float | None
    counts: str | None
    source: str
    checked: str | None


class Capability(NamedTuple):
    """A row of capabilities/: which models it applies to, and what it says about them; `context` is in tokens.

    `kind` comes before what the name says; `lacks` lists skills that a model is known not to have. What selects a row by
    the name is explained in the folder's README.
    """

    generations: tuple[str, ...]
    editions: tuple[str, ...]
    versions: tuple[str, ...]
    stages: tuple[str, ...]
    sizes: tuple[float, ...]
    words: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    shape: str | None
    beside: tuple[str, ...]
    unless: tuple[str, ...]
    modifications: tuple[str, ...]
    fallback: bool
    kind: str | None
    stage: str | None
    infilling: bool | None
    tokenizer: str | None
    licence: str | None
    context: int | None
    params_b: float | None
    languages: tuple[str, ...]
    directed: bool | None
    senses: tuple[str, ...]
    skills: tuple[str, ...]
    lacks: tuple[str, ...]
    description: str
    source: str


class Licence(NamedTuple):
    """A row of licences.yml; `commercial` is `allowed`, `forbidden` or `conditions`."""

    name: str
    commercial: str
    description: str
    source: str


class Runtime(NamedTuple):
    """A row of runtimes.yml: the file formats that a program is made for, and those that it can load as well, some with a plugin.

    `machine` says that it is a kind of machine instead of a program, `makers` whose chips alone it runs on. `labels` are
    the quantizations in which most models are available for it, the largest first.
    """

    title: str
    machine: bool
    makers: tuple[str, ...]
    loads: tuple[str, ...]
    knows: tuple[str, ...]
    plugins: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]
    source: str


class Skill(NamedTuple):
    """A row of skills.yml; its marks as explained there, `weight` in points."""

    description: str
    narrow: bool
    field: bool
    topic: bool
    only: bool
    judges: bool
    weight: float | None


class Official(NamedTuple):
    """A model of a family page: its name without the publisher, the tag of its licence, and the source."""

    name: str
    licence: str | None
    source: str


@functools.cache
def compiled() -> Any:
    """Return the module of compiled data; see plugins/compiler/picking.py for its constants."""
    vocabulary()  # in a checkout this compiles the data again where it has changed
    from .. import _compiled_picking

    return _compiled_picking


def rule(name: str) -> Rule:
    """Return the rule with this id."""
    return Rule(*compiled().RULES[name])


@functools.cache
def capabilities(line: str) -> tuple[Capability, ...]:
    """Return the rows of capabilities/ for a line, in order; those for any line if it is empty."""
    return tuple(Capability(*row) for row in compiled().CAPABILITIES.get(line, ()))


class _Places(NamedTuple):
    """Where the rows for any line are: by a whole word, and those that are selected by something else."""

    by_word: Mapping[str, tuple[int, ...]]
    others: tuple[int, ...]


@functools.cache
def _places() -> _Places:
    found: dict[str, list[int]] = {}
    others = []
    for place, row in enumerate(capabilities("")):
        for word in row.words:
            found.setdefault(word, []).append(place)
        if row.starts or row.ends or row.shape or row.modifications:
            others.append(place)
    return _Places({word: tuple(places) for word, places in found.items()}, tuple(others))


def capabilities_of_words(words: Iterable[str]) -> tuple[Capability, ...]:
    """Return the rows for any line that these words may select, in order."""
    places = _places()
    found = {one for word in words for one in places.by_word.get(word, ())}
    return tuple(capabilities("")[place] for place in sorted(found.union(places.others)))


def licence(tag: str) -> Licence:
    """Return the licence with this tag."""
    return Licence(*compiled().LICENCES[tag])


def runtime(name: str) -> Runtime:
    """Return the program with this id."""
    return Runtime(*compiled().RUNTIMES[name])


def programs() -> tuple[str, ...]:
    """Return the ids of the programs that a request can name."""
    return tuple(name for name in compiled().RUNTIMES if not runtime(name).machine)


@functools.cache
def made_for(form: str) -> Runtime | None:
    """Return the program that is made for a format alone, if there is one and it runs on the chips of some makers only."""
    rows = map(runtime, programs())
    return next((row for row in rows if row.makers and row.loads == (form,)), None)


@functools.cache
def skills() -> Mapping[str, Skill]:
    """Return what models can be made for, by id."""
    return {name: Skill(*row) for name, row in compiled().SKILLS.items()}


@functools.cache
def _names_of_languages() -> Mapping[str, str]:
    return {code: name.title() for name, code in reversed(compiled().LANGUAGES.items())}


def language_name(code: str) -> str:
    """Return the English name of a language, or its code if the name is unknown.

    >>> language_name("de"), language_name("xx")
    ('German', 'xx')
    """
    return _names_of_languages().get(code, code)


def official(key: str) -> Official | None:
    """Return the official model whose name has these letters and digits, in lower case."""
    row = compiled().MODELS.get(key)
    return Official(*row) if row is not None else None


def tiers() -> Mapping[str, int]:
    """Return the words for a size, in lower case, with their ranks: larger models have higher ones."""
    found: dict[str, int] = compiled().TIERS
    return found


def is_invented(line: str | None) -> bool:
    """Whether a line exists only in the documentation."""
    return line in compiled().FICTIONAL
