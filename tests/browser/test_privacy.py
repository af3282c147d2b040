"""What is typed does not leave the page: a server that records everything never hears of it."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.decoder_page import DecoderPage
from tests.browser.picker_page import PickerPage
from tests.browser.server import SiteServer

SECRET = "zorp-internal/Zorpquux-7b-instruct"  # no page and no file has it
OTHER = "Zorpquux-13b-chat"
WORDS = ("zorpquux", "zorp-internal", "quuxtask")
KEPT = "performance.getEntriesByName('nameplate:kept').length"


@pytest.fixture
def recorded(page: Page, site_server: SiteServer) -> SiteServer:
    """The server, with an empty record."""
    site_server.asked.clear()
    return site_server


def assert_nothing_left(server: SiteServer) -> None:
    """Nothing typed is in any request, no page is named as the one that asks, and nobody is recognized."""
    assert server.asked, "the record is empty"
    assert [one for one in server.asked for word in WORDS if one.says(word)] == []
    assert [one.address for one in server.asked if "?" in one.address] == []
    assert {one.method for one in server.asked} <= {"GET"}
    assert [one for one in server.asked if "Cookie" in one.headers] == []
    referrers = {one.headers["Referer"] for one in server.asked if "Referer" in one.headers}
    assert [
        one for one in referrers if f"{server.prefix}assets/" not in one and not one.endswith("service-worker.js")
    ] == []


def test_typing_sharing_and_coming_back_send_nothing(decoder: DecoderPage, recorded: SiteServer) -> None:
    page = decoder.open().page
    decoder.field.press_sequentially(SECRET)
    decoder.answer(SECRET)
    expect(page).to_have_url(re.compile(rf"/decode/#q={quote(SECRET, safe='')}$"))
    for title in ("Copy link", "Copy as JSON"):
        decoder.button(title).click()
        expect(page.locator(".np-actions")).to_contain_text("Copied")
    page.wait_for_function(KEPT)  # the service worker has asked for what it keeps
    page.reload()
    expect(decoder.field).to_have_value(SECRET)
    decoder.answer(SECRET)
    page.get_by_role("link", name="Contributing", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Contributing"))
    page.go_back()
    decoder.answer(SECRET)
    page.goto("families/")
    page.go_back()
    decoder.answer(SECRET)
    page.go_back()
    assert_nothing_left(recorded)


def test_two_names_and_lists_send_nothing(decoder: DecoderPage, recorded: SiteServer) -> None:
    page = decoder.open(f"decode/#q={quote(SECRET, safe='')}&with={OTHER}").page
    decoder.answer(SECRET)
    decoder.button("Explain").or_(decoder.button("Compare")).click()
    page.get_by_role("link", name="Many at once").click()
    page.get_by_label("Model names, one on each line").fill(f"{SECRET}\n{OTHER}")
    page.get_by_role("button", name="Explain all").click()
    row = page.locator(".np-list-rows tbody > tr a.np-open").first
    row.click()
    expect(page.locator(".np-detail")).to_be_visible()
    row.click(modifiers=["ControlOrMeta"])
    page.reload()
    expect(page.locator(".np-list-rows tbody > tr")).to_have_count(2)
    assert_nothing_left(recorded)


def test_choosing_sends_nothing(page: Page, recorded: SiteServer) -> None:
    picker = PickerPage(page).open()
    picker.names.fill(f"{SECRET}\n{OTHER}")
    picker.task.fill("quuxtask: chat with customers")
    picker.answer()
    expect(page).to_have_url(re.compile(r"/choose/#names=zorp-internal"))
    page.reload()
    picker.answer()
    picker.result.locator("a[href*='decode/#q=']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Decode"))
    DecoderPage(page).result.get_by_text("Zorpquux").first.wait_for()
    page.go_back()
    picker.answer()
    assert_nothing_left(recorded)


def test_what_is_searched_and_filtered_is_sent_to_nobody(page: Page, recorded: SiteServer) -> None:
    page.goto("guide/suffixes/")
    page.locator("nameplate-filter input").fill("zorpquux")
    page.locator("nameplate-filter input").fill("")
    page.locator(".md-search__input").fill("quuxtask")
    page.locator(".md-search__input").fill("perplexity")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_load_state("networkidle")
    assert [one for one in recorded.asked if "?" in one.address or one.address.count("perplexity")] == []


def test_a_file_with_names_is_sent_to_nobody(decoder: DecoderPage, recorded: SiteServer) -> None:
    page = decoder.open("decode/#view=list").page
    names = {"name": "names.txt", "mimeType": "text/plain", "buffer": f"{SECRET}\n{OTHER}\n".encode()}
    page.get_by_label("A text file with names").set_input_files([names])
    expect(page.locator(".np-list-rows tbody > tr")).to_have_count(2)
    assert_nothing_left(recorded)


def test_a_form_sends_nothing_before_the_scripts_come(
    decoder: DecoderPage, context: BrowserContext, recorded: SiteServer
) -> None:
    context.route("**/assets/web-*/elements.mjs", lambda route: route.abort())
    page = decoder.open().page
    decoder.field.fill(SECRET)
    decoder.field.press("Enter")
    decoder.button("Explain").click()
    page.goto("choose/")
    page.get_by_label("In your words").fill("quuxtask")
    page.get_by_label("In your words").press("Enter")
    page.wait_for_load_state("networkidle")
    assert_nothing_left(recorded)


def test_a_form_sends_nothing_without_scripts(browser: Browser, site_server: SiteServer) -> None:
    site_server.asked.clear()
    context = browser.new_context(java_script_enabled=False, base_url=site_server.url)
    page = context.new_page()
    page.goto("decode/")
    page.get_by_label("Model name", exact=True).fill(SECRET)
    page.get_by_label("Model name", exact=True).press("Enter")
    page.goto("choose/")
    page.get_by_label("In your words").fill("quuxtask")
    page.get_by_label("In your words").press("Enter")
    page.goto("families/")
    context.close()
    assert_nothing_left(site_server)


def test_an_older_link_is_read_and_its_question_moved(decoder: DecoderPage, recorded: SiteServer) -> None:
    """The link itself has told the host. From then on, nothing does."""
    page = decoder.page
    page.goto(f"decode/?q={quote(SECRET, safe='')}", wait_until="commit")
    decoder.answer(SECRET)
    expect(decoder.field).to_have_value(SECRET)
    assert page.url.endswith(f"/decode/#q={quote(SECRET, safe='')}")
    expect(page.locator("html")).to_have_class(re.compile(r"\bjs$"))
    expect(page.locator("#__search")).not_to_be_checked()
    page.wait_for_function(KEPT)
    page.reload()
    decoder.answer(SECRET)
    first, *others = recorded.asked
    assert first.address.endswith(f"/decode/?q={quote(SECRET, safe='')}")
    recorded.asked[:] = others
    assert_nothing_left(recorded)
    # Now that the service worker is there, it keeps even such a link to itself.
    recorded.asked.clear()
    page.goto("families/")
    page.goto(f"decode/?q={quote(SECRET, safe='')}&with={OTHER}")
    decoder.answer(SECRET)
    assert page.url.endswith(f"/decode/#q={quote(SECRET, safe='')}&with={OTHER}")
    assert_nothing_left(recorded)


def test_an_older_link_to_a_choice_is_read(page: Page, recorded: SiteServer) -> None:
    page.goto("choose/?names=Qwen3-8B,Qwen3-8B-Base&task=chat&gpu_gb=8&utm_source=mail")
    PickerPage(page).answer()
    assert "?" not in page.url
    assert "/choose/#names=Qwen3-8B%2CQwen3-8B-Base&task=chat&gpu_gb=8" in page.url
    assert [one.address for one in recorded.asked[1:] if "?" in one.address] == []


def test_questions_follow_the_address_on_the_same_page(decoder: DecoderPage) -> None:
    page = decoder.open().page
    link = page.locator("article table a[href*='#q=llama3.1']")
    link.click()
    decoder.answer("llama3.1:8b-instruct-q4_K_M")
    expect(decoder.field).to_be_in_viewport()
    page.locator("article table a[href*='#q=google']").click()
    decoder.answer("google/gemma-3n-E4B-it")
    page.go_back()
    decoder.answer("llama3.1:8b-instruct-q4_K_M")
    page.go_back()
    expect(decoder.result).to_have_attribute("data-state", "example")
    page.go_forward()
    decoder.answer("llama3.1:8b-instruct-q4_K_M")
    page.evaluate("location.hash = 'q=llama-7b'")
    decoder.answer("llama-7b")


def test_a_way_to_a_heading_keeps_the_question(decoder: DecoderPage) -> None:
    page = decoder.open("decode/#q=llama-7b").page
    decoder.answer("llama-7b")
    expect(page.locator("html")).to_have_class(re.compile(r"\bjs$"))
    page.locator("article h2 .headerlink").last.click()
    heading = page.locator("article h2").last
    expect(heading).to_be_in_viewport()
    header = page.evaluate("document.querySelector('.md-header').getBoundingClientRect().bottom")
    assert heading.evaluate("heading => heading.getBoundingClientRect().top") > header
    decoder.answer("llama-7b")
    assert page.url.endswith("/decode/#q=llama-7b")


def test_a_heading_in_the_address_stays(decoder: DecoderPage) -> None:
    page = decoder.open("decode/#__search").page
    expect(decoder.result).to_have_attribute("data-state", "example")
    page.wait_for_timeout(500)
    assert page.url.endswith("/decode/#__search")
    decoder.read("llama-7b")
    expect(page).to_have_url(re.compile(r"/decode/#q=llama-7b$"))
