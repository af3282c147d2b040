"""The shape of the data about what a difference between two names means."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import field_validator, model_validator

from .models import Strict
from .text_types import Slug, Text

LINKED = re.compile(r"^[^\[\]]*\[[^\[\]]+\][^\[\]]*$")
PLACE = re.compile(r"\{([^{}]*)\}")
NUMBERS = ("params_b", "active_params_b", "bits")
PARTS = ("family", "generation", "edition", "size_class", "version", "date")
# What can be filled in: of numbers, of a part that both names give, of one that only one name gives, of a value.
PLACES = {
    "numbers": ("times", "larger", "smaller"),
    "both": ("first", "second"),
    "one": ("given",),
    "value": (),
}


class Difference(Strict):
    """What it means for the reader that one of two names has a value or the larger number, or that a part differs."""

    key: Literal[
        "stage", "reasoning", "task", "roles", "params_b", "active_params_b", "bits",
        "family", "generation", "edition", "size_class", "version", "date",
    ]  # fmt: skip
    value: bool | Text | None = None
    given_by: Literal["both", "one"] | None = None
    says: Text
    term: Slug

    @field_validator("says")
    @classmethod
    def _links_once(cls, says: str) -> str:
        if not LINKED.match(says):
            raise ValueError("put the words that lead to the glossary in square brackets, once")
        if not says.endswith("."):
            raise ValueError("this isn't the end of a sentence. Close it with a full stop")
        return says

    @model_validator(mode="after")
    def _is_about_one_thing(self) -> Difference:
        if (self.given_by is not None) != (self.key in PARTS):
            raise ValueError(f"given_by belongs to rows about {', '.join(PARTS)}, and to no others")
        if (self.value is None) != (self.key in (*PARTS, *NUMBERS)):
            raise ValueError(f"a value belongs to all rows but those about {', '.join((*PARTS, *NUMBERS))}")
        return self

    @model_validator(mode="after")
    def _fills_what_is_known(self) -> Difference:
        known = PLACES[self.given_by or ("numbers" if self.key in NUMBERS else "value")]
        unknown = [place for place in PLACE.findall(self.says) if place not in known]
        if unknown:
            places = ", ".join(f"{{{place}}}" for place in known) or "nothing"
            raise ValueError(f"{{{unknown[0]}}} can't be filled in. Such a row knows {places}")
        return self
