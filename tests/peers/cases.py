"""The peers' own cases, and how our answers to them are judged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nameplate import decode
from tests.peers.adapters import ADAPTERS

FOLDER = Path(__file__).parent
# By key of a peer's answer: what they say, and what we say.
Differences = dict[str, list[Any]]


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
    """Cases of a peer that are not asked here, or keys of its answers that are not compared, and why."""

    peer: str
    why: str
    function: str | None = None
    cases: int = 0
    inputs: Sequence[str] = ()
    keys: Sequence[str] = ()


@dataclass(frozen=True)
class KnownDifference:
    """Cases in which we do not agree: because of a choice that we stand by, or (`open`) because we read worse."""

    why: str
    cases: Mapping[str, Differences]
    open: bool = False


@cache
def cases() -> tuple[Case, ...]:
    """All cases, by peer."""
    files = sorted((FOLDER / "cases").glob("*.jsonl"))
    return tuple(Case(**json.loads(line)) for file in files for line in file.read_text(encoding="utf-8").splitlines())


@cache
def left_out() -> tuple[LeftOut, ...]:
    """What of the peers' cases is not compared."""
    return tuple(LeftOut(**row) for row in _rows("left_out.yml"))


@cache
def known_differences() -> tuple[KnownDifference, ...]:
    """Where we do not agree, and why."""
    return tuple(KnownDifference(**row) for row in _rows("known_differences.yml"))


def _rows(file: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    return rows


def differences(case: Case) -> Differences:
    """The keys on which we do not agree with a peer.

    Of an answer inside an answer only the keys that the case names are compared, as in the peer's own test.
    """
    ours = ADAPTERS[case.peer](decode(case.input), **case.given)
    found: Differences = {}
    for key in case.expected.keys() - _not_ours(case):
        theirs, answer = case.expected[key], ours[key]
        if isinstance(theirs, dict) and isinstance(answer, dict):
            answer = {name: answer.get(name) for name in theirs}
        if theirs != answer:
            found[key] = [theirs, answer]
    return found


def _not_ours(case: Case) -> set[str]:
    """The keys that our reading does not have."""
    rows = (row for row in left_out() if row.peer == case.peer and row.function in (None, case.function))
    return {key for row in rows for key in row.keys}
