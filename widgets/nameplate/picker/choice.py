"""The answer to "which of these?": frozen dataclasses whose fields are the keys of the public JSON."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from ..reading import JsonObject

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
class NamedTask:
    """A task by its id, and what it is called in an answer."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the request was taken for.

    `task` is the id of the task, `tasks` are several that it names or, where it isn't clear, those that it may mean, and
    `denied` (in JSON the key is `not`) those that it rules out. `machine` is the machine in words, `language` the BCP 47
    code of the request's own language. `confidence` is how likely the task is what was meant, from 0 to 1. `words` says
    the task and the circumstances in words.
    """

    task: str | None = None
    machine: str | None = None
    tasks: tuple[NamedTask, ...] = ()
    denied: tuple[str, ...] = ()
    language: str | None = None
    confidence: float = 0.0
    words: tuple[str, ...] = ()


JSON_KEYS = {"denied": "not"}  # a key that Python keeps for itself
NOT_UNDERSTOOD = Understanding()


@dataclass(frozen=True, slots=True)
class Choice:
    """The picker's answer.

    `verdict` is `ok`, `none_fits` (`message` says what is missing) or `ask` (`message` says what the names leave
    open); only with `ok` there is a `best`. `task` is the id of the task that was understood, `understood` all that the
    request was taken for. Each line of `would_change` was verified by answering the changed request. `each` has an answer
    for each of several tasks if no model does them together; it's empty otherwise.
    """

    id: str | int | None
    verdict: str
    best: str | None
    message: str
    ranking: tuple[Ranked, ...] = ()
    would_change: tuple[str, ...] = ()
    task: str | None = None
    understood: Understanding = NOT_UNDERSTOOD
    each: tuple[Choice, ...] = ()

    def to_dict(self) -> JsonObject:
        """The answer as plain lists and dictionaries, every key present, ready for JSON."""
        found: JsonObject = _plain(self)
        return found


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    keys = KEYS.get(type(value))
    return value if keys is None else {key: _plain(getattr(value, name)) for name, key in keys}


KEYS = {
    kind: tuple((field.name, JSON_KEYS.get(field.name, field.name)) for field in fields(kind))
    for kind in (Reason, Ranked, Choice, Understanding, NamedTask)
}
