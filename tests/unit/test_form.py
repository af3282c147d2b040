"""The page for choosing: what its form asks, what stands in its answer, and that the guide says the same."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from nameplate import NameplateError, browser, estimate, fit, pick
from nameplate.memory.estimator import Estimate
from nameplate.memory.machine import machines
from nameplate.picker.choice import NamedTask, Understanding
from nameplate.picker.form import Answer, choose, read_question
from nameplate.render.memory_html import bar, figures, scale, sentence
from nameplate.render.pick_html import html
from nameplate.render.pick_text import text

ROOT = Path(__file__).resolve().parents[2]
VARIANTS = "SorskootLLM-v2-13b, SorskootLLM-v2-13b-instruct, SorskootLLM-v2-13b-chat"


def page(*, later: bool = True, **given: str) -> str:
    return html(choose(read_question({"names": VARIANTS, "task": "chatbot", **given})), later=later)


def test_names_may_stand_on_lines_or_between_commas_and_count_once() -> None:
    assert read_question({"names": " a-7b\n\nb-7b , c-7b;a-7b\n"}).names == ("a-7b", "b-7b", "c-7b")


def test_a_decimal_comma_and_thousands_are_read() -> None:
    assert read_question({"gpu_gb": "7,5", "context": "16,384"}).limits == {"gpu_gb": 7.5, "context": 16384}


@pytest.mark.parametrize("given", [{"gpu_gb": "much"}, {"gpu_gb": "-1"}, {"context": "0"}, {"ram_gb": "nan"}])
def test_a_figure_that_is_none(given: dict) -> None:
    with pytest.raises(NameplateError, match=r"is a number of (gigabytes|tokens)"):
        read_question(given)


def test_the_answer_marks_what_decided() -> None:
    assert '<mark class="np-decides">chat</mark>' in page()
    assert 'data-verdict="ok"' in page()


def outside_of_folds(written: str) -> str:
    return re.sub(r"<details.*?</details>", "", written, flags=re.DOTALL)


def test_the_first_screen_has_verdict_reason_memory_and_what_was_understood() -> None:
    first = outside_of_folds(page(machine="2x RTX 4090"))
    assert first.count('class="np-memory"') == 1
    assert 'class="np-summary"' in first
    assert "2 × GeForce RTX 4090 with 24 GB each" in first
    assert re.findall(r'data-field="(\w+)"', first) == ["task", "machine", "context", "licence"]
    assert "np-candidate" not in first
    assert "<button" not in page(later=False)


def test_nothing_is_lost_in_the_folds() -> None:
    answer = choose(read_question({"names": VARIANTS, "task": "chatbot"}))
    written = html(answer)
    for ranked in answer.choice.ranking:
        assert f"q={ranked.name}" in written
    best = answer.choice.ranking[0]
    for reason in (*best.because, *best.against):
        assert reason.text.rpartition("”")[2] in written
    for line in answer.choice.would_change:
        assert line in written


def test_what_would_change_the_answer_is_worked_out_later() -> None:
    question = {
        "names": "Llama-3.1-8B-Instruct-Q4_K_M.gguf\nLlama-3.1-8B-Instruct-Q8_0.gguf",
        "task": "chatbot",
        "gpu_gb": "8",
    }
    shown = json.loads(browser.choice(json.dumps(question), ""))["html"]
    later = browser.changes(json.dumps(question))
    assert "With 11 GB" in later
    assert "With 11 GB" not in shown
    assert 'data-part="changes"' in shown


def test_the_quantizations_of_the_winner_are_worked_out_later() -> None:
    question = {
        "names": "Llama-3.1-8B-Instruct\nLlama-3.1-8B",
        "task": "chatbot",
        "machine": "8 GB card",
        "context": "8192",
    }
    assert (
        'data-part="ladder"'
        in json.loads(browser.choice(json.dumps({**question, "machine": "24 GB card"}), ""))["html"]
    )
    ladder = browser.ladder(json.dumps({**question, "names": "Llama-3.1-8B-Instruct"}))
    assert re.findall(r'<tr data-best=""><th scope="row"><code translate="no">([^<]+)', ladder) == [
        fit("Llama-3.1-8B-Instruct", "8 GB card", context=8192).best
    ]
    assert "With 8,192 tokens of context" in ladder


def test_a_machine_that_cannot_be_read_is_said_and_left_out() -> None:
    question = {"names": "Qwen3-8B", "task": "chatbot", "machine": "an abacus"}
    answer = json.loads(browser.choice(json.dumps(question), ""))
    assert answer["error"] is None
    assert "isn't a machine that Nameplate knows" in answer["machine"]
    described = json.loads(browser.choice(json.dumps({**question, "machine": "RTX 4090 of my uncle"}), ""))
    assert described["machine"] == "GeForce RTX 4090 with 24 GB: a model can use 24 GB. Not understood: “uncle”."


def test_a_context_in_the_sentence_counts_for_the_memory_that_is_drawn() -> None:
    answer = choose(read_question({"names": "Llama-3.1-8B-Instruct", "task": "chat with 32k tokens of context"}))
    assert answer.memory["Llama-3.1-8B-Instruct"].context == 32_768


def test_names_without_a_task_get_the_usual_one_and_it_is_said() -> None:
    answer = choose(read_question({"names": "bge-m3"}))
    assert answer.choice.task == "semantic-search"
    assert "this is the usual one" in html(answer)
    assert "this is the usual one" not in page()


def test_a_search_shows_the_names_that_come_next() -> None:
    answer = choose(read_question({"task": "chatbot", "machine": "RTX 4090"}))
    first = outside_of_folds(html(answer))
    assert [f"q={ranked.name}" in first for ranked in answer.choice.ranking[:4]] == [True, True, True, False]


def test_a_search_without_a_machine_says_what_it_would_choose_for_some() -> None:
    shown = json.loads(browser.choice(json.dumps({"task": "chatbot"}), ""))["html"]
    assert "With 24 GB on the graphics card" in outside_of_folds(shown)


def with_tasks(verdict: str, *tasks: str) -> Answer:
    answer = choose(read_question({"names": "bge-m3, whisper-large-v3", "task": "chatbot"}))
    meant = tuple(NamedTask(task, f"the work of {task}") for task in tasks)
    understood = Understanding(tasks=meant, words=("a chatbot",))
    return answer._replace(choice=replace(answer.choice, verdict=verdict, best=None, understood=understood))


def test_the_likeliest_tasks_are_buttons() -> None:
    written = html(with_tasks("ask", "semantic-search", "chatbot"))
    assert re.findall(r'data-task="([^"]+)"', written) == ["semantic search", "chatbot"]
    assert "data-task" not in html(with_tasks("none_fits", "chatbot"))


def test_an_uncertain_task_is_said_beside_a_recommendation() -> None:
    answer = with_tasks("ok", "chatbot", "translation")
    assert "not certain; perhaps the work of translation" in html(answer)
    assert "not certain" not in page()


def test_tasks_that_no_model_does_together_get_an_answer_each() -> None:
    task = "transcribe our meetings, and vectors for search"
    answer = choose(read_question({"names": "bge-m3, whisper-large-v3", "task": task, "gpu_gb": "12"}))
    assert [part.best for part in answer.parts] == ["whisper-large-v3", "bge-m3"]
    assert [part.ranking[0].available_gb for part in answer.parts] == [12, 12]
    written = outside_of_folds(html(answer))
    assert "This takes two models" in written
    assert written.count('class="np-one-task"') == written.count('class="np-memory"') == 2
    assert "For speech to text" in written


def test_the_answer_in_text_names_the_likeliest_tasks() -> None:
    choice = with_tasks("ask", "semantic-search", "chatbot").choice
    assert "Did you mean: the work of semantic-search, the work of chatbot?" in text(choice)
    assert "Understood: a chatbot." in text(choice)


def test_the_answer_in_text_marks_the_model_for_each_task() -> None:
    shown = text(pick(["bge-m3", "whisper-large-v3"], "transcribe our meetings, and vectors for search"))
    marked = [line.split()[1] for line in shown.splitlines() if "<- take this one" in line]
    assert marked == ["whisper-large-v3", "bge-m3"]
    assert "For search by meaning:" in shown
    assert "Understood: speech to text and search by meaning." in shown


def test_a_search_for_two_tasks_searches_for_each() -> None:
    answer = choose(read_question({"task": "transcribe our meetings, and vectors for search", "machine": "RTX 4090"}))
    assert [part.task for part in answer.parts] == ["speech-recognition", "semantic-search"]
    assert {part.best for part in answer.parts} <= answer.memory.keys()


def test_what_is_typed_is_escaped() -> None:
    hostile = '<img src=x onerror="hacked=1">-7b'
    written = html(choose(read_question({"names": f"{hostile}, llama-7b-chat", "task": f"chat {hostile}"})))
    assert "<img" not in written
    assert "&lt;img" in written


def test_memory_is_drawn_with_its_parts_against_what_is_there() -> None:
    found = estimate("Llama-3.1-8B-Instruct-Q4_K_M.gguf", context=8192)
    drawing = bar(found, 12, scale([found], 12))
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height', drawing)]
    assert len(widths) == 3
    assert sum(widths) == pytest.approx(1000 * found.total_bytes / 1e9 / (12 * 1.02), abs=0.5)
    assert 'class="np-available"' in drawing
    assert sentence(found, 12) in drawing


def test_an_unknown_cache_is_said() -> None:
    found = estimate("SorskootLLM-v2-13b-chat", "Q4_K_M")
    assert "at least" in sentence(found, None)
    assert "isn't known" in figures(found)
    assert bar(Estimate("x"), 8, 8) == ""


def test_the_list_of_machines_gives_what_a_model_may_fill() -> None:
    listed = {machine.key: machine for _, group in machines() for machine in group}
    assert listed["card-24"].gpu_gb == pytest.approx(24, abs=0.5)
    assert 10 < (listed["apple-16"].gpu_gb or 0) < 12
    assert listed["memory-32"].gpu_gb is None
    assert (listed["memory-32"].ram_gb or 0) < 32


def test_the_page_answers_in_strings() -> None:
    answer = json.loads(browser.choice(json.dumps({"names": VARIANTS, "task": "help desk bot", "gpu_gb": "48"}), ""))
    assert answer["error"] is None
    assert answer["summary"].startswith("For customer support, take SorskootLLM-v2-13b-chat")
    assert json.loads(browser.choice('{"names": "a-7b", "context": "x"}', ""))["error"] == "bad_request"
    assert json.loads(browser.variants("llama-3-1"))[0] == "meta-llama/Llama-3.1-8B"
    assert json.loads(browser.variants("no-such-family")) == []


def test_the_guide_flags_what_the_engine_flags() -> None:
    guide = (ROOT / "docs" / "guide" / "will-it-fit.md").read_text(encoding="utf-8")
    table = guide.split("| In the name | Why |")[1].split("\n\n")[0]
    names = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert len(names) >= 7
    for name in names:
        assert estimate(name).flags, f"the guide warns of {name}, the engine does not"


def test_the_guide_does_not_write_figures_of_memory_itself() -> None:
    guide = (ROOT / "docs" / "guide" / "will-it-fit.md").read_text(encoding="utf-8")
    assert guide.count("{{ needs(") >= 2
    assert not re.search(r"^\|.*\d GB", guide, re.MULTILINE)


def test_every_use_in_the_guide_has_the_answer_of_the_picker() -> None:
    guide = (ROOT / "docs" / "guide" / "which-variant.md").read_text(encoding="utf-8")
    table = guide.split("{ #a-table-to-decide-by }")[1].split("And if you want one sentence")[0]
    rows = [line for line in table.splitlines() if line.startswith("|")][2:]
    assert len(rows) == 15
    for row in rows:
        asked = re.findall(r'picked\("([^"]+)", "([^"]+)"\)', row)
        assert len(asked) == 2, row
        scheme = row.split("|")[2].strip()
        names, task = asked[0]
        choice = choose(read_question({"names": names, "task": task})).choice
        if scheme in ("base", "instruct", "chat") and task != "summarization":
            ends = {"base": "13b", "instruct": "-instruct", "chat": "-chat"}
            assert choice.best is not None
            assert choice.best.endswith(ends[scheme]), row
