"""What specialised models do, read from their names: 761 known ones of every kind that model hubs sort by."""

from pathlib import Path

import pytest

from nameplate import pick
from nameplate.picker.candidates import Candidate

VECTORS = Path(__file__).parents[1] / "vectors" / "kinds.txt"
ROWS = [line.split() for line in VECTORS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(("name", "kinds"), [(name, kinds) for *kinds, name in ROWS], ids=lambda value: str(value)[:60])
def test_the_kind_and_the_skill_are_known(name: str, kinds: list[str]) -> None:
    candidate = Candidate(name)
    has = {*candidate.skills, *candidate.modalities, ""}
    assert any(kind.partition(":")[0] == candidate.kind and kind.partition(":")[2] in has for kind in kinds)


@pytest.mark.parametrize(
    "name",
    [
        "deepseek-r1:7b",
        "gpt-oss-20b",
        "dolphin-2.9-llama3-8b",
        "Llama-3.1-8B-Judge",
        "food-llm-7b",
        "hat-7b",
        "UIGEN-7B",
    ],
)
def test_language_models_with_words_of_other_work_stay_language_models(name: str) -> None:
    assert Candidate(name).kind == "text"


def test_the_part_of_the_name_that_says_the_kind_is_given() -> None:
    best = pick(["Falconsai/nsfw_image_detection", "Qwen3-8B"], "image-classification").ranking[0]
    assert (best.name, best.because[0].token) == ("Falconsai/nsfw_image_detection", "image")


@pytest.mark.parametrize("name", ["Falconsai/nsfw_image_detection", "michellejieli/NSFW_text_classifier"])
def test_what_detects_something_was_not_made_for_it(name: str) -> None:
    assert "uncensored" not in Candidate(name).skills
