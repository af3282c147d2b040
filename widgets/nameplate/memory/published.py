"""Look up what is known about published files: their sizes, Ollama's default tags, and models without any file.

A size that was read off a published file goes before one that is worked out from parameters and bits per weight.
"""

from __future__ import annotations

from typing import NamedTuple

from ..reading import Reading
from .known_models import known_models

EXACT, ROUNDED = 0.005, 0.05  # how far a file may be from its published size: exact bytes, or two or three digits
LATEST = "latest"
CLOUD = "cloud"  # what a tag of Ollama's library ends in that runs on Ollama's machines. https://docs.ollama.com/cloud


class PublishedSize(NamedTuple):
    """The size of a published file in bytes, the share by which it may be off, and where it is listed."""

    size: int
    spread: float
    source: str


def published_size(reading: Reading) -> PublishedSize | None:
    """Return the size of the very file that a name means; None where it isn't listed.

    >>> from nameplate import decode
    >>> published_size(decode("llama3.2:1b")).size, published_size(decode("ggml-base.en.bin")).size
    (1321082688, 147964211)
    """
    if reading.platform == "ollama":
        row = known_models().ollama.get(reading.repo or "") if is_in_library(reading) else None
        size = row[1].get(reading.tag or "") if row is not None else None
        return PublishedSize(size, ROUNDED if row[2] else EXACT, row[3]) if row is not None and size else None
    found = known_models().files.get((reading.file or "").casefold())
    return PublishedSize(found[0], ROUNDED if found[1] else EXACT, found[2]) if found is not None else None


def is_in_library(reading: Reading) -> bool:
    """Whether a name is one of Ollama's own library, where a model that sees has its projector in the same download."""
    return reading.platform == "ollama" and reading.publisher is None


def with_default_tag(reading: Reading) -> str | None:
    """Return the full name of what Ollama loads for a name of its library without a tag; None for other names.

    Without an address, a name that is also that of one model elsewhere is left alone.

    >>> from nameplate import decode
    >>> with_default_tag(decode("llama3.1")), with_default_tag(decode("llama3.1:70b"))
    ('llama3.1:8b', None)
    """
    if reading.publisher is not None or reading.tag not in (None, LATEST):
        return None
    if reading.platform != "ollama" and not _is_bare(reading):
        return None
    row = known_models().ollama.get(reading.repo or "")
    return f"{reading.repo}:{row[0]}" if row is not None and row[0] is not None else None


def _is_bare(reading: Reading) -> bool:
    """Whether a name has no address, and isn't that of one model, as `deepseek-r1` is: this may mean that model."""
    bare = reading.platform == "unknown" and reading.repo == reading.name
    return bare and reading.name.casefold() not in known_models().by_name


def is_hosted(reading: Reading) -> bool:
    """Whether a model runs only at its maker, so that nobody else has its weights.

    >>> from nameplate import decode
    >>> [is_hosted(decode(name)) for name in ("gpt-4o", "claude-opus-4-1", "gpt-oss:120b-cloud", "gpt-oss:120b")]
    [True, True, True, False]
    """
    known = known_models()
    names = (part.rpartition("/")[2].casefold() for part in (reading.repo, reading.name) if part)
    return (
        reading.family in known.hosted_lines
        or (reading.family, reading.edition) in known.hosted_editions
        or any(name in known.hosted_names for name in names)
        or (reading.platform == "ollama" and (reading.tag or "").endswith(CLOUD))
    )
