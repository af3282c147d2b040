"""Turn what the memory of a model depends on into tables, apart from those that decoding loads."""

from __future__ import annotations

import re
import statistics

from ..catalog.contents import Catalog
from ..catalog.inheritance import PROPRIETARY
from ..catalog.models import Architecture, Family, ModelArchitecture, Variant
from .constants import Row, Tables

STATED = re.compile(r"(?<![\d.xX])[-_](\d+(?:\.\d+)?)b(?![a-z])(?!-a\d)", re.IGNORECASE)
KEYS = ("kind", "layers", "kv_heads", "head_dim", "global_layers", "window", "full_attention_layers", "kv_lora_rank", "rope_dim",
        "local_kv_heads", "local_head_dim", "sparse_layers", "sparse_ratio", "index_dim", "dense_layers", "dense_ratio")  # fmt: skip


def parts(catalog: Catalog) -> Tables:
    """Return the constants of the module: losses by label, and one row for each model whose size is known."""
    models = _models(catalog)
    lines = {line.line: line.based_on for line in catalog.lines.values()}
    return {
        "LOSSES": {
            str(row.value if row.value is not None else row.words[0]): (
                row.perplexity_rise,
                row.changed_tokens,
                term.slug,
            )
            for term in catalog.terms.values()
            for row in term.names
            if row.perplexity_rise is not None or row.changed_tokens is not None
        },
        "MODELS": tuple(models),
        "TYPICAL": _typical(catalog),
        "BASED_ON": {line: base for line, base in lines.items() if base is not None},
        "ALIASES": {
            alias.casefold(): variant.name
            for family in catalog.families.values()
            for variant in family.variants
            for alias in variant.aliases
        },
        "OLLAMA": {
            one.repository: (one.latest, tuple(one.sizes.items()), one.rounded, one.source)
            for one in catalog.file_sizes.values()
            if one.platform == "ollama"
        },
        "FILES": {
            name.casefold(): (size, one.rounded, one.source)
            for one in catalog.file_sizes.values()
            if one.platform != "ollama"
            for name, size in one.sizes.items()
        },
        **_hosted(catalog),
    }


def known_names(catalog: Catalog) -> list[str]:
    """Return the names of the models in MODELS, in order."""
    return [str(row[0]) for row in _models(catalog)]


def _hosted(catalog: Catalog) -> Tables:
    """Return what runs only at its maker: models by name, and lines and editions of which that holds for all models."""
    names: list[str] = []
    lines: dict[str, set[bool]] = {row.line: {False} for row in catalog.architectures.values()}
    editions: dict[tuple[str, str | None], set[bool]] = {}
    for family in catalog.families.values():
        for variant in family.variants:
            hosted = (variant.licence or family.licence) == PROPRIETARY
            lines.setdefault(family.line, set()).add(hosted)
            editions.setdefault((family.line, variant.edition), set()).add(hosted)
            if hosted:
                names += [name.rpartition("/")[2].casefold() for name in (variant.name, *variant.aliases)]
    return {
        "HOSTED_NAMES": tuple(names),
        "HOSTED_LINES": tuple(line for line, kinds in lines.items() if kinds == {True}),
        "HOSTED_EDITIONS": tuple(one for one, kinds in editions.items() if kinds == {True} and one[1] is not None),
    }


def _typical(catalog: Catalog) -> dict[float, tuple[float, float, float]]:
    """Return how many parameters text models really have for a stated size: the median and its bounds.

    Each line counts once. Vision models are left out, and names whose number is something else, and the outermost tenth
    at either end: one line that rounds boldly says little about others.
    """
    found: dict[float, dict[tuple[str, float], float]] = {}
    for family in catalog.families.values():
        for variant in family.variants:
            stated = STATED.search(variant.name)
            if stated is None or variant.params_b is None or "vision" in (variant.modalities or family.modalities):
                continue
            label = float(stated[1])
            if 0.8 < variant.params_b / label < 1.4:
                found.setdefault(label, {})[family.line, round(variant.params_b, 1)] = variant.params_b
    typical = {}
    for label, counts in sorted(found.items()):
        values = sorted(counts.values())
        cut = len(values) // 10
        typical[label] = (statistics.median(values), values[cut] * 0.97, values[-1 - cut] * 1.03)
    return typical


def _models(catalog: Catalog) -> list[Row]:
    architectures = dict(catalog.architectures)
    rows = [
        _row(family, variant, architectures.pop(variant.name, None))
        for family in catalog.families.values()
        for variant in family.variants
    ]
    rows += [_row_of_architecture(known) for known in architectures.values()]
    return [row for row in rows if row[2] is not None or row[-4] is not None]


def _row(family: Family, variant: Variant, known: ModelArchitecture | None) -> Row:
    """Return the row of a model of a family page, with what else is known about its architecture."""
    source = family.sources[variant.source]
    architecture = variant.architecture or (known.architecture if known else None)
    return (
        variant.name, family.line, variant.params_b or (known.params_b if known else None),
        variant.active_params_b or (known.active_params_b if known else None), variant.effective_params_b, variant.context,
        variant.quant or (known.quant if known else None), variant.modalities or family.modalities,
        _architecture(architecture),
        (known.width, known.vocabulary, known.tied, known.rows, known.text_params_b) if known else None, source.url, source.checked.isoformat(),
    )  # fmt: skip


def _row_of_architecture(known: ModelArchitecture) -> Row:
    return (
        known.model, known.line, known.params_b, known.active_params_b, None, None, known.quant, (),
        _architecture(known.architecture), (known.width, known.vocabulary, known.tied, known.rows, known.text_params_b), known.source,
        known.checked.isoformat(),
    )  # fmt: skip


def _architecture(architecture: Architecture | None) -> Row | None:
    return tuple(getattr(architecture, key) for key in KEYS) if architecture else None
