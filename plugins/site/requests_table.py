"""Render how well the picker understands requests that it hasn't seen: a table for the page about contributing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .markup import escaped
from .table import frame, head, row

LANGUAGES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "pl": "Polish",
    "ru": "Russian", "zh": "Chinese", "ja": "Japanese",
}  # fmt: skip
COLUMNS = ("Language", "Requests", "Understood")


def understanding(figures: Mapping[str, Any] | None) -> str:
    """Return the accuracy by language as a table, below a sentence with the figures for all of them.

    Measuring takes minutes, so only `make build` does it; without figures, the page says how to get them.
    """
    if figures is None:
        return "The figures are measured by `make build`."
    summary = (
        f"Of {figures['examples']:,} requests, each judged by a model that was trained without it, "
        f"{_percent(figures['accuracy'])} were taken for the right task, and for {_percent(figures['among_the_first_three'])} "
        f"the right one was among the first three. The stated confidence was off by "
        f"{_percent(figures['calibration_error'])} on average."
    )
    rows = "".join(
        row(
            [
                ("Language", escaped(LANGUAGES.get(language, language))),
                ("Requests", f"{found['count']:,}"),
                ("Understood", _percent(found["accuracy"])),
            ],
            {"Requests": found["count"], "Understood": found["accuracy"]},
        )
        for language, found in figures["by_language"].items()
    )
    table = f'<table class="site-table">{head(COLUMNS)}<tbody>{rows}</tbody></table>'
    return f"{summary}\n\n{frame('Requests understood, by language', table)}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
