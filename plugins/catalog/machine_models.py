"""Define the rows of the data about machines: series of products, generations of chips, and words."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from .models import Strict
from .text_types import GENERATION, Text, Url

GenerationId = Annotated[str, StringConstraints(pattern=GENERATION)]
Format = Literal["fp16", "bf16", "int8", "int4", "fp8", "fp6", "fp4"]
MachineKind = Literal["card", "apple", "unified", "phone", "board", "instance"]
Gigabytes = Annotated[int, Field(gt=0, le=100_000)]
Language = Literal["any", "en", "de", "fr", "es", "pt", "it", "pl", "ru", "zh", "ja"]
Meaning = Literal[
    "unit", "tera", "mega", "adjacent-unit", "half", "taken", "left", "model", "another", "graphics-memory", "memory", "card", "counter", "without", "without-behind", "processor-only",
    "laptop", "computer", "apple", "phone", "board", "disk", "number", "and", "article", "filler", "either",
]  # fmt: skip


class Product(Strict):
    """A card, a chip, a device or an instance of a cloud, with the memory that it is sold with."""

    name: Text
    aliases: tuple[Text, ...] = ()
    memory: tuple[Gigabytes, ...] = Field(min_length=1)
    bandwidth: int | None = Field(default=None, gt=0)
    card: Text | None = None
    cards: int = Field(default=1, ge=1, le=64)
    card_memory: Gigabytes | None = None


class Series(Strict):
    """Products that share a generation and a source."""

    series: Text
    kind: MachineKind = "card"
    generation: GenerationId | None = None
    leading: tuple[Text, ...] = ()
    laptop: bool = False
    source: Url
    checked: datetime.date
    machines: tuple[Product, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _instances_have_cards(self) -> Series:
        for product in self.machines:
            if (product.card is not None) != (self.kind == "instance"):
                raise ValueError("an instance names its card, and nothing else does")
        return self


class Generation(Strict):
    """A generation of chips, and the number formats that its units for matrices compute in."""

    generation: GenerationId
    title: Text
    maker: Literal["nvidia", "amd", "intel", "apple", "google", "aws"]
    formats: tuple[Format, ...]
    source: Url
    checked: datetime.date


class MachineWords(Strict):
    """Words that mean the same in descriptions of machines, by language; numbers by what they amount to."""

    meaning: Meaning
    words: dict[Language, tuple[Text, ...]] = Field(default_factory=dict)
    values: dict[int, tuple[Text, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _numbers_have_values(self) -> MachineWords:
        if bool(self.values) != (self.meaning == "number") or bool(self.words) == bool(self.values):
            raise ValueError("numbers have values, and everything else has words")
        return self
