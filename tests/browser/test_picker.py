"""The picker in a real browser: what readers do, and what they see."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.picker_page import PickerPage
from tests.browser.server import SiteServer

FILES = "Llama-3.1-8B-Instruct-Q4_K_M.gguf,Llama-3.1-8B,Qwen3-32B-Q4_K_M.gguf"
ASKED = {"names": FILES, "task": "help desk bot", "gpu_gb": "12", "context": "16384"}


@pytest.fixture
def picker(page: Page) -> PickerPage:
    return PickerPage(page)


def test_an_address_opens_with_an_answer(picker: PickerPage) -> None:
    result = picker.open(**ASKED).answer()
    expect(picker.verdict).to_have_text("Take Llama-3.1-8B-Instruct-Q4_K_M.gguf")
    expect(result.locator(".np-candidate")).to_have_count(3)
    expect(result.locator(".np-candidate", has_text="Qwen3-32B").locator(".np-fit")).to_have_text("does not fit")
    expect(result.locator(".np-figures").first).to_contain_text("KV cache for 16,384 tokens")
    expect(picker.machine).to_have_value("card-12")
    assert picker.page.evaluate("performance.getEntriesByName('nameplate:first-answer').length") == 1


def test_the_example_is_an_answer_without_scripts(browser: Browser, site_server: SiteServer) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site_server.url)
    page = context.new_page()
    picker = PickerPage(page).open()
    expect(picker.verdict).to_have_text("Take SorskootLLM-v2-13b-chat")
    expect(picker.result.locator("mark")).to_have_text("chat")
    expect(picker.result.locator(".np-candidate")).to_have_count(3)
    expect(page.locator(".np-figures-asked")).to_be_visible()
    expect(page.get_by_role("slider")).to_have_count(0)  # shown only where it does something
    context.close()


def test_three_questions_change_the_answer(picker: PickerPage) -> None:
    picker.open()
    picker.names.fill("Llama-3.1-8B\nLlama-3.1-8B-Instruct")
    picker.task.fill("pull the totals out of invoices")
    picker.answer()
    expect(picker.verdict).to_have_text("Take Llama-3.1-8B-Instruct")
    picker.machine.select_option("card-8")
    picker.answer()
    expect(picker.verdict).to_have_text("None of them")
    expect(picker.result).to_contain_text("more than your 8 GB")


def test_the_slider_grows_the_cache_and_works_by_keyboard(picker: PickerPage) -> None:
    result = picker.open(**ASKED).answer()
    cache = result.locator(".np-candidate").first.locator("rect.np-part-cache")
    before = float(cache.get_attribute("width") or 0)
    picker.context.focus()
    picker.page.keyboard.press("ArrowRight")
    expect(result.locator(".np-figures").first).to_contain_text("KV cache for 32,768 tokens")
    picker.answer()
    assert float(cache.get_attribute("width") or 0) > 1.5 * before
    expect(picker.context).to_have_attribute("aria-valuetext", "32,768 tokens")


def test_the_address_keeps_the_question(picker: PickerPage) -> None:
    picker.open()
    picker.names.fill("Qwen3-8B\nQwen3-8B-Base")
    picker.task.fill("chatbot")
    picker.answer()
    picker.page.wait_for_url(re.compile(r"names=Qwen3-8B%2CQwen3-8B-Base&task=chatbot"))
    picker.page.reload()
    picker.answer()
    expect(picker.verdict).to_have_text("Take Qwen3-8B")


def test_the_link_can_be_copied(picker: PickerPage) -> None:
    picker.open(**ASKED).answer()
    picker.page.get_by_role("button", name="Copy link").click()
    expect(picker.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = picker.page.evaluate("navigator.clipboard.readText()")
    assert "choose/?names=Llama-3.1-8B-Instruct-Q4_K_M.gguf%2C" in copied
    assert copied.endswith("context=16384")


def test_all_of_a_family(picker: PickerPage) -> None:
    picker.open()
    picker.page.get_by_label("or all of a family:").select_option("llama-3-2")
    expect(picker.names).to_have_value(re.compile("meta-llama/Llama-3.2-1B\n"))
    picker.answer()


def test_a_situation_fills_in_the_task(picker: PickerPage) -> None:
    picker.open(names="Llama-3.1-8B,Llama-3.1-8B-Instruct").answer("ready")
    picker.page.get_by_role("button", name="train it on our own data").click()
    picker.answer()
    expect(picker.verdict).to_have_text("Take Llama-3.1-8B")


def test_a_machine_by_name_is_read_from_the_address(picker: PickerPage) -> None:
    picker.open(names=FILES, task="help desk bot", machine="RTX 3060 12GB").answer()
    expect(picker.machine).to_have_value("own")
    expect(picker.machine_by_name).to_have_value("RTX 3060 12GB")
    expect(picker.result.locator(".np-candidate", has_text="Qwen3-32B").locator(".np-fit")).to_have_text("does not fit")
    picker.machine_by_name.fill("2x RTX 3090")
    expect(picker.result.locator(".np-candidate", has_text="Qwen3-32B").locator(".np-fit")).to_have_text("fits")


def test_own_figures_are_asked_for(picker: PickerPage) -> None:
    picker.open()
    expect(picker.page.get_by_label("Graphics memory to fill, GB")).to_be_hidden()
    picker.machine.select_option("own")
    picker.page.get_by_label("Graphics memory to fill, GB").fill("-3")
    picker.answer("error")
    expect(picker.result).to_contain_text("a number of gigabytes above 0")
    picker.page.get_by_label("Graphics memory to fill, GB").fill("40")
    picker.answer()


def test_what_is_typed_stays_text(picker: PickerPage) -> None:
    hostile = '<img src=x onerror="hacked=1">-7b'
    picker.open(names=f"{hostile},llama-7b-chat", task=hostile)
    expect(picker.result).not_to_have_attribute("data-state", "example")
    expect(picker.result).not_to_have_attribute("data-state", "loading", timeout=60_000)
    assert picker.page.evaluate("typeof hacked") == "undefined"
    assert picker.result.locator("img").count() == 0


def test_each_name_leads_to_the_decoder(picker: PickerPage) -> None:
    picker.open(**ASKED).answer()
    picker.result.get_by_role("link", name="Llama-3.1-8B-Instruct-Q4_K_M.gguf").click()
    expect(picker.page).to_have_url(re.compile(r"decode/\?q=Llama-3\.1-8B-Instruct-Q4_K_M\.gguf"))


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_window(picker: PickerPage, width: int) -> None:
    picker.page.set_viewport_size({"width": width, "height": 800})
    picker.open(**ASKED).answer()
    assert picker.page.evaluate("document.documentElement.scrollWidth") <= width
