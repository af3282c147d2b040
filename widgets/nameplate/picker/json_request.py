"""Answer a request to choose as programs send it: a JSON object in, a JSON object out."""

from __future__ import annotations

from ..errors import RequestError, shown
from ..reading import JsonObject
from .picker import pick

KEYS = ("id", "candidates", "task", "constraints")


def answer(request: object) -> JsonObject:
    """Return the choice that a request asks for, as `Choice.to_dict` writes it.

    >>> answer({"candidates": ["SorskootLLM-v2-13b", "SorskootLLM-v2-13b-chat"], "task": "chatbot"})["best"]
    'SorskootLLM-v2-13b-chat'

    Raises RequestError for unknown keys and for values that a key can't have, and what `pick` raises.
    """
    if not isinstance(request, dict):
        raise RequestError(
            'A request is a JSON object with a "task" and, unless all known models are meant, "candidates".'
        )
    for key in request:
        if key not in KEYS:
            raise RequestError(f"{shown(key)} is not a key of a request. Known: {', '.join(KEYS)}.")
    names, task = request.get("candidates"), request.get("task")
    if names is not None and not isinstance(names, list):
        raise RequestError('"candidates" is a list of names.')
    constraints = request.get("constraints")
    given = constraints if constraints is not None else {}
    return pick(names, task if task is not None else "", given, request_id=_id(request.get("id"))).to_dict()


def _id(value: object) -> str | int | None:
    """Return the id of a request, which comes back with the answer."""
    if isinstance(value, (str, int)) or value is None:
        return value
    raise RequestError(f'"id" is text or a whole number, not {shown(value)}.')
