"""Find the task that a sentence means, and what else it mentions: hurry, small machines, training examples."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from .figures import COUNTS, find_figure, plain_text
from .knowledge import compiled, skills
from .wording import Index, Sentence

GENERAL = "assistant"  # what is meant if nothing more specific is
FOR_GENERAL = 0.55  # what its wordings count for: "on request" names no task beside "translate"
FOR_KINDS = 1.5  # for a task if one of the names is a model that is only good for this task
# What the wordings of a task count for that none of the names can do: likelier a topic than the task, above all where
# the request names no language model.
FOR_NOBODY, FOR_NO_SPECIALIST = 0.6, 0.4
# Of a sentence that is taken for the one thing that the names can do, though none of its words is known.
FEWEST_WORDS = 5
# The concepts of wording.yml whose words say what should be done, and what having that word counts for: what is done decides
# before what it is done to, above all where it can be done to words only.
FOR_THE_VERB = {"action": 2.0, "action-in-words": 8.0}
FOR_KINDS_HINTED = 0.5  # the same where there are hints only
HINT = 0.5  # what a hint counts for, against a wording that names the task
_UNIT = r" ?(k|thousand|million)? "
ROWS = re.compile(
    rf"{_UNIT}(?:[a-z-]{{1,30}} ){{0,3}}"
    r"(?:rows?|examples?|samples?|pairs?|tickets?|documents?|sentences?|conversations?|dialogues?|records?|items?|lines?|"
    r"instances?|points?|questions?|demonstrations?|texts?|mails?|letters?|dialogs?|reviews?|prompts?|instructions?|entries)\b"
)
# Any number of things: it may be the number of examples, if none of the words above is there.
THINGS = re.compile(
    rf"{_UNIT}(?!(?:gi?b|mi?b|b|billion|bits?|tokens?|gpus?|cards?|cores?|epochs?|steps?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|"
    r"percent|param[a-z]{0,20}|layers?|machines?|servers?|users?|euros?|dollars?|on|with|for|in|by|to|and|or|at|from|using|via|is|was)\b)[a-z]"
)
FEW, MANY = 300, 1_000  # rows; https://unsloth.ai/docs/get-started/fine-tuning-llms-guide/what-model-should-i-use

MACHINE = re.compile(r"\d ?gb\b|\bgpus?\b|\bvram\b|\blaptop\b|\bgraphics card\b")
# What training is about: the cue for the material, and the kinds of models or the skills that work on it.
KINDS_OF_SUBJECTS = {"sounds": ("asr", "audio", "tts")}
SKILLS_OF_SUBJECTS = {"code": ("code",)}
SUBJECTS = ("pictures", "sounds", "code")


class Task(NamedTuple):
    """One task of tasks.yml."""

    task: str
    title: str
    wordings: tuple[Any, ...]
    hints: tuple[Any, ...]
    does: str
    also: tuple[str, ...]
    stage: str
    article: tuple[str, ...]
    modalities: tuple[str, ...]
    skills: tuple[str, ...]
    reasoning: str | None
    infilling: bool
    training: bool
    topic: bool
    note: str | None
    source: str
    needs: tuple[str, ...] = ()
    public: bool = False
    tolerates: tuple[str, ...] = ()


class Cue(NamedTuple):
    """One circumstance of wording.yml."""

    cue: str
    title: str
    machine: str | None
    sets: tuple[tuple[str, str], ...]
    wordings: tuple[Any, ...]


class Offered(NamedTuple):
    """What the names offer together: kinds of models, and what they accept besides text."""

    kinds: frozenset[str] = frozenset()
    modalities: frozenset[str] = frozenset()

    def can(self, task: Task) -> bool:
        """Whether one of the names may be able to do a task. If nothing is known about any, all tasks can be done."""
        return not self.kinds or (
            not self.kinds.isdisjoint((task.does, *task.also)) and self.modalities.issuperset(task.modalities)
        )


ANYTHING = Offered()


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence was taken for. `rows` is the number of training examples, if it states one.

    `kinds` and `skills` belong to the other tasks that the sentence mentions: what training is about.
    """

    task: Task | None
    cues: tuple[Cue, ...] = ()
    languages: tuple[str, ...] = ()
    rows: int | None = None
    kinds: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()

    @property
    def topics(self) -> frozenset[str]:
        """Return the subjects that the sentence mentions besides the task, if there are models for them.

        Words for tasks of programming are too common for that, so code has to be named.
        """
        own = self.task.skills if self.task is not None else ()
        topics = (one for one in self.skills if skills()[one].topic and one not in own)
        return frozenset(one for one in topics if one != "code" or self.mentions("code"))

    def mentions(self, cue: str) -> bool:
        """Whether the sentence mentions this circumstance."""
        return any(one.cue == cue for one in self.cues)

    @property
    def few_rows(self) -> bool:
        """Whether there are too few examples to train a base model on."""
        return self.rows < FEW if self.rows is not None else self.mentions("few-rows")

    @property
    def many_rows(self) -> bool:
        """Whether there are enough examples to train a base model on."""
        return self.rows > MANY if self.rows is not None else self.mentions("many-rows")


class Tasks:
    """The tasks, and the wordings that sentences are compared with."""

    def __init__(self) -> None:
        data = compiled()
        self.by_id = {row[0]: Task(*row) for row in data.TASKS}
        self.cues = {row[0]: Cue(*row) for row in data.CUES}
        self.languages: dict[str, str] = data.LANGUAGES
        self._index = Index(data.CONCEPTS)
        self._actions = {stems[0]: worth for name, worth in FOR_THE_VERB.items() for stems in data.CONCEPTS[name]}
        for task in self.by_id.values():
            self._index.add((task.task, 1.0), task.wordings, verbal=True)
            self._index.add((task.task, HINT), task.hints)
        for cue in self.cues.values():
            self._index.add((cue.cue, None), cue.wordings)

    def understand(self, text: str, *, limits_given: bool = False, offered: Offered = ANYTHING) -> Understood:
        """Return the task that a sentence names, or the task with that id; none if nothing in it is understood.

        If only circumstances are mentioned, or `limits_given` says that the request has limits, it means a general assistant.
        What the names offer makes a task more or less likely, if something in the sentence supports it.
        """
        sentence = Sentence(text)
        verb = sentence.verb(self._actions)
        scores = self._index.scores(sentence, verb, self._actions.get(verb or "", 0.0))
        cues = tuple(cue for name, cue in self.cues.items() if (name, None) in scores)
        task = self.by_id.get(text.strip().lower().replace(" ", "-")) or self._best(scores, offered)
        limited = bool(cues or MACHINE.search(text.lower()) or limits_given)
        if task is None and (limited or len(sentence.words) >= FEWEST_WORDS):
            task = self._only(offered, limited)
        spoken = [one for name, one in self.by_id.items() if (name, 1.0) in scores]
        named = {cue.cue for cue in cues}
        return Understood(
            task,
            cues,
            self._languages(sentence),
            _rows(text),
            frozenset((*(one.does for one in spoken), *_of_subjects(KINDS_OF_SUBJECTS, named))) - {"text"},
            frozenset((*(skill for one in spoken for skill in one.skills), *_of_subjects(SKILLS_OF_SUBJECTS, named))),
        )

    def _best(self, scores: Mapping[Any, float], offered: Offered) -> Task | None:
        """Return the task with the highest score; of equals, the first in the file."""
        totals = {}
        for name, task in self.by_id.items():
            said, hinted = scores.get((name, 1.0), 0.0), HINT * scores.get((name, HINT), 0.0)
            total = said + hinted
            if total and task.does != "text" and task.does in offered.kinds:
                total += FOR_KINDS if said or "text" not in offered.kinds else FOR_KINDS_HINTED
            if not offered.can(task):
                total *= (FOR_NOBODY if "text" in offered.kinds else FOR_NO_SPECIALIST) if said else 0.0
            totals[name] = total * FOR_GENERAL if name == GENERAL or task.topic else total
        best = max(totals, key=lambda name: totals[name])
        return self.by_id[best] if totals[best] > 0 else None

    def _only(self, offered: Offered, limited: bool) -> Task | None:
        """Return what the names are for if all are of one kind; a general assistant if they aren't but there are limits."""
        kind = next(iter(offered.kinds)) if len(offered.kinds) == 1 else None
        if kind == "text" or (kind is None and limited):
            return self.by_id[GENERAL]
        return next((task for task in self.by_id.values() if task.does == kind), None)

    def _languages(self, sentence: Sentence) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.languages[word] for word in sentence.words if word in self.languages))


def _of_subjects(known: Mapping[str, tuple[str, ...]], named: Collection[str]) -> tuple[str, ...]:
    return tuple(one for cue, values in known.items() if cue in named for one in values)


def _rows(text: str) -> int | None:
    plain = plain_text(text)
    found = find_figure(plain, ROWS, not_after=".-") or find_figure(plain, THINGS, not_after=".-")
    return found.amount(COUNTS) if found is not None else None


@functools.cache
def tasks() -> Tasks:
    """Return the tasks, prepared once."""
    return Tasks()
