"""What a model is for, in one flat list: its stage, its task, and what its words and its lines add."""

from __future__ import annotations

from ..vocabulary.lookup import COSTS_LIKE_ABBREVIATION
from ..vocabulary.meaning import Meaning
from .draft import ReadingDraft

STAGE_ROLES = {"base": "base", "instruct": "instruct", "chat": "instruct", "reasoning": "reasoning"}
MAKES = frozenset(("image-generation", "image-editing", "video-generation", "tts", "music-generation"))
SOLE_TASKS = MAKES | {"embedding", "reranker", "reward", "asr"}  # a model made for one of these does nothing else
TASK_ROLES = frozenset(
    ("embedding", "reranker", "reward", "guard", "asr", "tts", "image-generation", "image-editing", "video-generation", "music-generation",
     "ocr", "audio", "vision")
)  # fmt: skip


def forget_reasoning_of_merge(draft: ReadingDraft, explained: list[Meaning]) -> None:
    """Forget what R1 says where the base is in short, as only fine-tuners write it: MN-12B-Mag-Mell-R1.

    There it counts the releases of a merge or names one of its ingredients.
    """
    if not any(meaning.field == "family" and meaning.cost >= COSTS_LIKE_ABBREVIATION for meaning in explained):
        return
    draft.stages_of_editions.clear()
    if all(meaning.field != "reasoning" for meaning in explained):
        draft.take_back(("reasoning",))
        draft.roles.pop("reasoning", None)


def asks_for_quality(draft: ReadingDraft) -> bool:
    """Return whether a level such as high is one of quality: where pictures or sounds are made, nothing reasons."""
    return draft.fields.get("task") in MAKES and draft.sources.get("reasoning", "name") == "name"


def fill_roles(draft: ReadingDraft) -> None:
    """Complete the roles with what stage, task and reasoning say, and the modalities with what the roles say."""
    fields, roles = draft.fields, draft.roles
    if asks_for_quality(draft):
        draft.take_back(("reasoning",))
        roles.pop("reasoning", None)
    if "task" not in fields:  # SauerkrautTTS
        found = [role for role in roles if role in SOLE_TASKS]
        draft.put("task", found[0] if len(found) == 1 else None, "family")
    stage, task, reasoning = fields.get("stage"), fields.get("task"), fields.get("reasoning")
    if stage is not None:
        roles.setdefault(STAGE_ROLES[stage])
    if task in TASK_ROLES:
        roles.setdefault(task)
    for role in draft.vocabulary.excluded_roles.get(task or "", ()):  # titan-embed-image takes pictures and makes none
        roles.pop(role, None)
    if stage != "base":
        roles.pop("base", None)
    else:
        roles.pop("instruct", None)
    for sense in ("vision", "audio"):
        if sense in roles:
            draft.add("modalities", (sense,), "family")
    if reasoning is True:
        roles.setdefault("reasoning")
    elif reasoning is False:
        roles.pop("reasoning", None)
    elif "reasoning" in roles:
        draft.put("reasoning", True)
