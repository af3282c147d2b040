"""Choose where a request names several tasks, or where it isn't clear which one it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from ..english import listed
from .candidates import Candidate
from .choice import ASK, NONE_FITS, Choice
from .ranking import Ranking
from .requirements import Requirements
from .understood import described, with_task

WORDS = {2: "two", 3: "three"}
UNLIKELY = 0.6  # what a task counts for that none of the names can do
# What the share counts for of tasks that are too unlikely to be compared, and of no task at all, in a request of a few words.
# Where all names are of one kind, it doesn't matter much which is meant.
UNLIKELIER = 0.5
AGREED = 0.6  # the share of the likeliest tasks that have to lead to the same answer


class Chooser(Protocol):
    """What answers a request with one task; `among` are the candidates if not all of them.

    An answer that isn't explained has the verdict and the ranking of the explained one, and takes a third of the time.
    """

    def __call__(
        self, requirements: Requirements, among: Sequence[Candidate] = ..., *, explained: bool = True
    ) -> Choice: ...


def choose_for_several(candidates: Sequence[Candidate], requirements: Requirements, choose: Chooser) -> Choice:
    """Return the best of the names that can do all tasks; if none can, the best one for each, said as such.

    Without candidates the catalogue is searched, for each task.
    """
    each = [with_task(requirements, task) for task in requirements.understood.several]
    shares = [requirements.understood.possible.get(task, 0.0) for task in requirements.understood.several]
    main = each[shares.index(max(shares))]
    able = [{evidence.candidate.name for evidence in Ranking(candidates, one).usable} for one in each if candidates]
    common = set.intersection(*able) if able else set()
    if common and len(common) < len(candidates):
        found = choose(main, [candidate for candidate in candidates if candidate.name in common])
        rest = tuple(place for place in choose(main, explained=False).ranking if place.name not in common)
        return replace(found, ranking=found.ranking + rest)
    return choose(main) if common else _one_by_one([choose(one) for one in each], shares)


def _one_by_one(choices: Sequence[Choice], shares: Sequence[float]) -> Choice:
    """Return several answers as one, unless a name can do all the tasks or none can be recommended for any.

    The name that comes first is the one for the task that the request is most about.
    """
    able = [{ranked.name for ranked in choice.ranking if ranked.score} for choice in choices]
    order = sorted(range(len(choices)), key=lambda place: -shares[place])
    first = next((choices[place] for place in order if choices[place].best), None)
    if first is None or set.intersection(*able):
        return choices[0]
    count = WORDS.get(len(choices), str(len(choices)))
    message = " ".join(_said_once([choice.message for choice in choices]))
    return replace(first, message=f"This takes {count} models. {message}", each=tuple(choices))


def _equals(choice: Choice) -> set[str]:
    """Return the names with the most points in an answer."""
    most = max((ranked.score for ranked in choice.ranking), default=0)
    return {ranked.name for ranked in choice.ranking if most and ranked.score == most}


def _said_once(messages: Sequence[str]) -> list[str]:
    """Return the messages with the sentences that all of them end in left to the last one.

    >>> _said_once(["Take A. Try two. Or three.", "Take B. Try two. Or three."])
    ['Take A.', 'Take B. Try two. Or three.']
    """
    sentences = [message.split(". ") for message in messages]
    shared = 0
    while all(len(one) > shared + 1 for one in sentences) and len({one[-1 - shared] for one in sentences}) == 1:
        shared += 1
    if not shared:
        return list(messages)
    return [*(f"{'. '.join(one[:-shared])}." for one in sentences[:-1]), messages[-1]]


def choose_unless_unclear(requirements: Requirements, choose: Chooser) -> Choice:
    """Return the answer that most of the likeliest tasks lead to; ask where they lead to different ones.

    Each task counts as much as it is likely, so it needn't be clear which is meant for the model to be. A word such as
    “pictures” says nothing of that: there all tasks that some name can do have to lead to the same one.
    """
    understood = requirements.understood
    choices = [choose(with_task(requirements, task), explained=False) for task in understood.possible]
    counts: dict[tuple[str, str | None], float] = {}
    for choice, share in zip(choices, understood.possible.values(), strict=True):
        outcome = (choice.verdict, choice.best)
        counts[outcome] = counts.get(outcome, 0.0) + share * (UNLIKELY if choice.verdict == NONE_FITS else 1.0)
    for choice, share in zip(choices, understood.possible.values(), strict=True):
        agreeing = [outcome for outcome in counts if choice.verdict == ASK and outcome[1] in _equals(choice)]
        if agreeing:  # it would be as good as any for this task too
            counts[choice.verdict, None] -= share
            counts[max(agreeing, key=lambda outcome: counts[outcome])] += share
    verdict, best = max(counts, key=lambda outcome: counts[outcome])
    able = [outcome for outcome in counts if outcome[0] != NONE_FITS]
    if understood.is_left_open:
        is_clear = len(able) <= 1
    elif len(able) == 1 and able[0][0] != ASK and understood.skills & requirements.offered.skills:
        # It names a subject that a model here was made for, and no other one can be meant: turn charts into tables.
        (verdict, best), is_clear = able[0], True
    else:
        is_vague = understood.is_short and len(requirements.offered.kinds) > 1
        unlikelier = max(0.0, 1.0 - sum(understood.possible.values())) if is_vague else 0.0
        is_clear = counts[verdict, best] >= AGREED * (sum(counts.values()) + UNLIKELIER * unlikelier)
    if verdict != ASK and is_clear:
        outcomes = [(choice.verdict, choice.best) for choice in choices]
        meant = list(understood.possible)[outcomes.index((verdict, best))]
        return choose(with_task(requirements, meant))
    titles = listed((task.title for task in understood.likeliest), "or")
    message = f"It isn't clear what the model should do: {titles}? Choose one, or say it in other words."
    if len(understood.likeliest) == 1:
        message = f"It isn't clear what the model should do. Is it {titles}? If not, say it in other words."
    return replace(
        choices[0],
        verdict=ASK,
        best=None,
        message=message,
        would_change=(),
        understood=described(requirements, asks=True),
    )
