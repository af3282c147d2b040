"""Collect what rules find in one name: points for it, points against it, and what rules it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from .candidates import Candidate
from .choice import Reason
from .knowledge import rule as rule_named

MEANS_IT = "“{token}” means it "  # what the sentence about a telling part begins with


class Finding(NamedTuple):
    """What one rule found.

    `aspect` is the question that the rule answers, the same for all names. `description` is the sentence of the rule, whose
    gaps `token` and `words` fill; `counts` is copied from the rule. `excludes` says that the finding rules the name out.
    """

    aspect: str
    rule: str
    token: str | None
    weight: float
    description: str
    words: Mapping[str, Any]
    source: str
    counts: str | None
    excludes: bool = False

    @property
    def text(self) -> str:
        """Return the sentence. Of a long list, most findings are weighed and never shown."""
        text = self.description.format(token=self.token, **self.words)
        return text if _is_name(text.split(" ", 1)[0]) else text[0].upper() + text[1:]

    @property
    def speaks_for(self) -> bool:
        """Whether it is listed in favour of the name."""
        return self.counts is None and not self.excludes and self.weight > 0

    @property
    def may_decide(self) -> bool:
        """Whether its part of the name can be given as what decided."""
        return self.counts != "against" and not self.excludes and bool(self.token)

    @property
    def reason(self) -> Reason:
        """Return the finding as it appears in the answer."""
        return Reason(self.token, self.rule, self.text, self.source)


def _is_name(word: str) -> bool:
    """Return whether the first word of a sentence is a name that keeps its small letter.

    >>> [_is_name(word) for word in ("vLLM", "llama.cpp", "an", "it")]
    [True, True, False, False]
    """
    return word[1:2].isupper() or "." in word


class Evidence:
    """The findings about one candidate, in the order of the rules."""

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self.findings: list[Finding] = []
        self.fits: bool | None = None
        self.needed_gb: float | None = None  # for everything; None where a part of the sum isn't known
        self.least_gb: float | None = None  # for what is known
        self.available_gb: float | None = None  # if it takes more than one memory: what all of them hold
        self.unknown: str | None = None  # what of the name would have to be known before it could be recommended

    def add(
        self, aspect: str, rule: str, token: str | None = None, *, weight: float | None = None, source: str | None = None,
        excludes: bool = False, **words: Any,
    ) -> None:  # fmt: skip
        """Add what a rule found; `words` fill its sentence, `weight` and `source` replace those of the rule."""
        row = rule_named(rule)
        description = row.description
        if description.startswith(MEANS_IT) and token == self.candidate.stem:
            # The line's name doesn't say it; that's known about the model.
            description = f"It {description.removeprefix(MEANS_IT)}"
        points = row.weight if weight is None else weight
        self.findings.append(
            Finding(
                aspect,
                rule,
                token,
                points or 0.0,
                description,
                words,
                source or row.source,
                row.counts,
                excludes,
            )
        )

    @property
    def excluded(self) -> bool:
        """Whether the name cannot be used."""
        return any(finding.excludes for finding in self.findings)

    @property
    def score(self) -> float:
        """Return the points of all findings together."""
        return sum(finding.weight for finding in self.findings)

    @property
    def exclusions(self) -> frozenset[str]:
        """Return the aspects that rule the name out."""
        return frozenset(finding.aspect for finding in self.findings if finding.excludes)

    def differs_from(self, other: Evidence) -> frozenset[str]:
        """Return the aspects in which the findings about two names count differently."""
        aspects = {finding.aspect for finding in (*self.findings, *other.findings)}
        return frozenset(one for one in aspects if abs(self.weight_of(one) - other.weight_of(one)) > 0.01)

    def weight_of(self, aspect: str) -> float:
        """Return the points of the findings that answer one question."""
        return sum(finding.weight for finding in self.findings if finding.aspect == aspect)
