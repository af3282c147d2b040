"""Apply the rules about the model itself: its kind, its training, and what it was made for."""

from __future__ import annotations

from typing import Any

from ..english import NOUNS, article, listed
from .candidates import TUNED, Candidate, Fact
from .evidence import Evidence
from .knowledge import language_name
from .knowledge import skills as known_skills
from .requirements import Requirements
from .tasks import Task

PARTS = {"mmproj": "a projector", "draft": "a draft model", "adapter": "an adapter", "vocab": "a vocabulary"}
STAGES = {
    "base": "a base model", "instruct": "a tuned model", "chat": "a chat model",
}  # fmt: skip
BEFORE_LAST = ("SFT", "DPO", "RM")  # stages of training that are published beside the finished model
FOR_THE_TOPIC = 30  # it was made for what the texts are about, though not for the work itself
OTHER_TOPIC = -10  # it was made for a subject that the request doesn't mention
SIDE_SKILL, SECOND_SKILL = 45, 20  # not what the task asks for first; in addition to another skill
ALSO_MADE_FOR = 150  # it does two things, and one of them is the task
AS_ASKED_TODAY = 62  # where the article names two variants, today's guidance decides between them
OPEN_BUT_FITTING = 40  # a name without a stage word may be the base model that is wanted, or was made for the task
# Points of a language model, most of which know the large languages a little. One that lists at most FEW_LANGUAGES was made
# for them; one that lists more may still know others.
FEW_LANGUAGES = 4
# A rule for what a name says of languages, and the one for what is only known about models of that name.
OF_MODELS = {
    "speaks-language": "speaks-language-by-family",
    "other-language": "other-language-by-family",
    "speaks-many": "speaks-many-by-family",
    "single-language": "single-language-by-family",
    "not-your-language": "not-your-language-by-family",
}
MADE_FOR_LANGUAGE, KNOWS_SEVERAL, KNOWS_MANY, AMONG_OTHERS, NOT_ITS_LANGUAGE = 45, 15, 5, 0, -30
SPEECH_TRANSLATION, FROM_ENGLISH = "speech-translation", "speech-translation-from-english"
ANY_KIND = ("fine-tuning", "continued-pretraining")  # tasks for which the kind of model is the asker's choice


def judge(evidence: Evidence, requirements: Requirements) -> None:
    """Apply all rules of this module to one candidate."""
    if not _kind(evidence, requirements):
        return
    _modalities(evidence, requirements)
    _stage(evidence, requirements)
    _reasoning(evidence, requirements)
    _skills(evidence, requirements)
    _infilling(evidence, requirements.task)
    _languages(evidence, requirements)
    _refusals(evidence, requirements)
    _drafts(evidence, requirements)


def _kind(evidence: Evidence, requirements: Requirements) -> bool:
    """Whether the candidate is a model of which the other questions can be requirements."""
    task, candidate, kind = requirements.task, evidence.candidate, evidence.candidate.kind
    if kind is None:
        evidence.add("kind", "nothing-known", excludes=True)
        evidence.unknown = "what kind of model it is"
        return False
    if candidate.is_part and kind != task.does:
        evidence.add(
            "kind", "not-a-model", candidate.part("file_role") or candidate.stem, kind=PARTS[kind], excludes=True
        )
        return False
    if not _has_what_is_needed(evidence, requirements):
        return False
    if kind == task.does:
        if kind != "text":
            evidence.add("kind", "kind-fits", candidate.kind_part, kind=noun(kind), task=task.title)
        if kind != "text" and "text" in task.also and requirements.understood.mentions("one-model"):
            evidence.add("one model", "one-for-all", None, kind=_capitalised(noun(kind)))
        return True
    if kind in task.also and task.does in candidate.reading.roles:
        evidence.add(
            "kind", "kind-fits", candidate.kind_part, weight=ALSO_MADE_FOR, kind=noun(task.does), task=task.title
        )
        return True
    if task.task in ANY_KIND and not _trained_for(kind, requirements):
        evidence.add("kind", "other-training", None, kind=noun(kind), excludes=True)
        return False
    if task.task in ANY_KIND and kind in requirements.understood.kinds:
        evidence.add("kind", "trained-kind", candidate.kind_part, kind=noun(kind))
        return True
    if kind in task.also or task.task in ANY_KIND:
        evidence.add("kind", "kind-also", None, kind=_capitalised(noun(kind)), task=task.title)
        return True
    evidence.add("kind", "kind-cannot", None, kind=noun(kind), task=task.title, excludes=True)
    return False


def _has_what_is_needed(evidence: Evidence, requirements: Requirements) -> bool:
    """Whether it has the skills that a task can't be done without, and was not made for something else alone."""
    task, candidate, known = requirements.task, evidence.candidate, known_skills()
    from_english = [FROM_ENGLISH] if requirements.understood.into not in (None, "en") else []
    for skill in (*task.needs, *task.skills, *(from_english if SPEECH_TRANSLATION in task.skills else ())):
        if skill in candidate.lacks:
            row = candidate.lacks[skill]
            evidence.add("kind", "lacks-skill", None, fact=row.description, source=row.source, excludes=True)
            return False
    if task.task in ANY_KIND or candidate.is_part:
        return True
    wanted = {*task.skills, *task.needs}
    missing = next((skill for skill in task.needs if skill not in candidate.skills), None)
    if missing is not None and candidate.kind != "text":
        evidence.add("kind", "not-made-for", None, skill=known[missing].description, excludes=True)
        return False
    others = [skill for skill in candidate.skills if known[skill].only or (known[skill].judges and wanted)]
    if others and wanted.isdisjoint(candidate.skills):
        other = others[0]
        part = candidate.skills[other]
        evidence.add("kind", "only-for", part, skill=known[other].description, task=task.title, excludes=True)
        return False
    return True


def _trained_for(kind: str, requirements: Requirements) -> bool:
    """Whether this kind of model may be meant for training: the request mentions it, or there is nothing else to train."""
    spoken = requirements.understood.kinds
    return kind in spoken or not {"text", *spoken} & requirements.offered.kinds


def noun(kind: str) -> str:
    """Return a kind of model with its article.

    >>> noun("embedding"), noun("text")
    ('an embedding model', 'a language model')
    """
    word = NOUNS.get(kind, "language model" if kind == "text" else f"{kind} model")
    return f"{article(word)} {word}"


def _capitalised(phrase: str) -> str:
    return phrase[0].upper() + phrase[1:]


def _modalities(evidence: Evidence, requirements: Requirements) -> None:
    task, modalities = requirements.task, evidence.candidate.modalities
    mentions = requirements.understood.mentions
    seen = (task.training and mentions("pictures")) or (task.does == "text" and mentions("in-pictures"))
    if seen and "vision" in modalities and "vision" not in task.modalities:
        evidence.add("vision", "sees", modalities["vision"])
    for modality, has, lacks in (("vision", "sees", "cannot-see"), ("audio", "hears", "cannot-hear")):
        if modality in task.modalities:
            if modality in modalities:
                evidence.add(modality, has, modalities[modality])
            else:
                evidence.add(modality, lacks, None, task=task.title, excludes=True)
    needless = {"vision", "audio"} & set(evidence.candidate.reading.roles) - set(task.modalities)
    reads_text = {"text", "embedding"} & {task.does, *task.also}
    if needless and evidence.candidate.kind in reads_text and not set(task.skills) & set(evidence.candidate.skills):
        evidence.add("needless", "needless-senses", None, task=task.title)


def _stage(evidence: Evidence, requirements: Requirements) -> None:
    task, stage = requirements.task, evidence.candidate.stage
    if task.stage == "any" or (evidence.candidate.kind != "text" and stage is None):
        return
    if stage is None:
        fits = task.stage == "base" or not set(task.skills).isdisjoint(evidence.candidate.skills)
        evidence.add("stage", "stage-open", weight=OPEN_BUT_FITTING if fits else None)
        if task.stage != "base" and evidence.candidate.kind == "text":
            evidence.unknown = "whether it is a base model or a tuned one"
        return
    rule = _article_rule(requirements, stage) or _training_rule(requirements, stage) or _stage_rule(requirements, stage)
    if rule == "tuned-follows" and evidence.candidate.kind != "text":
        rule = "tuned-for-one-task"  # a classifier follows no instructions
    about_all = stage.says is not None and not stage.says.startswith(("A ", "An ", "The "))  # “QwQ models think …”
    words = {"stage": _sentence(stage), "task": task.title, "it": "this one" if about_all else "it"}
    both = len(task.article) > 1 and rule.startswith("article") and stage.value in TUNED  # the safer one of two
    single = requirements.article and task.stage == "tuned" and stage.value == "instruct" and rule == "tuned-follows"
    weight = AS_ASKED_TODAY if (both and rule != "article-other") or single else None
    evidence.add(
        "stage", rule, stage.token, weight=weight, source=stage.source, excludes=rule == "base-cannot", **words
    )
    method = evidence.candidate.part("lineage.method")
    if method in BEFORE_LAST and evidence.candidate.part("stage") is None:
        evidence.add("last stage", "last-stage", method)


def _sentence(stage: Fact) -> str:
    return stage.says or f"“{stage.token}” marks {STAGES[stage.value]}"


def _article_rule(requirements: Requirements, stage: Fact) -> str | None:
    """Return the article's rule, if its three variants are among the names and the request says nothing else."""
    task = requirements.task
    if not task.article or not requirements.article or requirements.understood.mentions("direct"):
        return None
    return f"article-{stage.value}" if stage.value in task.article else _other_variant(stage)


def _other_variant(stage: Fact) -> str:
    return "base-cannot" if stage.value == "base" else "article-other"


def _training_rule(requirements: Requirements, stage: Fact) -> str | None:
    if requirements.task.task != "fine-tuning":
        return None
    tuned, understood = stage.value in TUNED, requirements.understood
    if understood.few_rows:
        return "few-rows-tuned" if tuned else "few-rows-base"
    if understood.many_rows:
        return "many-rows-tuned" if tuned else "many-rows-base"
    if understood.rows is not None:
        return "middle-rows-tuned" if tuned else "middle-rows"
    return "train-tuned" if tuned else "train-base"


def _stage_rule(requirements: Requirements, stage: Fact) -> str:
    task = requirements.task
    if stage.value == "base":
        return "base-continues" if task.stage == "base" else "base-cannot"
    if task.stage == "base":
        return "tuned-continues"
    if task.stage in TUNED and task.stage != stage.value and requirements.article:
        return "tuned-otherwise"
    return "tuned-converses" if task.stage == "chat" else "tuned-follows"


def _reasoning(evidence: Evidence, requirements: Requirements) -> None:
    thinks, task = evidence.candidate.reasoning, requirements.task
    if evidence.candidate.kind not in ("text", "guard") or "text" not in (task.does, *task.also):
        return
    if task.reasoning == "switchable":
        if thinks is not None and thinks.value == "hybrid":
            evidence.add("reasoning", "switchable", thinks.token)
        return
    if thinks is None:
        return
    if task.reasoning == "wanted" and not requirements.quick and not requirements.without_thinking:
        if thinks.value:
            evidence.add("reasoning", "reasons" if thinks.value is True else "can-reason", thinks.token)
        return
    spared = task.reasoning == "spared" or requirements.quick or requirements.without_thinking
    if thinks.value is True:
        unwanted = requirements.without_thinking and task.reasoning != "wanted"
        evidence.add("reasoning", "thinks-needlessly", thinks.token, weight=None if spared else -8, excludes=unwanted)
    elif spared and thinks.value is False:
        stage = evidence.candidate.part("reasoning", "stage")
        evidence.add("reasoning", "answers-at-once", stage or thinks.token)


def _skills(evidence: Evidence, requirements: Requirements) -> None:
    task, skills, known = requirements.task, evidence.candidate.skills, known_skills()
    topics = sorted(requirements.understood.topics)
    asked_for = sorted(requirements.understood.skills) if task.training else (*task.skills, *topics)
    wanted = [skill for skill in asked_for if skill in skills]
    for position, skill in enumerate(wanted):
        if skill in topics and not task.training and (not position or known[skill].weight):
            weight: float | None = known[skill].weight or FOR_THE_TOPIC
        elif position:
            weight = SECOND_SKILL
        else:
            weight = known[skill].weight if skill == asked_for[0] else SIDE_SKILL
        evidence.add("skill", "specialist", skills[skill], weight=weight, skill=known[skill].description)
    languages = evidence.candidate.kind == "text" and "text" in (task.does, *task.also)
    in_a_field = not task.training and any(known[skill].field for skill in task.skills)
    if languages and not in_a_field and not task.infilling:
        needless = [skill for skill in skills if known[skill].narrow and skill not in asked_for]
        narrow = [skill for skill in needless if (skill, task.reasoning) != ("math", "wanted")]
        for skill in narrow[:1]:
            evidence.add("skill", "other-specialist", skills[skill], skill=known[skill].description, task=task.title)
    elif evidence.candidate.kind != "text" and evidence.candidate.kind in (task.does, *task.also):
        for skill in [one for one in skills if known[one].topic and one not in asked_for and not task.training][:1]:
            evidence.add(
                "skill", "other-specialist", skills[skill],
                weight=OTHER_TOPIC, skill=known[skill].description, task=task.title,
            )  # fmt: skip


def _drafts(evidence: Evidence, requirements: Requirements) -> None:
    """Find out whether it can draft for the model that the request names: a smaller one of the same line."""
    target, mine = requirements.target, evidence.candidate.reading
    if target is None or evidence.candidate.is_part:
        return
    if evidence.candidate.tokenizer != Candidate(target.name).tokenizer:
        evidence.add("draft", "other-vocabulary", None, family=target.family)
    elif mine.params_b is not None and target.params_b is not None and mine.params_b >= target.params_b:
        evidence.add("draft", "no-smaller", evidence.candidate.params_part or evidence.candidate.stem, excludes=True)
    else:
        evidence.add("draft", "same-vocabulary", evidence.candidate.stem)


def _infilling(evidence: Evidence, task: Task) -> None:
    if not task.infilling or evidence.candidate.kind != "text":
        return
    known = evidence.candidate.capability("infilling")
    if known is not None and known[0]:
        evidence.add("infilling", "infills", evidence.candidate.stem, fact=known[1].description, source=known[1].source)
    elif known is not None:
        evidence.add(
            "infilling", "cannot-infill", None, fact=known[1].description, source=known[1].source, excludes=True
        )
    elif "code" in evidence.candidate.skills:
        evidence.add("infilling", "infilling-unknown", evidence.candidate.skills["code"])
    else:
        fact = "It isn't a code model, and nothing says that it was trained to fill gaps."
        evidence.add("infilling", "cannot-infill", None, fact=fact, excludes=True)


def _languages(evidence: Evidence, requirements: Requirements) -> None:
    """Find out whether it knows the languages that are asked for. What isn't a language model can't do without them."""
    known, wanted, task = evidence.candidate.languages, requirements.understood.languages, requirements.task
    if known is None or (task.training and evidence.candidate.kind not in requirements.understood.kinds):
        return
    strict = evidence.candidate.kind != "text" and not task.training
    if not wanted:
        _languages_beside_the_request(evidence, requirements, known, strict)
        return
    if not strict and set(wanted) == {"en"}:
        return  # every language model knows English
    if evidence.candidate.capability("directed") and _is_other_way(evidence, requirements, known):
        return
    languages, many = _codes(known)
    few = len(languages) <= FEW_LANGUAGES
    if many or set(wanted) <= languages:
        of_language_models = KNOWS_MANY if many else MADE_FOR_LANGUAGE if few else KNOWS_SEVERAL
        weight = (25 if many else None) if strict else of_language_models
        language = listed(map(language_name, wanted))
        _add_of_languages(evidence, "speaks-language", known, weight=weight, language=language)
    else:
        words = {
            "known": listed(map(language_name, map(str, known.value))),
            "language": listed(map(language_name, wanted)),
        }
        weight = None if strict else NOT_ITS_LANGUAGE if few else AMONG_OTHERS
        evidence.add("language", _rule("other-language", known), known.token, excludes=strict, weight=weight, **words)


def _is_other_way(evidence: Evidence, requirements: Requirements, known: Fact) -> bool:
    """Rule out a model that translates from the language asked for, or into another one."""
    own = [str(code).split("-")[0] for code in known.value]
    understood = requirements.understood
    asked = (understood.out_of, understood.into)
    if len(own) != 2 or not any(wanted not in (None, "mul", one) for wanted, one in zip(asked, own, strict=True)):
        return False
    if "mul" in own:
        return False
    first, second = map(language_name, own)
    words = " ".join(
        f"{word} {language_name(code)}" for word, code in zip(("from", "into"), asked, strict=True) if code is not None
    )
    evidence.add("language", "other-direction", known.token, first=first, second=second, asked=words, excludes=True)
    return True


def _languages_beside_the_request(evidence: Evidence, requirements: Requirements, known: Fact, strict: bool) -> None:
    """Compare the languages of a model with a request that names none: it may ask for many, or be in another language."""
    languages, many = _codes(known)
    shown = listed(map(language_name, map(str, known.value)))
    own = requirements.understood.language
    if requirements.understood.mentions("multilingual"):
        if many or len(languages) > FEW_LANGUAGES:
            _add_of_languages(evidence, "speaks-many", known, weight=None if strict else KNOWS_SEVERAL)
        else:
            _add_of_languages(evidence, "single-language", known, excludes=strict, known=shown)
    elif strict and own is not None and own not in languages and not many:
        _add_of_languages(evidence, "not-your-language", known, known=shown, language=language_name(own))


def _add_of_languages(evidence: Evidence, rule: str, fact: Fact, **details: Any) -> None:
    evidence.add("language", _rule(rule, fact), fact.token, source=fact.source, **details)


def _rule(rule: str, known: Fact) -> str:
    """Return the rule for what a name says, or the one for what is only known about models of that name."""
    return OF_MODELS[rule] if known.says else rule


def _codes(known: Fact) -> tuple[set[str], bool]:
    """Return the languages that are named, without their regions, and whether it knows many that are not."""
    languages = {str(code).split("-")[0] for code in known.value}
    return languages, not languages.isdisjoint(("many", "mul"))


def _refusals(evidence: Evidence, requirements: Requirements) -> None:
    """Find out whether it refuses little, and whether those it would talk to want that."""
    candidate, mentions = evidence.candidate, requirements.understood.mentions
    token = candidate.skills.get("uncensored")
    if token is None:
        return
    if mentions("uncensored"):
        evidence.add("refusals", "refusals-wanted", token)
    elif requirements.task.public or mentions("public") or mentions("children"):
        who = "children" if mentions("children") else "the public"
        evidence.add("refusals", "refusals-unsafe", token, who=who, excludes=True)
    elif "uncensored" not in requirements.task.tolerates:
        evidence.add("refusals", "refusals-removed", token, who="a task that did not ask for it")
