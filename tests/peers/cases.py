"""The peers' own cases, and how our answers to them are judged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nameplate import NameplateError, decode

from .adapters import ADAPTERS

FOLDER = Path(__file__).parent
UNANSWERED = "no answer"


@dataclass(frozen=True)
class Case:
    """What one peer says of one name; `given` is what its function is told besides the name."""

    id: str
    peer: str
    function: str
    input: str
    expected: Mapping[str, Any]
    source: str
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LeftOut:
    """Cases of a peer that are not asked here, or keys that are not compared, and why."""

    peer: str
    why: str
    function: str | None = None
    cases: int = 0
    keys: tuple[str, ...] = ()

    def concerns(self, case: Case) -> bool:
        return self.peer == case.peer and self.function in (None, case.function)


@cache
def cases() -> tuple[Case, ...]:
    """All cases, by peer."""
    files = sorted((FOLDER / "cases").glob("*.jsonl"))
    return tuple(Case(**json.loads(line)) for file in files for line in file.read_text(encoding="utf-8").splitlines())


@cache
def left_out() -> tuple[LeftOut, ...]:
    """What of the peers' cases is not compared."""
    rows = yaml.safe_load((FOLDER / "left_out.yml").read_text(encoding="utf-8"))
    return tuple(LeftOut(**{**row, "keys": tuple(row.get("keys", ()))}) for row in rows)


@cache
def known_differences() -> dict[str, dict[str, Any]]:
    """Where we answer otherwise on purpose, or not yet as we should, by the id of the case."""
    rows = yaml.safe_load((FOLDER / "known_differences.yml").read_text(encoding="utf-8")) or []
    return {row["case"]: row for row in rows}


def differences(case: Case) -> dict[str, tuple[Any, Any]]:
    """The keys on which we do not agree, each with what they say and what we say."""
    try:
        ours = ADAPTERS[case.peer](decode(case.input), **case.given)
    except NameplateError as error:
        return {key: (value, f"{UNANSWERED}: {error.code}") for key, value in case.expected.items()}
    skipped = {key for row in left_out() if row.concerns(case) for key in row.keys}
    return {
        key: (theirs, answer)
        for key, value in case.expected.items()
        if key not in skipped
        for theirs, answer in _unequal(value, ours[key])
    }


def _unequal(theirs: Any, ours: Any) -> Iterator[tuple[Any, Any]]:
    """The pair, if they differ; of an object only the keys that the case names are compared."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        ours = {key: ours.get(key) for key in theirs}
    if theirs != ours:
        yield theirs, ours
