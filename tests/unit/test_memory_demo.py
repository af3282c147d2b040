"""From a name to gigabytes, as the guide demonstrates it: what is written beside a part is what it takes."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import pytest

from nameplate import estimate
from nameplate.demos.memory import OFFERED
from nameplate.demos.registry import answer

PART = re.compile(r'<tr><th scope="row">(Weights|KV cache|Program)</th><td>(.*?)</td><td>([\d.]+)</td>')
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def shown(**values: str) -> Any:
    return json.loads(answer("memory", json.dumps(values)))


def parts(**values: str) -> dict[str, tuple[str, float]]:
    return {title: (sum_, float(size)) for title, sum_, size in PART.findall(shown(**values)["html"])}


def worked_out(sum_: str) -> float:
    """Return what a product such as `2 × 32 layers × 16 bits ÷ 8` comes to."""
    factors = [float(number.replace(",", "")) for number in NUMBER.findall(sum_.replace("÷ 8", ""))]
    return math.prod(factors) / 8


def test_the_figures_are_those_of_the_library() -> None:
    found = estimate("Llama-3.1-8B-Instruct", "Q4_K_M", 8192)
    assert [size for _, size in parts().values()] == [4.91, 1.07, 0.9]
    assert f"{(found.total_bytes or 0) / 1e9:.1f} GB" in shown()["summary"]


@pytest.mark.parametrize("name", ["Llama-3.1-8B-Instruct", "Llama-2-7B", "Qwen3-32B", "DeepSeek-V3"])
@pytest.mark.parametrize("cache", ["f16", "q8_0", "q4_0"])
def test_the_sum_of_a_cache_comes_to_its_size(name: str, cache: str) -> None:
    sum_, size = parts(name=name, cache=cache, context="15")["KV cache"]
    assert worked_out(sum_) / 1e9 == pytest.approx(size, abs=0.006)


@pytest.mark.parametrize("name", ["Llama-3.1-8B-Instruct", "Qwen3-32B"])
def test_the_sum_of_the_weights_comes_to_their_size(name: str) -> None:
    sum_, size = parts(name=name)["Weights"]
    assert worked_out(sum_.replace("billion", "")) == pytest.approx(size, rel=0.002)


@pytest.mark.parametrize("name", OFFERED)
def test_an_offered_model_has_all_three_parts(name: str) -> None:
    found = shown(model=name)
    assert found["sets"] == {"name": name}
    assert len(PART.findall(found["html"])) == 3


def test_a_context_beyond_the_model_is_only_a_sum() -> None:
    assert "at most 40,960 tokens" in shown(name="Qwen3-8B", context="17")["html"]
    assert "at most" not in shown(name="Qwen3-8B", context="15")["html"]


def test_a_hosted_model_has_no_sum() -> None:
    found = shown(name="gpt-4o")
    assert "only as a hosted service" in found["summary"]
    assert "np-demo-sums" not in found["html"]


def test_what_is_no_name_is_refused() -> None:
    assert shown(name="")["error"] == "empty_name"
    assert "<script>" not in shown(name="<script>alert(1)</script>-7B")["html"]
