"""Answer the page for choosing: names as they were pasted, a task, a machine, and the memory that each name needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..errors import RequestError, shown
from ..memory.arguments import gigabytes, read_tokens
from ..memory.estimator import Estimate, estimate
from .choice import Choice
from .picker import pick

BETWEEN_NAMES = re.compile(r"[\n,;]+")
MEMORIES = {"gpu_gb": "graphics memory", "ram_gb": "main memory"}
LIMITS = ("machine", "gpu_gb", "ram_gb", "context", "licence", "runtime")


class Question(NamedTuple):
    """Names, a task and limits, as `pick` takes them; `context` is also the length that memory is drawn for."""

    names: tuple[str, ...]
    task: str
    limits: dict[str, Any]

    @property
    def context(self) -> int | None:
        """Return the tokens that are asked for, if any."""
        return self.limits.get("context")


class Answer(NamedTuple):
    """The choice, and what each name needs, by name."""

    choice: Choice
    memory: dict[str, Estimate]


def read_question(given: Mapping[str, Any]) -> Question:
    """Return the question in the fields of a form or an address: all of them text, empty if not filled in.

    >>> read_question({"names": "llama-7b, llama-13b", "task": "chat", "gpu_gb": "8", "context": "4096"})
    Question(names=('llama-7b', 'llama-13b'), task='chat', limits={'gpu_gb': 8.0, 'context': 4096})

    Raises RequestError for a figure that isn't one.
    """
    names = tuple(dict.fromkeys(filter(None, map(str.strip, BETWEEN_NAMES.split(str(given.get("names") or ""))))))
    limits: dict[str, Any] = {}
    for key in LIMITS:
        value = str(given.get(key) or "").strip()
        if value:
            limits[key] = _limit(key, value)
    return Question(names, str(given.get("task") or "").strip(), limits)


def _limit(key: str, value: str) -> float | int | str:
    if key == "context":
        return read_tokens(value)
    if key not in MEMORIES:
        return value
    try:
        return gigabytes(key, float(value.replace(",", ".")))
    except ValueError:
        raise RequestError(f"The {MEMORIES[key]} is a number of gigabytes above 0, not {shown(value)}.") from None


def choose(asked: Question) -> Answer:
    """Answer a question. Raises what `pick` raises.

    >>> found = choose(read_question({"names": "SorskootLLM-v2-13b, SorskootLLM-v2-13b-chat", "task": "chatbot"}))
    >>> found.choice.best, sorted(found.memory)
    ('SorskootLLM-v2-13b-chat', ['SorskootLLM-v2-13b', 'SorskootLLM-v2-13b-chat'])
    """
    found = pick(asked.names, asked.task, asked.limits)
    shown = [ranked.name for ranked in found.ranking] or list(asked.names)
    return Answer(found, {name: estimate(name, context=asked.context) for name in shown})
