"""What of a model fits on a machine, as plain text: a table of its quantizations, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..memory.fit import Fit, Rung
from .text import printable, wrapped

HEAD = ("Label", "Weights", "KV cache", "Total", "Card", "Fits", "Perplexity", "Other tokens")
FITS = {True: "yes", False: "no", None: "open"}
UNKNOWN = "?"
NOTHING = "same"


def text(found: Fit) -> str:
    """Return the answer in lines: the ladder, what fits best, and what to be careful about."""
    lines = [printable(found.name), *wrapped(_conditions(found), "  ")]
    if found.ladder:
        lines += ["", *_table([HEAD, *map(_row, found.ladder)], with_fits=found.machine is not None), ""]
        lines += [line for sentence in sentences(found) for line in wrapped(sentence, "  ")]
    else:
        lines.append("  Its size isn't known.")
    for flag in found.flags:
        lines += wrapped(flag.text, " " * 12, first="  Careful:  ")
    return "\n".join(lines)


def _conditions(found: Fit) -> str:
    kept = f"{found.context:,} tokens" if found.context is not None else ""
    room = found.machine
    if room is None:
        return f"Context: {kept}." if kept else ""
    machine = f"{room.title}: a model can use {room.available_gb:g} GB."
    if room.unread:
        machine += f" Not understood: {', '.join(map(printable, room.unread))}."
    return f"{machine} Context: {kept}." if kept else machine


def _row(rung: Rung) -> tuple[str, ...]:
    card = f"{rung.smallest_gpu_gb} GB" if rung.smallest_gpu_gb is not None else UNKNOWN
    if rung.smallest_gpu_gb is None and rung.total_bytes is not None:
        card = "several"
    sizes = map(gigabytes, (rung.weights_bytes, rung.kv_cache_bytes, rung.total_bytes))
    return (printable(rung.quant), *sizes, card, FITS[rung.fits], *loss(rung))


def gigabytes(size: int | None) -> str:
    """Return a size in gigabytes.

    >>> gigabytes(4_900_000_000), gigabytes(None)
    ('4.9 GB', '?')
    """
    return f"{size / 1e9:.1f} GB" if size is not None else UNKNOWN


def loss(rung: Rung) -> tuple[str, str]:
    """Return what was measured of the loss: the rise in perplexity, and how many tokens change.

    >>> loss(Rung("Q4_K_M", 1, 1, 1, None, 0.1754, 0.0576, 4, None))
    ('+0.18', '6 %')
    """
    rise = f"{rung.loss:+.2g}" if rung.loss else NOTHING if rung.loss == 0 else ""
    changed = (
        f"{100 * rung.changed_tokens:.0f} %" if rung.changed_tokens else NOTHING if rung.changed_tokens == 0 else ""
    )
    return rise, changed


def _table(rows: Sequence[Sequence[str]], with_fits: bool) -> Iterator[str]:
    """Yield the rows in columns: figures to the right, text to the left."""
    shown = [row if with_fits else (*row[:5], *row[6:]) for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        cells = [
            cell.ljust(width) if shown[0][at] in ("Label", "Fits") else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"  {'  '.join(cells)}".rstrip()


def sentences(found: Fit) -> Iterator[str]:
    """Yield what follows from the ladder."""
    if found.best is not None:
        yield f"{found.best} is the largest that fits."
        if found.longest_context is not None:
            yield f"With it, a context of up to {found.longest_context:,} tokens fits."
    elif found.machine is not None and all(rung.fits is False for rung in found.ladder):
        yield "None of them fits."
    elif found.ladder[0].kv_cache_bytes is None:
        yield "How much memory its context takes isn't known, so it isn't clear which of them fit."
