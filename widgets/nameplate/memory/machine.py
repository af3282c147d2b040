"""List machines that people have, and how much of the printed memory a model may fill.

A card that is sold with 24 GB holds 24 GiB, which is 25.8 GB; its driver and what the screen shows keep about a
fifteenth. So a model may fill about as many decimal gigabytes as are printed on the card. An Apple computer shares one
memory and gives two thirds of it to the graphics part, three quarters from 64 GB on; a computer without a card has to
keep 4 GB for everything else that runs.
Sources, checked 2026-11-25: https://github.com/abetlen/llama-cpp-python/issues/687 (10,923 of 16,384 MiB on an Apple
computer), https://github.com/ollama/ollama/issues/434 (21,845 of 32,768) and
https://github.com/ggml-org/llama.cpp/issues/1870 (49 of 64 GB).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..errors import RequestError, shown
from .arguments import MOST_GB

GIB = 2**30 / 1e9  # in decimal gigabytes
CARD_SHARE = 0.93
APPLE_SHARE, LARGE_APPLE_SHARE, LARGE_APPLE = 2 / 3, 3 / 4, 64
EVERYTHING_ELSE_GB = 4.0

# What a description of a machine is made of.
TEXT = re.compile(r"[^\s,;+/-]+")
WORDS = re.compile(r"\d{1,7}(?:\.\d{1,3})?(?!\d)|[^\W\d_]+")
LONGEST_TEXT = 80  # characters
OTHER = "other"
KINDS = {
    **dict.fromkeys(("card", "gpu", "graphics", "vram"), "card"),
    **dict.fromkeys(("apple", "mac", "macbook"), "apple"),
    **dict.fromkeys(("memory", "ram", "main"), "memory"),
    **dict.fromkeys(("no", "without"), "without"),
    **dict.fromkeys(("a", "an", "and", "gb", "gib", "of", "shared", "unified", "with"), OTHER),
}
EXAMPLES = "Write it like “24 GB card”, “Mac 36 GB” or “16 GB RAM, no card”, or give the gigabytes."

CARDS = (4, 6, 8, 10, 12, 16, 24, 32, 48, 80)
APPLES = (8, 16, 24, 32, 48, 64, 128)
MEMORIES = (8, 16, 32, 64, 128)


class Machine(NamedTuple):
    """A machine of the list: `key` is its value in forms, the figures are decimal gigabytes that a model may fill."""

    key: str
    title: str
    gpu_gb: float | None
    ram_gb: float | None


def card_gb(printed: float) -> float:
    """Return what a model may fill of a graphics card.

    >>> [card_gb(printed) for printed in (8, 12, 24)]
    [8.0, 12.0, 24.0]
    """
    return round(printed * GIB * CARD_SHARE, 1)


def apple_gb(printed: float) -> float:
    """Return what a model may fill of an Apple computer's shared memory.

    >>> [apple_gb(printed) for printed in (16, 64)]
    [11.5, 51.5]
    """
    share = LARGE_APPLE_SHARE if printed >= LARGE_APPLE else APPLE_SHARE
    return round(printed * GIB * share, 1)


def memory_gb(printed: float) -> float:
    """Return what a model may fill of main memory.

    >>> memory_gb(16)
    13.2
    """
    return round(printed * GIB - EVERYTHING_ELSE_GB, 1)


def machine(key: str) -> Machine | None:
    """Return the machine of the list with this key, if there is one.

    >>> machine("apple-16").gpu_gb, machine("abacus")
    (11.5, None)
    """
    return next((one for _, group in machines() for one in group if one.key == key), None)


def read_machine(text: str) -> Machine:
    """Return the machine that a few words describe: the kind of memory and the gigabytes that are printed on it.

    >>> read_machine("24 GB card").gpu_gb, read_machine("Mac 36 GB").gpu_gb, read_machine("16 GB RAM").ram_gb
    (24.0, 25.8, 13.2)

    Raises RequestError for everything else, such as the name of a card, since a part left out could be what decides.
    """
    one = machine(text)
    if one is not None:
        return one
    words = WORDS.findall(text.lower()) if len(text) <= LONGEST_TEXT else []
    figures = [word for word in words if word[0].isdecimal()]
    kinds = {KINDS.get(word) for word in words if word not in figures} - {OTHER}
    if len(figures) != 1 or None in kinds or not kinds or "".join(words) != "".join(TEXT.findall(text.lower())):
        raise RequestError(f"{shown(text)} isn't a machine that is known. {EXAMPLES}")
    return _machine(kinds, float(figures[0]))


def _machine(kinds: set[str | None], printed: float) -> Machine:
    """Return the machine with these kinds of words and this figure: a card may have memory, and a Mac a graphics card."""
    if "apple" in kinds:
        found = Machine(f"apple-{printed:g}", f"Apple, {printed:g} GB shared", apple_gb(printed), None)
    elif "card" in kinds and "without" not in kinds:
        found = Machine(f"card-{printed:g}", f"Graphics card with {printed:g} GB", card_gb(printed), None)
    elif "memory" in kinds:
        found = Machine(f"memory-{printed:g}", f"{printed:g} GB of main memory", None, memory_gb(printed))
    else:
        raise RequestError(f"The amount of memory isn't clear. {EXAMPLES}")
    if not 0 < (found.gpu_gb or found.ram_gb or 0) <= MOST_GB:
        raise RequestError(f"A machine with {printed:g} GB can't run a model. {EXAMPLES}")
    return found


def machines() -> tuple[tuple[str, tuple[Machine, ...]], ...]:
    """Return the list, in groups with a title.

    >>> machines()[0][1][2]
    Machine(key='card-8', title='Graphics card with 8 GB', gpu_gb=8.0, ram_gb=None)
    """
    return (
        ("Graphics card", tuple(Machine(f"card-{n}", f"Graphics card with {n} GB", card_gb(n), None) for n in CARDS)),
        ("Apple computer", tuple(Machine(f"apple-{n}", f"Apple, {n} GB shared", apple_gb(n), None) for n in APPLES)),
        (
            "No graphics card",
            tuple(Machine(f"memory-{n}", f"{n} GB of main memory", None, memory_gb(n)) for n in MEMORIES),
        ),
    )
