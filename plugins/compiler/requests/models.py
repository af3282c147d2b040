"""The two models that the picker loads: one of the tasks, and a small one of the languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...catalog.requests import Example, Requests
from .meanings import frequent_words, meanings, surfaces
from .packing import packed, without_least
from .training import fit

NOTHING = ""  # the class of texts that name no task
MOST_RUNS = 28_000  # runs of letters that say something of the tasks, the most frequent ones
BALANCE = 0.5  # more, and tasks with few examples would be found too often
MOST_ROWS_FOR_LANGUAGES = 6_000
TEMPERATURE_FOR_LANGUAGES, LEVELS_FOR_LANGUAGES = 0.25, 31


def vectors(requests: Requests) -> tuple[dict[str, str], dict[str, Any]]:
    """Return frequent words with those of the examples, as they are spelled, and what each means."""
    frequent = frequent_words()
    texts = (example.text for example in (*requests.single, *requests.several))
    return frequent, meanings({**surfaces(texts), **frequent}, frequent)


def training_examples(requests: Requests) -> tuple[Example, ...]:
    """Return the examples with one task or none, and those with several once for each task, unless they deny one."""
    repeated = (replace(one, tasks=(task,)) for one in requests.several if not one.denied for task in one.tasks)
    return (*requests.single, *repeated)


def label(example: Example) -> str:
    """Return the class of an example with one task or none."""
    return example.tasks[0] if example.tasks else NOTHING


def task_model(
    examples: Sequence[Example], words: Mapping[str, str], meant: Mapping[str, Any], temperature: float
) -> dict[str, Any]:
    """Return the model of the tasks, packed."""
    labels = [label(one) for one in examples]
    model = fit([one.text for one in examples], labels, words, meant, balance=BALANCE, most_runs=MOST_RUNS)
    return packed(model, temperature)


def language_model(requests: Requests) -> dict[str, Any]:
    """Return the model of the languages in which people write with Latin or Cyrillic letters, packed."""
    examples = (*requests.single, *requests.other)
    model = fit([one.text for one in examples], [one.language for one in examples], {}, {}, balance=1.0)
    return packed(without_least(model, MOST_ROWS_FOR_LANGUAGES), TEMPERATURE_FOR_LANGUAGES, LEVELS_FOR_LANGUAGES)
