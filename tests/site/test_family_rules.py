"""The linter's rules for family pages: suffixes and variants agree, prose and tables agree, links do not move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins.lint import pinned, prose, suffixes
from plugins.site.checkout import Site
from tests.site.examples import make_family

OTTER = {"name": "example/Otter-2-8B", "stage": "base", "params_b": 8.19, "source": "card"}
TUNED = {"name": "example/Otter-2-8B-Thinking", "stage": "reasoning", "params_b": 8.19, "source": "card"}
THINKING = {"suffix": "-Thinking", "means": "It thinks.", "stage": "reasoning", "source": "card"}


def page(folder: Path, text: str) -> Site:
    (folder / "docs" / "families").mkdir(parents=True)
    (folder / "docs" / "families" / "otter-2.md").write_text(text, encoding="utf-8")
    return Site(folder)


# Suffixes ---------------------------------------------------------------------------------------------------------


def found(variant: dict[str, Any], *rules: dict[str, Any]) -> list[tuple[str, str]]:
    family = make_family(variants=[OTTER, variant], suffixes=rules)
    return [(one.key, one.suffix.suffix) for one in suffixes.contradictions(family)]


def test_a_variant_that_says_what_its_suffix_says_has_no_fault() -> None:
    assert found(TUNED, THINKING) == []


@pytest.mark.parametrize("stage", ["instruct", None])
def test_a_variant_that_says_something_else_than_its_suffix_is_found(stage: str | None) -> None:
    assert found({**TUNED, "stage": stage}, THINKING) == [("stage", "-Thinking")]


def test_a_suffix_in_the_middle_of_a_name_counts_and_a_longer_word_does_not() -> None:
    assert found({**TUNED, "name": "a/Otter-2-Thinking-2507-8B", "stage": "base"}, THINKING) == [("stage", "-Thinking")]
    assert found({**TUNED, "name": "a/Otter-2-Thinkingless", "stage": "base"}, THINKING) == []


def test_the_longer_of_two_suffixes_counts() -> None:
    thinks = {"suffix": "-reasoning", "means": "It thinks.", "reasoning": True, "source": "card"}
    silent = {"suffix": "-fast, -non-reasoning", "means": "It does not.", "reasoning": False, "source": "card"}
    variant = {"name": "a/Otter-2-non-reasoning", "stage": "instruct", "reasoning": False, "source": "card"}
    assert found(variant, thinks, silent) == []
    assert found({**variant, "reasoning": True}, thinks, silent) == [("reasoning", "-fast, -non-reasoning")]


def test_a_copy_answers_for_nothing_that_its_original_says() -> None:
    copy = {"name": f"{TUNED['name']}-FP8", "original": TUNED["name"], "stage": "base", "source": "card"}
    assert found(copy, THINKING) == []


# Prose ------------------------------------------------------------------------------------------------------------


def claims(text: str, **changed: Any) -> list[str]:
    family = make_family(text=text, variants=[OTTER, TUNED], **changed)
    return [claim.text for claim in prose.claims(family)]


@pytest.mark.parametrize(
    "text",
    [
        "It stores 8.2 billion parameters.",
        "It stores 8.19 billion, rounded to 8 billion.",
        "The 8B model comes first.",
        "It read 15 trillion tokens and 300B tokens of code.",
        "`Other-70B` is a name in code.",
    ],
)
def test_numbers_of_the_table_and_of_other_things_are_no_fault(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It stores 8.1 billion parameters.", "8.1 billion"),
        ("It stores 82 billion parameters.", "82 billion"),
        ("The 70B model comes first.", "70B"),
        ("There is no base model of it.", "no base model"),
        ("It consists of instruct models only.", "instruct models only"),
    ],
)
def test_what_the_table_contradicts_is_found(text: str, expected: str) -> None:
    assert claims(text) == [expected]


def test_the_description_and_the_rule_are_read_too() -> None:
    rule = {"stage": "base", "description": "It has 9 billion parameters.", "source": "card"}
    assert claims("Prose.", description="No base model here.", no_suffix=rule) == ["No base model", "9 billion"]


def test_a_family_without_base_models_may_say_so() -> None:
    family = make_family(text="There is no base model.", variants=[TUNED])
    assert list(prose.claims(family)) == []


def test_a_fault_names_its_line_and_an_exception_excuses_it(tmp_path: Path) -> None:
    site = page(tmp_path, "---\ntitle: Otter 2\n---\nProse.\n\nThe encoder has 0.4 billion parameters.\n")
    family = make_family(text="Prose.\n\nThe encoder has 0.4 billion parameters.", variants=[OTTER])
    nothing = tmp_path / "nothing.yml"
    nothing.write_text("[]\n", encoding="utf-8")
    [fault] = prose.check_families(site, {"otter-2": family}, nothing)
    assert (fault.line, fault.place) == (6, "text")
    excused = tmp_path / "excused.yml"
    excused.write_text("- page: otter-2\n  numbers: [0.4 billion]\n  why: The encoder.\n", encoding="utf-8")
    assert list(prose.check_families(site, {"otter-2": family}, excused)) == []
    [stale] = prose.check_families(site, {}, excused)
    assert (stale.path, stale.line, stale.place) == (excused, 1, "otter-2")


# Links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "moves"),
    [
        ("https://github.com/openai/whisper/blob/main/README.md", True),
        ("https://github.com/openai/whisper/tree/master", True),
        ("https://raw.githubusercontent.com/openai/whisper/main/README.md", True),
        ("https://raw.githubusercontent.com/openai/whisper/refs/heads/main/README.md", True),
        ("https://huggingface.co/tiiuae/falcon-180B/blob/main/LICENSE.txt", True),
        ("https://github.com/openai/whisper/blob/v20250625/README.md", False),
        ("https://github.com/QwenLM/Qwen3/blob/7a2f61f/docs/source/main/concepts.md", False),
        ("https://github.com/openai/whisper", False),
        ("https://huggingface.co/openai/whisper-large-v3", False),
    ],
)
def test_a_link_into_a_branch_is_told_from_one_to_a_commit(link: str, moves: bool) -> None:
    assert pinned.in_a_branch(link) == moves


def test_a_moving_link_of_a_family_page_is_found_in_its_line(tmp_path: Path) -> None:
    site = page(tmp_path, '---\ntitle: Otter 2\n---\n[a](https://github.com/a/b/blob/main/c.md) and "x"\n')
    [fault] = pinned.check(site)
    assert fault.line == 4
    data = tmp_path / "widgets" / "nameplate" / "data" / "rules.yml"
    data.parent.mkdir(parents=True)
    data.write_text("- rule: x\n  source: https://github.com/a/b/tree/master/c\n", encoding="utf-8")
    assert [(one.path, one.line) for one in pinned.check(site)] == [(fault.path, 4), (data, 2)]
    assert fault.message.startswith("https://github.com/a/b/blob/main/c.md shows")
