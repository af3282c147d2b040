"""Write the module of weights, and the report on how good they are. Both are kept until what they are made of changes."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ...catalog.loader import load
from ...catalog.requests import load_requests
from ...catalog.sources import ROOT, fingerprint_of_requests

MODULE = "_compiled_requests.py"
CACHE = ROOT / "build" / "requests"
# Measured by cross-validation: the report says which temperature would be best, and how far confidence is off with this one.
TEMPERATURE = 0.3
HEADER = '"""Made from data/requests/ by plugins/compiler/requests/. Do not edit: change the examples."""\n\n'


def write(folder: Path, cache: Path = CACHE) -> None:
    """Write the module of weights into a folder. Raises CatalogError if the data have faults."""
    path = _kept(cache, ".py", _module)
    draft = folder / f".{MODULE}.{os.getpid()}"
    draft.write_bytes(path.read_bytes())
    draft.replace(folder / MODULE)


def report(cache: Path = CACHE) -> dict[str, Any]:
    """Return how well requests are understood that a model hasn't seen, see evaluation.py. That takes some minutes."""
    found: dict[str, Any] = json.loads(_kept(cache, ".json", _report).read_text(encoding="utf-8"))
    return found


def known_report(cache: Path = CACHE) -> dict[str, Any] | None:
    """Return the report if it was made since the examples last changed."""
    path = _path(cache, ".json")
    found: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    return found


def _module() -> str:
    from .models import language_model, task_model, training_examples, vectors

    requests = load_requests(load().picking.tasks)
    words, meanings = vectors(requests)
    constants = {
        "FINGERPRINT": fingerprint_of_requests(),
        "DIVIDERS": {
            row.language: (
                row.denials,
                row.conjunctions,
                row.links,
                row.request_words,
                row.lacks,
                row.denials_behind,
                row.missing,
            )
            for row in requests.dividers
        },
        "TASKS": task_model(training_examples(requests), words, meanings, TEMPERATURE),
        "LANGUAGES": language_model(requests),
    }
    return HEADER + "".join(f"{name} = {value!r}\n" for name, value in constants.items())


def _report() -> str:
    from nameplate.picker.understanding.request_reader import THRESHOLD

    from .evaluation import evaluated
    from .models import vectors

    requests = load_requests(load().picking.tasks)
    return json.dumps(evaluated(requests, *vectors(requests), TEMPERATURE, THRESHOLD), indent=1) + "\n"


def _path(cache: Path, suffix: str) -> Path:
    return cache / f"{fingerprint_of_requests()[:20]}{suffix}"


def _kept(cache: Path, suffix: str, make: Callable[[], str]) -> Path:
    """Return a file that is kept until something that it is made of changes."""
    path = _path(cache, suffix)
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with _locked(cache / f"lock{suffix}"):
            if not path.exists():
                text = make()
                for old in cache.glob(f"*{suffix}"):
                    old.unlink(missing_ok=True)
                path.write_text(text, encoding="utf-8")
    return path


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let only one process at a time make the weights, where the system can do that."""
    with path.open("w", encoding="utf-8") as file:
        try:
            import fcntl
        except ImportError:
            yield
            return
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
