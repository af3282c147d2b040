"""Define the rows of the picker's tables in widgets/nameplate/data/."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from nameplate.reading import Stage, Task

from .models import Context, Strict
from .text_types import CUE, RUNTIME, Billions, Slug, Text, Url


def _pattern(text: str) -> str:
    """Return a regular expression, if it is one."""
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"“{text}” is not a regular expression: {error}") from None
    return text


class PickerTask(Strict):
    """Something people want a model for, and what a model needs for it."""

    task: Slug
    title: Text
    does: Task | Literal["draft"] = "text"
    also: tuple[Task, ...] = ()
    stage: Literal["chat", "instruct", "tuned", "base", "any"]
    article: tuple[Literal["base", "instruct", "chat"], ...] = ()
    senses: tuple[Literal["vision", "audio"], ...] = ()
    skills: tuple[Text, ...] = ()
    needs: tuple[Text, ...] = ()
    reasoning: Literal["wanted", "spared", "switchable"] | None = None
    infilling: bool = False
    training: bool = False
    topic: bool = False
    public: bool = False
    tolerates: tuple[Text, ...] = ()
    note: Text | None = None
    source: Url
    checked: datetime.date | None = None


class Expression(Strict):
    """Other things that a request can mention: a concept with its words, or a cue with its wordings."""

    concept: Slug | None = None
    words: tuple[Text, ...] = ()
    codes: dict[Text, Text] = Field(default_factory=dict)
    leaves_open: tuple[Slug, ...] = ()
    cue: Annotated[str, StringConstraints(pattern=CUE)] | None = None
    title: Text | None = None
    machine: Text | None = None
    sets: dict[Literal["licence", "runtime"], Text] = Field(default_factory=dict)
    wordings: tuple[Text, ...] = ()
    phrases: dict[Literal["en", "de", "fr", "es", "pt", "it", "pl", "ru", "zh", "ja"], tuple[Text, ...]] = Field(
        default_factory=dict
    )
    aside: bool = False

    @model_validator(mode="after")
    def _one_of_two(self) -> Expression:
        if bool(self.concept and (self.words or self.codes)) == bool(
            self.cue and (self.wordings or self.phrases) and self.title
        ):
            raise ValueError("a row is a concept with words, or a cue with a title and wordings or phrases")
        return self


class Rule(Strict):
    """A rule of the picker: its sentence, its weight, which side it counts for, and its source."""

    rule: Slug
    description: Text
    weight: float | None = None
    counts: Literal["against", "partly"] | None = None
    source: Url
    checked: datetime.date | None = None

    @model_validator(mode="after")
    def _against(self) -> Rule:
        if self.weight is not None and self.weight < 0 and self.counts != "against":
            raise ValueError("a rule with a weight below zero needs counts: against")
        return self


class Capability(Strict):
    """What models of some lines, or with some word in their names, can or may do."""

    lines: tuple[Text, ...] = ()
    generations: tuple[Text, ...] = ()
    editions: tuple[Text, ...] = ()
    versions: tuple[Text, ...] = ()
    stages: tuple[Stage, ...] = ()
    sizes: tuple[float, ...] = ()
    words: tuple[Text, ...] = ()
    starts: tuple[Text, ...] = ()
    ends: tuple[Text, ...] = ()
    shape: Annotated[str, AfterValidator(_pattern)] | None = None
    beside: tuple[Text, ...] = ()
    unless: tuple[Text, ...] = ()
    modifications: tuple[Text, ...] = ()
    fallback: bool = False
    kind: Task | None = None
    stage: Literal["base", "instruct", "chat"] | None = None
    infilling: bool | None = None
    tokenizer: Text | None = None
    licence: Text | None = None
    context: Context | None = None
    params_b: Billions | None = None
    languages: tuple[Text, ...] = ()
    directed: bool | None = None
    senses: tuple[Literal["vision", "audio"], ...] = ()
    skills: tuple[Text, ...] = ()
    lacks: tuple[Text, ...] = ()
    description: Text
    source: Url
    checked: datetime.date | None = None

    @model_validator(mode="after")
    def _about_something(self) -> Capability:
        if not (self.lines or self.words or self.starts or self.ends or self.shape or self.modifications):
            raise ValueError("a row names lines, or words that models of any line have in their names")
        return self


class Skill(Strict):
    """What a model can be specialised in, and what that means for other work."""

    skill: Slug
    description: Text
    narrow: bool = False
    field: bool = False
    topic: bool = False
    only: bool = False
    judges: bool = False
    weight: float | None = Field(default=None, gt=0)


class Tier(Strict):
    """Words for one size, for makers that give no number."""

    tier: int = Field(ge=1, le=9)
    words: tuple[Text, ...] = Field(min_length=1)
    source: Url
    checked: datetime.date | None = None


class Runtime(Strict):
    """A program or a machine that runs models, and the formats that it loads."""

    runtime: Annotated[str, StringConstraints(pattern=RUNTIME)]
    title: Text
    machine: bool = False
    makers: tuple[Slug, ...] = ()
    loads: tuple[Text, ...] = Field(min_length=1)
    knows: tuple[Text, ...] = ()
    plugins: dict[Text, Text] = Field(default_factory=dict)
    labels: tuple[Text, ...] = ()
    source: Url
    checked: datetime.date | None = None
