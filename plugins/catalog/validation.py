"""Check one entry of the data by its type, and say in plain words what is wrong with it: one fault for one mistake."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .faults import Fault, Origin, nearest
from .front_matter import Place
from .text_types import PATTERNS

Model = TypeVar("Model", bound=BaseModel)
# What pydantic calls a value of the wrong type, and what a value of the right one looks like.
EXPECTED: Mapping[str, str] = {
    "string_type": "text. Put it in quotes",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "date_type": "a day. Write it as 2026-11-23",
    "date_parsing": "a day. Write it as 2026-11-23",
    "date_from_datetime_parsing": "a day. Write it as 2026-11-23",
    "date_from_datetime_inexact": "a day. Write it as 2026-11-23",
    "tuple_type": "a list. Put it in square brackets, or write one item per line with a dash",
    "dict_type": "a set of keys. Write it as {key: value}",
    "model_type": "a set of keys. Write it as {key: value}",
}
LIMITS: Mapping[str, str] = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}


def validated(model: type[Model], data: object, origin: Origin) -> tuple[Model | None, list[Fault]]:
    """Return the entry, or None and what is wrong with it."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        found: dict[Place, list[ErrorDetails]] = {}
        for detail in error.errors(include_url=False):
            found.setdefault(_place(detail, data), []).append(detail)
        faults = [
            origin.fault(place, _explain(model, place, details))
            for place, details in found.items()
            if not _follows(place, details, found)
        ]
        return None, faults


def _place(detail: ErrorDetails, data: object) -> Place:
    """Return the place in the data itself; pydantic adds which member of a union it tried."""
    place: list[str | int] = []
    for step in detail["loc"]:
        inner = _inner(data)
        if step in inner:
            data = inner[step]
        elif detail["type"] == "missing":
            return (*place, step)
        else:
            break
        place.append(step)
    return tuple(place)


def _inner(data: object) -> Mapping[object, object]:
    if isinstance(data, Mapping):
        return data
    return dict(enumerate(data)) if isinstance(data, (list, tuple)) else {}


def _follows(place: Place, details: list[ErrorDetails], found: Iterable[Place]) -> bool:
    """Whether a list is only called too short because what is in it was found to be wrong."""
    too_short = all(detail["type"] == "too_short" and detail["input"] for detail in details)
    return too_short and any(other[: len(place)] == place != other for other in found)


def _explain(model: type[BaseModel], place: Place, details: list[ErrorDetails]) -> str:
    first = details[0]
    kind, given = first["type"], first["input"]
    key = next((step for step in reversed(place) if isinstance(step, str)), "value")
    if kind == "extra_forbidden":
        return f'"{key}" is not a key here.{nearest(key, _keys_at(model, place[:-1]))} Otherwise take it out'
    if kind == "missing":
        return f'the key "{key}" is missing. Add it'
    allowed = list(dict.fromkeys(value for detail in details for value in _values(detail)))
    if allowed:
        hint = nearest(str(given), allowed)
        return f"{_shown(given)} is not a known value of {key}.{hint} Known: {', '.join(allowed)}"
    if kind in EXPECTED:
        return f"{_shown(given)} is not {EXPECTED[kind]}"
    if kind == "string_pattern_mismatch":
        return f"{_shown(given)} is not {PATTERNS[first['ctx']['pattern']]}"
    if kind == "string_too_short":
        return "there is no text here. Write some, or take the key out"
    if kind == "too_short":
        return "the list is empty. Put something into it"
    limits = [f"{LIMITS[name]} {limit:,.10g}" for name, limit in first.get("ctx", {}).items() if name in LIMITS]
    if limits:
        return f"{_shown(given)} is out of range. It has to be {limits[0]}"
    return first["msg"].removeprefix("Value error, ")


def _values(detail: ErrorDetails) -> list[str]:
    """Return the values that would be right, where they can be listed."""
    if detail["type"] == "literal_error":
        return re.findall(r"'([^']*)'", detail["ctx"]["expected"])
    union_with_bool = detail["type"] in ("bool_type", "bool_parsing") and detail["loc"][-1] == "bool"
    return ["true", "false"] if union_with_bool else []


def _shown(value: object) -> str:
    """Return a value as it would be written in the data, cut where it is long."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}..."'


def _keys_at(model: type[BaseModel], place: Place) -> list[str]:
    """Return the keys that may be written at a place of an entry."""
    annotations: list[object] = [model]
    for step in place:
        annotations = [inner for annotation in annotations for inner in _inside(annotation, step)]
    return sorted({key for one in annotations for found in _models(one) for key in found.model_fields})


def _inside(annotation: object, step: str | int) -> Iterator[object]:
    """Find the types of what is at one step into a type."""
    for model in _models(annotation):
        if step in model.model_fields:
            yield model.model_fields[str(step)].annotation
    for part in _parts(annotation):
        if get_origin(part) in (tuple, dict):
            yield from get_args(part)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    for part in _parts(annotation):
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield part


def _parts(annotation: object) -> tuple[object, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
