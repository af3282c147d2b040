"""Define what the example requests in widgets/nameplate/data/requests/ hold, and the words that divide a request."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, RootModel, StringConstraints

from .models import Strict
from .text_types import LANGUAGE, Slug, Text

Language = Annotated[str, StringConstraints(pattern=LANGUAGE)]


class Examples(RootModel[dict[Language, tuple[Text, ...]]]):
    """The requests of one task, or texts that name none, by language."""


class Several(Strict):
    """A request that names several tasks, or says what isn't wanted."""

    text: Text
    language: Language
    tasks: tuple[Slug, ...] = ()
    denied: tuple[Slug, ...] = Field(default=(), alias="not")


class Divider(Strict):
    """The small words of a language that divide a request into clauses."""

    language: Language
    denials: tuple[Text, ...] = ()
    denials_behind: tuple[Text, ...] = ()
    conjunctions: tuple[Text, ...] = ()
    links: tuple[Text, ...] = ()
    request_words: tuple[Text, ...] = ()
    lacks: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()
