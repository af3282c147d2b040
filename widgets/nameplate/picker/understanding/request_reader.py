"""Read a request: judge its clauses, leave out what it denies, and put the rest together as shares of the tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from .classifier import Linear
from .clauses import Clause, Divider, clauses
from .features import is_by_character
from .language import ENGLISH, language_of

NOTHING = ""  # the class of texts that name no task
THRESHOLD = 0.6  # the confidence under which the picker asks, unless the likeliest tasks lead to the same model
FOR_THE_WHOLE = 3.0  # what a short request counts for as a whole, beside its clauses
FOR_WHAT_IS_MISSING = 8.0  # what a clause counts for that says what is all that is still wanted
FOR_WISHES = 4.0  # what a sentence counts for in a long request if its words say that it is the wish
SHORT = 60  # words; a longer request is judged by its clauses alone
DENIED = (
    0.5  # the share that a task needs among the words after a denial to count as denied, and may not have elsewhere
)
HINTED = 0.2  # the share that all tasks need together among these words
CLEARLY_WANTED = 0.6  # the share of a task in the rest beside which a denial says nothing of what is wanted
# The share of a task in a clause that is nothing but a denial, and the words of the rest, for it to count whatever that names.
PLAINLY_DENIED, WORDS_BESIDE = 0.7, 3
# The share that a task needs in a clause to be one of several, and the one in the whole request; the same for half a clause.
NAMED, NAMED_IN_ALL = 0.5, 0.1
# What it also needs of the share of the likeliest task, unless the clause names it plainly.
NAMED_BESIDE_THE_FIRST, PLAINLY_NAMED = 0.4, 0.7
NAMED_IN_HALF, HALF_IN_ALL = 0.6, 0.02
# The share that it also needs where all words are judged at once: the trade of the asker has none there.
NAMED_TOGETHER = 0.00005
CLARITY = 2  # how much more a clear clause counts than a vague one
FULL_CLAUSE = 6  # words from which a clause counts in full
LEFT_OF_DENIED = 0.02  # of the share of a task that was denied
Weigh = Callable[[Mapping[str, float]], dict[str, float]]
IsAside = Callable[[Sequence[str]], bool]


class Meaning(NamedTuple):
    """What a request was taken for: the share of each task (the empty one is "no task"), and what was found beside that.

    `several` are tasks that clauses of their own name, in order; `denied` those that it rules out. `language` is a BCP 47
    code, None for a text without words; `is_read` says whether it is one of those that the picker reads.
    """

    shares: Mapping[str, float]
    several: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    language: str | None = None
    is_read: bool = True
    is_left_open: bool = False  # it is no more than a word such as “pictures”, so all its tasks are as likely

    def likeliest(self) -> list[str]:
        """Return the tasks, the likeliest first, with "no task" among them."""
        return sorted(self.shares, key=lambda task: -self.shares[task])


class RequestReader:
    """Read requests with a model of the tasks, one of the languages, and the small words of each language."""

    def __init__(self, tasks: Linear, languages: Linear, dividers: Mapping[str, Divider]) -> None:
        self._tasks = tasks
        self._languages = languages
        self._dividers = dividers

    @property
    def languages(self) -> tuple[str, ...]:
        """The BCP 47 codes of the languages that are read."""
        return tuple(self._dividers)

    @property
    def denials(self) -> dict[str, tuple[str, ...]]:
        """The words of each language that deny what follows."""
        return {language: small.denials for language, small in self._dividers.items()}

    @property
    def denials_behind(self) -> dict[str, tuple[str, ...]]:
        """The words of each language that deny what comes before them."""
        return {language: small.denials_behind for language, small in self._dividers.items()}

    def language(self, text: str) -> str | None:
        """Return the BCP 47 code of a text's language."""
        return language_of(text, self._languages, self.languages)

    def read(self, text: str, weigh: Weigh = dict, is_aside: IsAside = lambda words: False) -> Meaning:
        """Return what a text means. `weigh` changes shares by what is offered, and is applied to each clause.

        `is_aside` says of the words of a clause that they name no task, whatever they seem to name by themselves.
        """
        language = self.language(text)
        if language is None:
            return Meaning({})
        found = list(dict.fromkeys(clauses(text, self._dividers.get(language) or self._dividers[ENGLISH])))
        found = [clause for clause in found if not is_aside(clause.words)] or found
        denied = self._denied(found)
        kept = [
            clause._replace(denies=()) if place in denied or self._only_denies(clause, found) else clause
            for place, clause in enumerate(found)
        ]
        judged_alone = ((clause, self._tasks.shares(clause.words)) for clause in kept if clause.words)
        parts = [(clause, weigh(shares)) for clause, shares in judged_alone if shares]
        together = [word for clause, _ in parts for word in clause.words]
        is_short = len(together) <= SHORT
        names_missing = any(clause.is_missing and _first(shares) != NOTHING for clause, shares in parts)

        def counts(clause: Clause) -> float:
            if names_missing:
                return FOR_WHAT_IS_MISSING if clause.is_missing else 1.0
            return FOR_WISHES if clause.is_wish and not is_short else 1.0

        judged = [(_weight(shares, len(clause.words)) * counts(clause), shares) for clause, shares in parts]
        if is_short and len(parts) > 1 and not names_missing:
            whole = weigh(self._tasks.shares(together))
            judged.append((_weight(whole, len(together)) * FOR_THE_WHOLE, whole))
        names = tuple(dict.fromkeys(denied.values()))
        shares = _without(_mixed(judged), names)
        several = self._several(parts, shares, names, weigh) if is_short and not names_missing else ()
        return Meaning(shares, several, names, language, language in self._dividers)

    def _denied(self, found: Sequence[Clause]) -> dict[int, str]:
        """Return the task that a clause denies, by the clause's place.

        A denial only counts if the rest of the request names another task: "no template, few-shot" is few-shot. What is
        plainly denied counts beside any words: "no autocomplete, I want to ask something". Nothing is denied by a question
        such as "no support for handwriting?".
        """
        denied: dict[int, str] = {}
        for place, clause in enumerate(found):
            is_wondering = clause.is_question and not clause.asks
            says_enough = len(clause.denies) > 1 or any(map(is_by_character, clause.denies))
            shares = _among_tasks(self._tasks.shares(clause.denies)) if says_enough and not is_wondering else {}
            task = _top(shares, DENIED)
            if task is None:
                continue
            others = [one.asks if at == place else one.words for at, one in enumerate(found)]
            beside = [word for words in others for word in words]
            rest = self._tasks.shares(beside)
            says_nothing = not clause.asks or _first(self._tasks.shares(clause.asks)) == NOTHING
            plainly = says_nothing and shares[task] >= PLAINLY_DENIED and len(beside) >= WORDS_BESIDE
            if rest and rest.get(task, 0.0) < DENIED and (plainly or _first(rest) != NOTHING):
                denied[place] = task
        return denied

    def _only_denies(self, clause: Clause, found: Sequence[Clause]) -> bool:
        """Whether a clause is nothing but a denial beside a clear wish, so that it says nothing of what is wanted."""
        if not clause.denies or clause.is_question or _top(self._tasks.shares(clause.asks), DENIED) is not None:
            return False
        beside = [word for one in found if one is not clause for word in one.asks]
        return _top(self._tasks.shares(beside), CLEARLY_WANTED) is not None

    def _several(
        self,
        parts: Sequence[tuple[Clause, Mapping[str, float]]],
        whole: Mapping[str, float],
        denied: Sequence[str],
        weigh: Weigh,
    ) -> tuple[str, ...]:
        """Return the tasks that clauses, or the halves of one, name each by itself."""
        named: list[str | None] = []
        together = self._tasks.shares([word for clause, _ in parts for word in clause.words])
        for clause, shares in parts:
            halves = [_top(weigh(self._tasks.shares(half)), NAMED_IN_HALF) for half in clause.halves]
            if halves and all(task is not None and whole[task] >= HALF_IN_ALL for task in halves):
                named += halves
            else:
                task = _top(shares, NAMED)
                is_plain = task is not None and shares[task] >= PLAINLY_NAMED
                least = NAMED_IN_ALL if is_plain else max(NAMED_IN_ALL, NAMED_BESIDE_THE_FIRST * max(whole.values()))
                is_named = task is not None and whole[task] >= least and together[task] >= NAMED_TOGETHER
                named.append(task if is_named else None)
        found = tuple(dict.fromkeys(task for task in named if task is not None and task not in denied))
        return found if len(found) > 1 and _first(whole) in found else ()


def _first(shares: Mapping[str, float]) -> str:
    return max(shares, key=lambda task: shares[task], default=NOTHING)


def _among_tasks(shares: Mapping[str, float]) -> dict[str, float]:
    """Return the shares that the tasks have among themselves, if what is denied hints at one: “no OCR please”."""
    hinted = 1.0 - shares.get(NOTHING, 0.0)
    if hinted < HINTED:
        return {}
    return {task: share / hinted for task, share in shares.items() if task != NOTHING}


def _top(shares: Mapping[str, float], least: float) -> str | None:
    """Return the task with the largest share, if that is large enough."""
    best = _first(shares)
    return best if best != NOTHING and shares[best] >= least else None


def _weight(shares: Mapping[str, float], words: int) -> float:
    """Return what a clause counts for: the more, the clearer it names a task. Greetings and stories count for little.

    A word or two by themselves say less than they seem to: "hi all".
    """
    clear = max((share for task, share in shares.items() if task != NOTHING), default=0.0)
    return clear**CLARITY * min(1.0, words / FULL_CLAUSE) + 1e-6


def _mixed(judged: Sequence[tuple[float, Mapping[str, float]]]) -> dict[str, float]:
    total = sum(weight for weight, _ in judged)
    found: dict[str, float] = {}
    for weight, shares in judged:
        for task, share in shares.items():
            found[task] = found.get(task, 0.0) + share * weight / total
    return found


def _without(shares: Mapping[str, float], denied: Sequence[str]) -> dict[str, float]:
    """Return shares that add up to one again after denied tasks have lost most of theirs."""
    left = {task: share * (LEFT_OF_DENIED if task in denied else 1.0) for task, share in shares.items()}
    total = sum(left.values())
    return {task: share / total for task, share in left.items()} if total else {}
