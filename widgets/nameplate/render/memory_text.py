"""An estimate of memory as plain text. GB (10 to the 9) and GiB (2 to the 30) stand side by side and are never mixed."""

from __future__ import annotations

from ..memory.estimator import Estimate
from .text import printable, wrapped

EVIDENCE = {
    "catalogue": "known of this model",
    "family": "known of its family",
    "base": "known of the model it was made from",
    "typical": "what models of this size in their names usually have",
    "name": "as the name says",
}


def both(count: float) -> str:
    """A size in both units.

    >>> both(4.92e9)
    '4.92 GB (4.58 GiB)'
    """
    return f"{count / 1e9:.2f} GB ({count / 2**30:.2f} GiB)"


def text(found: Estimate) -> str:
    """The estimate in lines: the parts, the sum, and what to be careful about."""
    lines = [printable(found.name)]
    if found.weights_bytes is not None and found.range is not None:
        low, high = found.range
        about = f"{found.params_b:g} billion parameters ({EVIDENCE[found.sources['params_b']]}) at {found.bits_per_weight:.2f} bits"
        lines += [
            f"  Weights   {both(found.weights_bytes)}, {printable(found.quant or '')}",
            f"            {about}",
            f"            between {low / 1e9:.2f} and {high / 1e9:.2f} GB",
        ]
    else:
        lines.append("  Weights   cannot be told")
    if found.kv_cache_bytes is not None:
        lines.append(f"  KV cache  {both(found.kv_cache_bytes)} for {found.context:,} tokens in {found.kv_dtype}")
    else:
        lines.append("  KV cache  not known: nothing tells how the model's attention is built")
    if found.overhead_range is not None and found.overhead_bytes is not None:
        low, high = found.overhead_range
        lines.append(f"  Overhead  {both(found.overhead_bytes)}, between {low / 1e9:.1f} and {high / 1e9:.1f} GB")
    if found.total_bytes is not None:
        lines.append(f"  In all    {both(found.total_bytes)}")
    elif found.least_bytes is not None:
        lines.append(f"  At least  {both(found.least_bytes)}, without the KV cache")
    for flag in found.flags:
        lines += wrapped(flag.text, " " * 12, first="  Careful:  ")
    return "\n".join(lines)
