"""What of a model fits on a machine, as plain text: a table of its quantizations, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..memory.fit import Fit, OnCard, Rung
from ..memory.machine import fillable
from ..memory.placement import EXPERTS, GPU, LAYERS, RAM, SPLIT
from ..memory.storage_label import USUAL
from .text import printable, wrapped

HEAD = ("Label", "Weights", "KV cache", "Total", "Card", "Fits", "Perplexity", "Other tokens")
FITS = {True: "yes", False: "no", None: "open"}
FITS_SPLIT = {EXPERTS: "experts in RAM", LAYERS: "layers in RAM"}
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
    machine = f"{room.title}: a model can use {fillable(room.gpu_gb, room.ram_gb)}."
    if room.unread:
        machine += f" Not understood: {', '.join(map(printable, room.unread))}."
    return f"{machine} Context: {kept}." if kept else machine


def _row(rung: Rung) -> tuple[str, ...]:
    card = f"{rung.smallest_gpu_gb} GB" if rung.smallest_gpu_gb is not None else UNKNOWN
    if rung.smallest_gpu_gb is None and rung.total_bytes is not None:
        card = "several"
    sizes = map(gigabytes, (rung.weights_bytes, rung.kv_cache_bytes, rung.total_bytes))
    return (printable(rung.quant), *sizes, card, fits(rung), *loss(rung))


def fits(rung: Rung) -> str:
    """Return whether a quantization fits, and what of it lies in main memory beside the card."""
    return FITS_SPLIT.get(rung.placement or "", FITS[rung.fits])


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
    best = next((rung for rung in found.ladder if rung.quant == found.best), None)
    if best is not None:
        yield _placed(best, found)
        if found.longest_context is not None:
            yield f"With it, a context of up to {found.longest_context:,} tokens fits."
        yield from _beside(best, found)
    elif found.machine is not None and all(rung.fits is False for rung in found.ladder):
        yield "None of them fits."
        if found.machine.gpu_gb is not None and found.machine.ram_gb is None:
            yield "A part can be kept in main memory, which is slower. To see that, name its size too: “… + 64 GB RAM”."
    elif found.cards:
        yield from map(on_card, found.cards)
    elif found.ladder[0].kv_cache_bytes is None:
        yield "How much memory its context takes isn't known, so it isn't clear which of them fit."


def on_card(card: OnCard) -> str:
    """Return what to take on a card.

    >>> on_card(OnCard(8, "Q5_K_M", 10_528))
    'A card with 8 GB holds Q5_K_M and a context of up to 10,528 tokens.'
    """
    if card.quant is None:
        return f"A card with {card.card_gb} GB holds none of them."
    context = f" and a context of up to {card.longest_context:,} tokens" if card.longest_context is not None else ""
    return f"A card with {card.card_gb} GB holds {card.quant}{context}."


def _placed(best: Rung, found: Fit) -> str:
    """Return what to take."""
    if best.placement == EXPERTS:
        return f"{best.quant} fits with its experts in main memory."
    if best.placement == LAYERS:
        return f"{best.quant} fits only with a part of its layers in main memory, which is much slower."
    split = any(rung.placement in SPLIT for rung in found.ladder)
    on_the_card = " on the card" if split else ""
    return f"{best.quant} is the largest that fits{on_the_card}."


def _beside(best: Rung, found: Fit) -> Iterator[str]:
    """Yield what is slow about where it lies, and what else would fit."""
    whole = next((rung for rung in found.ladder if rung.placement == GPU), None)
    split = _usual_split(found)
    if best.placement == EXPERTS:
        yield "That's slower than a card that holds all of it, but each token uses only a few of the experts."
        if whole is not None:
            yield f"{whole.quant} is the largest that fits on the card alone."
    elif best.placement == GPU and split is not None and found.ladder.index(best) > found.ladder.index(split):
        yield f"{split.quant} fits with a part of its layers in main memory, which is much slower."
    elif best.placement == RAM:
        yield "Without a graphics card, answers are slower."


def _usual_split(found: Fit) -> Rung | None:
    """Return the usual label if it fits with a part in main memory beside the card."""
    return next((rung for rung in found.ladder if rung.quant == USUAL and rung.placement in SPLIT), None)
