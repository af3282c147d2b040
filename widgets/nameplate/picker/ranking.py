"""All candidates with all that was found about them, in order; and which part of the first name put it there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from . import deployment, preference, suitability
from .candidates import Candidate
from .choice import Ranked
from .evidence import Evidence, Finding
from .knowledge import is_invented
from .requirements import Requirements

CLOSE = 0.5  # points by which two names have to differ before one is recommended over the other
# What rules a name out that other limits would let in: only then what speaks for it is worth telling.
WITH_LIMITS = frozenset(("memory", "context", "licence", "runtime"))


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
        """The candidates that can be used, the best first."""
        return [evidence for evidence in self.order if not evidence.excluded]

    @property
    def first(self) -> Evidence:
        """The best candidate, or the nearest where none can be used."""
        return self.order[0]

    @property
    def tied(self) -> bool:
        """Whether nothing that matters tells the first two apart."""
        best = self.usable[:2]
        return len(best) == 2 and best[0].score - best[1].score < CLOSE

    def deciding(self) -> Iterator[Finding]:
        """What speaks for the first name, what puts it before the second most first."""
        first = self.order[0]
        second = self.order[1] if len(self.order) > 1 else None
        told = [finding for finding in first.findings if finding.may_decide]
        yield from sorted(told, key=lambda finding: -_lead(finding, second))

    def ranked(self, first: Sequence[Finding] = ()) -> tuple[Ranked, ...]:
        """The places as they are answered; `first` are the findings to begin the winner's reasons with."""
        return tuple(
            _place(evidence, self.requirements, first if evidence is self.first else ()) for evidence in self.order
        )


def _nearness(evidence: Evidence) -> tuple[Any, ...]:
    """Sorts those that can be used by their points, and the others by what they lack, and by how much of it."""
    needed = evidence.least_gb if "memory" in evidence.exclusions else None
    return evidence.excluded, len(evidence.exclusions), needed or 0.0, -evidence.score


def _lead(finding: Finding, second: Evidence | None) -> float:
    """By how much a finding puts its name before the second one."""
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
        requirements.available_gb,
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
