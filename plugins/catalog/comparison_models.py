"""The shape of the data about what a difference between two names means."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import field_validator, model_validator

from .models import Strict
from .texts import Slug, Text

LINKED = re.compile(r"^[^\[\]]*\[[^\[\]]+\][^\[\]]*$")
PLACE = re.compile(r"\{([^{}]*)\}")
PLACES = frozenset(("times", "larger", "smaller"))


class Difference(Strict):
    """What it means for the reader that one of two names has a value, or the larger number."""

    key: Literal["stage", "reasoning", "task", "roles", "params_b", "active_params_b", "bits"]
    value: bool | Text | None = None
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
    def _fills_what_is_known(self) -> Difference:
        unknown = [place for place in PLACE.findall(self.says) if self.value is not None or place not in PLACES]
        if unknown:
            raise ValueError(
                f"{{{unknown[0]}}} can't be filled in. Rows without a value know {{times}}, {{larger}} and {{smaller}}"
            )
        return self
