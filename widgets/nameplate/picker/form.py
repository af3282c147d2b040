"""Answer the page for choosing: names as they were pasted, a task, a machine, and the memory that each name needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..english import listed
from ..errors import RequestError, shown
from ..memory.arguments import gigabytes, read_tokens
from ..memory.estimator import Estimate, estimate
from ..memory.fit import Fit, fit
from ..memory.machine import Machine, fillable, read_machine
from .choice import Choice, Ranked
from .pasted import read_pasted
from .picker import consider
from .requirements import Requirements
from .usual_task import usual_task

MEMORIES = {"gpu_gb": "graphics memory", "ram_gb": "main memory"}
LIMITS = ("machine", "gpu_gb", "ram_gb", "context", "licence", "runtime")


class Question(NamedTuple):
    """Names, a task and limits, as `pick` takes them; `left_out` are lines of what was pasted that have no name."""

    names: tuple[str, ...]
    task: str
    limits: dict[str, Any]
    left_out: int = 0


class Answer(NamedTuple):
    """The choice, what the request was taken for, and what each name needs, by name.

    `usual` says that the request gave no task, so the usual one for these names was taken, `searched` that it gave no names.
    `parts` has an answer for each of several tasks that no model does together. `machine` says how the description of a
    machine was read, `left_out` how many lines of what was pasted have no name.
    """

    choice: Choice
    memory: dict[str, Estimate]
    requirements: Requirements
    usual: bool = False
    searched: bool = False
    parts: tuple[Choice, ...] = ()
    machine: str = ""
    left_out: int = 0


def read_question(given: Mapping[str, Any]) -> Question:
    """Return the question in the fields of a form or an address: all of them text, empty if not filled in.

    >>> read_question({"names": "llama-7b, llama-13b", "task": "chat", "gpu_gb": "8", "context": "4096"})
    Question(names=('llama-7b', 'llama-13b'), task='chat', limits={'gpu_gb': 8.0, 'context': 4096}, left_out=0)

    Raises RequestError for a figure that isn't one.
    """
    pasted = read_pasted(str(given.get("names") or ""))
    limits: dict[str, Any] = {}
    for key in LIMITS:
        value = str(given.get(key) or "").strip()
        if value:
            limits[key] = _limit(key, value)
    return Question(pasted.names, str(given.get("task") or "").strip(), limits, pasted.left_out)


def _limit(key: str, value: str) -> float | int | str:
    if key == "context":
        return read_tokens(value)
    if key not in MEMORIES:
        return value
    try:
        return gigabytes(key, float(value.replace(",", ".")))
    except ValueError:
        raise RequestError(f"The {MEMORIES[key]} is a number of gigabytes above 0, not {shown(value)}.") from None


def choose(asked: Question, *, changes: bool = True) -> Answer:
    """Answer a question; without `changes`, don't work out what would change the answer. Raises what `pick` raises.

    >>> found = choose(read_question({"names": "SorskootLLM-v2-13b, SorskootLLM-v2-13b-chat", "task": "chatbot"}))
    >>> found.choice.best, sorted(found.memory)
    ('SorskootLLM-v2-13b-chat', ['SorskootLLM-v2-13b', 'SorskootLLM-v2-13b-chat'])
    """
    limits, machine = _machine(asked.limits)
    usual = usual_task(asked.names) if asked.names and not asked.task else None
    task = usual.task if usual is not None else asked.task
    found, requirements = consider(asked.names, task, limits, changes=changes)
    return Answer(
        found,
        {ranked.name: estimate(ranked.name, context=requirements.context) for ranked in _ranked(found)},
        requirements,
        usual is not None,
        not asked.names,
        found.each,
        machine,
        asked.left_out,
    )


def _ranked(found: Choice) -> Iterator[Ranked]:
    """Yield all names that an answer ranks, and those of its answers for single tasks."""
    for choice in (found, *found.each):
        yield from choice.ranking


def shown_first(answer: Answer) -> Ranked | None:
    """Return the name that the answer is about: the recommended one, or the only one; none if there are several answers."""
    ranking = answer.choice.ranking
    is_about_one = (answer.choice.best is not None or len(ranking) == 1) and not answer.parts
    return ranking[0] if ranking and is_about_one else None


def quantizations(answer: Answer) -> Fit | None:
    """Return the usual quantizations of the name that an answer is about, for the same machine and context."""
    one, wanted = shown_first(answer), answer.requirements
    return fit(one.name, None, wanted.gpu_gb, wanted.ram_gb, wanted.context) if one is not None else None


def _machine(limits: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Return limits without a description of a machine that can't be read, and how it was read.

    The description is half written while the reader types, and then the rest of the question is worth an answer.

    >>> _machine({"machine": "RTX 4090", "context": 8192})
    ({'machine': 'RTX 4090', 'context': 8192}, 'GeForce RTX 4090 with 24 GB: a model can use 24 GB.')
    >>> _machine({"machine": "an abacus"})[0]
    {}
    """
    known = dict(limits)
    if "machine" not in limits:
        return known, ""
    try:
        return known, _read(read_machine(limits["machine"]))
    except RequestError as error:
        del known["machine"]
        return known, f"{error} The answer leaves it out."


def _read(found: Machine) -> str:
    words = f"{found.title}: a model can use {fillable(found.gpu_gb, found.ram_gb)}."
    return f"{words} Not understood: {listed(f'“{word}”' for word in found.unread)}." if found.unread else words
