"""What the picker knows, row by row: rules, tasks' data, capabilities, licences, runtimes, skills, official models.

Compiled from the data files into a module of its own, which is loaded when somebody picks for the first time.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..vocabulary.lookup import vocabulary


class Rule(NamedTuple):
    """A row of rules.yml: the sentence with its gaps, the points, where it is stated and when somebody looked there.

    `counts` is `against` for what never speaks for a name, `partly` for what may decide for it but is told against it.
    """

    description: str
    weight: float | None
    counts: str | None
    source: str
    checked: str | None


class Capability(NamedTuple):
    """A row of capabilities.yml: of which models it speaks, and what it tells of them; `context` is in tokens."""

    generations: tuple[str, ...]
    editions: tuple[str, ...]
    versions: tuple[str, ...]
    stages: tuple[str, ...]
    sizes: tuple[float, ...]
    words: tuple[str, ...]
    infilling: bool | None
    licence: str | None
    context: int | None
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    description: str
    source: str


class Licence(NamedTuple):
    """A row of licences.yml; `commercial` is `allowed`, `forbidden` or `conditions`."""

    name: str
    commercial: str
    description: str
    source: str


class Runtime(NamedTuple):
    """A row of runtimes.yml: the forms of files that a program loads, and those that it knows of."""

    title: str
    loads: tuple[str, ...]
    knows: tuple[str, ...]
    source: str


class Skill(NamedTuple):
    """A row of skills.yml; `narrow`, `field` and `topic` as explained there, `weight` in points."""

    description: str
    narrow: bool
    field: bool
    topic: bool
    weight: float | None


class Official(NamedTuple):
    """A model of a family page: its name without the publisher, the tag of its licence, where that stands."""

    name: str
    licence: str | None
    source: str


@functools.cache
def compiled() -> Any:
    """The module of compiled data; see plugins/compiler/picker.py for its constants."""
    vocabulary()  # in a checkout this compiles the data anew where it has changed
    from .. import _compiled_picking

    return _compiled_picking


def rule(name: str) -> Rule:
    """The rule with this id."""
    return Rule(*compiled().RULES[name])


def capabilities(line: str) -> tuple[Capability, ...]:
    """What capabilities.yml tells of a line, in its order."""
    return tuple(Capability(*row) for row in compiled().CAPABILITIES.get(line, ()))


def licence(tag: str) -> Licence:
    """The licence with this tag."""
    return Licence(*compiled().LICENCES[tag])


def runtime(name: str) -> Runtime:
    """The program with this id."""
    return Runtime(*compiled().RUNTIMES[name])


@functools.cache
def skills() -> Mapping[str, Skill]:
    """What models can be made for, by id."""
    return {name: Skill(*row) for name, row in compiled().SKILLS.items()}


def official(key: str) -> Official | None:
    """The official model whose name has these letters and digits, in lower case."""
    row = compiled().MODELS.get(key)
    return Official(*row) if row is not None else None


def tiers() -> Mapping[str, int]:
    """The words that tell a size, in lower case, with their ranks: the larger the model, the higher."""
    found: dict[str, int] = compiled().TIERS
    return found


def is_invented(line: str | None) -> bool:
    """Whether a line stands in the documentation only."""
    return line in compiled().FICTIONAL
