"""`pick`: choose among names for a task and a machine, and say which part of the name decided."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ..english import listed
from ..errors import NameplateError, RequestError
from .candidates import Candidate, changed_candidate, read_candidates
from .choice import ASK, NONE_FITS, OK, Choice
from .deployment import largest_that_fits
from .evidence import Evidence, Finding
from .ranking import Ranking
from .requirements import Requirements, read_requirements
from .search import entries, find_copies
from .several import choose_for_several, choose_unless_unclear
from .tasks import Offered
from .understanding.request_reader import THRESHOLD
from .understood import described, named, not_understood
from .usual_task import suggested

MOST_NAMES = 1_000  # whose answer takes about a second
TRAINING = "fine-tuning"  # worth a word only to those who train
OTHER_TASKS = (
    (TRAINING, "For training on more than 1,000 examples of your own"),
    ("chatbot", "For a chatbot"),
    ("reasoning", "For problems that need reasoning"),
    ("semantic-search", "For search by meaning"),
    ("code-completion", "For completing code in an editor"),
    ("image-understanding", "For questions about pictures"),
)
USUAL_CARDS = (8.0, 24.0, 80.0)  # gigabytes, for a request that names no machine
SEARCHED = (
    "Of {count:,} catalogued models, it ranks first by kind, size and age. None of these measures quality, so try the first "
    "two or three."
)
WITHOUT_MEMORY = (
    "That's without a limit on memory. Say which machine it should run on to get the best one that fits there."
)
MOST_CHANGES, MOST_TRIES = 3, 6  # changes that are listed, and changed requests that are answered to find them
MOST_RANKED_AGAIN = 1_200  # names of all of these requests together: of a long list, fewer changes are tried
# Rules whose sentence belongs beside a recommendation.
UNSETTLED = ("cache-unknown", "tight", "spills-experts", "spills-layers")
DECISIVE = ("how large the model is", "how many tokens it reads")  # what has to be known before a name is recommended


class Considered(NamedTuple):
    """An answer, and what the request was taken for."""

    choice: Choice
    requirements: Requirements


def pick(
    names: Sequence[str] | None,
    task: str,
    constraints: Mapping[str, Any] | None = None,
    *,
    request_id: str | int | None = None,
) -> Choice:
    """Choose among models by their names.

    `task` is a sentence in people's words or the id of a task; `constraints` may hold `gpu_gb` and `ram_gb` (decimal
    gigabytes that the model may fill), `machine` (a description such as `RTX 4090`), `context` (tokens), `licence`
    (`commercial`) and `runtime` (a program of runtimes.yml, such as `llama.cpp` or `vllm`). `request_id` comes back
    with the answer.

    >>> choice = pick(["Llama-3.1-8B", "Llama-3.1-8B-Instruct"], "help desk bot")
    >>> choice.verdict, choice.best, choice.ranking[0].because[0].token
    ('ok', 'Llama-3.1-8B-Instruct', 'Instruct')
    >>> pick(["bge-m3"], "chatbot").verdict
    'none_fits'
    >>> pick(["Qwen3-8B", "Qwen3-8B-Base"], "hmm").verdict
    'ask'

    Without names, all catalogued models with open weights are searched, each in the usual quantizations.

    >>> pick((), "chatbot", {"gpu_gb": 12}).verdict
    'ok'

    Raises RequestError for a request that cannot be answered, and what `decode` raises for a name that cannot be read.
    """
    return consider(names, task, constraints, request_id=request_id).choice


def consider(
    names: Sequence[str] | None,
    task: str,
    constraints: Mapping[str, Any] | None = None,
    *,
    request_id: str | int | None = None,
    changes: bool = True,
) -> Considered:
    """Answer as `pick` does, and say what the request was taken for.

    Without `changes` the answer doesn't say what would change it: to find that takes longer than the answer itself.
    """
    _check(names or ())
    found = read_candidates(names or ())
    requirements = read_requirements(task, constraints or {}, _offered(found))
    return Considered(_answer(found, requirements, request_id, changes), requirements)


def _answer(
    found: Sequence[Candidate], requirements: Requirements, request_id: str | int | None, changes: bool
) -> Choice:
    if requirements.understood.task is None:
        meant = suggested(requirements, found, [task for task, _ in OTHER_TASKS if task != TRAINING])
        understood = replace(described(requirements), tasks=tuple(map(named, meant)))
        return Choice(request_id, ASK, None, not_understood(requirements), understood=understood)

    def choose(requirements: Requirements, among: Sequence[Candidate] = found, *, explained: bool = True) -> Choice:
        if not found:
            return _search(requirements, request_id, changes and explained)
        selection = _Selection(among, requirements, request_id, changes and explained)
        return selection.choice() if explained else selection.outcome()

    if requirements.understood.several:
        return choose_for_several(found, requirements, choose)
    if requirements.understood.confidence < THRESHOLD and not requirements.understood.is_assumed:
        return choose_unless_unclear(requirements, choose)
    return choose(requirements)


def _search(requirements: Requirements, request_id: str | int | None, changes: bool) -> Choice:
    """Choose among the catalogued models. Without a machine, say for the usual ones what would be chosen."""
    if requirements.available_gb is None:
        by_memory = []
        for memory in USUAL_CARDS:
            copies = find_copies(requirements.replacing(gpu_gb=memory))
            if copies:
                by_memory.append(f"With {memory:g} GB on the graphics card: {copies[0].name}.")
        message = f"There are {len(entries()):,} models in the catalogue. Say which machine yours should run on, or give names to compare."
        return Choice(
            request_id, ASK, None, message, would_change=tuple(by_memory), task=requirements.task.task,
            understood=described(requirements),
        )  # fmt: skip
    copies = find_copies(requirements)
    if not copies:
        message = (
            f"None of the {len(entries()):,} catalogued models works for {requirements.task.title} within these limits."
        )
        return Choice(
            request_id, NONE_FITS, None, message, task=requirements.task.task, understood=described(requirements)
        )
    return _Selection(
        read_candidates(copy.name for copy in copies), requirements.replacing(searching=True), request_id, changes
    ).choice()


def _check(names: Sequence[str]) -> None:
    if isinstance(names, str) or not isinstance(names, Sequence) or not all(isinstance(name, str) for name in names):
        raise RequestError("The candidates have to be a list of names.")
    if len(names) > MOST_NAMES:
        raise RequestError(f"There are {len(names):,} names. Compare at most {MOST_NAMES:,} at a time.")


def _offered(candidates: Sequence[Candidate]) -> Offered:
    kinds = frozenset(candidate.kind for candidate in candidates if candidate.kind is not None)
    modalities = frozenset(modality for candidate in candidates for modality in candidate.modalities)
    return Offered(kinds, modalities, frozenset(skill for candidate in candidates for skill in candidate.skills))


class _Selection:
    """The steps from a ranking to an answer."""

    def __init__(
        self, candidates: Sequence[Candidate], requirements: Requirements, request_id: str | int | None, changes: bool
    ) -> None:
        self.candidates = candidates
        self.requirements = requirements
        self.id = request_id
        self.changes = changes
        self.ranking = Ranking(candidates, requirements)

    def choice(self) -> Choice:
        """Return the answer: that none fits, what the names leave open, or the first name and what decided."""
        return self._choice(self._ok)

    def outcome(self) -> Choice:
        """Return the answer without what decided, for which the names would have to be ranked several times more."""
        return self._choice(lambda first: self._answer(OK, first.candidate.name, ""))

    def _choice(self, recommend: Callable[[Evidence], Choice]) -> Choice:
        usable = self.ranking.usable
        if not usable:
            unknown = [
                evidence for evidence in self.ranking.order if evidence.exclusions == {"kind"} and evidence.unknown
            ]
            if len(unknown) == len(self.candidates):
                return self._ask(_nothing_known(unknown))
            return self._ask(self._others_cannot(unknown)) if unknown else self._none_fits()
        first = usable[0]
        if self._undecided(first):
            return self._ask(f"The name {first.candidate.name} doesn't say {first.unknown}, and that decides here.")
        if self.ranking.tied and not self.requirements.searching:
            return self._ask(_nothing_differs(self.ranking.equals))
        return recommend(first)

    def _undecided(self, first: Evidence) -> bool:
        """Whether something about the first name has to be known before it can be recommended."""
        if first.unknown in DECISIVE:
            return True
        shown = {"sees", "hears", "specialist", "infills", "reasons"}
        return first.unknown is not None and not any(finding.rule in shown for finding in first.findings)

    def _ok(self, first: Evidence) -> Choice:
        reason = self._decider()
        name, title = first.candidate.name, self.requirements.task.title
        message = [f"For {title}, take {name}. {reason.text}"]
        message += [finding.text for finding in first.findings if finding.rule in UNSETTLED and finding is not reason]
        if self.requirements.task.note and (
            self.ranking.requirements.article or self.requirements.task.stage == "base"
        ):
            message.append(self.requirements.task.note)
        if self.requirements.available_gb is None and self._is_about_one_model():
            message.append(WITHOUT_MEMORY)
        if self.requirements.searching:
            message.append(SEARCHED.format(count=len(entries())))
        return self._answer(OK, name, " ".join(message), (reason,))

    def _is_about_one_model(self) -> bool:
        """Whether the names are files of one model, stored in different ways."""
        labels = {candidate.label.label for candidate in self.candidates if candidate.label is not None}
        return len({candidate.key for candidate in self.candidates}) == 1 and len(labels) > 1

    def _decider(self) -> Finding:
        """Return the finding whose part of the name decided: without that part, the order would change."""
        deciding = list(self.ranking.deciding())
        for finding in deciding:
            if self._decides(str(finding.token)):
                return finding
        return deciding[0] if deciding else self._only_one()

    def _only_one(self) -> Finding:
        first = self.ranking.first
        first.add("only one", "only-one", first.candidate.stem, weight=1, task=self.requirements.task.title)
        return first.findings[-1]

    def _decides(self, token: str) -> bool:
        """Whether the ranking would change if the first name lacked this part."""
        first = self.ranking.first.candidate
        rest = _without(first.name, token)
        if rest is None:
            return True
        try:
            changed = [changed_candidate(rest) if one is first else one for one in self.candidates]
        except NameplateError:
            return True
        ranking = Ranking(changed, self.requirements)
        before = [self.candidates.index(evidence.candidate) for evidence in self.ranking.order]
        after = [changed.index(evidence.candidate) for evidence in ranking.order]
        return before != after or ranking.first.excluded or ranking.first.unknown in DECISIVE or ranking.tied

    def _others_cannot(self, unknown: Sequence[Evidence]) -> str:
        """Return what to say where the only names that might do are those of which nothing is known."""
        one = len(self.candidates) - len(unknown) == 1
        others = "The other name doesn't work" if one else "None of the other names works"
        return f"{others} for {self.requirements.task.title}. {_nothing_known(unknown)}"

    def _none_fits(self) -> Choice:
        nearest = self.ranking.first
        exclusion = next(finding for finding in nearest.findings if finding.excludes)
        title = self.requirements.task.title
        only_too_large = nearest.exclusions == {"memory"}
        if len(self.candidates) == 1:
            problem = "doesn't fit" if only_too_large else f"doesn't work for {title}"
            why = exclusion.text.replace(f", which {problem}", "")
            message = f"{nearest.candidate.name} {problem}: {_lower(why)}"
        else:
            all_too_large = all(one.exclusions == {"memory"} for one in self.ranking.order)
            problem = "fits" if all_too_large else f"{'fits and ' if only_too_large else ''}works for {title}"
            message = (
                f"None of these models {problem}. {nearest.candidate.name} comes closest: {_lower(exclusion.text)}"
            )
        return self._answer(NONE_FITS, None, " ".join((message, *self._smaller())))

    def _smaller(self) -> Iterator[str]:
        """Yield a sentence on a smaller file of a model that is only too large."""
        for evidence in self.ranking.order:
            if evidence.exclusions != {"memory"} or evidence.needed_gb is None:
                continue
            needed, label = largest_that_fits(evidence.candidate, self.requirements)
            gigabytes = (needed.total_bytes or math.inf) / 1e9
            if gigabytes <= (self.requirements.available_gb or 0):
                yield f"As a GGUF file in {label}, {evidence.candidate.name} would fit: about {gigabytes:.1f} GB."
                return

    def _ask(self, message: str) -> Choice:
        return self._answer(ASK, None, message)

    def _answer(self, verdict: str, best: str | None, message: str, first: Sequence[Finding] = ()) -> Choice:
        other = _Alternatives(self.candidates, self.requirements, self.ranking, best)
        changes = tuple(other.verified()) if self.changes else ()
        task = self.requirements.task
        return Choice(
            self.id,
            verdict,
            best,
            message,
            self.ranking.ranked(first),
            changes,
            task.task,
            described(self.requirements),
        )


class _Alternatives:
    """The changes that would lead to another answer. Each is tried before it is listed."""

    def __init__(
        self, candidates: Sequence[Candidate], requirements: Requirements, ranking: Ranking, best: str | None
    ) -> None:
        self.candidates = candidates
        self.requirements = requirements
        self.ranking = ranking
        self.best = best

    def verified(self) -> list[str]:
        """Return a line for each change after which another name would be recommended."""
        changes: list[str] = []
        tries = min(MOST_TRIES, max(1, MOST_RANKED_AGAIN // len(self.candidates)))
        for when, changed in itertools.islice(self._possible(), tries):
            other = self._winner(changed)
            if other is not None and other != self.best and not any(other in line for line in changes):
                changes.append(f"{when}: {other}.")
            if len(changes) == MOST_CHANGES:
                break
        return changes

    def _winner(self, changed: Requirements) -> str | None:
        ranking = Ranking(self.candidates, changed)
        usable = ranking.usable
        if not usable or ranking.tied or usable[0].unknown in DECISIVE:
            return None
        return usable[0].candidate.name

    def _possible(self) -> Iterator[tuple[str, Requirements]]:
        yield from self._more_memory()
        yield from self._context()
        if self.best is None:
            return
        if not self.requirements.commercial:
            yield "In a product that you sell", self.requirements.replacing(commercial=True)
        for task, when in OTHER_TASKS:
            about_training = self.requirements.task.training or task != TRAINING
            if task != self.requirements.task.task and about_training:
                yield when, self.requirements.with_task(task)

    def _more_memory(self) -> Iterator[tuple[str, Requirements]]:
        if self.requirements.available_gb is None:
            return
        key = "gpu_gb" if self.requirements.gpu_gb is not None else "ram_gb"
        for evidence in sorted(self.ranking.order, key=lambda one: one.needed_gb or 0):
            if evidence.exclusions == {"memory"} and evidence.needed_gb is not None:
                enough = math.ceil(evidence.needed_gb + 0.05)
                yield f"With {enough} GB", self.requirements.replacing(**{key: enough})
        if self.best is not None and (needed := self.ranking.first.needed_gb) is not None and needed > 1:
            less = math.floor(needed - 0.05)
            if 0 < less < self.requirements.available_gb:
                yield f"With only {less} GB", self.requirements.replacing(**{key: less})

    def _context(self) -> Iterator[tuple[str, Requirements]]:
        if self.best is not None and (known := self.ranking.first.candidate.context) is not None:
            if self.requirements.available_gb is None:
                yield (
                    f"With a context of more than {known.value:,} tokens",
                    self.requirements.replacing(context=known.value + 1),
                )
        elif self.best is None and self.requirements.context is not None:
            most = [
                evidence.candidate.context.value
                for evidence in self.ranking.order
                if evidence.candidate.context is not None
            ]
            if most and max(most) < self.requirements.context:
                yield f"With a context of {max(most):,} tokens", self.requirements.replacing(context=max(most))
            elif self.requirements.available_gb is not None and self.requirements.context > 8192:
                yield "With a context of 8,192 tokens", self.requirements.replacing(context=8192)


def _nothing_known(unknown: Sequence[Evidence]) -> str:
    names = listed((evidence.candidate.name for evidence in unknown[:3]), "or")
    return f"Nothing in {names} says what kind of model it is. Use the names under which the makers publish them."


def _nothing_differs(equals: Sequence[Evidence]) -> str:
    names = listed(evidence.candidate.name for evidence in equals)
    same = len({evidence.score for evidence in equals}) == 1
    what = "are equally good here" if same else "are about the same size"
    take = "either" if len(equals) == 2 else "any of them"
    return f"{names} {what}, as far as their names say. Take {take}, or say more about the task or the machine."


def _lower(text: str) -> str:
    return text[0].lower() + text[1:] if text[:2] != text[:2].upper() or text.startswith("A ") else text


def _without(name: str, token: str) -> str | None:
    """Return the name without one part; None if nothing would be left."""
    at = name.find(token)
    rest = name[:at] + name[at + len(token) :] if at >= 0 else name
    return rest if any(character.isalnum() for character in rest) else None
