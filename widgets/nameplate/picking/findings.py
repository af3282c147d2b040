"""What rules find in one name: points for it, points against it, and what shuts it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .candidates import Candidate, picking_data
from .choice import Reason


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found. `aspect` is the question that it answers, the same for all names; `out` shuts the name out."""

    aspect: str
    rule: str
    token: str | None
    weight: float
    text: str
    source: str
    out: bool = False

    @property
    def reason(self) -> Reason:
        return Reason(self.token, self.rule, self.text, self.source)


class Findings:
    """The findings about one candidate, in the order of the rules."""

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self.all: list[Finding] = []
        self.fits: bool | None = None
        self.needed_gb: float | None = None
        self.open: str | None = None  # what of the name would have to be known before it could be recommended

    def add(
        self, aspect: str, rule: str, token: str | None = None, *, weight: float | None = None, source: str | None = None,
        out: bool = False, **words: Any,
    ) -> None:  # fmt: skip
        """Note what a rule found; `words` fill its sentence, `weight` and `source` replace those of the rule."""
        says, usual, stated, _ = rule_row(rule)
        text = says.format(token=token, **words)
        points = usual if weight is None else weight
        self.all.append(Finding(aspect, rule, token, points or 0.0, text[0].upper() + text[1:], source or stated, out))

    @property
    def out(self) -> bool:
        return any(finding.out for finding in self.all)

    @property
    def score(self) -> float:
        return sum(finding.weight for finding in self.all)

    @property
    def outs(self) -> frozenset[str]:
        """The aspects that shut the name out."""
        return frozenset(finding.aspect for finding in self.all if finding.out)

    def weight_of(self, aspect: str) -> float:
        return sum(finding.weight for finding in self.all if finding.aspect == aspect)


def rule_row(rule: str) -> tuple[str, float | None, str, str | None]:
    """A rule's sentence, weight, source and the day on which somebody looked there, if anybody has."""
    row: tuple[str, float | None, str, str | None] = picking_data().RULES[rule]
    return row


def listed(words: Any) -> str:
    """Words in a row: `a, b and c`.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    found = list(words)
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)
