"""Say what a request to choose was taken for, row by row, each with the field of the form that corrects it."""

from __future__ import annotations

from typing import NamedTuple

from ..english import listed
from ..memory.estimator import USUAL_CONTEXT
from ..picker.choice import ASK
from ..picker.form import Answer
from ..picker.requirements import Requirements
from ..picker.tasks import SUBJECTS, tasks

USUAL = "none given; this is the usual one"


class Row(NamedTuple):
    """One thing that was understood: its title, its value, the name of its field in the form, and a remark."""

    title: str
    value: str
    field: str
    note: str = ""


def rows(answer: Answer) -> tuple[Row, ...]:
    """Return what was understood: how many names of a list, task, machine, context, licence, and the program if there is one.

    >>> from nameplate.picker.form import choose, read_question
    >>> found = rows(choose(read_question({"names": "Qwen3-8B", "task": "chatbot", "machine": "RTX 4090"})))
    >>> [(row.title, row.value) for row in found[:2]]
    [('Task', 'chatbots and virtual agents'), ('Machine', 'GeForce RTX 4090 with 24 GB')]
    """
    wanted = answer.requirements
    program = [Row("Program", wanted.runtime, "runtime")] if wanted.runtime is not None else []
    assumed = answer.usual or wanted.understood.is_assumed
    names = (
        [Row("Names", f"{len(answer.choice.ranking)}", "names", _left_out(answer.left_out))] if answer.left_out else []
    )
    return (
        *names,
        Row("Task", _task(answer), "task", USUAL if assumed else _doubt(answer)),
        _machine(wanted),
        _context(wanted),
        Row("Licence", "has to allow a product you sell" if wanted.commercial else "any", "licence"),
        *program,
    )


def _task(answer: Answer) -> str:
    if answer.parts:
        return " and ".join(tasks().by_id[part.task].title for part in answer.parts if part.task is not None)
    wanted = answer.requirements
    task = wanted.understood.task
    if task is None:
        return "not understood"
    cues = [cue.title for cue in wanted.understood.cues if task.training or cue.cue not in SUBJECTS]
    rows = wanted.understood.rows
    examples = [f"{rows:,} examples"] if rows is not None and task.training else []
    return "; ".join((task.title, *cues, *examples))


def _left_out(lines: int) -> str:
    return f"{lines} other line{'s' * (lines > 1)} left out"


def _doubt(answer: Answer) -> str:
    """Return what else may be meant, where an answer is given because most of the likeliest tasks lead to it."""
    choice = answer.choice
    if choice.verdict == ASK or answer.requirements.understood.several:
        return ""
    others = [task.title for task in choice.understood.tasks if task.id != choice.task]
    return f"not certain; perhaps {listed(others, 'or')}" if others else ""


def _machine(wanted: Requirements) -> Row:
    machine = wanted.machine
    figures = (machine.gpu_gb, machine.ram_gb) if machine is not None else ()
    if machine is not None and figures == (wanted.gpu_gb, wanted.ram_gb):
        return Row("Machine", machine.title, "machine")
    memory = [
        f"{amount:g} GB {where}"
        for amount, where in ((wanted.gpu_gb, "on the graphics card"), (wanted.ram_gb, "of main memory"))
        if amount is not None
    ]
    return Row("Machine", " and ".join(memory) or "not given", "machine")


def _context(wanted: Requirements) -> Row:
    if wanted.context is not None:
        return Row("Context", f"{wanted.context:,} tokens", "context")
    return Row("Context", "not given", "context", f"memory is worked out for {USUAL_CONTEXT:,} tokens")
