"""Read what the names of the models with a known size state, so that nothing has to read them again."""

from __future__ import annotations

from collections.abc import Iterable

from nameplate.address import original_publisher, paste
from nameplate.lattice.search import NameReader
from nameplate.memory.known_models import Stated
from nameplate.memory.parameters import size_label
from nameplate.reading import Reading
from nameplate.resolve.details import NameDetails
from nameplate.resolve.fields import begin, resolve

from .constants import Tables


def stated(reader: NameReader, names: Iterable[str]) -> Tables:
    """Return one row for each name, in the same order."""
    return {"STATED": tuple(tuple(_stated(_read(reader, name))) for name in names)}


def _read(reader: NameReader, name: str) -> Reading:
    words = reader.vocabulary
    address = original_publisher.cut_off(name, paste.parse(name, words), words)
    draft = begin(name, address, words)
    account = next((str(part.value) for part in address.parts if part.field == "publisher"), None)
    paths = reader.read_regions(name, address.regions, address.platform, account)
    return Reading.with_details(resolve(draft, paths, catalogue=False), NameDetails(draft, paths))


def _stated(reading: Reading) -> Stated:
    keys = {key: getattr(reading, key) for key in Stated._fields if key != "size"}
    return Stated(**keys, size=size_label(reading))
