"""Render what pages say about memory and about choosing, with the functions that answer in the widget."""

from __future__ import annotations

from collections.abc import Sequence
from posixpath import commonprefix

from nameplate import Estimate, estimate
from nameplate.memory.machine import machine as machine_of
from nameplate.picker.choice import NONE_FITS, Choice
from nameplate.picker.form import choose, read_question
from nameplate.render.memory_html import bar, legend, scale

from .markup import code, escaped, literal, question, way_up
from .page import PageAddress
from .picker_widget import Example
from .table import frame, head, row


def needs(names: Sequence[str], context: int, machine: str, here: PageAddress) -> str:
    """Render a table of the memory that models need: weights, cache, total, both units, and whether it fits a machine.

    Each name links to the decoder.
    """
    one = machine_of(machine)
    available = (one.gpu_gb or one.ram_gb) if one is not None else None
    found = [estimate(name, context=context) for name in names]
    columns = ["Name", "Weights", f"KV cache, {context:,} tokens", "Total", *([one.title] if one is not None else [])]
    rows = "".join(row(list(zip(columns, _cells(item, available, here), strict=True))) for item in found)
    table = f'<table class="site-table site-needs">{head(columns)}<tbody>{rows}</tbody></table>'
    label = f"Memory of {', '.join(names)} with {context:,} tokens"
    return f"{frame(label, table)}\n\n{_drawing(found, available)}"


def picked(asked: Example, here: PageAddress) -> str:
    """Render what the picker recommends for a task, with the names cut short and a link to the same question."""
    choice = choose(read_question({"names": "\n".join(asked.names), "task": asked.task})).choice
    address = f"{way_up(here.url)}choose/{question(names=','.join(asked.names), task=asked.task)}"
    return f'<a href="{escaped(address)}">{_short(choice, asked.names)}</a>'


def _short(choice: Choice, names: Sequence[str]) -> str:
    """Return the end of a name that the others don't share."""
    if choice.best is None:
        return "none of them" if choice.verdict == NONE_FITS else "either"
    rest = choice.best.removeprefix(commonprefix(list(names)))
    return code(rest) if rest else "no suffix"


def _cells(found: Estimate, available: float | None, here: PageAddress) -> list[str]:
    name = f'<a href="{escaped(way_up(here.url))}decode/{escaped(question(q=found.name))}">{code_html(found.name)}</a>'
    sizes = [_both(size) for size in (found.weights_bytes, found.kv_cache_bytes, found.total_bytes)]
    return [name, *sizes, *([_fits(found, available)] if available is not None else [])]


def _both(size: int | None) -> str:
    """Return a size in decimal gigabytes and in GiB; no line break separates a number from its unit."""
    return f"{size / 1e9:.1f}&nbsp;GB ({size / 2**30:.1f}&nbsp;GiB)" if size is not None else ""


def _fits(found: Estimate, available: float) -> str:
    if found.total_bytes is None:
        return ""
    missing = found.total_bytes / 1e9 - available
    return f"{missing:.1f} GB too much" if missing > 0 else "fits"


def _drawing(found: Sequence[Estimate], available: float | None) -> str:
    """Render the bars below the table, on one scale, and what their colours mean."""
    end = scale(list(found), available)
    bars = "".join(f"<p>{code_html(item.name)}</p>{bar(item, available, end)}" for item in found)
    return f'<div class="nameplate np-static np-bars">{legend(found)}{bars}</div>'


def code_html(name: str) -> str:
    """Return a name in HTML, in the type of code."""
    return f"<code>{literal(name)}</code>"
