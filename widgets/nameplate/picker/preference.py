"""Apply the rules that compare candidates with each other: size, bits, speed, age, and who published the copy."""

from __future__ import annotations

import datetime
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..english import count
from ..memory.known_models import known_models
from ..memory.placement import SPARSE
from ..vocabulary.lookup import vocabulary
from .candidates import Candidate, generation_key
from .evidence import Evidence
from .knowledge import tiers
from .requirements import Requirements

# Points for twice the parameters: of models that fit, the larger one answers better, and a task's specialist of half the
# size is still preferred to it.
PER_DOUBLING = 10.0
PER_DOUBLING_IN_A_HURRY = 4.0
PER_DOUBLING_ON_A_PROCESSOR = 4.0  # of the parameters that a mixture of experts has beside those that a token uses
MONTHS_PER_DOUBLING = 8  # in which better methods save half of the effort of training; https://arxiv.org/abs/2403.05812
DAYS_PER_MONTH = 30.4
MOST_FOR_SIZE = 45.0
MOST_FOR_CONTEXT = 40.0
MIDDLE_TIER, PER_TIER = 5, 5.0
# What a file is worth by its bits per weight. Falls off steeply under 4 bits, as perplexity does.
# Source: https://github.com/ggml-org/llama.cpp/blob/master/tools/quantize/README.md
QUALITY = ((1.5, -40.0), (2.0, -30.0), (2.6, -20.0), (3.2, -12.0), (3.5, -7.0), (3.9, -2.0), (4.3, 3.0), (4.9, 5.0), (5.7, 7.0),
           (6.6, 8.0), (8.5, 8.5), (16.0, 9.0), (32.0, 8.9))  # fmt: skip
FOR_TABLES = 0.1  # bits per weight that tables in more bits are worth
POOR = 3.6  # bits per weight under which the loss is worth a word
QUICK_WORDS = ("turbo", "lightning", "flash", "fast", "distil")
IN_OPERATION = -40.0  # what a preview counts for where people rely on it
IF_NEWER, IF_THE_NEWEST = 6.0, 60.0  # points for being newer than all others
UNSTABLE = ("preview", "experimental", "exp", "beta", "alpha", "rc", "nightly", "dev")


def compare(candidates: Sequence[Evidence], requirements: Requirements) -> None:
    """Apply the rules of this module to all candidates that are models."""
    models = [evidence for evidence in candidates if not evidence.candidate.is_part]
    _sizes(models, requirements)
    _tiers(models, requirements)
    _bits(models)
    _speed(models, requirements)
    _contexts(models, requirements)
    _age(models, requirements)
    if requirements.searching:
        _released(models)
    _versions(models, requirements)
    _stability(models, requirements)
    _copies(models)


def _sizes(models: Sequence[Evidence], requirements: Requirements) -> None:
    sizes = {id(evidence): size for evidence in models if (size := evidence.candidate.size) is not None}
    if not sizes:
        return
    if requirements.task.does == "draft":
        _drafts(models, sizes)
        return
    least = min(sizes.values())
    in_a_hurry = requirements.quick or _is_slow_for_speech(requirements)
    per_doubling = PER_DOUBLING_IN_A_HURRY if in_a_hurry else PER_DOUBLING
    for evidence in models:
        size = sizes.get(id(evidence))
        if size is None or size < least * 1.02:
            continue
        points = min(MOST_FOR_SIZE, per_doubling * math.log2(size / least))
        token = evidence.candidate.params_part or evidence.candidate.stem
        rule = "larger" if requirements.available_gb is not None else "larger-anywhere"
        evidence.add("size", rule, token, weight=points, size=count(float(f"{size:.3g}")))


def _drafts(models: Sequence[Evidence], sizes: Mapping[int, float]) -> None:
    """Prefer the smaller of two models, which drafts for the larger one."""
    most = max(sizes.values())
    for evidence in models:
        size = sizes.get(id(evidence))
        if size is not None and size < most:
            token = evidence.candidate.params_part or evidence.candidate.stem
            points = min(MOST_FOR_SIZE, PER_DOUBLING * math.log2(most / size))
            evidence.add("size", "small-drafts", token, weight=points, size=count(float(f"{size:.3g}")))


def _contexts(models: Sequence[Evidence], requirements: Requirements) -> None:
    """Prefer the model that reads more, for a text that is long without a stated length."""
    known = {id(evidence): evidence.candidate.context for evidence in models}
    lengths = {key: fact.value for key, fact in known.items() if fact is not None}
    if not requirements.long or requirements.context is not None or len(lengths) < 2:
        return
    least = min(lengths.values())
    for evidence in models:
        fact = known[id(evidence)]
        if fact is not None and fact.value > least:
            points = min(MOST_FOR_CONTEXT, PER_DOUBLING * math.log2(fact.value / least))
            evidence.add(
                "context", "longer-context", fact.token, weight=points, source=fact.source, most=f"{fact.value:,}"
            )


def _versions(models: Sequence[Evidence], requirements: Requirements) -> None:
    """Compare names that keep to one release with those that move on to the next."""
    fixed, newest = (
        requirements.understood.mentions("fixed-version"),
        requirements.understood.mentions("newest-version"),
    )
    if fixed == newest:
        return
    for evidence in models:
        alias = evidence.candidate.part("alias")
        if alias is not None:
            evidence.add("version", "moves-on" if fixed else "follows-newest", alias)
        elif fixed and (date := evidence.candidate.part("date")) is not None:
            evidence.add("version", "dated", date)


def _tiers(models: Sequence[Evidence], requirements: Requirements) -> None:
    """Compare models of one line whose size is only stated in words."""
    of_line: dict[str, list[Evidence]] = defaultdict(list)
    for evidence in models:
        if evidence.candidate.reading.family is not None and evidence.candidate.size is None:
            of_line[evidence.candidate.reading.family].append(evidence)
    for same in of_line.values():
        ranks = {id(evidence): _tier(evidence.candidate) for evidence in same}
        least, most = min(ranks.values())[0], max(ranks.values())[0]
        for evidence in same:
            rank, token = ranks[id(evidence)]
            steps = most - rank if requirements.quick else rank - least
            if steps:
                rule = "smaller-by-word" if requirements.quick else "larger-by-word"
                evidence.add("tier", rule, token, weight=PER_TIER * steps)


def _tier(candidate: Candidate) -> tuple[int, str]:
    """Return the rank of a size in words, and the part of the name that states it."""
    known = tiers()
    ranks = [(known[word], text) for word, text in candidate.words.items() if word in known]
    return min(ranks) if ranks else (MIDDLE_TIER, candidate.stem)


def _bits(models: Sequence[Evidence]) -> None:
    """Compare files whose weights are stored in different ways, if a name says so.

    In which precision the makers of two models publish them is no reason to prefer one.
    """
    if not any(evidence.candidate.part("quant", "quant_method", "bits") for evidence in models):
        return
    labels = {id(evidence): evidence.candidate.label for evidence in models}
    bits = {key: label.bits for key, label in labels.items() if label is not None}
    if len(set(bits.values())) < 2:
        return
    for evidence in models:
        width = bits.get(id(evidence))
        if width is None:
            continue
        token = evidence.candidate.part("quant", "quant_method", "bits")
        if token is None:
            token = evidence.candidate.stem
        label = labels[id(evidence)]
        name = label.label if label is not None else ""
        shown, rise = f"{width:.2g}" if width < 10 else f"{width:g}", rise_of(name)
        if rise is not None and width >= POOR:
            evidence.add("bits", "finer-measured", token, weight=quality(width), bits=shown, rise=f"{rise:.2g}")
        else:
            points = quality(worth_bits(name, width))
            evidence.add("bits", "coarse" if width < POOR else "finer", token, weight=points, bits=shown)
    for evidence in models:
        _method(evidence)


def _method(evidence: Evidence) -> None:
    candidate = evidence.candidate
    token = candidate.part("quant")
    if token is None or candidate.reading.quant_method != "gguf-legacy" or "qat" in candidate.reading.lineage.method:
        return
    if token.upper().startswith(("Q4_", "Q5_")):
        evidence.add("method", "legacy-quant", token)


def rise_of(label: str) -> float | None:
    """Return the rise in perplexity that was measured for a label; None if none was, or nothing is lost."""
    loss = known_models().losses.get(label)
    return loss.perplexity_rise if loss is not None else None


def worth_bits(label: str, bits: float) -> float:
    """Return the bits per weight that a label is worth: those of the measured label that it's a variant of.

    A `Q3_K_XL` keeps a few tables in 8 bits, which makes the file larger, but its layers are those of `Q3_K_L`.

    >>> worth_bits("Q3_K_XL", 4.76), worth_bits("Q4_K_S", 4.67)
    (4.4, 4.67)
    """
    known = known_models()
    if label in known.losses:
        return bits
    kind = "_".join(label.removeprefix("UD-").split("_")[:2])
    alike = [known.bits_per_weight[one][0] for one in known.losses if one == kind or one.startswith(f"{kind}_")]
    return round(min(bits, max(alike) + FOR_TABLES), 2) if alike else bits


def quality(bits: float) -> float:
    """Return what a file is worth by its bits per weight, between the points of the table.

    >>> quality(16), quality(8.5), quality(4.89) > quality(4.5) > quality(3.0), quality(16) > quality(32)
    (9.0, 8.5, True, True)
    """
    if bits <= QUALITY[0][0]:
        return QUALITY[0][1]
    for (low, worth), (high, more) in itertools.pairwise(QUALITY):
        if bits <= high:
            return worth + (more - worth) * (bits - low) / (high - low)
    return QUALITY[-1][1]


def _speed(models: Sequence[Evidence], requirements: Requirements) -> None:
    for evidence in models:
        word = next((text for name, text in evidence.candidate.words.items() if name in QUICK_WORDS), None)
        if word is not None and requirements.quick:
            evidence.add("speed", "turbo", word)
    if not (requirements.quick or _is_slow_for_speech(requirements)):
        _on_a_processor(models, requirements)
        return
    active = {id(evidence): size for evidence in models if (size := _active(evidence.candidate)) is not None}
    if len(active) < 2:
        return
    most = max(active.values())
    for evidence in models:
        size = active.get(id(evidence))
        if size is not None and size < most:
            token = (
                evidence.candidate.part("active_params_b") or evidence.candidate.params_part or evidence.candidate.stem
            )
            points = min(MOST_FOR_SIZE, PER_DOUBLING * math.log2(most / size))
            evidence.add("speed", "fewer-active", token, weight=points, size=count(float(f"{size:.3g}")))


def _is_slow_for_speech(requirements: Requirements) -> bool:
    """Whether sound has to be heard or spoken on a small device, which can't keep up with a large model."""
    return requirements.understood.mentions("small-device") and requirements.task.does in ("asr", "tts")


def _on_a_processor(models: Sequence[Evidence], requirements: Requirements) -> None:
    """Prefer a mixture of experts where no graphics card computes: reading the weights takes most of the time there."""
    if requirements.ram_gb is None or requirements.gpu_gb is not None:
        return
    for evidence in models:
        size, active = evidence.candidate.size, _active(evidence.candidate)
        if size is not None and active is not None and active < SPARSE * size:
            token = (
                evidence.candidate.part("active_params_b") or evidence.candidate.params_part or evidence.candidate.stem
            )
            points = PER_DOUBLING_ON_A_PROCESSOR * math.log2(size / active)
            evidence.add("speed", "few-active", token, weight=points, size=count(float(f"{active:.3g}")))


def _active(candidate: Candidate) -> float | None:
    return candidate.reading.active_params_b or candidate.model.active_params_b or candidate.size


def _age(models: Sequence[Evidence], requirements: Requirements) -> None:
    """Prefer the newest of several releases of one line, above all if the request asks for the newest."""
    newest = requirements.understood.mentions("newest-version")
    most = IF_THE_NEWEST if newest else IF_NEWER
    if newest:  # a name that follows every release can't be older than one of them
        models = [evidence for evidence in models if evidence.candidate.reading.alias is None]
    releases = {id(evidence): _release(evidence.candidate) for evidence in models}
    # Of each line with an edition its releases, and how many of the names belong to each.
    of_line: dict[tuple[str | None, str], Counter[_Release]] = defaultdict(Counter)
    for evidence in models:
        of_line[_line_of(evidence.candidate)][releases[id(evidence)]] += 1
    for evidence in models:
        candidate = evidence.candidate
        if candidate.reading.family is None:
            continue
        others = of_line[_line_of(candidate)]
        newer = [(_newer(candidate, releases[id(evidence)], other), number) for other, number in others.items()]
        tokens = [(token, number) for token, number in newer if token is not None]
        if tokens:
            older = sum(number for _, number in tokens)
            evidence.add("age", "newer", tokens[0][0], weight=most * older / (len(models) - 1))


class _Release(NamedTuple):
    """What of a name says how new it is."""

    date: str | None
    generation: tuple[int, ...]
    version: tuple[int, ...]
    stage: str | None


def _release(candidate: Candidate) -> _Release:
    one = candidate.reading
    return _Release(one.date, generation_key(one.generation), generation_key(one.version), one.release_stage)


def _line_of(candidate: Candidate) -> tuple[str | None, str]:
    return candidate.reading.family, (candidate.reading.edition or "").casefold()


def _released(models: Sequence[Evidence]) -> None:
    """Prefer what was released later, also of different lines: methods of training improve."""
    days = {
        id(evidence): datetime.date.fromisoformat(released)
        for evidence in models
        if len(released := evidence.candidate.model.released or "") == len("2026-01-31")
    }
    first = min(days.values(), default=None)
    for evidence in models:
        day = days.get(id(evidence))
        if day is not None and first is not None and day > first:
            months = (day - first).days / DAYS_PER_MONTH
            points = PER_DOUBLING * months / MONTHS_PER_DOUBLING
            evidence.add("release", "later-release", evidence.candidate.stem, weight=points, month=f"{day:%B %Y}")


def _newer(candidate: Candidate, one: _Release, two: _Release) -> str | None:
    """Return the part of a name that makes it the newer of two releases of its line; None if nothing does."""
    if one.date and two.date:
        return candidate.part("date") if one.date > two.date and len(one.date) == len(two.date) else None
    for key, mine, theirs in (("generation", one.generation, two.generation), ("version", one.version, two.version)):
        if mine and theirs and mine != theirs:
            return candidate.part(key) or candidate.stem if mine > theirs else None
    if one.date and not two.date and one.stage is None:
        return candidate.part("date")
    return None


def _stability(models: Sequence[Evidence], requirements: Requirements) -> None:
    unstable = [evidence for evidence in models if (evidence.candidate.reading.release_stage or "") in UNSTABLE]
    lines = {evidence.candidate.reading.family for evidence in unstable} - {None}
    marked = set(map(id, unstable))
    for evidence in models:
        if id(evidence) in marked:
            weight = IN_OPERATION if requirements.understood.mentions("production") else None
            evidence.add("stability", "preview", evidence.candidate.part("release_stage"), weight=weight)
        elif evidence.candidate.reading.family in lines:
            evidence.add("stability", "stable", evidence.candidate.stem)


def _copies(models: Sequence[Evidence]) -> None:
    """Compare copies of one model: the maker's own, one with an importance matrix, a dynamic one."""
    of_model: dict[str, list[Candidate]] = defaultdict(list)
    for evidence in models:
        of_model[evidence.candidate.key].append(evidence.candidate)
    others_publish = {
        key: any(copy.reading.publisher and not _is_maker(copy) for copy in copies) for key, copies in of_model.items()
    }
    for evidence in models:
        candidate, reading = evidence.candidate, evidence.candidate.reading
        if len(of_model[candidate.key]) == 1:
            continue
        if reading.publisher and others_publish[candidate.key] and _is_maker(candidate):
            evidence.add("copy", "own-copy", candidate.part("publisher") or reading.publisher)
        if "imatrix" in reading.lineage.method:
            evidence.add("copy", "importance-matrix", candidate.part("lineage.method") or candidate.stem)
        if (reading.quant or "").startswith("UD-"):
            evidence.add("copy", "dynamic-quant", candidate.part("quant") or candidate.stem)


def _is_maker(candidate: Candidate) -> bool:
    """Whether the publisher of a copy is the maker of the line."""
    line = vocabulary().lines.get(candidate.reading.family or "")
    publisher = (candidate.reading.publisher or "").casefold()
    return line is not None and publisher in {name.casefold() for name in line.publishers}
