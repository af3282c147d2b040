"""Answer a request for an estimate as programs send it: a JSON object in, a JSON object out."""

from __future__ import annotations

from ..errors import RequestError, shown
from ..reading import JsonObject
from .estimator import estimate
from .fit import fit

FIT_KEYS = ("name", "machine", "gpu_gb", "ram_gb", "context")
KEYS = ("name", "quant", "context", "kv_dtype", "architecture")


def answer(request: object) -> JsonObject:
    """Return the estimate that a request asks for, as `Estimate.to_dict` writes it; keys that it doesn't know are ignored.

    >>> answer({"name": "SorskootLLM-70b-instruct", "quant": "Q8_0"})["weights_bytes"]
    74375000000

    Raises RequestError for a request whose keys have values that they can't have, and what `estimate` raises.
    """
    given = _given(request, KEYS, texts=("quant", "kv_dtype"))
    if not isinstance(given.get("architecture", {}), dict):
        raise RequestError('"architecture" is an object with "kind" and "layers".')
    return estimate(**given).to_dict()


def answer_fit(request: object) -> JsonObject:
    """Return what of a model fits, as `Fit.to_dict` writes it; keys that it doesn't know are ignored.

    >>> answer_fit({"name": "Llama-3.1-8B-Instruct", "gpu_gb": 8})["best"]
    'Q5_K_M'

    Raises RequestError for a request whose keys have values that they can't have, and what `fit` raises.
    """
    return fit(**_given(request, FIT_KEYS, texts=("machine",))).to_dict()


def _given(request: object, keys: tuple[str, ...], texts: tuple[str, ...]) -> JsonObject:
    """Return the keys that a request gives a value, of which some have to be texts."""
    if not isinstance(request, dict) or not isinstance(request.get("name"), str):
        raise RequestError('A request is a JSON object with a "name", such as {"name": "Llama-3.1-8B-Q4_K_M"}.')
    given = {key: request[key] for key in keys if request.get(key) is not None}
    for key in texts:
        if not isinstance(given.get(key, ""), str):
            raise RequestError(f'"{key}" is text, not {shown(given[key])}.')
    return given
