"""Mixture of experts: what is stored and what is active, token by token.

How many experts a layer has, and how many work on a token, checked on 2026-11-30:
https://arxiv.org/abs/2401.04088 for Mixtral, https://huggingface.co/Qwen/Qwen3-30B-A3B for Qwen3 and
https://huggingface.co/docs/transformers/model_doc/gpt_oss for gpt-oss. Parameters and sizes are those of the library.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..memory.estimator import Estimate, estimate
from ..render.escape import escape, visible
from .controls import Buttons, Choice, Kept, Text
from .demonstration import Demonstration, Shown, State
from .pair_merges import words

LABEL = "Q4_K_M"
START = "The captain went below, and the crew stayed on deck all night."
COLUMNS = 16  # experts in a line of the drawing
CELL = 18
MOST_TOKENS = 60
_PRIME, _RANGE = 16_777_619, 1 << 32  # of the FNV-1a hash


class Layer(NamedTuple):
    """How many experts a layer has, and how many of them work on a token."""

    experts: int
    active: int


MODELS = {
    "Qwen3-30B-A3B": Layer(128, 8),
    "Mixtral-8x7B-Instruct-v0.1": Layer(8, 2),
    "gpt-oss-120b": Layer(128, 4),
}


def chosen(token: str, layer: Layer) -> list[int]:
    """Return the experts that a token goes to: always the same ones for the same token.

    >>> chosen(" the", Layer(8, 2)) == chosen(" the", Layer(8, 2)), len(set(chosen(" crew", Layer(128, 8))))
    (True, 8)
    """
    scores = [_hash(f"{token}/{expert}") for expert in range(layer.experts)]
    return sorted(range(layer.experts), key=scores.__getitem__, reverse=True)[: layer.active]


def _hash(text: str) -> int:
    found = 2_166_136_261
    for byte in text.encode():
        found = (found ^ byte) * _PRIME % _RANGE
    return (found ^ found >> 15) * 2_246_822_519 % _RANGE


def show(state: State) -> Shown:
    """Return the experts that work on a token, and those that have worked so far."""
    name, text = state["model"], state["text"]
    layer, tokens = MODELS[name], words(text)[:MOST_TOKENS] or [" "]
    place = {"next": int(state["token"]) + 1, "back": int(state["token"]) - 1, "first": 0, "last": len(tokens) - 1}.get(
        state["step"], int(state["token"])
    )
    place = min(max(place, 0), len(tokens) - 1)
    now = chosen(tokens[place], layer)
    so_far = {expert for token in tokens[: place + 1] for expert in chosen(token, layer)}
    found = estimate(name, LABEL, 4096)
    verdict = (
        f"On “{visible(tokens[place].strip() or ' ')}”, <strong>{layer.active} of {layer.experts} experts</strong> work. After "
        f"{place + 1} token{'s' if place else ''}, <strong>{len(so_far)} of {layer.experts}</strong> have been needed."
    )
    return Shown.saying(
        verdict,
        f"{_text(tokens, place)}{_grid(layer, now, so_far)}{_sizes(found)}",
        sets={"token": str(place)},
    )


def _text(tokens: Sequence[str], place: int) -> str:
    """Return the text, with the token that is worked on marked."""
    pieces = "".join(
        f"<mark>{visible(token)}</mark>" if at == place else visible(token) for at, token in enumerate(tokens)
    )
    return f'<p class="np-demo-text">{pieces}</p>'


def _grid(layer: Layer, now: Sequence[int], so_far: set[int]) -> str:
    """Return a square for each expert of a layer: at work, needed before, or not needed yet."""
    lines = -(-layer.experts // COLUMNS)
    columns = min(COLUMNS, layer.experts)
    cells = "".join(
        f'<rect class="np-demo-{_kind(expert, now, so_far)}" x="{expert % COLUMNS * CELL + 1}" y="{expert // COLUMNS * CELL + 1}" '
        f'width="{CELL - 3}" height="{CELL - 3}"/>'
        for expert in range(layer.experts)
    )
    listed = ", ".join(str(expert + 1) for expert in sorted(now))
    return (
        f'<svg class="np-demo-experts" viewBox="0 0 {columns * CELL} {lines * CELL}" role="img" aria-label="The experts of one '
        f'layer. At work: {listed}. Needed so far: {len(so_far)} of {layer.experts}.">{cells}</svg>'
        '<p class="np-demo-key"><span class="np-demo-working"></span>At work on this token. '
        '<span class="np-demo-worked"></span>Needed before. <span class="np-demo-waiting"></span>Not needed yet.</p>'
    )


def _kind(expert: int, now: Sequence[int], so_far: set[int]) -> str:
    return "at-work" if expert in now else "needed" if expert in so_far else "idle"


def _sizes(found: Estimate) -> str:
    """Return what is stored and what a token uses, in parameters and in gigabytes."""
    stored, active = found.params_b or 0.0, found.active_params_b or 0.0
    size = (found.weights_bytes or 0) / 1e9
    used = size * active / stored
    rows = "".join(
        f'<tr><th scope="row">{title}</th><td>{billions:g} billion</td><td>{gigabytes:.1f} GB</td><td>{why}</td></tr>'
        for title, billions, gigabytes, why in (
            ("Stored", stored, size, "has to fit in memory"),
            ("Active", active, used, "read for each token, so it decides the speed"),
        )
    )
    return (
        f'<table class="np-demo-table np-demo-stored"><caption>{escape(found.name)} as {LABEL}</caption><thead><tr><th scope="col">Part</th>'
        '<th scope="col">Parameters</th><th scope="col">Size</th><th scope="col">What for</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


SIMPLIFIED = (
    "Which experts a token goes to is made up here: a number worked out from its letters. In a model a small network "
    "decides, from the token's vector, and each layer chooses by itself, so the same word can go to other experts in "
    "another sentence. The drawing is one layer. The numbers of experts and parameters are real."
)

DEMONSTRATION = Demonstration(
    name="experts",
    title="Stored and active, token by token",
    controls=(
        Choice("model", "Model", {name: name for name in MODELS}, "Qwen3-30B-A3B"),
        Text("text", "Text", START, longest=300),
        Buttons(
            "step", "Go through the text", {"next": "Next token", "back": "Back", "first": "First", "last": "Last"}
        ),
        Kept("token", "0"),
    ),
    simplified=SIMPLIFIED,
    show=show,
)
