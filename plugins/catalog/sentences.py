"""Sentences of the data: how names are marked in them."""

from __future__ import annotations


def unmarked(text: str) -> str:
    """A sentence of the data where no code can be set, as in a tooltip: names stand in it without their backticks.

    >>> unmarked("Labels such as `W4A16`")
    'Labels such as W4A16'
    """
    return text if text.count("`") % 2 else text.replace("`", "")
