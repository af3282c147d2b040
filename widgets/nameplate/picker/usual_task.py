"""Find what models are usually taken for, for a request that names no task."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from .candidates import Candidate, read_candidates
from .knowledge import skills
from .ranking import Ranking
from .requirements import Requirements
from .tasks import GENERAL, MOST_LIKELY, Task, tasks
from .understood import with_task


def usual_task(names: Sequence[str]) -> Task | None:
    """Return the task that all these models are made for; none if they are of several kinds, or nothing is known of them.

    >>> [usual_task([name]).task for name in ("Qwen3-8B", "Llama-3.1-8B", "whisper-large-v3", "Qwen3-Coder-30B-A3B-Instruct")]
    ['assistant', 'text-generation', 'speech-recognition', 'code-generation']
    >>> usual_task(["Qwen3-8B", "bge-m3"])
    """
    return _usual(read_candidates(names))


def suggested(requirements: Requirements, candidates: Sequence[Candidate], usual: Sequence[str]) -> tuple[Task, ...]:
    """Return tasks to choose from, for a request that names none: what it hints at, then what the names are made for.

    `usual` are the ids of tasks that most people have; those that none of the names can do are left out.
    """
    by_id = tasks().by_id
    own = _usual(candidates)
    common = (by_id[task] for task in (GENERAL, *usual))
    every = (*requirements.understood.likeliest, *([own] if own is not None else []), *common, *by_id.values())
    possible = (task for task in dict.fromkeys(every) if requirements.offered.can(task))
    able = (task for task in possible if not candidates or Ranking(candidates, with_task(requirements, task)).usable)
    return tuple(itertools.islice(able, MOST_LIKELY))


def _usual(found: Sequence[Candidate]) -> Task | None:
    kinds = {candidate.kind for candidate in found}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is None:
        return None
    able = [task for task in tasks().by_id.values() if task.does == kind and not task.needs]
    if kind == "text":
        able = [task for task in able if _is_for(task, found)]
    return max(able, key=lambda task: _skills_in_common(task, found), default=None)


def _is_for(task: Task, found: Sequence[Candidate]) -> bool:
    """Whether these language models are made for a task: by their training, and by a topic that few models are made for."""
    stages = {candidate.stage.value if candidate.stage is not None else None for candidate in found}
    if task.modalities or task.stage != ("base" if stages == {"base"} else "tuned"):
        return False
    has_all = _skills_in_common(task, found) == len(task.skills)
    return has_all and (not task.skills or any(skills()[one].topic for one in task.skills))


def _skills_in_common(task: Task, found: Sequence[Candidate]) -> int:
    """Return how many of the task's skills all models have, less the others."""
    had = sum(all(one in candidate.skills for candidate in found) for one in task.skills)
    return 2 * had - len(task.skills)
