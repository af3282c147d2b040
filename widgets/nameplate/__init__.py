"""Read the name of a large language model: what every part of it means.

>>> from nameplate import decode
>>> reading = decode("SorskootLLM-70b-instruct")
>>> reading.family, reading.params_b, reading.stage
('SorskootLLM', 70, 'instruct')

>>> from nameplate import estimate
>>> estimate("SorskootLLM-70b-instruct", "Q8_0").weights_bytes
74375000000
"""

import importlib
from typing import TYPE_CHECKING, Any

from .decoder import decode
from .errors import ControlCharacterError, EmptyNameError, NameplateError, NameTooLongError
from .reading import Ambiguity, FamilyKnowledge, Lineage, Reading, Token

if TYPE_CHECKING:
    from .memory import Estimate, estimate

LATER = {"Estimate": "memory", "estimate": "memory"}  # loaded when first asked for: reading names does without

__all__ = [
    "Ambiguity",
    "ControlCharacterError",
    "EmptyNameError",
    "Estimate",
    "FamilyKnowledge",
    "Lineage",
    "NameTooLongError",
    "NameplateError",
    "Reading",
    "Token",
    "decode",
    "estimate",
]


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{LATER[name]}", __name__), name)
