"""The decoder in a real browser: what readers do, and what they see."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from nameplate import decode
from nameplate.render.summary import sentence
from tests.browser.decoder_page import DecoderPage
from tests.browser.server import SiteServer

ARTICLE = "SorskootLLM-v2-13b-chat"
LONG = "hf.co/bartowski/Qwen3-Coder-30B-A3B-Instruct-2507-abliterated-GGUF:Q4_K_M"
HOSTILE = ['<img src=x onerror="hacked=1">', "</code><script>hacked=1</script>", "a\" onclick=hacked=1 '"]

# Notes every state of the answer, with the name it is for, from the moment the page is there.
WATCH = """
window.states = [];
new MutationObserver(() => {
  const result = document.querySelector("[data-nameplate=decode-result]");
  if (!result) return;
  const state = [result.dataset.state, result.dataset.name, result.querySelector(".np-name")?.textContent];
  if (JSON.stringify(state) !== JSON.stringify(window.states.at(-1))) window.states.push(state);
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state", "data-name"] });
"""


def test_a_typed_name_gets_its_reading(decoder: DecoderPage) -> None:
    result = decoder.open().read("Mixtral-8x7B-Instruct-v0.1")
    expect(result.locator(".np-summary")).to_have_text(sentence(decode("Mixtral-8x7B-Instruct-v0.1")))
    expect(result.locator(".np-part", has_text="Training stage").locator("dt")).to_have_text("Instruct")


def test_the_home_page_reads_names_too(decoder: DecoderPage) -> None:
    result = decoder.open("").read(ARTICLE)
    expect(result).to_contain_text("13-billion-parameter chat model")
    address = result.locator("a.np-term").first.get_attribute("href")
    assert address is not None
    assert address.startswith("glossary/#")


def test_the_page_renders_what_the_build_renders(decoder: DecoderPage, site_server: SiteServer) -> None:
    def html() -> str:
        # The theme makes the addresses of links absolute as soon as the page stands.
        return re.sub(r"\s+", " ", decoder.result.inner_html()).replace(site_server.url, "../")

    name = decoder.open().result.get_attribute("data-name") or ""
    rendered = html()
    decoder.read(name)
    expect(decoder.result.locator(".np-notes")).to_be_visible()  # it comes a moment later
    assert html() == rendered


def test_the_memory_comes_after_the_reading_and_leads_on_to_the_machine(decoder: DecoderPage) -> None:
    result = decoder.open("decode/?q=bartowski%2FQwen_Qwen3-8B-GGUF%3AQ6_K").answer("bartowski/Qwen_Qwen3-8B-GGUF:Q6_K")
    note = result.locator(".np-notes")
    expect(note).to_contain_text("as in this name")
    expect(note.locator("tbody tr").first).to_contain_text("8 GB")
    result.get_by_role("link", name="fit your machine").click()
    picker = decoder.page.locator("[data-nameplate=pick-result]")
    expect(picker).to_have_attribute("data-state", "ready")
    expect(picker.locator(".np-verdict")).to_contain_text("Qwen3-8B-GGUF:Q6_K")


def test_a_command_is_copied(decoder: DecoderPage) -> None:
    decoder.open().read("llama3.1:8b")
    decoder.button("Copy ollama run llama3.1:8b").click()
    expect(decoder.page.locator(".np-copy-command")).to_have_text("Copied")
    assert _clipboard(decoder.page) == "ollama run llama3.1:8b"


def test_a_model_that_cannot_be_downloaded_has_no_note_on_memory(decoder: DecoderPage) -> None:
    decoder.open().read("Qwen3-8B")
    expect(decoder.result.locator(".np-notes")).to_be_visible()
    decoder.read("gpt-4o")
    decoder.page.wait_for_timeout(1000)
    expect(decoder.result.locator(".np-notes")).to_be_hidden()


def test_the_address_can_be_shared(decoder: DecoderPage) -> None:
    decoder.open().read(LONG)
    expect(decoder.page).to_have_url(re.compile(rf"/decode/#q={re.escape(quote(LONG, safe=''))}$"))
    other = decoder.page.context.new_page()
    other.goto(decoder.page.url)
    shared = DecoderPage(other)
    expect(shared.field).to_have_value(LONG)
    for result in (decoder.result, shared.answer(LONG)):
        expect(result.locator(".np-notes")).to_be_visible()  # it comes a moment later
    assert shared.result.inner_text() == decoder.result.inner_text()


def test_a_shared_name_is_shown_at_once_and_then_explained(decoder: DecoderPage) -> None:
    decoder.page.add_init_script(WATCH)
    decoder.open(f"decode/#q={ARTICLE}").answer(ARTICLE)
    states = [(state, name) for state, name, _ in decoder.page.evaluate("window.states")]
    assert ("loading", ARTICLE) in states
    assert states[-1] == ("ready", ARTICLE)
    assert decoder.page.evaluate("performance.getEntriesByName('nameplate:first-answer').length") == 1


def test_a_name_to_try_is_one_click(decoder: DecoderPage) -> None:
    decoder.open()
    link = decoder.page.locator(".np-try").first
    name = link.inner_text()
    link.click()
    expect(decoder.field).to_have_value(name)
    decoder.answer(name)


def test_no_field_means_the_example(decoder: DecoderPage) -> None:
    decoder.open()
    example = decoder.result.inner_text()
    decoder.read(ARTICLE)
    decoder.field.fill("  ")
    expect(decoder.result).to_have_attribute("data-state", "example")
    assert decoder.result.inner_text() == example
    expect(decoder.page).to_have_url(re.compile(r"/decode/$"))


def test_only_the_last_of_many_names_is_shown(decoder: DecoderPage) -> None:
    decoder.page.add_init_script(WATCH)
    decoder.open().read("x-1b")
    names = [f"SorskootLLM-{size}b-instruct" for size in range(2, 60)]
    decoder.page.evaluate(
        """names => {
            const field = document.querySelector(".np-input");
            for (const name of names) { field.value = name; field.dispatchEvent(new Event("input", { bubbles: true })); }
        }""",
        names,
    )
    decoder.answer(names[-1])
    decoder.page.wait_for_timeout(300)
    shown = [name for state, name, _ in decoder.page.evaluate("window.states") if state == "ready"]
    assert shown[-1] == names[-1]
    assert len(shown) < 5, "answers that nobody waits for any more are not shown"
    expect(decoder.result.locator(".np-name")).to_contain_text("59b")


def test_an_answer_follows_every_letter(decoder: DecoderPage) -> None:
    decoder.open().read("x-1b")
    decoder.field.fill("")
    decoder.field.press_sequentially("SorskootLLM-70b", delay=30)
    expect(decoder.answer("SorskootLLM-70b")).to_contain_text("70 billion")


def test_screen_readers_hear_the_sentence_alone(decoder: DecoderPage) -> None:
    decoder.open().read(ARTICLE)
    expect(decoder.page.locator("nameplate-decoder [role=status]")).to_have_text(sentence(decode(ARTICLE)))


def test_markdown_and_json_are_copied(decoder: DecoderPage) -> None:
    decoder.open().read(LONG)
    decoder.button("Copy as JSON").click()
    expect(decoder.page.locator("[data-copy=json]")).to_have_text("Copied")
    assert json.loads(_clipboard(decoder.page)) == json.loads(json.dumps(decode(LONG).to_dict()))
    decoder.button("Copy as Markdown").click()
    expect(decoder.page.locator("[data-copy=markdown]")).to_have_text("Copied")
    assert _clipboard(decoder.page).startswith(f"**`{LONG}`**: ")


def test_the_copied_link_opens_the_same_reading(decoder: DecoderPage) -> None:
    decoder.open("").read(ARTICLE)
    decoder.button("Copy link").click()
    expect(decoder.button("Copied")).to_be_visible()
    link = _clipboard(decoder.page)
    assert link.endswith(f"/decode/#q={ARTICLE}")
    decoder.open(link).answer(ARTICLE)


def test_copying_works_without_a_clipboard_for_pages(decoder: DecoderPage) -> None:
    decoder.page.add_init_script("delete Navigator.prototype.clipboard")
    decoder.open().read(ARTICLE)
    decoder.button("Copy as Markdown").click()
    expect(decoder.button("Copied")).to_be_visible()


def test_the_model_has_a_page_of_its_own(decoder: DecoderPage) -> None:
    result = decoder.open().read("Qwen/Qwen3-8B")
    expect(result.get_by_role("link", name="own page")).to_have_attribute(
        "href", "https://huggingface.co/Qwen/Qwen3-8B"
    )


def test_what_the_family_adds_stands_apart(decoder: DecoderPage) -> None:
    known = decoder.open().read("Qwen/Qwen3-8B").get_by_role("group", name="not written in the name")
    expect(known).to_contain_text("Training stage")
    expect(known.locator("time")).to_have_count(1)
    expect(known.get_by_role("link", name="Qwen3", exact=True)).to_have_attribute("href", "../families/qwen3/")


def test_a_hostile_name_stays_text(decoder: DecoderPage) -> None:
    decoder.open(f"decode/#q={quote(HOSTILE[0])}")
    for name in HOSTILE:
        decoder.read(name)
        assert decoder.result.locator("img, script, [onclick], [onerror]").count() == 0
        assert decoder.result.locator(".np-name").text_content() == name
    assert decoder.page.evaluate("'hacked' in window") is False


def test_a_name_that_cannot_be_read_says_why(decoder: DecoderPage) -> None:
    decoder.open().field.fill("a" * 2000)
    expect(decoder.answer("a" * 2000, "error")).to_contain_text("2000 characters")
    expect(decoder.button("Copy link")).to_be_hidden()
    decoder.read(ARTICLE)


def test_the_keyboard_is_enough(decoder: DecoderPage) -> None:
    decoder.open()
    expect(decoder.field).to_be_focused()
    decoder.page.keyboard.type(ARTICLE)
    decoder.page.keyboard.press("Enter")
    decoder.answer(ARTICLE)
    _tab_to(decoder.page, "a.np-term")
    _tab_to(decoder.page, "[data-copy=markdown]")
    decoder.page.keyboard.press("Enter")
    expect(decoder.button("Copied")).to_be_focused()


def test_two_windows_answer_side_by_side(context: BrowserContext) -> None:
    first, second = (DecoderPage(context.new_page()).open() for _ in range(2))
    first.field.fill("SorskootLLM-70b-instruct")
    second.field.fill(ARTICLE)
    first.answer("SorskootLLM-70b-instruct")
    second.answer(ARTICLE)


def test_the_example_is_there_without_scripts(browser: Browser, site_server: SiteServer) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site_server.url)
    decoder = DecoderPage(context.new_page()).open()
    expect(decoder.result).to_have_attribute("data-state", "example")
    expect(decoder.result).to_contain_text("billion")
    expect(decoder.page.locator(".np-noscript")).to_be_visible()
    expect(decoder.button("Explain")).to_be_hidden()
    context.close()


def test_an_old_answer_pales_only_where_the_new_one_takes_long(decoder: DecoderPage) -> None:
    reading = decoder.open(f"decode/#q={ARTICLE}").answer(ARTICLE).locator(".np-reading")
    decoder.page.evaluate("() => { Worker.prototype.postMessage = () => {} }")
    at_once = """() => {
        const field = document.querySelector(".np-input")
        field.value = "llama-7b"
        field.dispatchEvent(new Event("input", { bubbles: true }))
        const result = document.querySelector("[data-nameplate=decode-result]")
        return [result.dataset.state, getComputedStyle(result.querySelector(".np-reading")).opacity]
    }"""
    assert decoder.page.evaluate(at_once) == ["loading", "1"]
    expect(reading).to_have_css("opacity", "0.6")


def test_a_character_that_turns_the_writing_around_is_shown_and_kept_in_its_place(page: Page) -> None:
    name = "llama\u202e-7b-FFUG"
    result = DecoderPage(page).open().read(name)
    unseen = result.locator(".np-name .np-invisible")
    expect(unseen).to_have_count(1)
    looks = "node => [getComputedStyle(node, '::before').content, getComputedStyle(node).unicodeBidi]"
    assert unseen.evaluate(looks) == ['"U+202E"', "isolate"]
    places = [piece.bounding_box() for piece in result.locator(".np-name .np-text").all()]
    lefts = [place["x"] for place in places if place]
    assert lefts == sorted(lefts), "the pieces stand in the order of the name"


def _clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached with the Tab key")
