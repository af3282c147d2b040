"""An estimate of memory as plain text, each size in GB (10 to the 9) and in GiB (2 to the 30)."""

from __future__ import annotations

from collections.abc import Iterator

from ..memory.estimator import Estimate
from .text import printable, wrapped

EVIDENCE = {
    "catalogue": "known for this model",
    "family": "known for its family",
    "base": "known for the model it was made from",
    "typical": "usual for models with this size in their names",
    "name": "as the name says",
}


def both(count: float) -> str:
    """Return a size in both units.

    >>> both(4.92e9)
    '4.92 GB (4.58 GiB)'
    """
    return f"{count / 1e9:.2f} GB ({count / 2**30:.2f} GiB)"


def text(found: Estimate) -> str:
    """Return the estimate in lines: the parts, the sum, and what to be careful about."""
    lines = [printable(found.name)]
    if found.overhead_bytes is not None:
        lines += [*_weights(found), *_cache(found), *_sum(found)]
    for flag in found.flags:
        lines += wrapped(flag.text, " " * 12, first="  Careful:  ")
    return "\n".join(lines)


def _weights(found: Estimate) -> Iterator[str]:
    if found.weights_bytes is None or found.range is None:
        yield "  Weights   not known"
        return
    label = f", {printable(found.quant)}" if found.quant is not None else ""
    yield f"  Weights   {both(found.weights_bytes)}{label}"
    if found.params_b is not None and found.bits_per_weight is not None:
        evidence = EVIDENCE[found.sources["params_b"]]
        yield f"            {found.params_b:g} billion parameters ({evidence}) at {found.bits_per_weight:.2f} bits"
    if found.sources.get("weights_bytes") == "measured":
        yield "            the size of the published file"
    low, high = found.range
    yield f"            between {low / 1e9:.2f} and {high / 1e9:.2f} GB"


def _cache(found: Estimate) -> Iterator[str]:
    if found.kv_cache_bytes is None:
        yield "  KV cache  not known, because the model's attention isn't known"
    elif found.kv_cache_bytes:
        yield f"  KV cache  {both(found.kv_cache_bytes)} for {found.context:,} tokens in {found.kv_dtype}"
    else:
        yield "  KV cache  none"


def _sum(found: Estimate) -> Iterator[str]:
    if found.overhead_range is not None and found.overhead_bytes is not None:
        low, high = found.overhead_range
        yield f"  Overhead  {both(found.overhead_bytes)}, between {low / 1e9:.1f} and {high / 1e9:.1f} GB"
    if found.total_bytes is not None:
        yield f"  Total     {both(found.total_bytes)}"
    elif found.least_bytes is not None:
        yield f"  At least  {both(found.least_bytes)}, without the KV cache"
