"""The search: what people type leads to the right page first. The theme's own code answers, with the index of the built site."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from plugins.bundle.node import NODE

ASK = Path(__file__).with_name("search.mjs")
# What is typed, and the page or the place on it that should come first.
FIRST = {
    "Qwen3-8B": "families/qwen3/",
    "qwen3": "families/qwen3/",
    "Llama 3.1": "families/llama-3-1/",
    "Q4_K_M": "glossary/#q4-k-m",
    "q4_k_m?": "glossary/#q4-k-m",
    "report a mistake": "contributing/#report-a-name",
    "Report a mistake!": "contributing/#report-a-name",
    "base vs instruct": "glossary/#base-instruct-chat",
    "base vs. instruct?": "glossary/#base-instruct-chat",
    "GGUF": "glossary/#gguf",
    "qwen3:8b": "families/qwen3/",
}
# What people paste and type has signs in it that the search could take for commands of its own.
PUNCTUATION = (
    "(GGUF)",
    '"GGUF"',
    "GGUF;",
    "GGUF / AWQ",
    "“GGUF”",
    "GGUF…",
    "what's GGUF?",
    "gguf:",
    "[gguf]",
    "gguf, mlx",
    "*gguf*",
    "-GGUF",
    "a^b gguf",
    "x~y GGUF",
)


@pytest.fixture(scope="module")
def found(built_site: Path) -> dict[str, list[list[str]]]:
    """The pages that each text finds, each with the places on it, the best first."""
    asked = [*FIRST, *PUNCTUATION]
    done = subprocess.run(
        [NODE, str(ASK), str(built_site)], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    return dict(zip(asked, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize(("text", "place"), FIRST.items())
def test_what_people_type_leads_to_the_right_place_first(
    found: dict[str, list[list[str]]], text: str, place: str
) -> None:
    assert found[text], "something is found"
    assert found[text][0][0] == place


@pytest.mark.parametrize("text", PUNCTUATION)
def test_punctuation_hides_nothing(found: dict[str, list[list[str]]], text: str) -> None:
    assert any("glossary/#gguf" in places for places in found[text])
