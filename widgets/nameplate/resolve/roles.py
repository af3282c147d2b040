"""What a model is for, in one flat list: its stage, its task, and what its words and its lines add."""

from __future__ import annotations

from .draft import ReadingDraft

STAGE_ROLES = {"base": "base", "instruct": "instruct", "chat": "instruct", "reasoning": "reasoning"}
TASK_ROLES = frozenset(
    ("embedding", "reranker", "reward", "guard", "asr", "tts", "image-generation", "image-editing", "video-generation", "music-generation",
     "ocr", "audio", "vision")
)  # fmt: skip


def fill_roles(draft: ReadingDraft) -> None:
    """Complete the roles with what stage, task and reasoning say, and the modalities with what the roles say."""
    fields, roles = draft.fields, draft.roles
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
