"""What has to hold of the answer to every request, however strange."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from nameplate import NameplateError, compare
from nameplate.memory.json_request import answer as size
from nameplate.memory.json_request import answer_fit
from nameplate.picker.json_request import answer as pick

from .invariants import HALF
from .requests import Request

Answer = dict[str, Any]
PARTS = ("weights_bytes", "kv_cache_bytes", "overhead_bytes")
VERDICTS = {"ok", "none_fits", "ask"}
ROUNDED = 0.06  # gigabytes by which a rounded figure may be off


def request_faults(kind: str, request: Request, closely: bool = True) -> Iterator[str]:
    """What is wrong with the answer to a request; nothing, if it is one or an error of ours."""
    answer_to = ANSWERS[kind]
    try:
        answer = answer_to(request)
    except NameplateError:
        return
    except Exception as error:  # whatever it is, it is what is looked for
        yield f"crash: {type(error).__name__}: {error}"
        return
    try:
        written = json.dumps(answer, allow_nan=False)
    except ValueError as error:
        yield f"no JSON: {error}"
        return
    if not HALF.search(json.dumps(request, ensure_ascii=False)) and json.loads(written) != answer:
        yield "the answer changes on its way through JSON"
    yield from CHECKS[kind](request, answer)
    if closely and answer_to(request) != answer:
        yield "another answer the second time"


def _size_faults(request: Request, answer: Answer) -> Iterator[str]:
    sizes = [answer[key] for key in PARTS]
    if any(size is not None and (not isinstance(size, int) or size < 0) for size in sizes):
        yield f"a size that can't be: {sizes}"
    if answer["total_bytes"] != (None if None in sizes else sum(sizes)):
        yield f"the total is not the sum: {answer['total_bytes']} of {sizes}"
    if (answer["range"] is None) != (answer["weights_bytes"] is None):
        yield "a range without weights, or weights without a range"
    if answer["range"] is not None and not answer["range"][0] <= answer["weights_bytes"] <= answer["range"][1]:
        yield f"the weights lie outside their range: {answer['weights_bytes']} of {answer['range']}"


def _fit_faults(request: Request, answer: Answer) -> Iterator[str]:
    ladder, machine = answer["ladder"], answer["machine"]
    sizes = [rung["weights_bytes"] for rung in ladder]
    if sizes != sorted(sizes, reverse=True):
        yield f"the ladder isn't in order: {sizes}"
    fitting = [rung["quant"] for rung in ladder if rung["fits"]]
    if answer["best"] != (fitting[0] if fitting else None):
        yield f"{answer['best']!r} is best of {fitting}"
    for rung in ladder:
        if rung["fits"] is not None and machine is None:
            yield f"{rung['quant']} fits without a machine"
        if rung["fits"] and rung["total_bytes"] > machine["available_gb"] * 1e9:
            yield f"{rung['total_bytes']} bytes fit into {machine['available_gb']} GB"


def _pick_faults(request: Request, answer: Answer) -> Iterator[str]:
    if answer["verdict"] not in VERDICTS or (answer["best"] is not None) != (answer["verdict"] == "ok"):
        yield f"verdict {answer['verdict']!r} with {answer['best']!r}"
    places = answer["ranking"]
    names = [place["name"] for place in places]
    given = request["candidates"]  # without any, the catalogue is searched
    if places and given and sorted(names) != sorted(set(given)):
        yield f"the ranking has other names: {names}"
    if answer["best"] is not None and (names[0] != answer["best"] or places[0]["fits"] is False):
        yield f"{answer['best']!r} is best, but does not come first or does not fit"
    for place in places:
        yield from _place_faults(place)


def _place_faults(place: Answer) -> Iterator[str]:
    needed, available = place["needed_gb"], place["available_gb"]
    if (place["fits"] is True and needed is None) or (place["fits"] is not None and available is None):
        yield f"fits is {place['fits']}, but {needed} of {available} GB"
    if place["fits"] is True and needed > available + ROUNDED:
        yield f"{needed} GB fit into {available} GB"
    for reason in (*place["because"], *place["against"]):
        if reason["token"] is not None and reason["token"] not in place["name"]:
            yield f"{reason['token']!r} is not a part of {place['name']!r}"


def _compare_faults(request: Request, answer: Answer) -> Iterator[str]:
    if answer["names"] != request["names"]:
        yield f"other names: {answer['names']}"
    if any(
        len(row["values"]) != len(request["names"]) or len(row["sources"]) != len(request["names"])
        for row in answer["rows"]
    ):
        yield "a row that hasn't one value for each name"
    if answer["verdict"] not in ("same", "repackaged", "different", "undecided"):
        yield f"the verdict {answer['verdict']!r}"
    if answer["verdict"] in ("different", "undecided") and not answer["because"]:
        yield f"{answer['verdict']}, but nothing decides that"


def _compared(request: Request) -> Answer:
    return compare(*request["names"]).to_dict()


ANSWERS: dict[str, Callable[[Request], Answer]] = {"size": size, "fit": answer_fit, "pick": pick, "compare": _compared}
CHECKS: dict[str, Callable[[Request, Answer], Iterator[str]]] = {
    "size": _size_faults, "fit": _fit_faults, "pick": _pick_faults, "compare": _compare_faults,
}  # fmt: skip
