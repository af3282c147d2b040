"""What the Hugging Face hub does with a name: which names it takes for a repository, and which label it finds in a file's name.

Sources, checked on 2026-11-30: https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/utils/_validators.py
and https://github.com/huggingface/huggingface.js/blob/3a463ba4/packages/tasks/src/gguf.ts
"""

from __future__ import annotations

import re

LONGEST = 96  # characters of a repository's name
_ALLOWED = re.compile(r"[A-Za-z0-9._-]+")
# The hub looks anywhere in the name, in capitals. A label that is one by its type alone, such as Q4_K, isn't among those
# that it knows.
_LABEL = re.compile(
    r"(?:UD-)?(?:IQ[1-4]_(?:NL|XXS|XS|S|M)|Q[2-68]_K_XL|Q[345]_K_[SML]|Q[26]_K(?:_S)?|Q[1-8]_[0-3]|TQ[12]_0|MXFP4(?:_MOE)?|NVFP4"
    r"|BF16|F16|F32)(?:_[A-Z]+)?"
)


def repository_problem(repo: str) -> str | None:
    """Return why the hub refuses a name for a repository, or None.

    >>> repository_problem("Kestrel--7B"), repository_problem("Kestrel-7B")
    ('it takes no two hyphens or dots in a row', None)
    """
    if len(repo) > LONGEST:
        return f"it takes at most {LONGEST} characters, and this has {len(repo)}"
    if not _ALLOWED.fullmatch(repo):
        return "it takes only letters, digits, hyphens, underscores and dots"
    if repo[0] in "-." or repo[-1] in "-.":
        return "it takes no hyphen or dot at either end"
    if "--" in repo or ".." in repo:
        return "it takes no two hyphens or dots in a row"
    return "it takes no name that ends in .git" if repo.endswith(".git") else None


def label_of(name: str) -> str | None:
    """Return the quantization label that the hub shows for a file: the last one that it finds, wherever that is.

    >>> label_of("Kestrel-7B-Instruct-v1.0-q4_k_m.gguf"), label_of("Kestrel-7B-4KM.gguf"), label_of("Kestrel-BF16-7B")
    ('Q4_K_M', None, 'BF16')
    """
    found = _LABEL.findall(name.upper())
    return found[-1] if found else None
