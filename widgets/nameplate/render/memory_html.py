"""Draw memory as a bar with its parts, for pages. As in `html.py`, everything that is put in is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..memory.estimator import Estimate
from ..memory.machine import fillable
from .escape import escape

WIDE, HIGH = 1000, 28  # of the drawing; it is stretched to the width that there is


class Part(NamedTuple):
    """A part of the memory: its class in style sheets, what it is called, and bytes."""

    kind: str
    title: str
    size: int


def parts(found: Estimate) -> tuple[Part, ...]:
    """Return the known parts of an estimate, in the order in which they are drawn.

    >>> from nameplate import estimate
    >>> [part.title for part in parts(estimate("Llama-3.1-8B-Q4_K_M", context=8192))]
    ['weights', 'KV cache for 8,192 tokens', 'program']
    """
    sizes = (
        ("weights", "weights", found.weights_bytes),
        ("cache", f"KV cache for {found.context or 0:,} tokens", found.kv_cache_bytes),
        ("overhead", "program", found.overhead_bytes),
    )
    return tuple(Part(kind, title, size) for kind, title, size in sizes if size is not None)


def bar(found: Estimate, available_gb: float | None, most_gb: float, beside_gb: float | None = None) -> str:
    """Return a drawing of the parts against the available memory, on a scale up to `most_gb`, with a sentence as its label.

    `beside_gb` is the main memory that a part of the model lies in, where the graphics card's doesn't hold all of it.

    >>> bar(Estimate("x"), 8, 8)
    ''
    """
    if found.weights_bytes is None or most_gb <= 0:
        return ""
    drawn, at = [], 0.0
    for part in parts(found):
        width = WIDE * part.size / 1e9 / most_gb
        drawn.append(f'<rect class="np-part-{part.kind}" x="{at:.1f}" y="4" width="{width:.1f}" height="20"/>')
        at += width
    if available_gb is not None:
        x = WIDE * available_gb / most_gb
        drawn.append(f'<line class="np-available" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{HIGH}"/>')
    label = escape(sentence(found, available_gb, beside_gb))
    return (
        f'<svg class="np-bar" viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none" role="img" aria-label="{label}">'
        f"{''.join(drawn)}</svg>"
    )


def sentence(found: Estimate, available_gb: float | None, beside_gb: float | None = None) -> str:
    """Return what is needed, in both units, and of how much."""
    if found.overhead_bytes is None:
        return "It's available only as a hosted service, so it needs none of your memory"
    if found.least_bytes is None:
        return "Its name doesn't say how much memory it needs"
    least = "" if found.total_bytes is not None else "at least "
    of = f" of {fillable(available_gb, beside_gb)}" if available_gb is not None else ""
    return f"Needs {least}{found.least_bytes / 1e9:.1f} GB ({found.least_bytes / 2**30:.1f} GiB){of}"


def figures(found: Estimate) -> str:
    """Return the parts as a list, each with its colour in the bar."""
    if found.weights_bytes is None:
        return ""
    items = [
        f'<li><span class="np-swatch np-part-{part.kind}"></span>{part.size / 1e9:.1f} GB {escape(part.title)}</li>'
        for part in parts(found)
    ]
    if found.kv_cache_bytes is None:
        items.append("<li>the KV cache comes on top: its size isn't known</li>")
    return f'<ul class="np-figures">{"".join(items)}</ul>'


def legend(estimates: Sequence[Estimate]) -> str:
    """Return what the colours of several bars mean.

    >>> legend([])
    ''
    """
    kinds = {part.kind: part.title for found in estimates for part in parts(found)}
    items = "".join(
        f'<li><span class="np-swatch np-part-{kind}"></span>{escape(title)}</li>' for kind, title in kinds.items()
    )
    return f'<ul class="np-figures">{items}</ul>' if items else ""


def warnings(found: Estimate) -> str:
    """Return what to be careful about."""
    return "".join(f'<p class="np-careful">{escape(flag.text)}</p>' for flag in found.flags)


def scale(estimates: list[Estimate], available_gb: float | None) -> float:
    """Return the end of the scale on which several bars are compared, in gigabytes."""
    needs = [found.least_bytes / 1e9 for found in estimates if found.least_bytes is not None]
    return max([*needs, available_gb or 0.0, 0.0]) * 1.02
