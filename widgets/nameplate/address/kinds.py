"""What a text is, if not the name of a model, and whether it names one at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..vocabulary.lookup import ALNUM_RUN, Vocabulary
from ..vocabulary.pastes import paste_tables
from ..vocabulary.phrases import phrase_length
from .parts import Address, Part

NOT_A_MODEL = "not-a-model-name"


def nothing(name: str, platform: str = "unknown") -> Address:
    """The reading of a text that names no model."""
    start = len(name) - len(name.lstrip())
    return Address(platform, (Part(start, len(name.rstrip()), "text", None),), (), kind=NOT_A_MODEL)


def names_line(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text has the name of a product line in it."""
    lower = text.lower()
    for run in ALNUM_RUN.finditer(lower):
        for phrase in vocabulary.line_names(run[0]):
            if phrase_length(phrase, lower, lower, run.start(), run.end()):
                return True
    return False


def is_prose(text: str) -> bool:
    """Whether a text is a question or a sentence.

    >>> is_prose("How do I run Qwen 3 on my Mac?"), is_prose("Qwen 2.5 Coder 7b")
    (True, False)
    """
    small = paste_tables().small_words
    words = text.lower().replace("’", "'").split()
    count = sum(word.strip(".,;:!?\"'()") in small for word in words)
    asks = text.rstrip().endswith(("?", "？"))
    if len(words) > 2:
        return count > 1 or (asks and count > 0)
    return text.rstrip().endswith(("？", "。", "吗?", "か?"))


# What the part that a file plays makes of what was pasted.
ROLES = {
    "mmproj": "projector", "adapter": "adapter", "draft": "draft", "imatrix": "imatrix", "vocab": "tokenizer", "tokenizer": "tokenizer",
}  # fmt: skip


def kind_of(address: Address, fields: Mapping[str, Any]) -> str:
    """What was pasted: what its address says, else the part that its file plays; a model where neither says another thing."""
    return address.kind or ROLES.get(fields.get("file_role", ""), "model")
