"""Work out what a request asks for: the task and the limits, from the constraints and from the sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..decoder import LONGEST_NAME, decode
from ..errors import RequestError, shown
from ..memory.arguments import gigabytes, token_count
from ..memory.kv_cache import MOST
from ..memory.machine import Found, Machine, find_machine, read_machine
from ..reading import Reading
from .figures import TOKENS, figure_at, find_figure, plain_text
from .knowledge import programs
from .size_limits import NO_SIZE_LIMITS, SizeLimits, size_limits
from .tasks import ANYTHING, Offered, Task, Understood, tasks

KEYS = ("gpu_gb", "ram_gb", "context", "licence", "runtime", "machine")
APPLE = "apple"  # a kind of machine, and the row of runtimes.yml for it
LONGEST_TEXT = 6_000  # characters of a request
FEWEST_TOKENS = 256  # fewer tokens in a sentence aren't a context: "answers of 50 tokens"
# All of these read a text with single spaces, see `plain_text`.
TOKENS_BEHIND = re.compile(r" ?(k|thousand|m|million)?[ -]{0,3}(?:tokens?|context|ctx)\b")
CONTEXT_OF = re.compile(r"\bcontext (?:length |window )?of (?=\d)")
UNIT_BEHIND = re.compile(r" ?(k|thousand|million|m)?\b")
PAGES_BEHIND = re.compile(r"[ -]{0,3}pages?\b")
MANY_PAGES = 50  # a text of so many pages is long
NAMES = re.compile(r"[\w.:/-]+")
TRAINING = re.compile(r"\b(?:train|pre-?train|tune|tuning|billion tokens|tokens of)")


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a request asks for. Memory is in decimal gigabytes that the model may fill, `context` in tokens.

    `machine` is what a description or the sentence says of the machine; its memory is in `gpu_gb` and `ram_gb`, unless
    other figures were given. Its `title` says what was understood, its `unread` what of a description was not.
    """

    understood: Understood
    gpu_gb: float | None = None
    ram_gb: float | None = None
    context: int | None = None
    commercial: bool = False
    runtime: str | None = None
    is_runtime_given: bool = False  # as a limit, not in the words of the request
    article: bool = False
    sizes: SizeLimits = NO_SIZE_LIMITS  # how many parameters a model may have
    long: bool = False  # the text is long, though its length in tokens isn't stated
    machine: Machine | None = None
    target: Reading | None = None  # the model that a draft is to be made for
    offered: Offered = ANYTHING  # what there is to choose from
    searching: bool = False  # the catalogue is searched: the request gives no names

    @property
    def task(self) -> Task:
        """Return the task that was understood. Call this only if there is one."""
        assert self.understood.task is not None
        return self.understood.task

    @property
    def available_gb(self) -> float | None:
        """Return the memory for weights and context: the graphics card's, or the main memory without a card."""
        return self.gpu_gb if self.gpu_gb is not None else self.ram_gb

    @property
    def runtimes(self) -> tuple[str, ...]:
        """Return the rows of runtimes.yml that have to load the files."""
        by_cue = (cue.machine for cue in self.understood.cues)
        by_maker = APPLE if self.machine is not None and self.machine.kind == APPLE else None
        return tuple(dict.fromkeys(filter(None, (self.runtime, *by_cue, by_maker))))

    @property
    def quick(self) -> bool:
        """Whether answers should be fast or cheap, which favours small models."""
        mentions = self.understood.mentions
        return any(map(mentions, ("quick", "cheap", "light"))) and not mentions("patient")

    @property
    def without_thinking(self) -> bool:
        """Whether it must answer at once: the request says so, or it rules out what thinks first."""
        denied = (task.reasoning for task in self.understood.denied)
        return self.understood.mentions("no-thinking") or any(one in ("wanted", "switchable") for one in denied)

    def replacing(self, **changes: Any) -> Requirements:
        """Return the same request with something changed."""
        return replace(self, **changes)

    def with_task(self, task: str) -> Requirements:
        """Return the same limits for another task."""
        return replace(self, understood=Understood(tasks().by_id[task], (), self.understood.languages), article=False)


def read_requirements(text: str, constraints: Mapping[str, Any], offered: Offered = ANYTHING) -> Requirements:
    """Return what a request in words and limits asks for. Given limits come before those in the sentence.

    `offered` says what there is to choose from.

    >>> found = read_requirements("a chatbot with 60k tokens of context on a 24 GB GPU", {})
    >>> found.task.task, found.gpu_gb, found.context
    ('chatbot', 24.0, 61440)

    Raises RequestError for an unknown constraint, and for a value that a constraint can't have.
    """
    _check(text, constraints)
    found = find_machine(text)
    limits_given = found is not None or any(value is not None for value in constraints.values())
    wish = found.rest(text) if found is not None else text
    understood = tasks().understand(text, wish=wish, limits_given=limits_given, offered=offered)
    implied = dict(pair for cue in understood.cues for pair in cue.sets)
    plain = plain_text(text)
    gpu, ram = constraints.get("gpu_gb"), constraints.get("ram_gb")
    machine = _machine(found, constraints.get("machine"))
    if machine is not None and gpu is None and ram is None:
        gpu, ram = machine.gpu_gb, machine.ram_gb
    context = constraints["context"] if constraints.get("context") is not None else _context(plain)
    return Requirements(
        understood,
        float(gpu) if gpu is not None else None,
        float(ram) if ram is not None else None,
        int(context) if context is not None else None,
        (constraints.get("licence") or implied.get("licence")) == "commercial",
        constraints.get("runtime") or implied.get("runtime"),
        constraints.get("runtime") is not None,
        offered=offered,
        machine=machine,
        sizes=size_limits(text),
        long=understood.mentions("long-text") or _pages(plain) >= MANY_PAGES,
        target=_named(text) if understood.task is not None and understood.task.does == "draft" else None,
    )


def _machine(found: Found | None, description: str | None) -> Machine | None:
    """Return the machine that is described, or the one that the sentence mentions."""
    if description is not None:
        return read_machine(description)
    return found.machine if found is not None else None


def _pages(text: str) -> int:
    found = find_figure(text, PAGES_BEHIND)
    return found.amount({}) or 0 if found is not None else 0


def _named(text: str) -> Reading | None:
    """Return the first model that a sentence names."""
    words = (word for word in NAMES.findall(text) if any(map(str.isalpha, word)) and any(map(str.isdigit, word)))
    readings = (decode(word.rstrip(".:")) for word in words if len(word) <= LONGEST_NAME)
    return next((reading for reading in readings if reading.family is not None), None)


def _check(text: str, constraints: Mapping[str, Any]) -> None:
    if not isinstance(text, str):
        raise RequestError(f"The task is a sentence or the id of a task, not {shown(text)}.")
    if len(text) > LONGEST_TEXT:
        raise RequestError(f"The task has {len(text):,} characters. Say it in at most {LONGEST_TEXT:,}.")
    if not isinstance(constraints, Mapping):
        raise RequestError(f'The constraints are an object such as {{"gpu_gb": 12}}, not {shown(constraints)}.')
    for key, value in constraints.items():
        if key not in KEYS:
            raise RequestError(f"{shown(key)} is not a constraint. Known: {', '.join(KEYS)}.")
        if value is None:
            continue
        if key == "context":
            token_count(value)
        elif key in ("gpu_gb", "ram_gb"):
            gigabytes(key, value)
        elif key == "machine" and not isinstance(value, str):
            raise RequestError(f'"machine" is a description such as “RTX 4090”, not {shown(value)}.')
        elif key == "licence" and value != "commercial":
            raise RequestError(f'"licence" can only be "commercial", not {shown(value)}.')
        elif key == "runtime" and value not in programs():
            raise RequestError(f'"runtime" is one of {", ".join(programs())}, not {shown(value)}.')


def _context(text: str) -> int | None:
    """Return the tokens to keep that a sentence asks for; tokens to train on are others."""
    if TRAINING.search(text) and "context" not in text:
        return None
    found, of = find_figure(text, TOKENS_BEHIND), CONTEXT_OF.search(text)
    if found is None and of is not None:
        found = figure_at(text, of.end(), UNIT_BEHIND)
    tokens = found.amount(TOKENS) if found is not None else None
    return tokens if tokens is not None and FEWEST_TOKENS <= tokens <= MOST else None
