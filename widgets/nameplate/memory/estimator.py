"""`estimate`: work out how much memory a model needs, from its name, a label and a context length."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from ..decoder import decode
from ..reading import JsonObject, Reading
from .arguments import token_count
from .known_models import known_models
from .kv_cache import BATCH, Architecture, cache_bits, kv_cache_bytes
from .parameters import Parameters, parameters
from .published import PublishedSize, is_hosted, is_in_library, published_size, with_default_tag
from .storage_label import Label, check_label, storage_label
from .warnings import MAKER_ONLY, Flag, default_tag, find_warnings, is_packed
from .weights import Weights, is_natively_4_bit, label_source, weights

USUAL_CONTEXT = 4096  # tokens; what Ollama and llama.cpp's own tools have long started with
# What a runtime takes besides weights and cache: buffers to compute in, its own code on the card. In bytes.
# Source: https://oobabooga.github.io/blog/posts/gguf-vram-formula/ (95 % of 19,517 measurements lie within)
OVERHEAD = (600_000_000, 1_200_000_000)
SAME_FILE = 0.03  # by how much a published file may differ from the figure for a label, and still be of that label
ROUNDED = 0.15  # by how much a number in a name may differ from the exact one that it rounds: 3 from 3.3


@dataclass(frozen=True, slots=True)
class Estimate:
    """The memory that a model needs, in bytes; `None` if it isn't known.

    `range` bounds `weights_bytes`, `overhead_range` bounds `overhead_bytes`. `total_bytes` is weights, cache and
    overhead; `least_bytes` is the part that is known, without the cache if the architecture isn't.
    `params_b` and `active_params_b`, those that a token uses, are in billions, `context` in tokens. `flags` say why the
    figures may be wrong for this model, and `sources` where each came from.
    """

    name: str
    quant: str | None = None
    params_b: float | None = None
    active_params_b: float | None = None
    bits_per_weight: float | None = None
    context: int | None = None
    kv_dtype: str = "f16"
    weights_bytes: int | None = None
    kv_cache_bytes: int | None = None
    overhead_bytes: int | None = None
    total_bytes: int | None = None
    least_bytes: int | None = None
    range: tuple[int, int] | None = None
    overhead_range: tuple[int, int] | None = None
    flags: tuple[Flag, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict, hash=False)

    def to_dict(self) -> JsonObject:
        """The estimate as plain lists and dictionaries, every key present, ready for JSON."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        found["flags"] = [flag._asdict() for flag in self.flags]
        found["sources"] = dict(self.sources)
        for key in ("range", "overhead_range"):
            found[key] = list(found[key]) if found[key] is not None else None
        return found


def at_least_bytes(needed: Estimate) -> int | None:
    """Return the known part of what a model needs, if the program takes as little as programs do."""
    if needed.least_bytes is None or needed.overhead_bytes is None or needed.overhead_range is None:
        return needed.least_bytes
    return needed.least_bytes - needed.overhead_bytes + needed.overhead_range[0]


def context_limit(name: str) -> int | None:
    """Return how many tokens a model reads at most; None if that isn't known.

    >>> context_limit("Llama-3.1-8B-Instruct-Q4_K_M.gguf"), context_limit("some-model")
    (131072, None)

    Raises what `decode` raises for a name.
    """
    known = _known(name)
    return _known_context(known) or known.reading.context


def published_label(name: str) -> str:
    """Return the label under which its maker published a model, whatever the label of this name.

    >>> published_label("Llama-3.1-8B-Instruct-Q4_K_M.gguf"), published_label("gpt-oss-20b")
    ('BF16', 'MXFP4')
    """
    known = _known(name)
    model = known_models().named(known.reading)
    if model is None and known.params is not None and is_natively_4_bit(known.params):
        model = known.params.reference
    if model is None or model.quant is None:
        return "BF16"
    own = model.reading
    return "BF16" if own.quant or own.quant_method or own.bits else model.quant


def estimate(
    name: str,
    quant: str | None = None,
    context: int | None = None,
    kv_dtype: str = "f16",
    architecture: Mapping[str, Any] | None = None,
) -> Estimate:
    """Return the memory that a model needs to run.

    `quant` is the label of the file if the name has none, `context` the tokens to keep (4,096 by default, or the
    most that the model reads), `kv_dtype` the type of the cache (`f16`, `bf16`, `q8_0`, `q4_0`,
    `fp8`), `architecture` the keys of a public configuration if the model isn't known.

    >>> needed = estimate("Llama-3.1-8B-Instruct", "Q4_K_M", context=32_768)
    >>> round(needed.weights_bytes / 1e9, 1), needed.kv_cache_bytes / 2**30
    (4.9, 4.0)
    >>> estimate("some-model-without-a-size").weights_bytes is None
    True

    Raises what `decode` raises for a name, RequestError for a label that isn't known or a context that isn't a number
    of tokens, CacheTypeError and ArchitectureError.
    """
    known = _known(name)
    cache_bits(kv_dtype)
    if quant:
        check_label(quant)
    tokens = token_count(context) if context is not None else None
    given = Architecture.of(architecture) if architecture is not None else None
    return _Estimation(known, quant).answer(tokens, kv_dtype, given)


class _Known(NamedTuple):
    """What doesn't depend on label, context and cache."""

    name: str
    reading: Reading  # of the name, or of what Ollama loads for it
    params: Parameters | None
    published: PublishedSize | None
    tag: str | None  # the full name that stands for one of Ollama's library without a tag
    hosted: bool


@functools.lru_cache(maxsize=512)
def _known(name: str) -> _Known:
    """Collect what every step of a slider would ask for again."""
    reading = decode(name)
    if is_hosted(reading):
        return _Known(name, reading, None, None, None, True)
    tag = with_default_tag(reading)
    if tag is not None:
        reading = decode(tag)
    return _Known(name, reading, parameters(reading), published_size(reading), tag, False)


def _known_context(known: _Known) -> int | None:
    """Return the context of the model that the size was taken from."""
    reference = known.params.reference if known.params is not None else None
    return reference.context if reference is not None else None


class _Estimation:
    """The steps from what is known of a model to the figures."""

    def __init__(self, known: _Known, quant: str | None) -> None:
        self.known = known
        self.reading, self.params = known.reading, known.params
        self.published = known.published if not quant else None
        self.label = storage_label(known.reading, quant)
        self.quant = self.label.label if self.label is not None else quant
        self.sources: dict[str, str] = {}

    def answer(self, context: int | None, kv_dtype: str, given: Architecture | None) -> Estimate:
        """Return the estimate for a context in tokens, a type of cache, and the architecture that a request gives."""
        if self.known.hosted:
            return Estimate(self.known.name, kv_dtype=kv_dtype, flags=(MAKER_ONLY,))
        found = self._weights()
        tokens = self._context(context)
        cache = self._cache(tokens, kv_dtype, given)
        overhead = sum(OVERHEAD) // 2
        least = found.size + (cache or 0) + overhead if found is not None else None
        return Estimate(
            name=self.known.name,
            quant=self.quant,
            params_b=float(self.params.billions) if self.params is not None else None,
            active_params_b=self._active(),
            bits_per_weight=found.bits_per_weight if found is not None else None,
            context=tokens,
            kv_dtype=kv_dtype,
            weights_bytes=found.size if found is not None else None,
            kv_cache_bytes=cache,
            overhead_bytes=overhead,
            total_bytes=least if cache is not None else None,
            least_bytes=least,
            range=(found.low, found.high) if found is not None else None,
            overhead_range=OVERHEAD,
            flags=self._flags(),
            sources=self.sources,
        )

    def _active(self) -> float | None:
        """Return the billions of parameters that a token uses, of a model that doesn't use all of them.

        A name rounds that number as it rounds the size: `30B-A3B` has 30.53 and 3.3. So both come from the known model,
        unless the name's own number can't be that one rounded.
        """
        reference = self.params.reference if self.params is not None else None
        named, known = self.reading.active_params_b, reference.active_params_b if reference is not None else None
        return known if named is None or (known is not None and abs(known - named) <= ROUNDED * named) else named

    def _weights(self) -> Weights | None:
        """Return the size of the weights: as published, or else worked out from parameters and label."""
        found = None
        if self.params is not None and self.label is not None:
            found = weights(
                self.params,
                self.label,
                native=is_natively_4_bit(self.params),
                packed=is_packed(self.reading),
                with_projector=is_in_library(self.reading),
            )
            self._note_sources(self.params, self.label)
        if self.published is None:
            return found
        size, spread, source = self.published
        self.sources |= {"weights_bytes": "measured", "weights_bytes_url": source}
        self.sources.pop("bits_per_weight", None)
        if found is None or abs(found.size / size - 1) > SAME_FILE:
            self.quant = self.reading.quant  # it is another label than the usual one
        bits = round(8 * size / (self.params.billions * 1e9), 3) if self.params is not None else None
        return Weights(size, round(size * (1 - spread)), round(size * (1 + spread)), bits)

    def _flags(self) -> tuple[Flag, ...]:
        found = find_warnings(self.reading, self.params, self.label, published=self.published is not None)
        return (default_tag(self.known.name, self.known.tag), *found) if self.known.tag is not None else found

    def _note_sources(self, params: Parameters, label: Label) -> None:
        self.sources["params_b"] = params.evidence
        if params.reference is not None:
            self.sources["params_b_like"] = params.reference.name
            self.sources["params_b_url"] = params.reference.source
        term = label_source(label)
        self.sources["bits_per_weight"] = f"glossary:{term}" if term else "calculated"

    def _context(self, asked: int | None) -> int:
        if asked is not None:
            return asked
        return min(USUAL_CONTEXT, _known_context(self.known) or self.reading.context or USUAL_CONTEXT)

    def _cache(self, context: int, kv_dtype: str, given: Architecture | None) -> int | None:
        if given is not None:
            self.sources["kv_cache_bytes"] = "request"
            return kv_cache_bytes(given, context, kv_dtype)
        if self.reading.file_role == "mmproj":
            return 0  # it turns pictures into tokens, which the language model keeps
        model = known_models().named(self.reading) if self.params is None else None
        known = self.params.architecture if self.params is not None else model and model.architecture
        if known is None:
            return None
        self.sources["kv_cache_bytes"] = self.params.evidence if self.params is not None else "catalogue"
        return kv_cache_bytes(known, context, kv_dtype, batch=BATCH)
