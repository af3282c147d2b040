"""Makes the short names of Ollama's library ready for looking up: by what each says, and with what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nameplate.address import original_publisher, platforms
from nameplate.lattice.search import NameReader
from nameplate.reading import Lineage
from nameplate.resolve.fields import begin, resolve
from nameplate.resolve.known_models import Part, parts_of

from ..catalog.models import LibraryModel

ALONE = "latest"


def library(reader: NameReader, rows: Iterable[LibraryModel]) -> dict[str, Any]:
    """OLLAMA, by the name before the colon: for each tag what the whole name says, its original, quantization and lineage."""
    return {"OLLAMA": {row.library: tuple(_entries(reader, row)) for row in rows}}


def _entries(reader: NameReader, row: LibraryModel) -> Iterable[tuple[Any, ...]]:
    tags = [(f"{row.library}:{tag}", tag, model) for tag, model in row.models.items() if tag != ALONE]
    alone = row.latest or ALONE
    if alone in row.models:
        tags.append((row.library, alone, row.models[alone]))
    for name, tag, model in tags:
        quant = row.quants.get(tag, row.quant)
        yield tuple(sorted(_parts(reader, name))), model, _storage(reader, quant), _lineage(reader, model)


def _parts(reader: NameReader, name: str) -> frozenset[Part]:
    words = reader.vocabulary
    address = original_publisher.cut_off(name, platforms.parse(name, words), words)
    found = parts_of(reader.read_regions(name, address.regions, address.platform))
    if found is None:
        raise ValueError(f'ollama.yml: the decoder does not understand all of "{name}". Describe its words first')
    return found.parts


def _storage(reader: NameReader, quant: str | None) -> tuple[tuple[str, Any], ...]:
    """What the label of a quantization says, as the decoder reads it behind a name."""
    if quant is None:
        return ()
    found = _resolved(reader, f"model-{quant}")
    return tuple((key, found[key]) for key in ("quant", "quant_method", "bits") if found.get(key) is not None)


def _lineage(reader: NameReader, name: str) -> tuple[tuple[str, Any], ...]:
    """What the original's own name says of where its weights come from, which the short name leaves out."""
    found = _resolved(reader, name).get("lineage", Lineage())
    return tuple((key, value) for key in found.__slots__ if (value := getattr(found, key)))


def _resolved(reader: NameReader, name: str) -> dict[str, Any]:
    words = reader.vocabulary
    address = original_publisher.cut_off(name, platforms.parse(name, words), words)
    return resolve(
        begin(name, address, words), reader.read_regions(name, address.regions, address.platform), catalogue=False
    )
