"""Put the candidates in order, and find which part of the first name put it there."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from . import deployment, preference, suitability
from .candidates import Candidate
from .choice import Ranked
from .evidence import Evidence, Finding
from .knowledge import is_invented
from .requirements import Requirements

CLOSE = 0.5  # points by which two names have to differ before one is recommended over the other
# Parameters of the larger of two models, in those of the smaller, up to which makers count them to one class: of different
# makers, the larger one of a class isn't the better one for that.
ONE_CLASS = 1.3
# What rules a name out that other limits would let in: only then its advantages are worth listing.
WITH_LIMITS = frozenset(("memory", "context", "licence", "runtime", "size limit"))


class Ranking:
    """The candidates in order. Those that can be used come first, then those that are ruled out, the nearest first."""

    def __init__(self, candidates: Sequence[Candidate], requirements: Requirements) -> None:
        self.requirements = requirements.replacing(article=_has_all_variants(candidates))
        self.evidence = [Evidence(candidate) for candidate in candidates]
        for evidence in self.evidence:
            suitability.judge(evidence, self.requirements)
            if not evidence.candidate.is_part and evidence.candidate.kind is not None:
                deployment.judge(evidence, self.requirements)
        preference.compare(self.evidence, self.requirements)
        self.order = sorted(self.evidence, key=_nearness)

    @property
    def usable(self) -> list[Evidence]:
        """Return the candidates that can be used, the best first."""
        return [evidence for evidence in self.order if not evidence.excluded]

    @property
    def first(self) -> Evidence:
        """Return the best candidate, or the closest one if none can be used."""
        return self.order[0]

    @property
    def tied(self) -> bool:
        """Whether the first two don't differ in anything that matters."""
        return len(self.equals) > 1

    @functools.cached_property
    def equals(self) -> tuple[Evidence, ...]:
        """Return the first name and those that nothing sets apart from it: no points, or only a little of size."""
        usable = self.usable
        apart = (one for one in usable if not self._alike(usable[0], one))
        first_apart = next(apart, None)
        return tuple(usable[: usable.index(first_apart)] if first_apart is not None else usable)

    def _alike(self, first: Evidence, other: Evidence) -> bool:
        if _are_labels_of_one_model(first.candidate, other.candidate):
            return False  # the order is that of their losses
        if first.score - other.score < CLOSE:
            return True
        one, two = first.candidate, other.candidate
        lines = {one.reading.family, two.reading.family}
        if self.requirements.quick or len(lines) < 2 or None in lines or one.size is None or two.size is None:
            return False
        return max(one.size, two.size) <= ONE_CLASS * min(one.size, two.size) and first.differs_from(other) <= {"size"}

    def deciding(self) -> Iterator[Finding]:
        """Yield the findings in favour of the first name; those that put it ahead of the second come first."""
        first = self.order[0]
        second = self.order[1] if len(self.order) > 1 else None
        deciding = [finding for finding in first.findings if finding.may_decide]
        yield from sorted(deciding, key=lambda finding: -_lead(finding, second))

    def ranked(self, first: Sequence[Finding] = ()) -> tuple[Ranked, ...]:
        """Return the places as they are answered; the winner's reasons begin with the findings in `first`."""
        return tuple(
            _place(evidence, self.requirements, first if evidence is self.first else ()) for evidence in self.order
        )


def _are_labels_of_one_model(one: Candidate, two: Candidate) -> bool:
    """Whether two names are files of one model, stored in different ways."""
    labels = one.label, two.label
    return one.key == two.key and None not in labels and labels[0] != labels[1]


def _nearness(evidence: Evidence) -> tuple[Any, ...]:
    """Return a key that sorts usable candidates by points, and the others by what they lack and how much of it."""
    needed = evidence.least_gb if "memory" in evidence.exclusions else None
    return evidence.excluded, len(evidence.exclusions), needed or 0.0, -evidence.score


def _lead(finding: Finding, second: Evidence | None) -> float:
    """Return by how much a finding puts its name ahead of the second one."""
    if second is None:
        return finding.weight
    if finding.aspect in second.exclusions:
        return 1000 + finding.weight
    return finding.weight - second.weight_of(finding.aspect)


def _place(evidence: Evidence, requirements: Requirements, first: Sequence[Finding]) -> Ranked:
    speaks_for = [one for one in evidence.findings if one.speaks_for] if evidence.exclusions <= WITH_LIMITS else []
    rest = sorted((one for one in speaks_for if one not in first), key=lambda one: -one.weight)
    against = [one for one in evidence.findings if not one.speaks_for and one not in first]
    against.sort(key=lambda one: (not one.excludes, one.weight))
    return Ranked(
        evidence.candidate.name,
        0 if evidence.excluded else max(1, round(evidence.score)),
        evidence.fits,
        evidence.needed_gb,
        evidence.available_gb or requirements.available_gb,
        tuple(one.reason for one in (*first, *rest)),
        tuple(one.reason for one in against),
    )


def _has_all_variants(candidates: Sequence[Candidate]) -> bool:
    """Whether the three variants of the article are there: an instruct and a chat model of one line, or an invented line."""
    if any(is_invented(candidate.reading.family) for candidate in candidates):
        return True
    stages = {
        (candidate.reading.family, candidate.stage.value) for candidate in candidates if candidate.stage is not None
    }
    return any(family and (family, "instruct") in stages and (family, "chat") in stages for family, _ in stages)
