"""Render which quantizations of a family's models fit on which card: the question of the picker, from the other side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nameplate.memory.estimator import USUAL_CONTEXT
from nameplate.memory.fit import Fit, OnCard, Rung, fit
from nameplate.memory.storage_label import USUAL
from nameplate.render.fit_text import gigabytes, loss

from ..catalog.models import Family, Variant
from .markup import escaped, question, way_up
from .page import PageAddress
from .table import frame, head, row

CARD = "{} GB card"
NONE_FITS = "doesn't fit"
TRAINED = ("instruct", "chat", "reasoning")  # stages of the variant that stands for the others of its size
MOST_MODELS = 12  # columns of the table of quantizations that can still be compared


def fits(known: Family, here: PageAddress) -> str:
    """Render the memory of each size of a family: what usual cards hold of it, and every usual quantization.

    Nothing for a family whose weights can't be downloaded, or that isn't of language models.
    """
    found = [one for one in map(_fit, _of_each_size(known)) if one is not None]
    if known.fictional or not found:
        return ""
    up = way_up(here.url)
    fewer = (
        "" if all(one.context == USUAL_CONTEXT for one in found) else ", or as many as a model reads if that's fewer"
    )
    intro = (
        f"Weights, KV cache and program together, with {USUAL_CONTEXT:,} tokens of context{fewer}. For each card, the largest "
        f"usual quantization that it holds, and the longest context that fits beside it. "
        f'<a href="{up}guide/will-it-fit/">How this is worked out</a>, and '
        f'<a href="{up}choose/{escaped(question(names=",".join(one.name for one in found)))}">'
        "ask for your own machine</a>."
    )
    return "\n\n".join(
        (
            "## Memory {: #memory .site-family}",
            f'<p class="site-rule">{intro}</p>',
            frame(f"Memory that {known.title} needs", _cards(found, here)),
            _ladders(known, found[:MOST_MODELS], here),
        )
    )


def _of_each_size(known: Family) -> Iterator[Variant]:
    """Yield one language model of each size, the smallest first: a tuned one where there is one."""
    own = [one for one in known.variants if one.original is None and one.params_b and _is_text(known, one)]
    ordered = sorted(own, key=lambda one: (one.params_b or 0, one.stage not in TRAINED, len(one.name)))
    seen: set[str] = set()
    for one in ordered:
        size = f"{one.params_b:.2g} {one.active_params_b or 0:.2g}"
        if size not in seen:
            seen.add(size)
            yield one


def _is_text(known: Family, one: Variant) -> bool:
    return (one.task or known.task or "text") == "text"


def _fit(one: Variant) -> Fit | None:
    """Return the fit of a model if all parts of its memory are known."""
    found = fit(one.name)
    return found if found.cards else None


def _cards(found: Sequence[Fit], here: PageAddress) -> str:
    """Return the table of cards, a row for each model."""
    cards = [CARD.format(card.card_gb) for card in found[0].cards]
    columns = ["Model", "As published", USUAL, *cards, f"Smallest card for {USUAL}"]
    rows = "".join(row(list(zip(columns, _cells(one, here), strict=True)), _keys(one)) for one in found)
    return f'<table class="site-table site-fits">{head(columns)}<tbody>{rows}</tbody></table>'


def _keys(one: Fit) -> dict[str, float | str]:
    return {"Model": one.name, "As published": one.ladder[0].total_bytes or ""}


def _cells(one: Fit, here: PageAddress) -> Iterator[str]:
    published, usual = one.ladder[0], _rung(one, USUAL)
    yield f'<a href="{way_up(here.url)}decode/{escaped(question(q=one.name))}"><code>{escaped(_stem(one))}</code></a>'
    yield f'{gigabytes(published.total_bytes)} <small class="site-note">{escaped(published.quant)}</small>'
    yield gigabytes(usual.total_bytes) if usual is not None else "–"
    yield from map(_on_card, one.cards)
    yield f"{(usual or published).smallest_gpu_gb} GB" if (usual or published).smallest_gpu_gb else "several cards"


def _on_card(card: OnCard) -> str:
    if card.quant is None:
        return NONE_FITS
    context = f'<small class="site-note">{card.longest_context:,} tokens</small>' if card.longest_context else ""
    return f"<code>{escaped(card.quant)}</code> {context}"


def _ladders(known: Family, found: Sequence[Fit], here: PageAddress) -> str:
    """Return the table of quantizations, folded: what each loses, and the size of its weights for each model."""
    rungs = {rung.quant: rung for one in found for rung in one.ladder[1:]}
    labels = sorted(rungs, key=lambda label: -_share(found, label))
    if not labels:
        return ""
    columns = ["Label", "Perplexity", "Other tokens", *map(_stem, found)]
    rows = "".join(_ladder_row(columns, rungs[label], found) for label in labels)
    table = f'<table class="site-table site-ladder">{head(columns)}<tbody>{rows}</tbody></table>'
    where = f"{way_up(here.url)}guide/quantization/"
    return (
        '<details class="site-fold"><summary>Every usual quantization, by size and loss</summary>'
        f"<p>What a file's weights take, in GB. Perplexity is its rise measured on Llama 3 8B; other tokens is the share of "
        "places where another token becomes the likeliest, measured on Mistral 7B. An empty cell wasn't measured. "
        f'<a href="{where}">Sources and explanations</a>.</p>{frame(f"Quantizations of {known.title}", table)}</details>'
    )


def _ladder_row(columns: Sequence[str], rung: Rung, found: Sequence[Fit]) -> str:
    sizes = (_rung(one, rung.quant) for one in found)
    empty = "&nbsp;"
    cells = [
        f"<code>{escaped(rung.quant)}</code>",
        *(escaped(measured) or empty for measured in loss(rung)),
        *(f"{size.weights_bytes / 1e9:.1f}" if size is not None else empty for size in sizes),
    ]
    return row(list(zip(columns, cells, strict=True)))


def _rung(one: Fit, label: str) -> Rung | None:
    return next((rung for rung in one.ladder if rung.quant == label), None)


def _share(found: Sequence[Fit], label: str) -> float:
    """Return the bytes of the weights under a label, in proportion to those of the largest model that has it."""
    sizes = [
        (one.ladder[0].weights_bytes, rung.weights_bytes) for one in found if (rung := _rung(one, label)) is not None
    ]
    published, bytes_ = max(sizes)
    return bytes_ / published


def _stem(one: Fit) -> str:
    return one.name.rpartition("/")[2]
