"""The parts of a name and the rows that explain them belong together, for the mouse, the keyboard and the finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, ViewportSize, expect

from tests.browser.decoder_page import DecoderPage
from tests.browser.server import SiteServer

NAME = "Qwen3-Coder-30B-A3B-Instruct-zorp-GGUF"


@pytest.fixture
def reading(decoder: DecoderPage) -> Locator:
    return decoder.open(f"decode/#q={NAME}").answer(NAME)


def test_pointing_at_one_marks_the_other(reading: Locator) -> None:
    part = reading.get_by_role("button", name="A3B", exact=True)
    row = reading.locator(".np-part", has_text="A3B")
    part.hover()
    expect(row).to_have_class("np-part np-size np-marked")
    expect(reading.locator(".np-marked")).to_have_count(2)
    reading.locator(".np-part", has_text="Instruct").hover()
    expect(reading.locator("button.np-marked")).to_have_text("Instruct")
    reading.page.mouse.move(0, 0)
    expect(reading.locator(".np-marked")).to_have_count(0)


def test_a_part_says_its_sentence_in_a_tooltip_that_escape_closes(reading: Locator) -> None:
    tooltip = reading.page.locator(".np-tooltip")
    part = reading.get_by_role("button", name="A3B", exact=True)
    expect(part).to_have_accessible_description(
        "Active parameters: 3 billion. About 3 billion of its parameters are used for each token, which sets the speed. "
        "All of them still have to fit in memory."
    )
    part.hover()
    expect(tooltip).to_have_text(part.get_attribute("aria-description") or "")
    expect(tooltip).to_be_in_viewport(ratio=0.9)
    box = tooltip.bounding_box()
    assert box is not None
    reading.page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2, steps=20)
    expect(tooltip).to_be_visible()  # the pointer may move onto it
    reading.page.keyboard.press("Escape")
    expect(tooltip).to_be_hidden()


def test_the_keyboard_reaches_every_part_and_leads_to_its_row(reading: Locator) -> None:
    page = reading.page
    parts = reading.locator("button.np-piece")
    parts.first.focus()
    for number in range(1, parts.count()):
        page.keyboard.press("Tab")
        expect(parts.nth(number)).to_be_focused()
    expect(reading.locator(".np-part.np-marked")).to_contain_text("GGUF")
    page.keyboard.press("Shift+Tab")
    expect(reading.locator(".np-part.np-marked")).to_contain_text("zorp")
    page.keyboard.press("Enter")
    expect(reading.locator(".np-part.np-marked")).to_be_in_viewport(ratio=0.9)


def test_a_finger_leads_to_the_row(browser: Browser, site_server: SiteServer) -> None:
    size: ViewportSize = {"width": 360, "height": 640}
    context = browser.new_context(
        base_url=site_server.url, viewport=size, has_touch=True, is_mobile=True, bypass_csp=True
    )
    reading = DecoderPage(context.new_page()).open(f"decode/#q={NAME}").answer(NAME)
    row = reading.locator(".np-part", has_text="GGUF")
    expect(row).not_to_be_in_viewport()
    reading.get_by_role("button", name="GGUF", exact=True).tap()
    expect(row).to_have_class("np-part np-format np-marked")
    expect(row).to_be_in_viewport(ratio=0.9)
    context.close()
