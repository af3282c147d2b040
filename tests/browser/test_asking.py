"""How a question gets into the page: the field that is ready, names that are offered, a paste anywhere, and the way back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.decoder_page import DecoderPage
from tests.browser.server import SiteServer

FIRST, SECOND = "SorskootLLM-v2-13b-chat", "llama3.1:8b"
PASTE = """text => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", text)
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
}"""


@pytest.fixture
def ready(decoder: DecoderPage) -> DecoderPage:
    """A decoder that has answered, so that it offers names from the next letter on."""
    decoder.open().read(FIRST)
    decoder.field.fill("")
    return decoder


def offers(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Catalogued names").get_by_role("option")


def test_the_field_is_ready_where_that_opens_no_keyboard(browser: Browser, site_server: SiteServer, page: Page) -> None:
    for address in ("", "decode/"):
        expect(DecoderPage(page).open(address).field).to_be_focused()
    size: ViewportSize = {"width": 360, "height": 640}
    phone = browser.new_context(base_url=site_server.url, viewport=size, has_touch=True, is_mobile=True)
    touched = DecoderPage(phone.new_page()).open()
    expect(touched.field).to_be_visible()
    expect(touched.field).not_to_be_focused()
    phone.close()


def test_catalogued_names_are_offered_and_taken_with_the_keyboard(ready: DecoderPage) -> None:
    field, keyboard = ready.field, ready.page.keyboard
    keyboard.type("qwen3-8")
    expect(offers(ready.page).first).to_have_text("Qwen/Qwen3-8B")
    expect(field).to_have_attribute("aria-expanded", "true")
    keyboard.press("ArrowDown")
    chosen = offers(ready.page).first
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    keyboard.press("Enter")
    expect(field).to_have_value("Qwen/Qwen3-8B")
    expect(field).to_have_attribute("aria-expanded", "false")
    ready.answer("Qwen/Qwen3-8B")


def test_an_offer_is_taken_with_a_click_and_escape_refuses_them_all(ready: DecoderPage) -> None:
    ready.page.keyboard.type("deepseek-r1-distill")
    offers(ready.page).first.click()
    expect(ready.field).to_have_value(re.compile("^deepseek-ai/DeepSeek-R1-Distill-"))
    ready.field.fill("")
    ready.page.keyboard.type("mixtral")
    expect(offers(ready.page).first).to_be_visible()
    ready.page.keyboard.press("Escape")
    expect(offers(ready.page)).to_have_count(0)
    expect(ready.field).to_have_value("mixtral")


def test_names_are_fetched_after_the_first_answer_alone(decoder: DecoderPage) -> None:
    asked: list[str] = []
    decoder.page.on("request", lambda request: asked.append(request.url))
    decoder.open().read(FIRST)
    assert not [url for url in asked if "names.json" in url or "completion" in url]


def test_back_leads_to_the_name_before(decoder: DecoderPage) -> None:
    decoder.open()
    for name in (FIRST, SECOND):
        decoder.field.fill("")
        decoder.page.keyboard.type(name)
        decoder.page.keyboard.press("Enter")
        decoder.answer(name)
    expect(decoder.page).to_have_url(re.compile(r"llama3\.1"))
    decoder.page.go_back()
    decoder.answer(FIRST)
    expect(decoder.field).to_have_value(FIRST)
    decoder.page.go_forward()
    decoder.answer(SECOND)


def test_what_is_pasted_anywhere_is_explained(decoder: DecoderPage) -> None:
    decoder.open(f"decode/#q={FIRST}").answer(FIRST)
    decoder.page.evaluate(PASTE, f" {SECOND}\n")
    decoder.answer(SECOND)
    expect(decoder.field).to_have_value(SECOND)
    decoder.page.go_back()
    decoder.answer(FIRST)
    decoder.page.evaluate(PASTE, f"{FIRST}\n{SECOND}")
    expect(decoder.page.locator(".np-list-rows a.np-open")).to_have_count(2)
