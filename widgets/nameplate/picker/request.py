"""A request to choose as programs send it: a JSON object in, a JSON object out."""

from __future__ import annotations

from typing import Any

from ..errors import RequestError
from .picker import pick

KEYS = ("id", "candidates", "task", "constraints")


def answer(request: Any) -> dict[str, Any]:
    """The choice that a request asks for, as `Choice.to_dict` writes it.

    >>> answer({"candidates": ["SorskootLLM-v2-13b", "SorskootLLM-v2-13b-chat"], "task": "chatbot"})["best"]
    'SorskootLLM-v2-13b-chat'

    Raises RequestError for a request whose keys are others or have other values than they may have, and what `pick` raises.
    """
    if not isinstance(request, dict):
        raise RequestError('A request is a JSON object with "candidates" and a "task".')
    for key in request:
        if key not in KEYS:
            raise RequestError(f'"{key[:40]}" is no key of a request. Known: {", ".join(KEYS)}.')
    constraints = request.get("constraints") or {}
    if not isinstance(constraints, dict):
        raise RequestError('"constraints" is an object with limits such as {"gpu_gb": 12}.')
    names = request.get("candidates")
    if not isinstance(names, list):
        raise RequestError('"candidates" is a list of names.')
    return pick(names, request.get("task") or "", constraints, request_id=request.get("id")).to_dict()
