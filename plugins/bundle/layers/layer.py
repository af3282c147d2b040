"""What a layer is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..stock import Parts


@dataclass(frozen=True)
class Layer:
    """A speed-up over the plain path.

    `apply` receives the parts so far and a folder for intermediate files, and returns better parts. It raises
    BundleError if what it assumes does not hold; the layer is then left out, with a warning. `needs` names the layers
    without which this one is useless.
    """

    name: str
    saves: str
    assumes: str
    apply: Callable[[Parts, Path], Parts]
    needs: tuple[str, ...] = ()


def unchanged(parts: Parts, cache: Path) -> Parts:
    """Return the parts as they are: for layers that change what is made of them later."""
    return parts
