"""All candidates with all that was found about them, in order; and which part of the first name put it there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from . import deployment, preference, suitability
from .candidates import Candidate
from .choice import Ranked
from .evidence import Finding, Findings
from .knowledge import is_invented
from .requirements import Requirements

CLOSE = 0.5  # points by which two names have to differ before one is recommended over the other
# What shuts a name out that other limits would let in: only then what speaks for it is worth telling.
WITH_LIMITS = frozenset(("memory", "context", "licence", "runtime"))


class Ranking:
    """The candidates in order. Those that can be used come first, then those that are shut out, the nearest first."""

    def __init__(self, candidates: Sequence[Candidate], requirements: Requirements) -> None:
        self.requirements = requirements.but(article=_stand_side_by_side(candidates))
        self.all = [Findings(candidate) for candidate in candidates]
        for found in self.all:
            suitability.judge(found, self.requirements)
            if not found.candidate.is_part and found.candidate.kind is not None:
                deployment.judge(found, self.requirements)
        preference.compare(self.all, self.requirements)
        self.order = sorted(self.all, key=_nearness)

    @property
    def usable(self) -> list[Findings]:
        """The candidates that can be used, the best first."""
        return [found for found in self.order if not found.out]

    @property
    def first(self) -> Findings:
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
        told = [finding for finding in first.all if finding.may_decide]
        yield from sorted(told, key=lambda finding: -_lead(finding, second))

    def ranked(self, first: Sequence[Finding] = ()) -> tuple[Ranked, ...]:
        """The places as they are answered; `first` are the findings to begin the winner's reasons with."""
        return tuple(_place(found, self.requirements, first if found is self.first else ()) for found in self.order)


def _nearness(found: Findings) -> tuple[Any, ...]:
    """Sorts those that can be used by their points, and the others by what they lack, and by how much of it."""
    lacking = found.needed_gb if "memory" in found.outs and found.needed_gb is not None else 0.0
    return found.out, len(found.outs), lacking, -found.score


def _lead(finding: Finding, second: Findings | None) -> float:
    """By how much a finding puts its name before the second one."""
    if second is None:
        return finding.weight
    if finding.aspect in second.outs:
        return 1000 + finding.weight
    return finding.weight - second.weight_of(finding.aspect)


def _place(found: Findings, requirements: Requirements, first: Sequence[Finding]) -> Ranked:
    speaks_for = [one for one in found.all if one.speaks_for] if found.outs <= WITH_LIMITS else []
    rest = sorted((one for one in speaks_for if one not in first), key=lambda one: -one.weight)
    against = [one for one in found.all if not one.speaks_for and one not in first]
    against.sort(key=lambda one: (not one.out, one.weight))
    return Ranked(
        found.candidate.name,
        0 if found.out else max(1, round(found.score)),
        found.fits,
        found.needed_gb,
        requirements.available_gb,
        tuple(one.reason for one in (*first, *rest)),
        tuple(one.reason for one in against),
    )


def _stand_side_by_side(candidates: Sequence[Candidate]) -> bool:
    """Whether the three variants of the article are there: an instruct and a chat model of one line, or an invented line."""
    if any(is_invented(candidate.reading.family) for candidate in candidates):
        return True
    stages = {
        (candidate.reading.family, candidate.stage.value) for candidate in candidates if candidate.stage is not None
    }
    return any(family and (family, "instruct") in stages and (family, "chat") in stages for family, _ in stages)
