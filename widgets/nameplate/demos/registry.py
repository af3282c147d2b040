"""Find a demonstration by its name. Its module is loaded then, and not before."""

from __future__ import annotations

import importlib
import json

from .demonstration import Demonstration

# The module of each demonstration, which has it as DEMONSTRATION.
MODULES = {
    "quantization": "quantization",
    "gguf-mix": "gguf_mix",
    "memory": "memory",
    "naming": "naming",
    "next-word": "next_word",
    "tokens": "tokens",
    "experts": "experts",
    "training": "training",
    "word-vectors": "word_vectors",
    "attention": "attention",
}


def demonstration(name: str) -> Demonstration:
    """Return the demonstration of a name.

    >>> demonstration("quantization").title
    'Round a row of weights'

    Raises KeyError for a name that no demonstration has.
    """
    module = importlib.import_module(f".{MODULES[name]}", __package__)
    found: Demonstration = module.DEMONSTRATION
    return found


def answer(name: str, given: str) -> str:
    """Return what a page shows for the values of a demonstration's controls; both are JSON objects."""
    return demonstration(name).answer(json.loads(given or "{}"))
