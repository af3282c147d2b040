"""The shapes of the data about what people paste: command lines and the folders of programs."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator

from nameplate.reading import Kind

from .models import Strict
from .text_types import PASTED, PATH, Slug, Text, Url

Word = Annotated[str, StringConstraints(pattern=PASTED)]
Operand = Literal["model", "repository", "file", "revision", "quantization", "alias", "other"]
OptionValue = Literal[
    "model", "likely", "repository", "file", "revision", "quantization", "alias", "arguments", "variable", "settings", "flag", "other"
]  # fmt: skip
PathTemplate = Annotated[str, StringConstraints(pattern=PATH)]


class Command(Strict):
    """A program that takes a model, and where on its command line."""

    command: Text
    names: tuple[Text, ...] = ()
    code: bool = False
    platform: Slug | None = None
    implies: dict[str, Any] = Field(default_factory=dict)
    verbs: dict[Word, tuple[Operand, ...]] = Field(default_factory=dict)
    options: dict[Text, OptionValue] = Field(default_factory=dict)
    flags: tuple[Text, ...] = ()
    source: Url
    checked: datetime.date

    @field_validator("flags")
    @classmethod
    def _are_options(cls, flags: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [flag for flag in flags if not flag.startswith("-")]
        if wrong:
            raise ValueError(f"flags begin with a dash, unlike {', '.join(wrong)}")
        return flags


class Prose(Strict):
    """Small words of a language that sentences have and names of models do not."""

    language: Text
    words: tuple[Text, ...] = Field(min_length=1)


class RepositoryFiles(Strict):
    """Files of a repository that hold no weights, by what they hold."""

    contents: Text
    files: tuple[Text, ...] = Field(min_length=1)
    source: Url
    checked: datetime.date


class Layout(Strict):
    """How a program lays out models on a disk."""

    layout: Text
    platform: Slug | None = None
    kind: Kind | None = None
    paths: tuple[PathTemplate, ...] = Field(min_length=1)
    implies: dict[str, Any] = Field(default_factory=dict)
    source: Url
    checked: datetime.date
