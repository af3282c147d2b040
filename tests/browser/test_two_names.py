"""Two names side by side, in a real browser."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.decoder_page import DecoderPage

FIRST = "Qwen/Qwen3-8B-Base"
SECOND = "unsloth/Qwen3-8B-GGUF:Q4_K_M"


def compared(decoder: DecoderPage) -> list[list[str]]:
    rows = decoder.result.locator("tr:not(.np-group)").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def test_a_shared_comparison_shows_both_names(decoder: DecoderPage) -> None:
    decoder.open(f"decode/#q={quote(FIRST, safe='')}&with={quote(SECOND, safe='')}").answer(FIRST)
    expect(decoder.result).to_have_attribute("data-with", SECOND)
    expect(decoder.field).to_have_value(FIRST)
    expect(decoder.page.get_by_label("Name to compare with")).to_have_value(SECOND)
    link = decoder.result.locator(".np-summary").get_by_role("link", name="base model")
    expect(link).to_have_attribute("href", re.compile(r"/?glossary/#base-model$"))
    rows = compared(decoder)
    assert rows[0][1:] == [FIRST, SECOND]
    assert ["Quantization", "not said", "Q4_K_M"] in rows
    assert ["≠ Publisher", "Qwen", "unsloth"] in rows
    assert ["Parameters", "8 billion", "8 billion"] in rows


def test_two_names_are_typed(decoder: DecoderPage) -> None:
    page = decoder.open(f"decode/#q={quote(FIRST, safe='')}").page
    decoder.answer(FIRST)
    page.get_by_role("link", name="Two side by side").press("Enter")
    expect(page.get_by_label("Name to compare with")).to_be_focused()
    page.keyboard.type(SECOND)
    expect(decoder.result.locator("table")).to_be_visible()
    expect(decoder.result).to_have_attribute("data-with", SECOND)
    expect(page).to_have_url(re.compile(rf"#q={quote(FIRST, safe='')}&with={quote(SECOND, safe='')}$"))


def test_what_differs_is_marked_by_more_than_colour(decoder: DecoderPage) -> None:
    decoder.open("decode/#q=llama-7b&with=llama-13b-chat").answer("llama-7b")
    marks = decoder.result.locator("mark")
    assert marks.all_inner_texts() == ["7b", "13b", "chat", "7 billion", "13 billion", "chat"]
    looks = decoder.page.evaluate(
        "() => { const s = getComputedStyle(document.querySelector('td mark')); return [s.textDecorationLine, s.fontWeight]; }"
    )
    assert looks == ["underline", "700"]


def test_one_name_of_two_is_explained_alone(decoder: DecoderPage) -> None:
    decoder.open("decode/#q=llama-7b&with=").answer("llama-7b")
    expect(decoder.result.locator(".np-parts")).to_be_visible()
    expect(decoder.result.locator("table")).to_have_count(0)


def test_back_to_one_name_keeps_it(decoder: DecoderPage) -> None:
    decoder.open("decode/#q=llama-7b&with=llama-13b").answer("llama-7b")
    decoder.page.get_by_role("link", name="One name").click()
    expect(decoder.result).not_to_have_attribute("data-with", "llama-13b")
    decoder.answer("llama-7b")
    expect(decoder.result.locator(".np-parts")).to_be_visible()
    expect(decoder.page).to_have_url(re.compile(r"/decode/#q=llama-7b$"))


def test_the_comparison_is_copied(decoder: DecoderPage) -> None:
    decoder.open("decode/#q=llama-7b&with=llama-13b").answer("llama-7b")
    decoder.button("Copy as JSON").click()
    expect(decoder.page.locator("[data-copy=json]")).to_have_text("Copied")
    assert json.loads(decoder.page.evaluate("navigator.clipboard.readText()"))["names"] == ["llama-7b", "llama-13b"]
    decoder.button("Copy link").click()
    expect(decoder.page.locator("[data-copy=link]")).to_have_text("Copied")
    assert str(decoder.page.evaluate("navigator.clipboard.readText()")).endswith("/decode/#q=llama-7b&with=llama-13b")


def test_a_name_that_cannot_be_read_says_why(decoder: DecoderPage) -> None:
    decoder.open(f"decode/#q=llama-7b&with={'y' * 1100}")
    expect(decoder.answer("llama-7b", "error")).to_contain_text("1100 characters")


@pytest.mark.parametrize("width", [320, 390])
def test_two_long_names_fit_a_phone(decoder: DecoderPage, width: int) -> None:
    decoder.page.set_viewport_size({"width": width, "height": 800})
    name = "hf.co/bartowski/Qwen3-Coder-30B-A3B-Instruct-2507-abliterated-zorp-GGUF:Q4_K_M"
    decoder.open(f"decode/#q={quote(name, safe='')}&with={quote(SECOND, safe='')}").answer(name)
    assert decoder.page.evaluate("document.documentElement.scrollWidth") <= width
    frame = decoder.page.evaluate(
        "() => { const frame = document.querySelector('.np-scroll'); return [frame.scrollWidth, frame.clientWidth]; }"
    )
    assert frame[0] <= frame[1], "both names stand on the screen together"
    pieces = decoder.result.locator("thead .np-keep")
    lines = "pieces => pieces.filter(piece => piece.getClientRects()[0].height > 1.6 * parseFloat(getComputedStyle(piece).lineHeight))"
    assert pieces.evaluate_all(f"pieces => ({lines})(pieces).map(piece => piece.textContent)") == []
