"""Moving about in the finished site, in a real browser, below a path prefix."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import SiteServer

NAME = "SorskootLLM-70b-instruct"


def test_a_shared_name_does_not_open_the_search(page: Page) -> None:
    page.goto(f"decode/#q={NAME}")
    page.wait_for_load_state("load")
    assert page.evaluate("document.querySelector('#__search').checked") is False
    assert page.url.endswith(f"/decode/#q={NAME}")
    assert page.evaluate("document.querySelector('.md-search__input').value") == ""


def test_pages_change_without_loading_anew(page: Page) -> None:
    page.goto("")
    page.evaluate("window.sameDocument = true")
    page.locator(".md-tabs__link", has_text="Glossary").click()
    expect(page.locator("h1")).to_have_text(re.compile("Glossary"))
    expect(page.locator("nameplate-filter input")).to_be_visible()
    assert page.evaluate("window.sameDocument") is True
    assert page.url.endswith("/glossary/")


def test_a_link_with_a_name_in_it_reaches_the_decoder(page: Page) -> None:
    page.goto("glossary/")
    page.locator(".site-entry ~ dl a[href*='decode/#q=']").first.click()
    page.wait_for_url(re.compile(r"/decode/#q=.+"))
    expect(page.locator("h1")).to_have_text(re.compile("Decode"))
    assert page.evaluate("document.querySelector('#__search').checked") is False


def test_the_way_back_restores_the_page_before(page: Page) -> None:
    page.goto("families/")
    page.locator("article a", has_text="Qwen3").first.click()
    expect(page.locator("h1")).to_have_text(re.compile("Qwen3"))
    page.go_back()
    expect(page.locator("h1")).to_have_text(re.compile("Families"))


@pytest.mark.parametrize("visit", ["directly", "from another page"])
def test_the_filter_leaves_what_fits(page: Page, visit: str) -> None:
    if visit == "directly":
        page.goto("glossary/")
    else:
        page.goto("choose/")
        page.locator(".md-tabs__link", has_text="Glossary").click()
    field = page.locator("nameplate-filter input")
    field.fill("q4_k_m")
    expect(page.locator("#q4-k-m")).to_be_visible()
    expect(page.locator("#chat-model")).to_be_hidden()
    expect(page.locator("#letter-c")).to_be_hidden()
    expect(page.locator("#letter-q")).to_be_visible()
    expect(page.locator("nameplate-filter output")).to_have_text(re.compile(r"^\d+ of \d+ terms$"))
    field.fill("zzzz")
    expect(page.locator("nameplate-filter output")).to_have_text("No term fits.")
    expect(page.locator("footer")).to_be_in_viewport()  # letters that aren't laid out yet keep no room
    field.fill("")
    expect(page.locator("#chat-model")).to_be_visible()
    expect(page.locator("nameplate-filter output")).to_have_text("")


def test_letters_out_of_sight_are_not_laid_out_and_none_lies_over_the_next(page: Page) -> None:
    page.goto("glossary/")
    page.wait_for_load_state("load")
    rooms = page.locator(".site-room")
    boxes = [box for room in rooms.all() if (box := room.bounding_box()) is not None]
    assert len(boxes) == rooms.count() > 20
    ends = rooms.evaluate_all(
        "rooms => rooms.map((room) => room.getBoundingClientRect().top + room.lastElementChild.offsetTop - room.offsetTop)"
    )
    for end, following in zip(ends, boxes[1:], strict=False):
        assert end <= following["y"]
    assert rooms.last.evaluate("room => getComputedStyle(room).contentVisibility") == "auto"


def test_the_filter_finds_other_names_and_spellings(page: Page) -> None:
    page.goto("glossary/")
    page.locator("nameplate-filter input").fill("instruction-tuned model")
    expect(page.locator("#instruct-model")).to_be_visible()


def test_another_name_of_a_term_is_an_address_too(page: Page) -> None:
    page.goto("glossary/#instruction-tuned-model")
    expect(page.locator("#instruct-model")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1280])
def test_an_entry_that_is_linked_to_is_in_sight(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("glossary/#q4-k-m")
    heading = page.locator("#q4-k-m")
    expect(heading).to_be_in_viewport()
    field = page.locator("nameplate-filter")
    expect(field).to_be_visible()
    top = page.evaluate("document.querySelector('.site-finder').getBoundingClientRect().bottom")
    assert page.evaluate("document.querySelector('#q4-k-m').getBoundingClientRect().bottom") > top


@pytest.mark.parametrize(("query", "anchor"), [("gguf", "gguf"), ("Q4_K_M", "q4-k-m"), ("temperature", "temperature")])
def test_the_search_finds_the_entry_of_a_term(page: Page, query: str, anchor: str) -> None:
    page.goto("guide/")
    field = page.locator(".md-search__input")
    field.click()
    field.fill(query)
    field.press("End")
    results = page.locator(".md-search-result__link")
    expect(results.nth(1)).to_have_attribute("href", re.compile("#"))
    best = [results.nth(place).get_attribute("href") or "" for place in range(5)]
    assert any(address.endswith(f"/glossary/#{anchor}") for address in best), best


def test_pages_without_a_decoder_load_nothing_of_it(page: Page, site_server: SiteServer) -> None:
    site_server.requests.clear()
    page.goto("guide/whats-in-a-name/")
    page.wait_for_load_state("networkidle")
    assert not [address for address in site_server.requests if "/assets/web-" in address or "pyodide" in address]


def test_the_way_back_to_the_top_does_not_cover_the_filter(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("glossary/")
    expect(page.locator("nameplate-filter input")).to_be_visible()
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(500)
    page.mouse.wheel(0, -400)
    button = page.locator(".md-top")
    expect(button).to_be_in_viewport()
    box, field = button.bounding_box(), page.locator("nameplate-filter input").bounding_box()
    assert box is not None
    assert field is not None
    assert box["y"] > field["y"] + field["height"]
    assert box["height"] < 60
