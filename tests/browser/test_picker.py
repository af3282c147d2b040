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


def test_an_address_opens_with_an_answer_and_the_form_folded(picker: PickerPage) -> None:
    result = picker.open(**ASKED).answer()
    expect(picker.verdict).to_have_text("Take Llama-3.1-8B-Instruct-Q4_K_M.gguf")
    expect(picker.form).to_be_hidden()
    expect(picker.page.locator(".np-digest")).to_have_text("3 names · help desk bot · 12 GB")
    expect(result.locator(".np-candidate").first).to_be_hidden()
    others = picker.unfold("others")
    expect(others.locator(".np-candidate")).to_have_count(2)
    expect(others.locator(".np-candidate", has_text="Qwen3-32B").locator(".np-fit")).to_have_text("does not fit")
    expect(result.locator(".np-figures").first).to_contain_text("KV cache for 16,384 tokens")
    picker.unfold_question()
    expect(picker.usual_machine).to_have_value("card-12")
    assert picker.page.evaluate("performance.getEntriesByName('nameplate:first-answer').length") == 1


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_what_decides_is_on_the_first_screen(picker: PickerPage, width: int, height: int) -> None:
    picker.page.set_viewport_size({"width": width, "height": height})
    result = picker.open(**{**ASKED, "machine": "RTX 3060 12GB", "gpu_gb": ""}).answer()
    for part in (".np-verdict", ".np-summary", ".np-bar", ".np-understood"):
        box = result.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height, part


def test_the_example_is_an_answer_without_scripts(browser: Browser, site_server: SiteServer) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site_server.url)
    page = context.new_page()
    picker = PickerPage(page).open()
    expect(picker.verdict).to_have_text("Take SorskootLLM-v2-13b-chat")
    expect(picker.result.locator("mark")).to_have_text("chat")
    expect(picker.result.locator(".np-candidate")).to_have_count(2)
    expect(picker.unfold("changes")).to_contain_text("SorskootLLM-v2-13b-instruct")
    expect(page.locator(".np-figures-asked")).to_be_visible()
    expect(page.get_by_role("slider")).to_have_count(0)  # shown only where it does something
    expect(page.get_by_role("button", name="graphics card")).to_have_count(0)
    context.close()


# Notes what is painted before the widget's module has come.
WATCH = """const note = () => {
  const form = document.querySelector("nameplate-picker form")
  const result = document.querySelector("nameplate-picker .np-result")
  const isSeen = (part) => part.checkVisibility({ visibilityProperty: true })
  if (form && isSeen(form)) globalThis.formSeen = true
  if (result?.dataset.state === "example" && isSeen(result)) globalThis.exampleSeen = true
  requestAnimationFrame(note)
}
note()"""


def test_an_address_that_asks_never_shows_the_form_or_the_example(picker: PickerPage) -> None:
    picker.page.add_init_script(WATCH)
    picker.open(**ASKED).answer()
    assert picker.page.evaluate("[globalThis.formSeen, globalThis.exampleSeen]") == [None, None]
    picker.open().page.wait_for_function("globalThis.formSeen && globalThis.exampleSeen")


def test_turning_to_the_form_prepares_the_reading_of_requests(picker: PickerPage) -> None:
    with picker.page.expect_response(re.compile("/requests-")):
        picker.open().names.focus()


def test_who_asks_shows_tasks_to_press(picker: PickerPage) -> None:
    picker.open(names="Qwen3-8B,Qwen3-8B-Base", task="hello there").answer()
    expect(picker.verdict).to_have_text("Not decided")
    likeliest = picker.result.locator(".np-likeliest button")
    expect(likeliest).to_have_count(3)
    likeliest.first.click()
    expect(picker.verdict).to_have_text("Take Qwen3-8B")


def test_three_questions_change_the_answer(picker: PickerPage) -> None:
    picker.open()
    picker.names.fill("Llama-3.1-8B\nLlama-3.1-8B-Instruct")
    picker.task.fill("pull the totals out of invoices")
    picker.answer()
    expect(picker.verdict).to_have_text("Take Llama-3.1-8B-Instruct")
    picker.usual_machine.select_option("card-8")
    picker.answer()
    expect(picker.verdict).to_have_text("None of them")
    expect(picker.result).to_contain_text("more than your 8 GB")
    expect(picker.machine).to_have_value("Graphics card with 8 GB")


def test_nothing_is_filled_in_for_the_reader(picker: PickerPage) -> None:
    picker.open()
    for field in (picker.names, picker.task, picker.machine):
        expect(field).to_have_value("")
    picker.task.fill("chatbot")
    picker.answer()
    picker.task.fill("")
    expect(picker.result).to_have_attribute("data-state", "example")
    expect(picker.verdict).to_have_text("Take SorskootLLM-v2-13b-chat")


def test_without_names_all_known_models_are_searched(picker: PickerPage) -> None:
    picker.open(task="chatbot", machine="RTX 4090").answer()
    expect(picker.verdict).to_contain_text("Take ")
    expect(picker.result.locator(".np-aside").first).to_contain_text("catalogued models")
    expect(picker.page.locator(".np-digest")).to_contain_text("all known models")


def test_an_example_is_asked_without_loading_the_page_again(picker: PickerPage) -> None:
    picker.open()
    picker.page.evaluate("document.body.dataset.same = ''")
    picker.page.get_by_role("link", name="Which Llama for a help desk?").click()
    picker.answer()
    expect(picker.verdict).to_have_text("Take Llama-3.1-8B-Instruct")
    expect(picker.form).to_be_hidden()
    assert picker.page.evaluate("'same' in document.body.dataset")


def test_a_machine_in_words_is_read_and_what_is_not_understood_is_said(picker: PickerPage) -> None:
    picker.open(**{**ASKED, "gpu_gb": ""}).answer()
    picker.unfold_question()
    picker.machine.fill("RTX 4090 of my uncle")
    note = picker.page.locator(".np-machine-note")
    expect(note).to_contain_text("GeForce RTX 4090 with 24 GB")
    expect(note).to_contain_text("Not understood: “uncle”")
    expect(picker.result.locator(".np-understood")).to_contain_text("GeForce RTX 4090 with 24 GB")
    picker.machine.fill("an abacus")
    expect(note).to_contain_text("isn't a machine that Nameplate knows")
    picker.answer()


CARD = """Object.defineProperty(navigator, "gpu", { value: {
  requestAdapter: async () => { globalThis.asked = true; return { info: { vendor: "nvidia", architecture: "ampere", description: %s } } }
} })"""


@pytest.mark.parametrize(
    ("description", "machine"),
    [('"NVIDIA GeForce RTX 3060"', "NVIDIA GeForce RTX 3060"), ('""', "nvidia ampere graphics card")],
)
def test_the_browser_is_asked_for_the_card_only_on_a_click(picker: PickerPage, description: str, machine: str) -> None:
    picker.page.add_init_script(CARD % description)
    picker.open(**{**ASKED, "gpu_gb": ""}).answer()
    assert not picker.page.evaluate("globalThis.asked")
    picker.unfold_question()
    picker.page.get_by_role("button", name="Use this computer's graphics card").click()
    expect(picker.machine).to_have_value(machine)
    expect(picker.page.locator(".np-card-note")).to_contain_text("doesn't say how much memory there is")


def test_without_webgpu_there_is_no_button_for_it(picker: PickerPage) -> None:
    picker.page.add_init_script("delete Navigator.prototype.gpu")
    picker.open()
    picker.page.wait_for_function("document.querySelector('.np-situations:not([hidden])')")
    expect(picker.page.get_by_role("button", name="graphics card")).to_have_count(0)


def test_what_was_understood_leads_to_its_field(picker: PickerPage) -> None:
    result = picker.open(**ASKED).answer()
    for name, field in (("12 GB", picker.machine), ("customer support", picker.task), ("16,384", picker.context)):
        result.locator(".np-understood").get_by_role("button", name=name).click()
        expect(field).to_be_focused()


def test_two_tasks_that_take_two_models_are_two_blocks(picker: PickerPage) -> None:
    result = picker.open(
        names="bge-m3,whisper-large-v3", task="transcribe our meetings, and vectors for search"
    ).answer()
    expect(result.locator(".np-one-task")).to_have_count(2)


def test_the_quantizations_are_listed_when_unfolded(picker: PickerPage) -> None:
    picker.open(names="Llama-3.1-8B-Instruct", task="chatbot", machine="24 GB card").answer()
    expect(picker.unfold("ladder").locator("tr[data-best]")).to_have_count(1)


def test_what_would_change_the_answer_is_worked_out_when_unfolded(picker: PickerPage) -> None:
    picker.open(**ASKED).answer()
    expect(picker.unfold("changes").locator("li").first).to_contain_text("Qwen3-32B-Q4_K_M.gguf")


def test_the_button_leads_to_the_new_answer_not_to_the_old_one(picker: PickerPage) -> None:
    picker.page.set_viewport_size({"width": 390, "height": 600})
    picker.open()
    picker.names.fill("Llama-3.1-8B\nLlama-3.1-8B-Instruct")
    picker.task.fill("chatbot")
    picker.page.evaluate(
        """() => { const scroll = Element.prototype.scrollIntoView
        Element.prototype.scrollIntoView = function (...how) {
          if (this.matches(".np-result")) globalThis.shown = this.dataset.state
          scroll.apply(this, how)
        } }"""
    )
    picker.page.get_by_role("button", name="Choose", exact=True).click()
    picker.page.wait_for_function("globalThis.shown === 'ready'")
    expect(picker.verdict).to_be_in_viewport()


def test_the_slider_grows_the_cache_and_works_by_keyboard(picker: PickerPage) -> None:
    result = picker.open(**ASKED).answer()
    cache = result.locator("rect.np-part-cache").first
    before = float(cache.get_attribute("width") or 0)
    picker.unfold_question()
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
    picker.machine.fill("RTX 4090")
    picker.answer()
    picker.page.wait_for_url(re.compile(r"names=Qwen3-8B%2CQwen3-8B-Base&task=chatbot&machine=RTX\+4090"))
    picker.page.reload()
    picker.answer()
    expect(picker.verdict).to_have_text("Take Qwen3-8B")


def test_the_link_can_be_copied(picker: PickerPage) -> None:
    picker.open(**ASKED).answer()
    picker.page.get_by_role("button", name="Copy link").click()
    expect(picker.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = picker.page.evaluate("navigator.clipboard.readText()")
    assert "choose/#names=Llama-3.1-8B-Instruct-Q4_K_M.gguf%2C" in copied
    assert copied.endswith("context=16384")


def test_all_of_a_family(picker: PickerPage) -> None:
    picker.open()
    picker.page.get_by_label("or all of a family:").select_option("llama-3-2")
    expect(picker.names).to_have_value(re.compile("meta-llama/Llama-3.2-1B\n"))
    picker.answer()


def test_a_situation_fills_in_the_task(picker: PickerPage) -> None:
    picker.open(names="Llama-3.1-8B,Llama-3.1-8B-Instruct").answer("ready")
    picker.unfold_question()
    picker.page.get_by_role("button", name="train it on our own data").click()
    picker.answer()
    expect(picker.verdict).to_have_text("Take Llama-3.1-8B")


def test_a_machine_by_name_is_read_from_the_address(picker: PickerPage) -> None:
    picker.open(names=FILES, task="help desk bot", machine="RTX 3060 12GB").answer()
    expect(picker.machine).to_have_value("RTX 3060 12GB")
    badge = picker.result.locator(".np-candidate", has_text="Qwen3-32B").locator(".np-fit")
    expect(badge).to_have_text("does not fit")
    picker.unfold_question()
    picker.machine.fill("2x RTX 3090")
    expect(picker.verdict).to_have_text("Take Qwen3-32B-Q4_K_M.gguf")


def test_own_figures_are_asked_for(picker: PickerPage) -> None:
    picker.open(names="Llama-3.1-8B-Instruct", task="chatbot").answer()
    picker.unfold_question()
    expect(picker.page.get_by_label("Graphics memory to fill, GB")).to_be_hidden()
    picker.usual_machine.select_option("own")
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
    expect(picker.page).to_have_url(re.compile(r"decode/#q=Llama-3\.1-8B-Instruct-Q4_K_M\.gguf"))


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_window(picker: PickerPage, width: int) -> None:
    picker.page.set_viewport_size({"width": width, "height": 800})
    picker.open(**ASKED).answer()
    assert picker.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_list_of_files_gets_one_recommendation_on_the_first_screen(picker: PickerPage) -> None:
    labels = ("Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q4_K_S", "IQ4_XS", "Q3_K_M", "Q2_K")
    pasted = "\n".join(
        f"Qwen3-14B-{label}.gguf\n{9.9} GB\nxet\nUpload folder using huggingface_hub" for label in labels
    )
    picker.open()
    picker.names.fill(pasted)
    picker.task.fill("chatbot")
    picker.machine.fill("12 GB card")
    picker.answer()
    expect(picker.verdict).to_have_text("Take Qwen3-14B-Q4_K_M.gguf")
    expect(picker.result.locator(".np-understood")).to_contain_text("24 other lines left out")
    expect(picker.result.locator(".np-candidate").first).to_be_hidden()


def test_a_model_that_lies_partly_in_main_memory_says_so(picker: PickerPage) -> None:
    result = picker.open(
        names="Qwen3-30B-A3B-Q4_K_M.gguf", task="chatbot", machine="RTX 3060 12GB + 64 GB RAM"
    ).answer()
    expect(result.locator(".np-needs")).to_contain_text("of 12 GB on the card and 64.7 GB of main memory")
    expect(result.locator(".np-aside").first).to_contain_text("experts in main memory")
