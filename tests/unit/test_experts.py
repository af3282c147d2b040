"""A mixture of experts, token by token: what works, what was needed so far, and the library's own sizes beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nameplate import decode, estimate
from nameplate.demos.experts import LABEL, MODELS, chosen
from nameplate.demos.registry import answer


def shown(**values: str) -> Any:
    return json.loads(answer("experts", json.dumps(values)))


@pytest.mark.parametrize("name", MODELS)
def test_the_number_of_experts_is_that_of_the_data(name: str) -> None:
    assert decode(name).experts == MODELS[name].experts


@pytest.mark.parametrize("name", MODELS)
def test_the_sizes_are_those_of_the_library(name: str) -> None:
    html = shown(model=name)["html"]
    found = estimate(name, LABEL, 4096)
    assert f"{(found.weights_bytes or 0) / 1e9:.1f} GB" in html
    assert f"{found.active_params_b:g} billion" in html


def test_experts_are_spread_evenly() -> None:
    layer = MODELS["Qwen3-30B-A3B"]
    used = [expert for number in range(2000) for expert in chosen(f" word{number}", layer)]
    times = [used.count(expert) for expert in range(layer.experts)]
    assert min(times) > 0.6 * len(used) / layer.experts
    assert max(times) < 1.5 * len(used) / layer.experts


def test_what_is_drawn_is_what_is_said() -> None:
    found = shown(step="last")
    html = found["html"]
    assert html.count('class="np-demo-at-work"') == 8
    assert html.count('class="np-demo-needed"') == 72 - 8
    assert html.count('class="np-demo-idle"') == 128 - 72
    assert "After 14 tokens, 72 of 128" in found["summary"]


def test_a_reader_goes_on_and_back_and_not_beyond_the_text() -> None:
    assert shown(step="next")["sets"] == {"token": "1"}
    assert shown(step="back")["sets"] == {"token": "0"}
    assert shown(step="back", token="5")["sets"] == {"token": "4"}
    assert shown(step="next", token="999")["sets"] == {"token": "13"}
    assert shown(text="", step="next")["sets"] == {"token": "0"}


def test_active_parameters_are_those_of_the_model_and_not_those_of_its_name() -> None:
    """The name rounds both: 30B-A3B has 30.53 billion and 3.3."""
    html = shown(model="Qwen3-30B-A3B")["html"]
    assert "30.53 billion" in html
    assert "3.3 billion" in html
