"""`estimate`: how much memory a model needs, from its name, a label and a context length."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from ..decoder import decode
from ..reading import Reading
from .arguments import token_count
from .kv_cache import Architecture, cache_bits, kv_cache_bytes
from .parameters import Parameters, parameters
from .storage_label import Label, check_label, storage_label
from .warnings import Flag, find_warnings, is_packed
from .weights import is_natively_4_bit, label_source, weights

USUAL_CONTEXT = 4096  # tokens; what Ollama and llama.cpp's own tools have long started with
# What a runtime takes besides weights and cache: buffers to compute in, its own code on the card. In bytes.
# Source: https://oobabooga.github.io/blog/posts/gguf-vram-formula/ (95 % of 19,517 measurements lie within)
OVERHEAD = (600_000_000, 1_200_000_000)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The memory that a model needs, in bytes; `None` where it cannot be known.

    `range` bounds `weights_bytes`, `overhead_range` bounds `overhead_bytes`. `total_bytes` is weights, cache and
    overhead; `least_bytes` is what of it is known, the cache left out where the architecture is not.
    `params_b` is in billions, `context` in tokens. `flags` tell why the figures may be wrong for this model, and
    `sources` where each came from.
    """

    name: str
    quant: str | None = None
    params_b: float | None = None
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

    def to_dict(self) -> dict[str, Any]:
        """The estimate as plain lists and dictionaries, every key present, ready for JSON."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        found["flags"] = [flag._asdict() for flag in self.flags]
        found["sources"] = dict(self.sources)
        for key in ("range", "overhead_range"):
            found[key] = list(found[key]) if found[key] is not None else None
        return found


def estimate(
    name: str,
    quant: str | None = None,
    context: int | None = None,
    kv_dtype: str = "f16",
    architecture: Mapping[str, Any] | None = None,
) -> Estimate:
    """The memory that a model needs to run.

    `quant` is the label of the file where the name does not carry it, `context` the tokens to keep (4,096 where not
    given, or the most that the model reads), `kv_dtype` the type of the cache (`f16`, `bf16`, `q8_0`, `q4_0`,
    `fp8`), `architecture` the keys of a public configuration where the model is not known.

    >>> needed = estimate("Llama-3.1-8B-Instruct", "Q4_K_M", context=32_768)
    >>> round(needed.weights_bytes / 1e9, 1), needed.kv_cache_bytes / 2**30
    (4.9, 4.0)
    >>> estimate("some-model-without-a-size").weights_bytes is None
    True

    Raises what `decode` raises for a name, RequestError for a label that isn't known or a context that isn't a number
    of tokens, CacheTypeError and ArchitectureError.
    """
    reading, params = _known(name)
    cache_bits(kv_dtype)
    if quant:
        check_label(quant)
    context = token_count(context) if context is not None else None
    given = Architecture.of(architecture) if architecture is not None else None
    label = storage_label(reading, quant)
    return _Estimation(reading, params, label, quant).answer(context, kv_dtype, given)


@functools.lru_cache(maxsize=512)
def _known(name: str) -> tuple[Reading, Parameters | None]:
    """What does not depend on label, context and cache: asked again for every step of a slider."""
    reading = decode(name)
    return reading, parameters(reading)


class _Estimation:
    """The steps from what is known of a model to the figures."""

    def __init__(self, reading: Reading, params: Parameters | None, label: Label | None, quant: str | None) -> None:
        self.reading = reading
        self.params = params
        self.label = label
        self.quant = label.label if label is not None else quant
        self.sources: dict[str, str] = {}

    def answer(self, context: int | None, kv_dtype: str, given: Architecture | None) -> Estimate:
        """The estimate for a context in tokens, a type of cache, and the architecture that a request gives."""
        found = None
        if self.params is not None and self.label is not None:
            native, packed = is_natively_4_bit(self.params), is_packed(self.reading)
            found = weights(self.params, self.label, native=native, packed=packed)
            self._note_sources(self.params, self.label)
        tokens = self._context(context)
        cache = self._cache(tokens, kv_dtype, given)
        overhead = sum(OVERHEAD) // 2
        least = found.size + (cache or 0) + overhead if found is not None else None
        return Estimate(
            name=self.reading.name,
            quant=self.quant,
            params_b=float(self.params.billions) if self.params is not None else None,
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
            flags=find_warnings(self.reading, self.params, self.label),
            sources=self.sources,
        )

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
        known = self.params.reference.context if self.params is not None and self.params.reference is not None else None
        return min(USUAL_CONTEXT, known or self.reading.context or USUAL_CONTEXT)

    def _cache(self, context: int, kv_dtype: str, given: Architecture | None) -> int | None:
        if given is not None:
            self.sources["kv_cache_bytes"] = "request"
            return kv_cache_bytes(given, context, kv_dtype)
        known = self.params.architecture if self.params is not None else None
        if known is None:
            return None
        self.sources["kv_cache_bytes"] = self.params.evidence if self.params is not None else ""
        return kv_cache_bytes(known, context, kv_dtype)
