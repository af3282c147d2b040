"""Read what the names of the models with a known size state, so that nothing has to read them again."""

from __future__ import annotations

from collections.abc import Iterable

from nameplate.decoder import read_with
from nameplate.lattice.search import NameReader
from nameplate.memory.parameters import stated_by

from .constants import Tables


def stated(reader: NameReader, names: Iterable[str]) -> Tables:
    """Return one row for each name, in the same order."""
    return {"STATED": tuple(tuple(stated_by(read_with(reader, name, catalogue=False))) for name in names)}
