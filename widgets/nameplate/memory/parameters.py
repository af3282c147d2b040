"""Find how many parameters a model has: by itself, its family or the model it was made from, before its name.

A name rounds: `7B` is 6.7 billion in one family and 8.5 in another. So the number in a name is only a last resort.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..reading import Reading
from ..resolve.family_rules import bare_generation, edition_words
from .known_models import KnownModel, Shape, Stated, known_models
from .kv_cache import Architecture

IN_A_LINE = re.compile(r"(?<![\w.])(\d{1,4}(?:\.\d{1,4})?)b(?![a-z\d])", re.IGNORECASE)
SAME_LABEL = 0.04  # 16e and 17b differ; 3.8b and 3.82 do not
ROUNDED = 0.13  # how far a size in a name may lie from the true one of a model whose own name gives none
NO_LABEL_SPREAD = 1.12  # where models of a line differ by more, a name without a size leaves the size open


class Parameters(NamedTuple):
    """A number of parameters in billions, its bounds, and how it is known.

    `evidence` is `catalogue` (this very model), `family` (models of its line with the same size in their names), `base`
    (the model that it was made from), `typical` (what models of all lines with this size in their names have)
    or `name`. `reference` is the known model that the figures were taken from.
    """

    billions: float
    low: float
    high: float
    evidence: str
    reference: KnownModel | None = None
    architecture: Architecture | None = None
    shape: Shape | None = None


def parameters(reading: Reading) -> Parameters | None:
    """Return the parameters of a model by its name; None if nothing says how many, or leaves too much open.

    >>> from nameplate import decode
    >>> found = parameters(decode("our-own-Llama-3.1-8B-finetune"))
    >>> found.billions, found.evidence
    (8.03, 'family')
    >>> parameters(decode("some-unheard-of-model")) is None
    True
    """
    if size_label(reading) == 0 or 0 in (reading.expert_params_b, reading.effective_params_b):
        return None  # no model has that size, and another size would be a guess
    exact = known_models().named(reading)
    found = _of_model(reading, exact)
    if found is None:
        return None
    if exact is not None and exact.architecture is not None:
        found = found._replace(architecture=exact.architecture)
    return _of_projector(found) if reading.file_role == "mmproj" else found


def _of_projector(model: Parameters) -> Parameters | None:
    """Return the vision encoder of a model, which has a file of its own; None if its size isn't known."""
    text = model.shape.text_params_b if model.shape is not None else None
    if text is None or text >= model.billions:
        return None
    part = model.billions - text
    return Parameters(part, 0.9 * part, 1.1 * part, model.evidence, model.reference)


def _of_model(reading: Reading, exact: KnownModel | None) -> Parameters | None:
    if exact is not None and exact.params_b is not None:
        return _taken_from([exact], "catalogue", exact.line)
    for line, generation, evidence in _relatives(reading):
        found = _resembling(reading, line, generation, stated=evidence == "base" and generation is None)
        if found:
            taken = _taken_from(found, evidence, line)
            if taken is not None:
                return _with_layout_open(taken, reading, line) if evidence == "base" and generation is None else taken
    label = size_label(reading)
    return _by_label(label) if label is not None else None


def _with_layout_open(taken: Parameters, reading: Reading, line: str) -> Parameters:
    """Return the parameters without an architecture if the generations of a line differ in it at this size.

    Of the model that it was made from only the line is known, and Qwen-14B has a cache five times that of Qwen2.5-14B.
    """
    label = size_label(reading)
    same = [model for model in known_models().by_line.get(line, ()) if _same_size(reading, label, model)]
    layouts = {model.architecture for model in same if model.architecture is not None and model.stated.size}
    return taken._replace(architecture=None, shape=None) if len(layouts) > 1 else taken


def size_label(reading: Reading) -> float | None:
    """Return the size that the name itself states, in billions; None for `8x7B` and `E4B`, which state another."""
    if reading.expert_params_b is not None or reading.effective_params_b is not None:
        return None
    if reading.sources.get("params_b") == "name":
        return reading.params_b
    inside = IN_A_LINE.search(reading.family or "") or IN_A_LINE.search(_said_of_family(reading))
    return float(inside[1]) if inside is not None else None


def _said_of_family(reading: Reading) -> str:
    """Return the part of the name that was read as its line: some lines contain a size, such as Ghost 7B."""
    return next((token.text for token in reading.tokens if token.field == "family"), "")


def stated_by(reading: Reading) -> Stated:
    """Return what the name of a model states about its size and its place in its line."""
    keys = {key: getattr(reading, key) for key in Stated._fields if key != "size"}
    return Stated(**keys, size=size_label(reading))


def _relatives(reading: Reading) -> Iterable[tuple[str, str | None, str]]:
    """Yield the lines whose models may have the same size: its own, the base that it names, what its line is built on."""
    based_on = known_models().based_on
    if reading.family is not None:
        yield reading.family, reading.generation or reading.version, "family"
    lineage = reading.lineage
    if lineage.base_family is not None:
        yield lineage.base_family, lineage.base_generation, "base"
    base = based_on.get(reading.family or "")
    while base is not None:
        if base != lineage.base_family:
            yield base, None, "base"
        base = based_on.get(base)


def _resembling(reading: Reading, line: str, generation: str | None, stated: bool) -> list[KnownModel]:
    """Return the known models of a line whose names are most like this one, among those that state the same size.

    `stated` asks for names that do state it: without a generation, a count that happens to be near says nothing.
    """
    label, states_size = size_label(reading), stated_by(reading).has_size
    ranked = [
        (_likeness(reading, states_size, model, generation), model)
        for model in known_models().by_line.get(line, ())
        if model.params_b is not None
        and _may_be(label, model.params_b)
        and _same_size(reading, label, model)
        and not (stated and model.stated.size is None)
    ]
    if not states_size:
        return _without_size(reading, generation, ranked)
    best = max((rank for rank, _ in ranked), default=None)
    nearest = [model for rank, model in ranked if rank == best]
    return _contained(reading.name, nearest) or nearest


def _without_size(
    reading: Reading, generation: str | None, ranked: list[tuple[tuple[int, ...], KnownModel]]
) -> list[KnownModel]:
    """Return the models that a name may mean which states no size: of its generation, edition and kind.

    A name without a generation contains a model's whole name, or has an edition or a size in words, or its line has one
    size only.
    """
    alike = [(rank, model) for rank, model in ranked if rank[0] and rank[2] == 0 and all(rank[3:])]
    best = max((rank for rank, _ in alike), default=None)
    nearest = [model for rank, model in alike if rank == best]
    inside = _contained(reading.name, nearest)
    if inside or bare_generation(generation):
        return inside or nearest
    pool = alike if reading.edition or reading.size_class else ranked
    sizes = [model.params_b or 0.0 for _, model in pool]
    return nearest if sizes and max(sizes) <= min(sizes) * NO_LABEL_SPREAD else []


def _contained(name: str, models: list[KnownModel]) -> list[KnownModel]:
    """Return the models whose whole name is part of this one, the longest only: L6 and L12 aren't words of their own."""
    inside = [model for model in models if model.stem in name.casefold()]
    longest = max((len(model.stem) for model in inside), default=0)
    return [model for model in inside if len(model.stem) == longest]


def _may_be(label: float | None, params_b: float) -> bool:
    """Check quickly, before names are compared, that a model's size isn't far from the stated one."""
    return label is None or 0.45 < params_b / label < 2.2


def _same_size(reading: Reading, label: float | None, model: KnownModel) -> bool:
    """Return whether a known model has the size of a reading, whose name states `label`.

    Most models differ in the label, so it comes first.
    """
    if label is not None and not _fits_label(label, model):
        return False
    other = model.stated
    for key in ("effective_params_b", "expert_params_b", "experts", "active_params_b"):
        one, two = getattr(reading, key), getattr(other, key)
        if one is not None and two is not None and not _near(one, two):
            return False
    return (reading.effective_params_b is None) == (other.effective_params_b is None)


def _fits_label(label: float, model: KnownModel) -> bool:
    stated = model.stated.size
    if stated is not None:
        return _near(label, stated)
    return model.params_b is not None and abs(label / model.params_b - 1) < ROUNDED


def _near(one: float, two: float) -> bool:
    return abs(one - two) <= SAME_LABEL * max(one, two)


def _likeness(reading: Reading, states_size: bool, model: KnownModel, generation: str | None) -> tuple[int, ...]:
    other = model.stated
    generations = bare_generation(generation), bare_generation(other.generation or other.version)
    return (
        int(generations[0] == generations[1]) * 2 or int(_same_major(*generations)),
        int(states_size or not other.has_size),  # a name without a size is that of the one that needs none
        -len(set(edition_words(reading.edition)) ^ set(edition_words(other.edition))),
        int(reading.size_class == other.size_class),
        int((reading.task or "text") == (other.task or "text")),
    )


def _same_major(one: str, two: str) -> bool:
    """Whether two numbers count the same generation: 5 and 5.1 do."""
    return bool(one) and one.partition(".")[0] == two.partition(".")[0]


def _taken_from(models: list[KnownModel], evidence: str, line: str) -> Parameters | None:
    counts = sorted(model.params_b for model in models if model.params_b is not None)
    if counts[-1] > counts[0] * NO_LABEL_SPREAD:
        return None
    middle = counts[(len(counts) - 1) // 2]  # the median, the lower of two
    reference = min((model for model in models if model.params_b == middle), key=lambda model: len(model.name))
    same = [model for model in (reference, *models, *known_models().by_line[line]) if _alike(model, reference)]
    architecture = next((model.architecture for model in same if model.architecture), None)
    shape = _shape([model.shape for model in same if model.shape is not None])
    return Parameters(middle, counts[0], counts[-1], evidence, reference, architecture, shape)


def _shape(shapes: list[Shape]) -> Shape | None:
    """Return the lengths of the first that has them, with the size without the vision encoder from any of them."""
    text = next((shape.text_params_b for shape in shapes if shape.text_params_b is not None), None)
    published = next((shape for shape in shapes if shape.width is not None), None)
    if published is None:
        return Shape(None, None, False, (), text) if text is not None else None
    return published._replace(text_params_b=text)


def _alike(model: KnownModel, reference: KnownModel) -> bool:
    """Whether a model has the size and, if both are known, the architecture of another."""
    if model.params_b is None or reference.params_b is None or abs(model.params_b / reference.params_b - 1) > 0.01:
        return False
    return model.architecture is None or reference.architecture is None or model.architecture == reference.architecture


def _by_label(label: float) -> Parameters:
    typical = known_models().typical.get(label)
    if typical is None:
        return Parameters(label, label * 0.93, label * 1.12, "name")
    return Parameters(*typical, "typical")
