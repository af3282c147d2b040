"""Read the name of a large language model: what every part of it means.

>>> from nameplate import decode
>>> reading = decode("SorskootLLM-70b-instruct")
>>> reading.family, reading.params_b, reading.stage
('SorskootLLM', 70.0, 'instruct')

>>> from nameplate import compare
>>> compared = compare("SorskootLLM-70b", "SorskootLLM-70b-instruct")
>>> compared.verdict, str(compared.meaning[1])
('different', "The second is an instruct model: it was tuned to do what it's asked.")

>>> from nameplate import pick
>>> pick(["SorskootLLM-v2-13b", "SorskootLLM-v2-13b-chat"], "help desk bot").best
'SorskootLLM-v2-13b-chat'

>>> from nameplate import estimate
>>> estimate("SorskootLLM-70b-instruct", "Q8_0").weights_bytes
74375000000

>>> from nameplate import fit
>>> fit("SorskootLLM-70b-instruct", "48 GB card").smallest_gpu_gb is None  # its KV cache isn't known
True

>>> from nameplate import look_up
>>> look_up("MoE")[0]["title"]
'mixture of experts (MoE)'
"""

import importlib
from typing import TYPE_CHECKING, Any

from .decoder import decode
from .errors import (
    ArchitectureError,
    CacheTypeError,
    ControlCharacterError,
    EmptyNameError,
    FileFormatError,
    NameplateError,
    NameTooLongError,
    RequestError,
    UnknownWordError,
)
from .reading import Ambiguity, FamilyKnowledge, Lineage, Reading, Token

if TYPE_CHECKING:
    from .glossary import look_up
    from .inspection.inspector import Inspection, inspect
    from .memory.estimator import Estimate, estimate
    from .memory.fit import Fit, fit
    from .picker.choice import Choice, Ranked, Reason
    from .picker.picker import pick
    from .render.comparison import Comparison, compare

__version__ = "0.1.0"  # the only place: the package's metadata takes it from here

LATER = {  # the module that has it, loaded on first use: reading names does without
    "Comparison": "render.comparison",
    "compare": "render.comparison",
    "Choice": "picker.choice",
    "Ranked": "picker.choice",
    "Reason": "picker.choice",
    "pick": "picker.picker",
    "Estimate": "memory.estimator",
    "estimate": "memory.estimator",
    "Fit": "memory.fit",
    "fit": "memory.fit",
    "Inspection": "inspection.inspector",
    "inspect": "inspection.inspector",
    "look_up": "glossary",
}

__all__ = [
    "Ambiguity",
    "ArchitectureError",
    "CacheTypeError",
    "Choice",
    "Comparison",
    "ControlCharacterError",
    "EmptyNameError",
    "Estimate",
    "FamilyKnowledge",
    "FileFormatError",
    "Fit",
    "Inspection",
    "Lineage",
    "NameTooLongError",
    "NameplateError",
    "Ranked",
    "Reading",
    "Reason",
    "RequestError",
    "Token",
    "UnknownWordError",
    "compare",
    "decode",
    "estimate",
    "fit",
    "inspect",
    "look_up",
    "pick",
]


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{LATER[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *LATER})
