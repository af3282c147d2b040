"""Load what was learnt from the example requests: only the picker needs it, and only for requests in words."""

from __future__ import annotations

import functools
import importlib
import json
import sys
import types
from typing import Any

from .classifier import Linear
from .clauses import Divider
from .request_reader import RequestReader

MODULE = "nameplate._compiled_requests"


def take(text: str) -> None:
    """Take what was learnt from JSON instead of the module, which a page only loads where it chooses models."""
    module: Any = types.ModuleType(MODULE)
    vars(module).update(json.loads(text))
    sys.modules[MODULE] = module


@functools.cache
def _compiled() -> Any:
    """Return the module of weights; see plugins/compiler/requests/build.py for its constants."""
    try:
        from ...vocabulary import _checkout
    except ImportError:
        pass
    else:
        _checkout.refresh_requests()
    return importlib.import_module(MODULE)


@functools.cache
def reader() -> RequestReader:
    """Return what reads requests, made ready once."""
    learnt = _compiled()
    dividers = {language: Divider(*map(tuple, words)) for language, words in learnt.DIVIDERS.items()}
    return RequestReader(Linear(learnt.TASKS), Linear(learnt.LANGUAGES), dividers)
