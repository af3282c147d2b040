"""The table of what a missing suffix means: what is known, what does not apply, and what is not known."""

from __future__ import annotations

from typing import Any

from plugins.site.page import PageAddress
from plugins.site.suffixes import suffixes
from tests.site.examples import make_family

HERE = PageAddress("guide/suffixes.md", "guide/suffixes/")


def cells(**changed: Any) -> str:
    return suffixes({"otter-2": make_family(**changed)}, HERE)


def one(name: str, **changed: Any) -> dict[str, Any]:
    return {"name": f"example/{name}", "source": "card", **changed}


def test_a_family_for_one_task_has_no_stage_to_leave_out() -> None:
    html = cells(variants=[one("Otter-Embed-1B", task="embedding"), one("Otter-Embed-4B", task="embedding")])
    assert "<strong>does not apply</strong>" in html
    assert "Made for embedding alone" in html
    assert "there is no base or tuned version" in html
    assert "its 2 official names" in html


def test_a_family_of_text_models_may_be_unknown() -> None:
    html = cells(variants=[one("Otter-2-8B", task="text"), one("Otter-Embed-4B", task="embedding")])
    assert "not known" in html
    assert "there is no base or tuned version" not in html


def test_a_family_whose_names_say_that_they_think_has_no_bare_names() -> None:
    html = cells(variants=[one("Otter-2-8B-Instruct", stage="instruct"), one("Otter-2-Thinking", stage="reasoning")])
    assert "no bare names" in html


def test_a_rule_of_the_page_comes_first() -> None:
    rule = {"task": "guard", "description": "It only judges.", "source": "card"}
    html = cells(variants=[one("Otter-Guard", task="guard")], no_suffix=rule)
    assert "<strong>does not apply</strong>" in html
    assert "It only judges." in html
    assert "Made for guard alone" not in html
