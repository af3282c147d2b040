"""The picker's vectors on this interpreter, and what holds for every answer."""

import ast
import json
import re
from pathlib import Path

import pytest

from nameplate import pick
from nameplate.picker.knowledge import compiled
from nameplate.picker.tasks import tasks
from plugins.catalog.loader import load

PICKS = json.loads((Path(__file__).parents[1] / "vectors" / "picks.json").read_text(encoding="utf-8"))["picks"]
THREE = ["SorskootLLM-v2-13b", "SorskootLLM-v2-13b-instruct", "SorskootLLM-v2-13b-chat"]
BASE, INSTRUCT, CHAT = THREE
# The lists of the article that the site goes back to: who is to do what.
ARTICLE = {
    "summarization": {BASE, INSTRUCT},
    "text generation": {BASE},
    "question answering": {BASE},
    "language understanding": {BASE},
    "information extraction": {INSTRUCT},
    "sentiment analysis": {INSTRUCT},
    "named entity recognition": {INSTRUCT},
    "chatbots and virtual agents": {CHAT},
    "customer support": {CHAT},
    "interactive conversations": {CHAT},
    "social media": {CHAT},
}


MOST_OTHERWISE = 0.04  # requests are learnt, so a few of these may be taken for another task


def is_as_expected(case: dict) -> bool:
    choice = pick(case["candidates"], case["task"], case["constraints"])
    expected = {
        *((case["expect"], None) for _ in [0] if "expect" in case),
        *(("ok", best) for best in case["expected_best"]),
    }
    return (choice.verdict, choice.best) in expected and choice.best not in case["must_not"]


def test_nearly_all_requests_get_the_expected_name() -> None:
    otherwise = [f"{case['id']}: {case['task']}" for case in PICKS if not is_as_expected(case)]
    assert len(otherwise) < MOST_OTHERWISE * len(PICKS), otherwise


def test_what_cannot_do_the_work_is_never_recommended() -> None:
    chosen = [(case, pick(case["candidates"], case["task"], case["constraints"]).best) for case in PICKS]
    assert not [f"{case['id']}: {case['task']}" for case, best in chosen if best in case["must_not"]]


@pytest.mark.parametrize("case", PICKS, ids=lambda case: f"{case['id']}:{case['task'][:50]}")
def test_a_choice_names_the_part_that_decided_or_says_why_there_is_none(case: dict) -> None:
    choice = pick(case["candidates"], case["task"], case["constraints"])
    assert {place.name for place in choice.ranking} <= set(case["candidates"])
    if choice.best is None:
        assert choice.message
        return
    first = choice.ranking[0]
    assert first.name == choice.best
    assert first.because[0].token
    assert first.because[0].token in choice.best
    assert first.because[0].source.startswith("https://")


def changes_without_what_decided(case: dict) -> bool:
    choice = pick(case["candidates"], case["task"], case["constraints"])
    best, token = choice.ranking[0].name, str(choice.ranking[0].because[0].token)
    rest = best.replace(token, "", 1)
    if not any(character.isalnum() for character in rest):
        return True  # the whole name decided
    changed = pick([rest if name == best else name for name in case["candidates"]], case["task"], case["constraints"])
    order = [best if place.name == rest else place.name for place in changed.ranking]
    return (changed.verdict, order) != ("ok", [place.name for place in choice.ranking])


def test_without_the_part_that_decided_the_names_are_ranked_otherwise() -> None:
    """Nearly always: some names say the same thing twice, and some win by what the others lack."""
    told = [case for case in PICKS if len(case["candidates"]) > 1 and "expect" not in case and is_as_expected(case)]
    same = [case["id"] for case in told if not changes_without_what_decided(case)]
    assert len(same) < 0.15 * len(told), same


@pytest.mark.parametrize(("use", "best"), ARTICLE.items())
def test_each_use_of_the_article_gets_the_variant_that_the_article_names(use: str, best: set[str]) -> None:
    assert pick(THREE, use).best in best


@pytest.mark.parametrize("task", [*load().picking.tasks])
def test_a_task_can_be_asked_for_by_its_id(task: str) -> None:
    found = tasks().understand(task)
    assert found.task is not None
    assert found.task.task == task


def test_what_would_change_the_answer_does() -> None:
    names = ["Llama-3.1-8B-Instruct-Q8_0.gguf", "Llama-3.1-8B-Instruct-Q4_K_M.gguf"]
    choice = pick(names, "chat", {"gpu_gb": 8})
    assert choice.best == names[1]
    assert choice.would_change[0] == "With 11 GB: Llama-3.1-8B-Instruct-Q8_0.gguf."
    assert pick(names, "chat", {"gpu_gb": 11}).best == names[0]


def rules(name: str, names: list[str], task: str, constraints: dict | None = None) -> set[str]:
    choice = pick(names, task, constraints)
    place = next(place for place in choice.ranking if place.name == name)
    return {reason.rule for reason in (*place.because, *place.against)}


def test_a_version_that_must_not_change_has_a_date() -> None:
    names = ["mistral-large-latest", "mistral-large-2411"]
    choice = pick(names, "replies that are reproducible next year")
    assert (choice.best, choice.ranking[0].because[0].rule) == ("mistral-large-2411", "dated")
    assert pick(names, "always the newest version for replies").best == "mistral-large-latest"
    assert "moves-on" not in rules("mistral-large-latest", names, "write replies")


def test_a_field_beside_the_task_counts() -> None:
    names = ["gemma-3-4b-it", "medgemma-4b-it"]
    assert pick(names, "summarise discharge letters of our hospital").best == "medgemma-4b-it"
    assert "other-specialist" in rules("medgemma-4b-it", names, "summarise football reports")


def test_a_draft_is_smaller_and_of_the_same_line() -> None:
    names = ["Qwen3-32B-AWQ", "Qwen3-0.6B", "Llama-3.2-1B-Instruct"]
    assert pick(names, "draft model for Qwen3-32B").best == "Qwen3-0.6B"
    assert "no-smaller" in rules("Qwen3-32B-AWQ", names, "draft model for Qwen3-32B")


def test_what_fits_narrowly_comes_after_what_fits() -> None:
    tight, small = "Qwen3-8B-Q3_K_M.gguf", "Qwen3-8B-Q2_K.gguf"
    room = {"gpu_gb": 6, "context": 8192}
    assert pick([tight, small], "chat", room).best == small
    alone = pick([tight], "chat", room)
    assert (alone.best, alone.ranking[0].fits) == (tight, None)
    assert "tight" in rules(tight, [tight], "chat", room)
    assert pick([tight], "chat", room | {"gpu_gb": 5}).verdict == "none_fits"


def test_a_preview_is_not_for_daily_operation() -> None:
    names = ["gemini-2.0-flash-exp", "gemini-2.0-flash-001"]
    assert pick(names, "a hotline that goes live on Monday").best == "gemini-2.0-flash-001"


def test_what_is_only_partly_for_a_name_is_told_against_it_though_it_may_decide() -> None:
    choice = pick([INSTRUCT], "chatbots and virtual agents")
    first = choice.ranking[0]
    assert first.because[0].rule == "article-other"
    assert [reason.rule for reason in (*first.because[1:], *first.against)].count("article-other") == 0
    two = pick([CHAT, INSTRUCT], "chatbots and virtual agents").ranking[1]
    assert (two.name, [reason.rule for reason in two.against if reason.rule.startswith("article")]) == (
        INSTRUCT, ["article-other"],
    )  # fmt: skip


def rule_names_in_the_code() -> set[str]:
    """What the picker's code writes as the name of a rule: words joined by hyphens, in the modules that apply rules."""
    package = Path(__file__).parents[2] / "widgets" / "nameplate" / "picker"
    texts = {
        node.value
        for name in ("suitability", "deployment", "preference", "picker", "ranking", "evidence")
        for node in ast.walk(ast.parse((package / f"{name}.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "add"
        for node in ast.walk(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", text)}


def test_every_rule_that_the_code_names_is_in_the_data() -> None:
    named = rule_names_in_the_code()
    assert len(named) > 30
    assert named <= set(compiled().RULES)


def test_every_rule_of_the_data_is_applied_by_the_code() -> None:
    package = Path(__file__).parents[2] / "widgets" / "nameplate" / "picker"
    written = {
        node.value
        for path in package.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    article = {f"article-{stage}" for stage in ("base", "instruct", "chat")}  # put together from the stage
    assert set(compiled().RULES) - written == article


def test_whether_a_model_fits_is_open_where_its_cache_is_not_known() -> None:
    place = pick(["SorskootLLM-70b-instruct-Q4_K_M"], "chat", {"gpu_gb": 48}).ranking[0]
    assert (place.fits, place.needed_gb) == (None, None)
    assert any(reason.rule == "cache-unknown" for reason in place.against)


def test_what_fits_comes_before_what_may_fit() -> None:
    choice = pick(["SorskootLLM-13b-chat-Q4_K_M", "vicuna-13b-v1.5-Q4_K_M.gguf"], "chat", {"gpu_gb": 16})
    assert [place.fits for place in choice.ranking] == [True, None]


def test_weights_that_are_too_large_by_themselves_do_not_fit() -> None:
    choice = pick(["SorskootLLM-70b-instruct-Q4_K_M"], "chat", {"gpu_gb": 16})
    assert (choice.verdict, choice.ranking[0].fits, choice.ranking[0].needed_gb) == ("none_fits", False, None)
    assert "more than" in choice.message
