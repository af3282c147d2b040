"""Find catalogued models for a task and a machine, for a request that gives no names.

Ranking every catalogued model with every quantization would take seconds. So a rough pass over the catalogue's facts comes
first: who can do the task, in which quantization each model fits, and how much training effort its size and its age suggest.
The few best of that are then ranked like names in a request.
"""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..memory.estimator import at_least_bytes, estimate
from ..memory.known_models import known_models
from ..vocabulary.lookup import vocabulary
from .knowledge import capabilities, compiled, is_invented, licence, official, runtime
from .knowledge import skills as known_skills
from .preference import DAYS_PER_MONTH, MONTHS_PER_DOUBLING
from .requirements import Requirements
from .spelling import letters_and_digits
from .tasks import Task

GB = 1e9
SHORTLIST = 12  # models that are ranked in full
OF_ONE_LINE = 2  # models of a line among them: seven sizes of one line would leave out everybody else
FIRST_MONTH = datetime.date(2022, 1, 1)  # models whose day of release isn't known count as if they were from then
# What a model made for the task is worth, in doublings of effort: four of them are sixteen times the size.
FOR_A_SKILL, FOR_THE_KIND = 4.0, 8.0
SENSES = ("vision", "audio")  # roles that are useless for a task with text alone
USUAL_PROGRAM = "llama.cpp"  # whose quantizations are tried where a request names no program
PUBLISHED_BITS = 16.0  # per weight, of a model whose precision isn't known


class Entry(NamedTuple):
    """A catalogued model whose weights anybody can have. Sizes are in billions of parameters, `context` in tokens."""

    name: str
    line: str | None
    kind: str | None
    stage: str | None
    modalities: tuple[str, ...]
    reasoning: bool | str | None
    params_b: float
    context: int | None
    released: datetime.date | None
    skills: frozenset[str]

    @property
    def effort(self) -> float:
        """Return the logarithm to base 2 of what its training is worth by size and age, in relation to other models."""
        return math.log2(max(self.params_b, 0.01)) + self.months / MONTHS_PER_DOUBLING

    @property
    def months(self) -> float:
        """Return the months from the first ones to its release."""
        return ((self.released or FIRST_MONTH) - FIRST_MONTH).days / DAYS_PER_MONTH


class Copy(NamedTuple):
    """A model as it would be loaded: under its own name, or with the label of a quantization behind it."""

    name: str
    entry: Entry


def find_copies(requirements: Requirements) -> tuple[Copy, ...]:
    """Return the catalogued models that are worth ranking for a request, each in the largest form that fits, the best first."""
    task = requirements.task
    able = [entry for entry in entries() if _can(entry, task) and _may(entry, requirements)]
    able.sort(
        key=lambda entry: (
            -(entry.effort + FOR_A_SKILL * _made_for(entry, task) + FOR_THE_KIND * (entry.kind == task.does))
        )
    )
    return tuple(_spread(able, requirements))


def _spread(able: Sequence[Entry], requirements: Requirements) -> Iterator[Copy]:
    """Yield the first ones that fit, a few of each line."""
    taken: dict[str | None, int] = {}
    for entry in able:
        if taken.get(entry.line, 0) >= OF_ONE_LINE:
            continue
        label = _label(entry, requirements)
        if label is None:
            continue
        taken[entry.line] = taken.get(entry.line, 0) + 1
        yield Copy(_copy_name(entry, label), entry)
        if sum(taken.values()) == SHORTLIST:
            return


def _without_label(name: str) -> str:
    """Return a name without the precision that its maker published it in: NVIDIA-Nemotron-3-Nano-30B-A3B-BF16.

    >>> _without_label("NVIDIA-Nemotron-3-Nano-30B-A3B-BF16"), _without_label("Qwen3-8B")
    ('NVIDIA-Nemotron-3-Nano-30B-A3B', 'Qwen3-8B')
    """
    stem, _, label = name.rpartition("-")
    return stem if label in vocabulary().bits_per_weight else name


def _can(entry: Entry, task: Task) -> bool:
    """Whether it is the kind of model that does the task, takes in what it has to, and has the training for it."""
    if entry.kind not in (task.does, *task.also) or not set(task.modalities) <= set(entry.modalities):
        return False
    if entry.kind != "text" or task.stage == "any":
        return True
    return (entry.stage == "base") == (task.stage == "base")


def _may(entry: Entry, requirements: Requirements) -> bool:
    """Whether the licence and the length of text that it reads allow the use."""
    if requirements.context is not None and (entry.context or 0) < requirements.context:
        return False
    if not requirements.commercial:
        return True
    known = official(letters_and_digits(entry.name))
    return known is not None and known.licence is not None and licence(known.licence).commercial != "forbidden"


def _made_for(entry: Entry, task: Task) -> int:
    """Return how many of the skills that a task asks for a model was made for, less one for what makes it worse at text."""
    wanted = {*task.skills, *(("reasoning",) if task.reasoning == "wanted" and entry.reasoning else ())}
    known = known_skills()
    narrow = {skill for skill in entry.skills if skill in SENSES or (skill in known and known[skill].narrow)}
    needless = task.does == "text" and bool(narrow - set(task.skills) - set(task.modalities))
    return len(wanted & entry.skills) - needless


def _label(entry: Entry, requirements: Requirements) -> str | None:
    """Return the largest quantization in which a model fits: an empty text for the published weights, None if none does."""
    available = requirements.available_gb
    if available is None:
        return ""
    program = runtime(requirements.runtime or USUAL_PROGRAM)
    labels = program.labels or (runtime(USUAL_PROGRAM).labels if "gguf" in program.loads else ())
    known, published = vocabulary().bits_per_weight, _published_bits(entry.name)
    bits = {"": published, **{label: known[label][0] if label in known else 0.0 for label in labels}}
    smaller = [label for label in labels if bits[label] <= published] if entry.kind == "text" else []
    for label in (*([""] if "safetensors" in program.loads or not smaller else []), *smaller):
        if entry.params_b * bits[label] <= available * 8 and _fits(_copy_name(entry, label), requirements):
            return label
    return None


def _copy_name(entry: Entry, label: str) -> str:
    return f"{_without_label(entry.name)}-{label}" if label else entry.name


def _fits(name: str, requirements: Requirements) -> bool:
    needed = at_least_bytes(estimate(name, None, requirements.context))
    return needed is not None and needed <= (requirements.available_gb or 0) * GB


def _published_bits(name: str) -> float:
    """Return the bits per weight in which the maker publishes a model."""
    model = known_models().by_name.get(name.casefold())
    known = vocabulary().bits_per_weight.get((model.quant if model is not None else None) or "")
    return known[0] if known is not None else PUBLISHED_BITS


def _skills(line: str | None, name: str, roles: Sequence[str], reasoning: bool | str | None) -> frozenset[str]:
    """Return what a model was made for, as its name says and capabilities.yml."""
    words = name.lower()
    rows = (row for row in capabilities(line or "") if not row.words or any(word in words for word in row.words))
    known = {skill for row in rows for skill in row.skills}
    return frozenset(known.union(roles, ("reasoning",) if reasoning else ()))


@functools.cache
def entries() -> tuple[Entry, ...]:
    """Return the catalogued models with open weights and a known size, each once: copies are left out."""
    words, roles = vocabulary(), compiled().ROLES
    lines = {row[0]: line for line, rows in words.families.items() for row in rows}
    found: dict[str, Entry] = {}
    for key, (name, page, facts, *_) in words.catalogue.items():
        known = dict(facts)
        stem = name.rpartition("/")[2]
        if stem.casefold() != key or key in words.originals or not known.get("open_weights") or "params_b" not in known:
            continue
        line = lines.get(page)
        if is_invented(line):
            continue
        released = known.get("released")
        found[key] = Entry(
            stem, line, known.get("task"), known.get("stage"), tuple(known.get("modalities", ())), known.get("reasoning"),
            known["params_b"], known.get("context"),
            datetime.date.fromisoformat(released) if released and len(released) == 10 else None,
            _skills(line, stem, roles.get(key, ()), known.get("reasoning")),
        )  # fmt: skip
    return tuple(found.values())
