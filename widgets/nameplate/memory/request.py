"""Answer a request for an estimate as programs send it: a JSON object in, a JSON object out."""

from __future__ import annotations

from typing import Any

from ..errors import RequestError, shown
from .estimator import estimate

KEYS = ("name", "quant", "context", "kv_dtype", "architecture")


def answer(request: Any) -> dict[str, Any]:
    """Return the estimate that a request asks for, as `Estimate.to_dict` writes it; keys that it doesn't know are ignored.

    >>> answer({"name": "SorskootLLM-70b-instruct", "quant": "Q8_0"})["weights_bytes"]
    74375000000

    Raises RequestError for a request whose keys have values that they can't have, and what `estimate` raises.
    """
    if not isinstance(request, dict) or not isinstance(request.get("name"), str):
        raise RequestError('A request is a JSON object with a "name", such as {"name": "Llama-3.1-8B-Q4_K_M"}.')
    given = {key: request[key] for key in KEYS if request.get(key) is not None}
    for key in ("quant", "kv_dtype"):
        if not isinstance(given.get(key, ""), str):
            raise RequestError(f'"{key}" is text, not {shown(given[key])}.')
    if not isinstance(given.get("architecture", {}), dict):
        raise RequestError('"architecture" is an object with "kind" and "layers".')
    return estimate(**given).to_dict()
