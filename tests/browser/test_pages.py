"""What holds for every kind of page: it fits a phone, and nobody is shut out."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.decoder_page import ANSWER_WITHIN, DecoderPage
from tests.browser.server import SiteServer

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    "",
    "decode/",
    "choose/",
    "glossary/",
    "guide/",
    "guide/what-is-an-llm/",
    "guide/whats-in-a-name/",
    "guide/will-it-fit/",
    "guide/suffixes/",
    "guide/quantization/",
    "families/",
    "families/qwen3/",
    "families/claude/",
    "contributing/",
    "api/",
]
LONG = "hf.co/bartowski/Qwen3-Coder-30B-A3B-Instruct-2507-abliterated-zorp-GGUF:Q4_K_M"


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_the_screen(page: Page, address: str) -> None:
    page.goto(address)
    for width in (320, 390, 768, 1024):
        page.set_viewport_size({"width": width, "height": 800})
        assert _width(page) <= width


def test_no_reading_is_wider_than_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    decoder = DecoderPage(page).open()
    for name in (LONG, "a" * 300, "<b>" * 60):
        decoder.read(name)
        assert _width(page) <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_no_barrier(page: Page, address: str, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    assert _barriers(page) == []


def test_axe_finds_no_barrier_in_an_answer(page: Page) -> None:
    DecoderPage(page).open().read(LONG)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert _barriers(page) == []


@pytest.mark.parametrize(
    "address", ["decode/?q=Qwen3-8B&with=llama-13b-chat", "decode/?q=llama-7b&q=llama-13b-zorp&q=%09"]
)
def test_axe_finds_no_barrier_in_several_names(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("nameplate-decoder [data-state=ready] table")).to_be_visible(timeout=ANSWER_WITHIN)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert _barriers(page) == []


def test_axe_finds_no_barrier_in_a_failure(page: Page, site_server: SiteServer) -> None:
    site_server.missing.add(".wasm")
    page.emulate_media(reduced_motion="reduce")
    DecoderPage(page).open("decode/?q=x-7b").answer("x-7b", "error")
    assert _barriers(page) == []


def test_no_script_is_needed_to_read(browser: Browser, site_server: SiteServer) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site_server.url)
    page = context.new_page()
    for address in PAGES:
        page.goto(address)
        assert len(page.locator("article").inner_text()) > 200, address
    context.close()


@pytest.mark.parametrize("address", ["", "families/qwen3/"])
def test_every_stop_of_the_tab_key_can_be_seen(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".md-search__input").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().height") > 0


def test_each_page_of_the_guide_leads_to_the_decoder(page: Page) -> None:
    for address in (one for one in PAGES if one.startswith("guide/")):
        page.goto(address)
        assert page.locator("article a[href*='decode/']").count() > 0, address


def _width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def _barriers(page: Page) -> list[str]:
    """What axe reports, a line for each place, with the reason."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations")
    return [f"{rule['id']}: {node['html']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
