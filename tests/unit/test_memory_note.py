"""The memory that a model needs, as the page that explains a name says it, and what usual cards hold."""

import json

import pytest

from nameplate import browser, decode, fit
from nameplate.cli import main
from nameplate.memory.machine import card_gb
from nameplate.render.html import html
from nameplate.render.memory_note import memory_note


def test_what_usual_cards_hold_is_said_without_a_machine() -> None:
    found = fit("Llama-3.1-8B-Instruct")
    assert [card.card_gb for card in found.cards] == [8, 16, 24, 48]
    for card in found.cards:
        alone = fit("Llama-3.1-8B-Instruct", gpu_gb=card_gb(card.card_gb))
        assert (card.quant, card.longest_context) == (alone.best, alone.longest_context)
    assert fit("Llama-3.1-8B-Instruct", "24 GB card").cards == ()


@pytest.mark.parametrize("name", ["SorskootLLM-70b", "gpt-4o", "some-model"])
def test_nothing_is_said_of_cards_where_a_size_is_not_known(name: str) -> None:
    assert fit(name).cards == ()


def test_the_command_line_says_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fit", "gpt-oss-20b"]) == 0
    shown = capsys.readouterr().out
    assert "A card with 8 GB holds none of them." in shown
    assert "A card with 16 GB holds MXFP4 and a context of up to" in shown
    assert main(["fit", "gpt-oss-20b", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cards"][0] == {"card_gb": 8, "quant": None, "longest_context": None}


def test_the_note_has_the_copy_the_published_weights_and_4_bits() -> None:
    note = memory_note("bartowski/Qwen_Qwen3-8B-GGUF:Q6_K")
    assert note.index("as in this name") < note.index("as published") < note.index("Q4_K_M")
    assert "../guide/will-it-fit/" in note
    assert memory_note("Qwen3-8B").count("<li>") == 2


def test_a_model_that_no_usual_card_holds() -> None:
    assert "Cards of up to 48 GB hold none" in memory_note("Qwen3-235B-A22B")


def test_a_cache_that_is_not_known_is_said() -> None:
    assert "KV cache isn't known" in memory_note("SorskootLLM-70b")


def test_labels_of_language_models_are_not_offered_for_others() -> None:
    assert "Q4_K_M" not in memory_note("bge-m3")
    assert "as published" in memory_note("bge-m3")


def test_the_note_leads_to_the_answer_for_the_machine() -> None:
    assert 'href="../choose/#names=Qwen%2FQwen3-8B"' in memory_note("Qwen/Qwen3-8B")


def test_a_size_that_is_not_known_is_said_of_open_models_alone() -> None:
    assert decode("Qwen3").open_weights
    assert "Not known" in memory_note("Qwen3")
    assert memory_note("gpt-4o") == ""


def test_the_page_leaves_a_place_for_it() -> None:
    answer = json.loads(browser.answer("Qwen3-8B", "", ""))
    assert '<div class="np-notes" data-part="notes" hidden></div>' in answer["html"]
    assert "np-notes" not in html(decode("Qwen3-8B"))
    shown = html(decode("Qwen3-8B"), notes=browser.notes("Qwen3-8B", "../decode/"))
    assert "The memory it needs" in shown
