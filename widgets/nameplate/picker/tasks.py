"""Find the task that a sentence means, and what else it mentions: hurry, small machines, training examples."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .figures import COUNTS, find_figure, plain_text
from .knowledge import compiled, skills
from .phrases import Phrase, Phrases, Word, without
from .understanding.features import is_by_character, tokens
from .understanding.learnt import reader
from .understanding.request_reader import NOTHING, Meaning, Weigh
from .wording import Index, Sentence, Wording

GENERAL = "assistant"  # what is meant where only circumstances are mentioned
# What the names offer makes a task more or less likely, before any word of the request: a task that one of the names is
# made for, and for nothing else (the fewer such kinds there are, the more that says), and one that none of them can do.
FOR_ITS_KIND, FOR_NOBODY = 2.0, 0.08
BEYOND_DOUBT = 0.97  # the share from which a task isn't made less likely by names that can't do it
FEW_WORDS = 3  # beside a machine that may name no task
BESIDE_A_LANGUAGE = 2  # words, or characters beside its name, of a clause that says no more than a language
SHORT, SHORT_BY_CHARACTER = 4, 8  # words, or characters, of a request that may be too short to mean anything
LONG_NAME = 5  # letters of a language's name that may have an ending: polski, polskiego
MENTIONED = 0.05  # the share from which a task counts as mentioned beside the one that is meant
# The part of a topic's share that a task needs to come first: "questions about a lease" are about law, but are questions.
BEHIND_A_TASK = 0.35
# Tasks that are shown where it isn't clear which is meant, and the share that each needs after the first ones.
FEWEST_LIKELY, MOST_LIKELY, LEAST_LIKELY = 2, 3, 0.08
# Tasks whose answers are compared then, and the share that each needs.
MOST_POSSIBLE, LEAST_POSSIBLE = 5, 0.03
_UNIT = r" ?(k|thousand|million)? "
ROWS = re.compile(
    rf"{_UNIT}(?:[a-z-]{{1,30}} ){{0,3}}"
    r"(?:rows?|examples?|samples?|pairs?|tickets?|documents?|sentences?|conversations?|dialogues?|records?|items?|lines?|"
    r"instances?|points?|questions?|demonstrations?|texts?|mails?|letters?|dialogs?|reviews?|prompts?|instructions?|entries)\b"
)
# The same in other languages than English, where the word may follow without a space.
ROWS_ELSEWHERE = re.compile(
    r" ?(k|tausend|mille|mila|mil|tys|тыс|[万萬千百])?\.? ?(?:d'|de |di |of )?(?:[^\W\d_]{1,20} ){0,2}"
    r"(?:条|條|样本|个样本|份|组|件|通|サンプル|例|beispiel|zeilen|dialog|gespräch|paar|exempl|lignes|dialogues|paires|ejempl|filas|pares|"
    r"diálogos|linhas|esempi|righe|coppie|dialoghi|przyk|wiersz|par\b|dialogów|пример|строк|пар\b|диалог|писем|mails?\b)"
)
# Any number of things: it may be the number of examples, if none of the words above is there.
THINGS = re.compile(
    rf"{_UNIT}(?!(?:gi?b|mi?b|b|billion|bits?|tokens?|gpus?|cards?|cores?|epochs?|steps?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|"
    r"percent|param[a-z]{0,20}|layers?|machines?|servers?|users?|euros?|dollars?|on|with|for|in|by|to|and|or|at|from|using|via|is|was)\b)[a-z]"
)
FEW, MANY = 300, 1_000  # rows; https://unsloth.ai/docs/get-started/fine-tuning-llms-guide/what-model-should-i-use

MACHINE = re.compile(r"\d ?gb\b|\bgpus?\b|\bvram\b|\blaptop\b|\bgraphics card\b")
# What training is about: the cue for the material, and the kinds of models or the skills that work on it.
KINDS_OF_SUBJECTS = {
    "sounds": ("asr", "audio", "tts"), "vectors": ("embedding",), "rankers": ("reranker",), "encoders": ("fill-mask",),
}  # fmt: skip
SUBJECTS = ("pictures", "sounds", "code", "vectors", "rankers")


class Task(NamedTuple):
    """One task of tasks.yml."""

    task: str
    title: str
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
    aside: bool
    wordings: tuple[Wording, ...]


class Offered(NamedTuple):
    """What the names offer together: kinds of models, and what they accept besides text."""

    kinds: frozenset[str] = frozenset()
    modalities: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()

    def can(self, task: Task) -> bool:
        """Whether one of the names may be able to do a task. If nothing is known about any, all tasks can be done."""
        return not self.kinds or (
            not self.kinds.isdisjoint((task.does, *task.also)) and self.modalities.issuperset(task.modalities)
        )


ANYTHING = Offered()


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence was taken for. `rows` is the number of training examples, if it states one.

    `kinds` and `skills` belong to the other tasks that the sentence mentions: what training is about. `likeliest` are the
    tasks that it may mean, `several` those that it names beside each other, `denied` those that it rules out. `language`
    is the BCP 47 code of the sentence's own language, and `is_read` whether the picker understands that one.
    """

    task: Task | None
    cues: tuple[Cue, ...] = ()
    languages: tuple[str, ...] = ()
    into: str | None = None  # the language that something is translated into
    out_of: str | None = None  # the one that it is translated from
    rows: int | None = None
    kinds: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    confidence: float = 1.0
    likeliest: tuple[Task, ...] = ()
    possible: Mapping[Task, float] = field(default_factory=dict)  # more of the likeliest, with their shares
    several: tuple[Task, ...] = ()
    denied: tuple[Task, ...] = ()
    language: str | None = None
    is_read: bool = True
    is_left_open: bool = False  # it is no more than a word that leaves open which of several tasks is meant
    is_short: bool = False
    is_assumed: bool = False  # it names no task, so what the names are for is taken for meant

    @property
    def topics(self) -> frozenset[str]:
        """Return the subjects that the sentence mentions besides the task, if there are models for them.

        Words for tasks of programming are too common for that, so code has to be named. What is ruled out is no subject.
        """
        own = {skill for task in (self.task, *self.denied) if task is not None for skill in task.skills}
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
    """The tasks, and the circumstances with the wordings that sentences are compared with."""

    def __init__(self) -> None:
        data = compiled()
        self.by_id = {row[0]: Task(*row) for row in data.TASKS}
        self.cues = {row[0]: Cue(*row) for row in data.CUES}
        self.languages: dict[str, str] = data.LANGUAGES
        self._by_character = [(name, code) for name, code in self.languages.items() if is_by_character(name)]
        self._unclear: dict[str, tuple[str, ...]] = data.UNCLEAR
        self._fillers = frozenset(data.FILLERS)
        self._fillers_by_character = sorted(filter(is_by_character, self._fillers), key=len, reverse=True)
        self._before_targets: tuple[str, ...] = data.INTO
        self._before_sources: tuple[str, ...] = data.FROM
        self._behind_targets: tuple[str, ...] = data.TO
        self._articles = frozenset(data.ARTICLES)
        self._index = Index(data.CONCEPTS)
        for cue in self.cues.values():
            self._index.add(cue.cue, cue.wordings)

    @functools.cached_property
    def _phrases(self) -> Phrases:
        """The fixed expressions for circumstances: only requests in words need them, and what was learnt."""
        rows = compiled().PHRASES
        return Phrases(
            (Phrase(cue, language, tuple(Word(*word) for word in words)) for cue, language, words in rows),
            reader().denials,
            reader().denials_behind,
        )

    def understand(
        self, text: str, *, wish: str | None = None, limits_given: bool = False, offered: Offered = ANYTHING
    ) -> Understood:
        """Return the task that a sentence names, or the task with that id; none if nothing in it is understood.

        If only circumstances are mentioned, or `limits_given` says that the request has limits, it means a general assistant.
        What the names offer makes a task more or less likely, if something in the sentence supports it. `wish` is the
        sentence without the machine, which says nothing about the task; nor do wishes such as “without censorship”.
        """
        sentence = Sentence(text)
        mentions = tuple(self._phrases.mentions(text))
        named = self._index.owners(sentence).union(one.cue for one in mentions)
        cues = tuple(cue for name, cue in self.cues.items() if name in named)
        given = self.by_id.get(text.strip().lower().replace(" ", "-"))
        if given is not None:
            return Understood(given, cues, likeliest=(given,))
        asides = [one for one in mentions if self.cues[one.cue].aside]
        asked = without(text if wish is None else wish, asides)
        meaning = self._left_open(asked, offered) or self._meaning(text, asked, self._weighing(offered))
        meaning = self._with_topics_behind(meaning)
        limited = bool(cues or MACHINE.search(text.lower()) or limits_given)
        found = self._decided(meaning, offered, limited)
        mentioned = [self.by_id[name] for name, share in meaning.shares.items() if name and share >= MENTIONED]
        spoken = [task for task in mentioned if task is not found.task]
        about = [found.task] if found.task is not None and found.task.topic else []  # in case another task is meant
        subjects = {cue.cue for cue in cues}
        direction = self._direction(text)
        return replace(
            found,
            cues=cues,
            languages=self._languages(text),
            into=direction[1],
            out_of=direction[0],
            rows=_rows(text),
            is_short=_is_short(asked),
            kinds=frozenset((*(one.does for one in spoken), *_of_subjects(KINDS_OF_SUBJECTS, subjects))) - {"text"},
            skills=frozenset(
                (
                    *(skill for one in (*spoken, *about) for skill in one.skills),
                    *(one for one in subjects if one in skills() and skills()[one].topic),
                )
            ),
        )

    def _decided(self, meaning: Meaning, offered: Offered, limited: bool) -> Understood:
        """Return the task that is meant, with what else the sentence was taken for."""
        order = meaning.likeliest()
        ordered = [name for name in order if name]
        likely = [name for name in ordered[FEWEST_LIKELY:] if meaning.shares[name] >= LEAST_LIKELY]
        likeliest = tuple(self.by_id[name] for name in (*ordered[:FEWEST_LIKELY], *likely))[:MOST_LIKELY]
        possible = [name for name in ordered[:MOST_POSSIBLE] if meaning.shares[name] >= LEAST_POSSIBLE]
        confidence = meaning.shares.get(order[0], 0.0) if order else 0.0
        found = Understood(
            None,
            confidence=confidence,
            likeliest=likeliest,
            possible={self.by_id[name]: meaning.shares[name] for name in possible or ordered[:1]},
            several=self._beside_each_other(meaning),
            denied=tuple(self.by_id[name] for name in meaning.denied),
            language=meaning.language,
            is_read=meaning.is_read,
            is_left_open=meaning.is_left_open,
        )
        hinted = tuple(self.by_id[name] for name in ordered[:MOST_LIKELY] if meaning.shares[name] >= LEAST_POSSIBLE)
        if not meaning.is_read:
            return replace(found, likeliest=hinted, several=())
        if order and order[0] != NOTHING:
            return replace(found, task=likeliest[0])
        task = self._only(offered) if limited else None
        return replace(found, task=task, likeliest=hinted, several=(), is_assumed=task is not None)

    def _with_topics_behind(self, meaning: Meaning) -> Meaning:
        """Return a meaning in which a topic gives its share to the task that says what to do with such texts, if one does."""
        first, second = (*meaning.likeliest(), NOTHING, NOTHING)[:2]
        if not first or not second or not self.by_id[first].topic or self.by_id[second].topic:
            return meaning
        if meaning.shares[second] < BEHIND_A_TASK * meaning.shares[first]:
            return meaning
        moved = {**meaning.shares, second: meaning.shares[second] + meaning.shares[first] - MENTIONED, first: MENTIONED}
        return meaning._replace(shares=moved)

    def _beside_each_other(self, meaning: Meaning) -> tuple[Task, ...]:
        """Return several tasks that are named; what a model is trained for doesn't count beside the training."""
        found = tuple(self.by_id[name] for name in meaning.several)
        if any(task.training for task in found):
            return ()
        tasks_found = tuple(task for task in found if not task.topic)  # what texts are about is no other task
        return tasks_found if len(tasks_found) > 1 else ()

    def _meaning(self, text: str, wish: str, weigh: Weigh) -> Meaning:
        """Return what a wish means. Little more than a machine is no wish: "on my 24 GB card"."""
        meaning = reader().read(wish, weigh, self._names_a_language)
        if wish != text and len(tokens(wish)) <= FEW_WORDS:
            whole = reader().read(text, weigh)
            if whole.likeliest()[:1] == [NOTHING]:
                return whole
            if meaning.language is None:
                return meaning._replace(language=whole.language, is_read=whole.is_read)
        return meaning

    def _names_a_language(self, words: Sequence[str]) -> bool:
        """Whether words by themselves say no more than a language: “in Polish”, “中文”. What is to be done, they don't say."""
        if any(map(is_by_character, words)):
            text = "".join(words)
            return any(name in text and len(text) <= len(name) + BESIDE_A_LANGUAGE for name, _ in self._by_character)
        return len(words) <= BESIDE_A_LANGUAGE and any(True for word in words for _ in self._languages_in(word))

    def _left_open(self, wish: str, offered: Offered) -> Meaning | None:
        """Return equal shares of the tasks that a word such as “rag” leaves open, where the wish is no more than that."""
        words = (self._filler_left_out(word) for word in tokens(wish) if word not in self._fillers)
        named = self._unclear.get(" ".join(filter(None, words)), ())
        meant = [task for task in named if offered.can(self.by_id[task])] or named
        if not meant:
            return None
        shares = {task: 1 / len(meant) for task in meant}
        return Meaning(shares, language=reader().language(wish), is_left_open=len(meant) > 1)

    def _filler_left_out(self, word: str) -> str:
        """Return a Chinese or Japanese run of signs without the fillers in it, which have no spaces around them."""
        if is_by_character(word) and word not in self._unclear:
            for filler in self._fillers_by_character:
                word = word.replace(filler, "")
        return word

    def _weighing(self, offered: Offered) -> Weigh:
        """Return what adds to shares of the tasks what the names make likely."""
        priors = {name: self._prior(name, offered) for name in (NOTHING, *self.by_id)}

        def weigh(shares: Mapping[str, float]) -> dict[str, float]:
            clear = max(shares, key=lambda name: shares[name], default=NOTHING)
            at_least = {clear: 1.0} if shares.get(clear, 0.0) >= BEYOND_DOUBT else {}
            weighed = {name: share * max(priors[name], at_least.get(name, 0.0)) for name, share in shares.items()}
            total = sum(weighed.values())
            return {name: share / total for name, share in weighed.items()} if total else {}

        return weigh

    def _prior(self, name: str, offered: Offered) -> float:
        task = self.by_id.get(name)
        if task is None or not offered.kinds:
            return 1.0
        if not offered.can(task):
            return FOR_NOBODY
        if task.does == "text" or task.does not in offered.kinds:
            return 1.0
        if task.needs and offered.skills.isdisjoint(task.needs):
            return 1.0
        return 1.0 + FOR_ITS_KIND / len(offered.kinds - {"text"})

    def _only(self, offered: Offered) -> Task | None:
        """Return what the names are for if all are of one kind, and a general assistant otherwise."""
        kind = next(iter(offered.kinds)) if len(offered.kinds) == 1 else None
        of_kind = (task for task in self.by_id.values() if task.does == kind)
        return self.by_id[GENERAL] if kind in (None, "text") else next(of_kind, None)

    def _languages(self, text: str) -> tuple[str, ...]:
        """Return the codes of the languages that a text names; longer names count with their endings."""
        words = tokens(text)
        return tuple(dict.fromkeys(code for word in words for code in self._languages_in(word)))

    def _direction(self, text: str) -> tuple[str | None, str | None]:
        """Return the language that something is translated from, and the one into which, as far as a text says.

        A word such as “into” or “from” says which is which. Where only one of two languages has such a word, the other is
        on the other side; where none has, people write the one that they have before the one that they want.
        """
        words = [word for word in tokens(text) if word not in self._articles]
        source = target = None
        for before, word in itertools.pairwise(("", *words)):
            marked_source, marked_target = self._marked(before, word)
            source, target = source or marked_source, target or marked_target
        named = self._languages(text)
        if len(named) == 2:
            first, second = named
            if source is None and target is None:
                return first, second
            source = source or (first if target == second else second)
            target = target or (first if source == second else second)
        return (None, target) if source == target else (source, target)

    def _marked(self, before: str, word: str) -> tuple[str | None, str | None]:
        """Return the language of a word, once as a source and once as a target, if the word before marks it as one.

        Chinese has no spaces, so the mark is in the same run of signs; Japanese has the mark behind the language.
        """
        if is_by_character(word):
            source = target = None
            for name, code in self._by_character:
                place = word.find(name)
                if place < 0:
                    continue
                if word[:place].endswith(self._before_targets) or word[place + len(name) :].startswith(
                    self._behind_targets
                ):
                    target = code
                elif word[:place].endswith(self._before_sources):
                    source = code
            return source, target
        code = next(self._languages_in(word), None)
        return (code if before in self._before_sources else None, code if before in self._before_targets else None)

    def _languages_in(self, word: str) -> Iterator[str]:
        if is_by_character(word):
            yield from (code for name, code in self._by_character if name in word)
        elif word in self.languages:
            yield self.languages[word]
        else:
            stems = (word[:end] for end in range(LONG_NAME, len(word)))
            yield from (self.languages[stem] for stem in stems if stem in self.languages)


def _of_subjects(known: Mapping[str, tuple[str, ...]], named: Collection[str]) -> tuple[str, ...]:
    return tuple(one for cue, values in known.items() if cue in named for one in values)


def _is_short(text: str) -> bool:
    words = tokens(text)
    if any(map(is_by_character, words)):
        return sum(map(len, words)) <= SHORT_BY_CHARACTER
    return len(words) <= SHORT


def _rows(text: str) -> int | None:
    plain = plain_text(text)
    patterns = (ROWS, ROWS_ELSEWHERE, THINGS)
    found = next(filter(None, (find_figure(plain, pattern, not_after=".-") for pattern in patterns)), None)
    return found.amount(COUNTS) if found is not None else None


def title_of(task: str) -> str:
    """Return what a task is called; its id if it isn't one of the list.

    >>> title_of("chatbot")
    'chatbots and virtual agents'
    """
    known = tasks().by_id.get(task)
    return known.title if known is not None else task


@functools.cache
def tasks() -> Tasks:
    """Return the tasks, prepared once."""
    return Tasks()
