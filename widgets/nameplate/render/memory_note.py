"""What memory a model takes, for the page that explains its name: in few bits and in many, and what usual cards hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..address.quoting import quote
from ..decoder import decode as read
from ..english import figure
from ..memory.estimator import Estimate, estimate
from ..memory.fit import Fit, OnCard, Rung, fit
from ..memory.storage_label import USUAL
from ..reading import Reading
from .escape import escape, visible
from .fit_text import gigabytes

TITLE, HOW = "The memory it needs", "How this is worked out"
FITS = "See whether it fits your machine"
UNKNOWN_SIZE = "Not known: neither the name nor what is known about the model gives its size."
HEAD = ("Card", "Holds", "Longest context")
CACHE_UNKNOWN = " of weights; the size of its KV cache isn't known"


def memory_note(name: str, *, decode: str = "../decode/") -> str:
    """Return the note as HTML; nothing for a model that can't be downloaded, as far as is known.

    `decode` is the address of the page that explains a name.

    >>> "Q4_K_M" in memory_note("Qwen3-8B"), memory_note("some-model")
    (True, '')

    Raises what `decode` raises for a name.
    """
    found, reading = fit(name), read(name)
    title = f'<p class="np-title">{TITLE}</p>'
    if not found.ladder:
        return f"{title}<p>{UNKNOWN_SIZE}</p>" if _lacks_only_its_size(reading) else ""
    up = decode.removesuffix("decode/")
    guide = escape(f"{up}guide/will-it-fit/")
    choose = escape(f"{up}choose/#names={quote(name, safe='', errors='replace')}")
    is_text = reading.task in (None, "text")  # the labels of the ladder are those of language models
    blocks = (
        title,
        f'<ul class="np-sums">{"".join(f"<li>{line}</li>" for line in _sums(found, is_text))}</ul>',
        _cards(found.cards) if is_text else "",
        f'<p class="np-origin">{_conditions(found)}<a href="{choose}">{FITS}</a>. <a href="{guide}">{HOW}</a>.</p>',
    )
    return "".join(blocks)


def _lacks_only_its_size(reading: Reading) -> bool:
    return reading.kind == "model" and bool(reading.open_weights) and reading.family is not None


def _conditions(found: Fit) -> str:
    if found.context is None:
        return ""
    return f"Weights, KV cache and program, with {found.context:,} tokens of context. "


def _sums(found: Fit, is_text: bool) -> Iterator[str]:
    """Yield what this very copy takes if its name has a label, then the published weights, then the usual label."""
    own = estimate(found.name)
    rungs = [found.ladder[0], *(rung for rung in found.ladder[1:] if rung.quant == USUAL and is_text)]
    if own.weights_bytes is not None and own.quant not in [rung.quant for rung in rungs]:
        yield f"{_label(own.quant or '')} {_total(own)}, as in this name"
    for rung in rungs:
        published = ", as published" if rung is rungs[0] else ""
        yield f"{_label(rung.quant)} {_total(rung)}{_bits(rung.quant)}{published}"


def _bits(label: str) -> str:
    """Return how many bits a label of the ladder names.

    >>> _bits("BF16"), _bits("Q4_K_M")
    (' in 16 bits', ' in 4 bits')
    """
    bits = read(f"model-{label}").bits
    return f" in {figure(bits)} bits" if bits is not None else ""


def _label(label: str) -> str:
    return f'<code translate="no">{visible(label)}</code>'


def _total(needed: Estimate | Rung) -> str:
    if needed.total_bytes is not None:
        return gigabytes(needed.total_bytes)
    return f"{gigabytes(needed.weights_bytes)}{CACHE_UNKNOWN}"


def _cards(cards: Sequence[OnCard]) -> str:
    """Return what usual cards hold; a larger card that holds no more than the one before is left out."""
    rows = [card for at, card in enumerate(cards) if at == 0 or card[1:] != cards[at - 1][1:]]
    if not rows:
        return ""
    if all(card.quant is None for card in rows):
        return f"<p>Cards of up to {cards[-1].card_gb} GB hold none of the usual quantizations.</p>"
    head = "".join(f'<th scope="col">{title}</th>' for title in HEAD)
    body = "".join(_row(card) for card in rows)
    return f'<table class="np-ladder"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(card: OnCard) -> str:
    held = _label(card.quant) if card.quant is not None else "none of the usual quantizations"
    context = f"{card.longest_context:,} tokens" if card.longest_context is not None else ""
    return f'<tr><th scope="row">{card.card_gb} GB</th><td>{held}</td><td>{context}</td></tr>'
