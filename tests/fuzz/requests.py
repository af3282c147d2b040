"""Requests that nobody would think of for `size`, `fit`, `pick` and `compare`: strange names, strange limits, values of any type."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from typing import Any

from nameplate.memory.known_models import known_models
from nameplate.memory.kv_cache import CACHE_BITS, KINDS, NEEDED
from nameplate.picker.knowledge import programs
from nameplate.picker.requirements import KEYS
from nameplate.picker.tasks import tasks

from .inputs import inputs

Request = dict[str, Any]
FIGURES = [
    0,
    1,
    -1,
    3,
    8,
    24,
    4096,
    8192.0,
    131_072,
    10**9,
    10**12,
    10**400,
    0.1,
    1e-300,
    1e308,
    math.nan,
    math.inf,
    -math.inf,
]
OTHER_VALUES: list[Any] = [None, True, False, "", "8", "32k", [], [[[]]], {}, {"a": {"b": [1]}}]
DIGITS = [
    "60k tokens",
    "24 GB GPU",
    "1,5,5,5",
    "1" * 300,
    "a million rows",
    "600 pages",
    "2x 24GB",
    "context of 8k",
    "x1" * 90,
]
MACHINES = ["card-24", "24 GB card", "Mac 36 GB", "16 GB RAM, no card", "2x 24 GB cards", "RTX 4090", "0 GB card", "24"]
MACHINE_WORDS = ["card", "GPU", "GB", "24", "RAM", "no", "Mac", "and", "0", "1e9", "³", ","]


def requests(kind: str, seed: int) -> Iterator[Request]:
    """Requests without end; they follow from the seed."""
    chance = random.Random(seed)
    names = inputs(seed)
    make = {"size": _size, "fit": _fit, "pick": _pick, "compare": _compare}[kind]
    while True:
        yield make(chance, names)


def _size(chance: random.Random, names: Iterator[str]) -> Request:
    request: Request = {"name": next(names)}
    if chance.random() < 0.5:
        request["quant"] = _label(chance, names)
    if chance.random() < 0.5:
        request["context"] = _figure(chance)
    if chance.random() < 0.2:
        request["kv_dtype"] = chance.choice([*CACHE_BITS, next(names), _anything(chance)])
    if chance.random() < 0.2:
        request["architecture"] = _architecture(chance)
    return _with_a_wrong_value(chance, request)


def _fit(chance: random.Random, names: Iterator[str]) -> Request:
    request: Request = {"name": next(names)}
    if chance.random() < 0.4:
        request[chance.choice(("gpu_gb", "ram_gb"))] = _figure(chance)
    elif chance.random() < 0.8:
        words = [
            chance.choice([*MACHINE_WORDS, str(_figure(chance)), next(names)]) for _ in range(chance.randint(0, 4))
        ]
        request["machine"] = chance.choice([chance.choice(MACHINES), " ".join(words)])
    if chance.random() < 0.4:
        request["context"] = _figure(chance)
    return _with_a_wrong_value(chance, request)


def _pick(chance: random.Random, names: Iterator[str]) -> Request:
    constraints = {
        key: chance.choice(["commercial", *programs()]) if key in ("licence", "runtime") else _figure(chance)
        for key in KEYS
        if chance.random() < 0.2
    }
    candidates = [next(names) for _ in range(chance.choice((1, 2, 2, 3, 3, 4, 6)))]
    request = {"id": chance.choice([None, 1, "x"]), "candidates": candidates, "task": _task(chance, names)}
    return _with_a_wrong_value(chance, {**request, "constraints": constraints})


def _compare(chance: random.Random, names: Iterator[str]) -> Request:
    first = next(names)
    return {"names": [first, chance.choice([next(names), first, first.upper(), f"{first}-GGUF"])]}


def _task(chance: random.Random, names: Iterator[str]) -> str:
    """Words of the tasks and figures in any order; now and then a name, or too much."""
    known = list(tasks().by_id.values())
    words = [word for _ in range(chance.randint(0, 4)) for word in chance.choice(known).title.split()]
    words += chance.sample(DIGITS, chance.randint(0, 2))
    if chance.random() < 0.2:
        words.append(next(names))
    chance.shuffle(words)
    text = " ".join(words) * (200 if chance.random() < 0.01 else 1)
    return chance.choice(known).task if chance.random() < 0.2 else text


def _label(chance: random.Random, names: Iterator[str]) -> str:
    if chance.random() < 0.1:
        return next(names)
    label = chance.choice(list(known_models().bits_per_weight))
    at = chance.randrange(len(label) + 1)
    return label[:at] + chance.choice(("", "", "", "_", "X", "9", "²")) + label[at:]


def _architecture(chance: random.Random) -> Request:
    kind = chance.choice(KINDS)
    keys = ("layers", *NEEDED[kind])
    found: Request = {key: chance.choice((0, 1, 2, 32, 64, 128, 10**9, _figure(chance))) for key in keys}
    if chance.random() < 0.2:
        del found[chance.choice(keys)]
    return {"kind": kind, **found}


def _figure(chance: random.Random) -> Any:
    return chance.choice(FIGURES) if chance.random() < 0.3 else chance.choice((4, 8, 12, 24, 80, 4096, 32_768, 131_072))


def _anything(chance: random.Random) -> Any:
    return chance.choice([*OTHER_VALUES, *FIGURES])


def _with_a_wrong_value(chance: random.Random, request: Request) -> Request:
    """The request as it is, or with one of its values replaced by anything at all."""
    if chance.random() < 0.05:
        request[chance.choice(list(request))] = _anything(chance)
    return request
