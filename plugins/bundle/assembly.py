"""The parts with as many layers as hold: each is applied to what the ones before have made."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from .errors import BundleError
from .layers import LAYERS
from .layers.layer import Layer
from .stock import Parts, check, stock

SWITCHED_OFF = "switched off"


class Assembly(NamedTuple):
    """What a page starts Python from; for each layer None, or why it was left out."""

    parts: Parts
    layers: dict[str, str | None]

    @property
    def failures(self) -> dict[str, str]:
        """The layers that were left out because they do not hold, and why."""
        return {name: why for name, why in self.layers.items() if why is not None and why != SWITCHED_OFF}


def assemble(
    wheel: Path,
    cache: Path,
    without: Collection[str] = (),
    layers: Sequence[Layer] = LAYERS,
    runtime: Path | None = None,
) -> Assembly:
    """Apply the layers, leave out those that do not hold, and see to it that Python gives the right answer.

    Raises BundleError if it does not even give it without any layer.
    """
    plain = stock(wheel, runtime) if runtime else stock(wheel)
    found = _applied(plain, cache, without, layers, checked=False)
    try:
        check(found.parts, cache)
    except BundleError:
        check(plain, cache)  # if this fails, no layer is to blame
        found = _applied(plain, cache, without, layers, checked=True)
    return found


def _applied(
    plain: Parts, cache: Path, without: Collection[str], layers: Sequence[Layer], *, checked: bool
) -> Assembly:
    """Apply the layers one by one. If `checked`, each also has to give the right answer, which takes a second."""
    parts = plain
    left_out: dict[str, str | None] = {}
    for layer in layers:
        why: str | None = None
        missing = [name for name in layer.needs if name not in parts.layers]
        if layer.name in without or any(left_out.get(name) == SWITCHED_OFF for name in missing):
            why = SWITCHED_OFF
        elif missing:
            why = f"needs {', '.join(missing)}"
        else:
            try:
                better = layer.apply(parts, cache)
                if checked:
                    check(better, cache)
                parts = dataclasses.replace(better, layers=(*parts.layers, layer.name))
            except BundleError as error:
                why = str(error)
        left_out[layer.name] = why
    return Assembly(parts, left_out)
