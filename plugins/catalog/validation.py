"""Check one entry of the data by its type, and say in plain words what is wrong with it."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from .faults import Fault, Origin, nearest
from .front_matter import Place

Model = TypeVar("Model", bound=BaseModel)


def validated(model: type[Model], data: Any, origin: Origin) -> tuple[Model | None, list[Fault]]:
    """Return the entry, or None and what is wrong with it."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [origin.fault(_place(detail), _explain(model, detail)) for detail in error.errors()]


def _place(detail: Any) -> Place:
    return tuple(step for step in detail["loc"] if isinstance(step, (str, int)))


def _explain(model: type[BaseModel], detail: Any) -> str:
    kind, given = detail["type"], detail.get("input")
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "extra_forbidden":
        return f'"{key}" is not a key here.{nearest(key, _keys(model))} Otherwise take it out'
    if kind == "missing":
        return f'the key "{key}" is missing. Add it'
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
        return f'"{given}" is not a {key.replace("_", " ")} that is known.{nearest(str(given), allowed)} Known: {", ".join(allowed)}'
    if kind == "string_type":
        return f"{given!r} is not text. Put it in quotes"
    message = detail["msg"].removeprefix("Value error, ")
    return f"{message[0].lower()}{message[1:]} (given: {given!r}). Change it"


def _keys(model: type[BaseModel]) -> list[str]:
    return sorted({name for cls in _family_tree(model) for name in cls.model_fields})


def _family_tree(model: type[BaseModel]) -> set[type[BaseModel]]:
    from . import models as schema

    return {cls for cls in vars(schema).values() if isinstance(cls, type) and issubclass(cls, BaseModel)} | {model}
