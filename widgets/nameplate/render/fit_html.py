"""What of a model fits on a machine, for pages: a table of its quantizations, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from ..memory.fit import Fit, Rung
from .escape import escape, visible
from .fit_text import fits, gigabytes, loss, sentences

HEAD = ("Label", "Weights", "Total", "Perplexity", "Fits")
UNKNOWN_SIZE = "Its size isn't known."


def html(found: Fit) -> str:
    """Return the answer as HTML without ids and headings. The recommended label is marked.

    >>> html(Fit("some-model"))
    "<p>Its size isn't known.</p>"
    """
    if not found.ladder:
        return f"<p>{UNKNOWN_SIZE}</p>"
    summary = " ".join(sentences(found))
    kept = f"With {found.context:,} tokens of context. " if found.context is not None else ""
    columns = HEAD if found.machine is not None else HEAD[:-1]
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in columns)
    rows = "".join(_row(rung, found, len(columns)) for rung in found.ladder)
    table = f'<table class="np-ladder"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return f"<p>{visible(kept + summary)}</p>{table}"


def _row(rung: Rung, found: Fit, columns: int) -> str:
    cells: Sequence[str] = (gigabytes(rung.weights_bytes), gigabytes(rung.total_bytes), loss(rung)[0], fits(rung))
    shown = "".join(f"<td>{escape(cell)}</td>" for cell in cells[: columns - 1])
    best = ' data-best=""' if rung.quant == found.best else ""
    return f'<tr{best}><th scope="row"><code translate="no">{visible(rung.quant)}</code></th>{shown}</tr>'
