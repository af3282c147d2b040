"""Look up models whose size is known from family pages and public configurations; loaded with the first question."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

from ..decoder import decode
from ..reading import Reading
from ..vocabulary.lookup import vocabulary
from .kv_cache import Architecture


class Shape(NamedTuple):
    """Lengths that decide how large a quantization is: of a token's vector, of the vocabulary, of other rows.

    `text_params_b` is what a file holds of a vision model without its vision encoder, in billions.
    """

    width: int | None
    vocabulary: int | None
    tied: bool
    rows: tuple[int, ...]
    text_params_b: float | None = None


class Stated(NamedTuple):
    """What a known model's own name states, compiled: the names of a whole line are compared with every other name.

    `size` is in billions of parameters, None for `8x7B` and `E4B`, which state another count.
    """

    generation: str | None
    version: str | None
    edition: str | None
    size_class: str | None
    task: str | None
    effective_params_b: float | None
    expert_params_b: float | None
    experts: int | None
    active_params_b: float | None
    size: float | None

    @property
    def has_size(self) -> bool:
        """Whether it states a size of any kind."""
        return (self.expert_params_b or self.effective_params_b or self.size) is not None


class KnownModel(NamedTuple):
    """One model and the facts about its size. Parameters are in billions, `context` in tokens."""

    name: str
    line: str
    params_b: float | None
    active_params_b: float | None
    effective_params_b: float | None
    context: int | None
    quant: str | None
    modalities: tuple[str, ...]
    architecture: Architecture | None
    shape: Shape | None
    source: str
    checked: str
    stated: Stated

    @property
    def stem(self) -> str:
        """Return the name without its publisher, in lower case."""
        return _key(self.name)

    @property
    def reading(self) -> Reading:
        """Return what the model's own name says, without facts about single models."""
        return decode(self.name, catalogue=False)


class Loss(NamedTuple):
    """What quantization under a label costs, as published, and the glossary term with the sources.

    `perplexity_rise` was measured on Llama 3 8B; `changed_tokens`, the share of positions at which another token becomes the
    likeliest, on Mistral 7B.
    """

    perplexity_rise: float | None
    changed_tokens: float | None
    term: str


class KnownModels:
    """The compiled facts, by name and by line."""

    def __init__(self) -> None:
        data = _compiled()
        self.bits_per_weight: dict[str, tuple[float, str]] = vocabulary().bits_per_weight
        self.losses = {label: Loss(*row) for label, row in data.LOSSES.items()}
        self.typical: dict[float, tuple[float, float, float]] = data.TYPICAL
        self.based_on: dict[str, str] = data.BASED_ON
        self.by_line: dict[str, list[KnownModel]] = {}
        self.by_name: dict[str, KnownModel] = {}
        for row, stated in zip(data.MODELS, data.STATED, strict=True):
            model = _model(row, stated)
            self.by_line.setdefault(model.line, []).append(model)
            self.by_name.setdefault(_key(model.name), model)
        for alias, name in data.ALIASES.items():
            if _key(name) in self.by_name:
                self.by_name.setdefault(alias, self.by_name[_key(name)])
        # Ollama's library by name: the tag meant by a name without one, bytes by tag, whether they are rounded, the source.
        self.ollama: dict[str, tuple[str | None, dict[str, int], bool, str]] = {
            name: (latest, dict(sizes), rounded, source)
            for name, (latest, sizes, rounded, source) in data.OLLAMA.items()
        }
        # Single files by name in lower case: bytes, whether they are rounded, the source.
        self.files: dict[str, tuple[int, bool, str]] = data.FILES
        # What runs only at its maker: models by name in lower case, and whole lines and editions.
        self.hosted_names = frozenset(data.HOSTED_NAMES)
        self.hosted_lines = frozenset(data.HOSTED_LINES)
        self.hosted_editions = frozenset(data.HOSTED_EDITIONS)

    def named(self, reading: Reading) -> KnownModel | None:
        """Return the model with exactly this name, at any host, or the one that it is a copy of.

        A tag picks one of several models, so there the copied one comes first: deepseek-r1:8b isn't DeepSeek-R1.
        """
        own = (reading.repo, reading.name)
        for part in (reading.original, *own) if reading.tag else (*own, reading.original):
            found = self.by_name.get(_key(part)) if part else None
            if found is not None:
                return found
        return None


@functools.cache
def known_models() -> KnownModels:
    """Return the known models, prepared once."""
    return KnownModels()


def _compiled() -> Any:
    """Return the module of compiled data; see plugins/compiler/memory.py for its constants."""
    vocabulary()  # in a checkout this compiles the data again where it has changed
    from .. import _compiled_memory

    return _compiled_memory


def _model(row: tuple, stated: tuple) -> KnownModel:  # type: ignore[type-arg]
    facts, (architecture, shape), origin = row[:8], row[8:10], row[10:]
    layout = (Architecture(*architecture) if architecture else None, Shape(*shape) if shape else None)
    return KnownModel._make((*facts, *layout, *origin, Stated._make(stated)))


def _key(name: str) -> str:
    return name.rpartition("/")[2].casefold()
