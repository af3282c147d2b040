"""Put the texts that demonstrations of the guide count into a module, as they are."""

from __future__ import annotations

from ..catalog.contents import Catalog
from ..catalog.sources import TEXTS
from .constants import Tables


def parts(catalog: Catalog) -> Tables:
    """Return each text under the name of its file, in capitals."""
    return {
        path.stem.replace("-", "_").upper(): path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.txt"))
    }
