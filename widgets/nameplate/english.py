"""Numbers, articles and lists in English sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable

BILLION = 1_000_000_000

# The noun for a model made for a task.
NOUNS = {
    "embedding": "embedding model", "reranker": "reranker", "reward": "reward model", "guard": "guard model",
    "asr": "speech recognition model", "tts": "text-to-speech model", "audio": "audio model", "ocr": "OCR model",
    "image-generation": "image generation model", "image-editing": "image editing model",
    "video-generation": "video generation model", "music-generation": "music generation model",
    "translation": "translation model", "classification": "classification model", "fill-mask": "fill-mask model",
    "vision": "vision model", "robotics": "robotics model", "time-series": "time series model",
    "speaker": "speaker recognition model", "detection": "object detection model", "segmentation": "segmentation model",
    "depth": "depth estimation model", "face": "face recognition model", "upscaling": "upscaling model",
    "3d": "3D generation model", "pose": "pose estimation model", "biology": "model of proteins, genes or molecules",
    "tabular": "model of tables",
}  # fmt: skip


def count(billions: float) -> str:
    """Return a number of parameters, given in billions, in words.

    >>> [count(size) for size in (1000, 1.5, 70, 0.5, 0.0225, 0.00056, 0.9996)]
    ['1 trillion', '1.5 billion', '70 billion', '500 million', '22.5 million', '560 thousand', '999.6 million']
    """
    scales = ((1000, "trillion"), (1, "billion"), (0.001, "million"), (0.000001, "thousand"))
    for scale, word in scales:
        if billions >= scale:
            return f"{figure(billions / scale)} {word}"
    return figure(round(billions * BILLION))


def figure(number: float) -> str:
    """Return a number without needless digits.

    >>> figure(8.0), figure(4.25), figure(1234567), figure(6.999999999)
    ('8', '4.25', '1,234,567', '7')
    """
    rounded = round(number, 3)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,}"


def article(phrase: str) -> str:
    """Return the indefinite article for a phrase.

    >>> [article(text) for text in ("8-billion", "80-billion", "1.8-billion", "11-billion", "18.5-billion", "110-million")]
    ['an', 'an', 'a', 'an', 'an', 'a']
    >>> [article(text) for text in ("OCR model", "instruct model", "reranker", "model")]
    ['an', 'an', 'a', 'a']
    >>> [article(text) for text in ("uncensored model", "universal model")]
    ['an', 'a']
    """
    if number := re.match(r"\d+", phrase):
        return "an" if number[0].startswith("8") or number[0] in ("11", "18") else "a"
    vowel = phrase[0] in "aeioAEIO" or (phrase.startswith("un") and not phrase.startswith("uni"))
    return "an" if vowel else "a"


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Return words as an English list.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed(["a", "b"], "or")
    ('a, b and c', 'a', 'a or b')
    """
    *before, last = words
    return f"{', '.join(before)} {joint} {last}" if before else last
