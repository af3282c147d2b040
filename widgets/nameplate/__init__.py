"""Read the name of a large language model: what every part of it means.

>>> from nameplate import decode
>>> reading = decode("SorskootLLM-70b-instruct")
>>> reading.family, reading.params_b, reading.stage
('SorskootLLM', 70, 'instruct')
"""

from .decoder import decode
from .errors import ControlCharacterError, EmptyNameError, NameplateError, NameTooLongError
from .reading import Ambiguity, FamilyKnowledge, Lineage, Reading, Token

__all__ = [
    "Ambiguity",
    "ControlCharacterError",
    "EmptyNameError",
    "FamilyKnowledge",
    "Lineage",
    "NameTooLongError",
    "NameplateError",
    "Reading",
    "Token",
    "decode",
]
