"""Look into a file or a folder: say what it holds, and compare that with its name."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..decoder import decode
from ..errors import FileFormatError, NameplateError
from ..reading import JsonObject, Reading
from . import config, gguf, safetensors
from .contents import Contents
from .disagreements import Disagreement, disagreements

CONFIG = "config.json"
INDEX = "model.safetensors.index.json"
INDEX_END = ".safetensors.index.json"
FIRST = re.compile(r"-0*1-of-\d+\.\w+$", re.IGNORECASE)
LATER = re.compile(r"-\d{5}-of-\d{5}\.\w+$", re.IGNORECASE)
PROJECTOR = re.compile(r"(?:^|[^a-z])mmproj", re.IGNORECASE)
CACHED = re.compile(r"models--(.+?)--(.+)")  # how the hub's own programs call a folder
MOST_ENTRIES = 10_000  # in a folder


@dataclass(frozen=True)
class Inspection:
    """What a model's files say, what their name says, and where the two disagree.

    `path` is what was inspected, `name` the text that was taken for the name. `file` is what the files say, `reading` what the
    name says. `disagreements` are the keys that both state differently, `agreed` those on which they agree. `notes` are things
    to know about the files, such as one that ends too early.
    """

    path: str
    name: str
    file: Contents
    reading: Reading
    disagreements: tuple[Disagreement, ...] = ()
    agreed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def to_dict(self) -> JsonObject:
        """The inspection as plain lists and dictionaries, every key present, ready for JSON."""
        return {
            "path": self.path,
            "name": self.name,
            "file": self.file.to_dict(),
            "reading": self.reading.to_dict(),
            "disagreements": [one._asdict() for one in self.disagreements],
            "agreed": list(self.agreed),
            "notes": list(self.notes),
        }


def inspect(path: str | os.PathLike[str]) -> Inspection:
    """Look into a model's file or folder, and compare what it says with its name.

    `path` is a GGUF file (of several parts, the first), a safetensors file or its index, a `config.json`, or the folder of a
    whole repository. Only headers and configurations are read, never weights.

    Raises FileFormatError for a file that isn't one of these, or isn't as it should be, and OSError for one that can't be opened.

    >>> inspect("Qwen3-8B-Q4_K_M.gguf")
    Traceback (most recent call last):
    FileNotFoundError: [Errno 2] No such file or directory: 'Qwen3-8B-Q4_K_M.gguf'
    """
    place = Path(path)
    if "\0" in str(place):
        raise FileFormatError(str(path), "this isn't a path: it holds a character with the code 0")
    place.stat()  # so that a missing one is a plain error
    contents = _of_folder(place) if place.is_dir() else _of_file(place)
    name, reading = _name(place, contents)
    found, agreed = disagreements(reading, contents)
    return Inspection(str(path), name, contents, reading, found, agreed, tuple(_notes(contents)))


def _of_file(path: Path) -> Contents:
    if not path.is_file():
        raise FileFormatError(str(path), "this isn't an ordinary file")
    lower = path.name.lower()
    if lower.endswith(".gguf") or _begins_with(path, gguf.MAGIC):
        return gguf.read(path)
    if lower.endswith(INDEX_END):
        return _with_configuration(path, safetensors.read_index)
    if lower.endswith(".safetensors"):
        return _with_configuration(path, safetensors.read)
    if lower.endswith(".json"):
        return config.read(path)
    raise FileFormatError(
        str(path), "this isn't a GGUF file, a safetensors file or its index, a config.json or a folder"
    )


def _begins_with(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def _of_folder(folder: Path) -> Contents:
    """Return what the files of a repository say: the index or the only safetensors file, else a GGUF file, else the configuration."""
    names = _files_in(folder)
    index = next((name for name in names if name == INDEX), None) or next(
        (name for name in names if name.endswith(INDEX_END)), None
    )
    if index:
        return _with_configuration(folder / index, safetensors.read_index)
    weights = [name for name in names if name.endswith(".safetensors") and not name.startswith("adapter_")]
    whole = next((name for name in weights if name == "model.safetensors"), None)
    first = whole or next((name for name in weights if FIRST.search(name)), None) or next(iter(weights), None)
    if first:
        return _with_configuration(folder / first, safetensors.read)
    quantized = [name for name in names if name.lower().endswith(".gguf") and not PROJECTOR.search(name)]
    quantized = [name for name in quantized if FIRST.search(name) or not LATER.search(name)]
    if len(quantized) == 1:
        return gguf.read(folder / quantized[0])
    if quantized:
        shown = ", ".join(quantized[:3])
        raise FileFormatError(str(folder), f"it holds {len(quantized)} models: name one of them, such as {shown}")
    if CONFIG in names:
        return config.read(folder / CONFIG)
    raise FileFormatError(str(folder), "it holds no GGUF file, no safetensors file and no config.json")


def _files_in(folder: Path) -> list[str]:
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if len(found) >= MOST_ENTRIES:
                raise FileFormatError(str(folder), f"it holds more than {MOST_ENTRIES:,} files")
            if entry.is_file():
                found.append(entry.name)
    return sorted(found)


def _with_configuration(path: Path, read: Callable[[Path], safetensors.Tensors]) -> Contents:
    """Return what safetensors files say, and the config.json beside them."""
    tensors = read(path)
    beside = path.with_name(CONFIG)
    said = config.read(beside) if beside.is_file() else Contents("safetensors")
    main = next(iter(tensors.stored), None)
    bits = said.bits if said.label else None
    params = tensors.params(bits)
    return dataclasses.replace(
        said,
        format="safetensors",
        params=params,
        bits=bits if bits is not None else main.bits if main is not None and not tensors.packed else None,
        bits_per_weight=round(8 * tensors.size / params, 3) if params and tensors.size else None,
        weights_bytes=tensors.size if not tensors.missing else None,
        stored=tensors.stored,
        files=(*tensors.files, *((CONFIG,) if beside.is_file() else ())),
        missing=tensors.missing,
        cut_bytes=tensors.cut_bytes or None,
    )


def _name(path: Path, contents: Contents) -> tuple[str, Reading]:
    """Return the first of the possible names that says something, and its reading."""
    candidates = list(_names(path.absolute(), contents))
    readings = []
    for candidate in candidates:
        try:
            readings.append((candidate, decode(candidate)))
        except NameplateError:  # a name such as " " or one of a thousand characters
            continue
    telling = (pair for pair in readings if pair[1].family is not None or pair[1].params_b is not None)
    return next(telling, readings[0] if readings else (path.name, decode("model")))


def _names(path: Path, contents: Contents) -> Iterator[str]:
    if path.is_file() and path.suffix.lower() == ".gguf":
        yield path.name
    folders = [path, *path.parents] if path.is_dir() else list(path.parents)
    for folder in folders[:4]:
        cached = CACHED.fullmatch(folder.name)
        if cached:
            yield f"{cached[1]}/{cached[2]}"
            return
    if path.is_dir() and contents.format == "gguf" and contents.files:
        yield contents.files[0]
    if folders and folders[0].name:
        yield folders[0].name
    yield path.name


def _notes(contents: Contents) -> Iterator[str]:
    if contents.cut_bytes:
        yield f"The file ends {contents.cut_bytes:,} bytes too early: part of the weights is missing, as after a download that broke off."
    if contents.format == "gguf" and not contents.stored and not contents.missing:
        yield "The file holds no weights, only metadata: a vocabulary, or the first part of a model that was split."
    if any(one.bits is None for one in contents.stored):
        kinds = ", ".join(one.kind for one in contents.stored if one.bits is None)
        yield f"Some tensors are stored in a way that Nameplate doesn't know: {kinds}."
    if contents.has_chat_template is False and contents.format == "gguf" and (contents.role or "model") == "model":
        yield "The file has no chat template, so a program has to bring one."
