"""Render the labels of quantizations side by side: bits per weight, the size of an 8B model, and what is lost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from nameplate.english import figure

from ..catalog.models import Term, Words
from ..catalog.sentences import unmarked
from .glossary import link_address
from .markup import escaped
from .page import PageAddress
from .table import frame, group_title, head, row, sortable

COLUMNS = ("Label", "Bits per weight", "Size for 8B", "What it loses", "What it is")
MODEL = 8.03  # billions of parameters of Llama 3.1 8B, whose files were measured
GROUPS: Mapping[str, str] = {
    "gguf-k": "GGUF: k-quants",
    "gguf-i": "GGUF: i-quants",
    "gguf-legacy": "GGUF: the older types",
    "gguf-ternary": "GGUF: ternary types",
    "": "Other formats and methods",
}
TRAINED_IN = 16  # bits
# How much is lost, in words: the first word for which neither measure exceeds its limit. The limits are ours.
LOSSES = ("nearly nothing", "little", "some", "much", "very much")
CHANGED_TOKENS = (0.05, 0.07, 0.1, 0.14)
PERPLEXITY_RISE = (0.06, 0.3, 0.7, 2.0)


def quants(terms: Mapping[str, Term], here: PageAddress) -> str:
    """Render every label whose bits per weight are known, grouped by method, the largest first."""
    bodies = []
    for method, title in GROUPS.items():
        rows = sorted(_rows(terms, method), key=lambda found: (-(found[1].bpw or 0), found[0].slug))
        if rows:
            alike = groupby(rows, key=lambda found: (found[0].slug, found[1].bpw))
            body = "".join(_row([words for _, words in same], terms[slug], here) for (slug, _), same in alike)
            bodies.append(f"<tbody>{group_title(title, len(COLUMNS))}{body}</tbody>")
    table = f'<table class="site-table site-quants">{head(COLUMNS)}{"".join(bodies)}</table>'
    return sortable(frame("Quantizations", table), here)


def _rows(terms: Mapping[str, Term], method: str) -> Iterator[tuple[Term, Words]]:
    """Render the labels of a method. If files were measured, a label without a measurement is another name for one of them."""
    found = [
        (term, words)
        for term in terms.values()
        for words in term.names
        if words.field == "quant" and words.bpw is not None and _group(words) == method
    ]
    measured = [pair for pair in found if pair[1].measured]
    yield from measured or found


def _group(words: Words) -> str:
    method = str(words.sets.get("quant_method", ""))
    return method if method in GROUPS else ""


def _row(alike: Sequence[Words], term: Term, here: PageAddress) -> str:
    """Render one row for the labels of a term that take the same bits."""
    words = alike[0]
    assert words.bpw is not None
    names = ", ".join(f"<code>{escaped(name)}</code>" for name in dict.fromkeys(map(label, alike)))
    of_layout = "" if words.measured else ' <small class="site-note">by its layout</small>'
    cells = [
        f'<a href="{escaped(link_address(term, here))}">{names}</a>',
        f"{figure(words.bpw)}{of_layout}",
        f"{size_gb(words.bpw):.1f} GB",
        _loss(words),
        escaped(words.description if words.description and len(alike) == 1 else unmarked(term.definition)),
    ]
    keys: dict[str, float | str] = {
        "Label": label(words),
        "Bits per weight": words.bpw,
        "Size for 8B": words.bpw,
        "What it loses": loss(words) or "",
    }
    return row(list(zip(COLUMNS, cells, strict=True)), keys)


def label(words: Words) -> str:
    """Return a label as names write it."""
    return str(words.value or words.words[0])


def size_gb(bpw: float) -> float:
    """Return the size of the weights of Llama 3.1 8B in decimal gigabytes, given bits per weight.

    >>> round(size_gb(4.89), 1), round(size_gb(16), 1)
    (4.9, 16.1)
    """
    return MODEL * bpw / 8


def loss(words: Words) -> int | None:
    """Return how much is lost, from 1 to 5, or None if it wasn't measured. Models are trained in 16 bits.

    >>> loss(Words(words=("q",), field="quant", perplexity_rise=0.1754, changed_tokens=0.0576, likelihood="usually"))
    2
    """
    if words.bpw is not None and words.bpw >= TRAINED_IN:
        return 1
    measures: Sequence[tuple[float | None, Sequence[float]]] = (
        (words.changed_tokens, CHANGED_TOKENS),
        (words.perplexity_rise, PERPLEXITY_RISE),
    )
    found = [bisect_left(marks, value) + 1 for value, marks in measures if value is not None]
    return max(found) if found else None


def _loss(words: Words) -> str:
    found = loss(words)
    if found is None:
        return ""
    figures = []
    if words.changed_tokens is not None:
        figures.append(f"another word comes first in {100 * words.changed_tokens:.0f} of 100 places")
    if words.perplexity_rise is not None:
        figures.append(f"perplexity +{words.perplexity_rise:.2g}")
    note = f' <small class="site-note">{"; ".join(figures)}</small>' if figures else ""
    return f"<strong>{LOSSES[found - 1]}</strong>{note}"
