"""Say what a request was taken for, and what to do where that failed."""

from __future__ import annotations

from dataclasses import replace

from ..english import listed
from .choice import NamedTask, Understanding
from .knowledge import language_name
from .requirements import Requirements
from .tasks import SUBJECTS, Task
from .understanding.learnt import reader


def described(requirements: Requirements, *, asks: bool = False) -> Understanding:
    """Return what a request was taken for, as it is answered; `asks` says that the answer asks which task is meant."""
    understood = requirements.understood
    tasks = understood.likeliest if asks else understood.several
    machine = requirements.machine
    return Understanding(
        understood.task.task if understood.task is not None else None,
        machine.title if machine is not None else None,
        tuple(named(task) for task in tasks),
        tuple(task.task for task in understood.denied),
        understood.language,
        round(understood.confidence, 3),
        in_words(requirements) if understood.task is not None else (),
    )


def named(task: Task) -> NamedTask:
    """Return a task as an answer names it."""
    return NamedTask(task.task, task.title)


def in_words(requirements: Requirements) -> tuple[str, ...]:
    """Return what was understood, in words: the task first, then the circumstances."""
    limits = []
    if requirements.gpu_gb is not None:
        limits.append(f"{requirements.gpu_gb:g} GB on the graphics card")
    if requirements.ram_gb is not None:
        limits.append(f"{requirements.ram_gb:g} GB of main memory")
    if requirements.context is not None:
        limits.append(f"a context of {requirements.context:,} tokens")
    if requirements.understood.rows is not None and requirements.task.training:
        limits.append(f"{requirements.understood.rows:,} examples")
    telling = [cue for cue in requirements.understood.cues if requirements.task.training or cue.cue not in SUBJECTS]
    assumed = " (assumed, since you named no task)" if requirements.understood.is_assumed else ""
    denied = (f"not {task.title}" for task in requirements.understood.denied)
    named = requirements.understood.several or (requirements.task,)
    return (listed(task.title for task in named) + assumed, *denied, *(cue.title for cue in telling), *limits)


def not_understood(requirements: Requirements) -> str:
    """Return the message for a request that names no task, or that is in a language that isn't read."""
    understood = requirements.understood
    if not understood.is_read:
        language = understood.language
        which = f"This looks like {language_name(language)}, which isn't" if language else "This isn't"
        read = listed(map(language_name, reader().languages), "or")
        return f"{which} a language that the picker reads. Write in {read}, or choose a task from the list."
    return "The task isn't clear. Say what the model should do, such as “answer customers” or “search by meaning”."


def with_task(requirements: Requirements, task: Task) -> Requirements:
    """Return the same request, taken for one of the tasks that it may mean."""
    return requirements.replacing(understood=replace(requirements.understood, task=task))
