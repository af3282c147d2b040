"""The answer to "which of these?": frozen dataclasses whose fields are the keys of the public JSON."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

OK, NONE_FITS, ASK = "ok", "none_fits", "ask"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a name or against it.

    `token` is the part of the name that says so (`None` where something is missing), `rule` the id of the rule,
    `source` the address where the rule or the fact is stated.
    """

    token: str | None
    rule: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate in its place. Memory is in decimal gigabytes, `None` if it isn't known or wasn't asked for.

    `score` is the sum of the weights of the rules; names that cannot be used have 0.
    """

    name: str
    score: int
    fits: bool | None = None
    needed_gb: float | None = None
    available_gb: float | None = None
    because: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The picker's answer.

    `verdict` is `ok`, `none_fits` (`message` says what is missing) or `ask` (`message` says what the names leave
    open); only with `ok` there is a `best`. `task` is the id of the task that was understood, `understood` says it
    and the circumstances in words. Each line of `would_change` was verified by answering the changed request.
    """

    id: str | int | None
    verdict: str
    best: str | None
    message: str
    ranking: tuple[Ranked, ...] = ()
    would_change: tuple[str, ...] = ()
    task: str | None = None
    understood: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain lists and dictionaries, every key present, ready for JSON."""
        found: dict[str, Any] = _plain(self)
        return found


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, (Reason, Ranked, Choice)):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value
