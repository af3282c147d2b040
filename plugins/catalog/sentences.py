"""Prepare sentences of the data for places where no code can be set."""

from __future__ import annotations


def unmarked(text: str) -> str:
    """Return a sentence without the backticks around its names, for places such as tooltips.

    >>> unmarked("Labels such as `W4A16`")
    'Labels such as W4A16'
    """
    return text if text.count("`") % 2 else text.replace("`", "")
