"""How Ollama reads the name of a model: host, namespace, model and tag.

Source: https://github.com/ollama/ollama/blob/main/types/model/name.go, checked on 2026-11-30.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 80  # characters of a part
USUAL_TAG = "latest"
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


class OllamaName(NamedTuple):
    """The parts of a name; the tag is `latest` if the name has no tag."""

    namespace: str
    model: str
    tag: str


def ollama_name(name: str) -> OllamaName | str:
    """Return the parts of a name without a host, or a sentence on why Ollama refuses it.

    >>> ollama_name("kestrel:7b-instruct-v1.0")
    OllamaName(namespace='library', model='kestrel', tag='7b-instruct-v1.0')
    >>> ollama_name("kestrel 7b")
    'Ollama takes letters, digits, underscores, hyphens and dots, so not “kestrel 7b”.'
    """
    rest, mark, tag = name.rpartition(":")
    if not mark:
        rest, tag = name, USUAL_TAG
    before, _, model = rest.rpartition("/")
    namespace = before or "library"
    for part in (namespace, model, tag):
        if not part or len(part) > LONGEST:
            return f"Ollama takes parts of 1 to {LONGEST} characters."
        if not _PART.fullmatch(part) or (part is namespace and "." in part):
            return f"Ollama takes letters, digits, underscores, hyphens and dots, so not “{part}”."
    return OllamaName(namespace, model, tag)


def said_by_ollama(parts: OllamaName | str) -> str:
    """Return the parts of a name as Ollama reads them in one line, or why it refuses the name."""
    return parts if isinstance(parts, str) else f"model {parts.model}, tag {parts.tag}"
