"""The element that shows a name on other sites: copied from the decoder, pasted into a page of another origin."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.decoder_page import DecoderPage
from tests.browser.server import SiteServer

NAME = "Qwen3-8B-Q4_K_M.gguf"
SCRIPT = "javascripts/nameplate-name.js"
HOSTILE = 'Qwen3-8B-"><img src=x onerror=alert(1)>\u202e'
MEANS = "Quantization. Usually about 4.9 bits per weight"


class OtherSite:
    """A site of another origin, with a page that may hold anything."""

    def __init__(self) -> None:
        self.body = ""
        self.policy = ""
        other = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                if other.policy:
                    self.send_header("Content-Security-Policy", other.policy)
                self.end_headers()
                self.wfile.write(f"<!doctype html><title>Elsewhere</title><p>Try {other.body}</p>".encode())

            def log_message(self, *_: object) -> None:
                """Keep the tests' output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def other_site() -> Iterator[OtherSite]:
    site = OtherSite()
    yield site
    site.close()


@pytest.fixture
def elsewhere(browser: Browser) -> Iterator[Page]:
    """A page in a profile without exceptions from policies."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def copied(decoder: DecoderPage) -> str:
    """What the decoder copies to embed the name."""
    decoder.open().read(NAME)
    return copy(decoder)


def copy(decoder: DecoderPage) -> str:
    decoder.button("Copy to embed").click()
    expect(decoder.page.locator("[data-copy=embed]")).to_have_text("Copied")
    return str(decoder.page.evaluate("navigator.clipboard.readText()"))


def part(page: Page, text: str) -> Locator:
    return page.locator("nameplate-name").get_by_role("button", name=text, exact=True)


def test_a_copied_name_says_on_another_site_what_its_parts_mean(
    copied: str, elsewhere: Page, other_site: OtherSite, site_server: SiteServer
) -> None:
    other_site.body = copied
    # All that the element needs of the other page is its script.
    other_site.policy = f"default-src 'none'; script-src {site_server.origin}; require-trusted-types-for 'script'"
    problems: list[str] = []
    requests: list[str] = []
    elsewhere.on("request", lambda asked: requests.append(asked.url))
    elsewhere.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    elsewhere.goto(other_site.url)
    label = part(elsewhere, "Q4_K_M")
    expect(label).to_have_attribute("aria-expanded", "false")
    assert label.get_attribute("title") is None, "a tooltip would cover what a press shows"
    label.click()
    expect(elsewhere.get_by_role("status")).to_contain_text(MEANS)
    expect(label).to_have_attribute("aria-expanded", "true")
    part(elsewhere, "8B").press("Enter")
    expect(elsewhere.get_by_role("status")).to_contain_text("8 billion parameters")
    expect(label).to_have_attribute("aria-expanded", "false")
    part(elsewhere, "8B").press(" ")
    expect(elsewhere.get_by_role("status")).to_have_text("")
    assert requests == [other_site.url, site_server.url + SCRIPT], "nothing is asked about the name"
    assert [problem for problem in problems if "favicon" not in problem] == []


def test_the_name_leads_to_its_whole_explanation(
    copied: str, elsewhere: Page, other_site: OtherSite, site_server: SiteServer
) -> None:
    other_site.body = copied
    elsewhere.goto(other_site.url)
    link = elsewhere.get_by_role("link", name="what it means")
    expect(link).to_have_attribute("href", f"{site_server.url}decode/#q={NAME}")


def test_without_the_script_the_parts_have_tooltips(copied: str, elsewhere: Page, other_site: OtherSite) -> None:
    other_site.body = copied.partition("<script")[0]
    elsewhere.goto(other_site.url)
    expect(elsewhere.locator("p")).to_have_text(f"Try {NAME}")
    assert str(elsewhere.get_by_text("Q4_K_M", exact=True).get_attribute("title")).startswith(MEANS)


def test_several_names_work_wherever_the_script_is(copied: str, elsewhere: Page, other_site: OtherSite) -> None:
    name, _, script = copied.partition("\n")
    other_site.body = f"{script} {name} {name} {script}"
    elsewhere.goto(other_site.url)
    buttons = part(elsewhere, "Q4_K_M")
    expect(buttons).to_have_count(2)
    buttons.last.click()
    expect(elsewhere.get_by_role("status").last).to_contain_text(MEANS)
    expect(elsewhere.get_by_role("status").first).to_have_text("")


def test_a_hostile_name_stays_text_elsewhere(decoder: DecoderPage, elsewhere: Page, other_site: OtherSite) -> None:
    decoder.open().read(HOSTILE)
    other_site.body = copy(decoder)
    assert "\u202e" not in other_site.body
    elsewhere.goto(other_site.url)
    expect(elsewhere.get_by_role("link", name="what it means")).to_be_visible()
    expect(elsewhere.locator("p")).to_contain_text('"><img src=x onerror=alert(1)>')
    assert elsewhere.locator("img").count() == 0


def test_an_address_that_is_no_page_is_no_link(copied: str, elsewhere: Page, other_site: OtherSite) -> None:
    other_site.body = copied.replace('cite="http', 'cite="javascript:alert(1)//')
    elsewhere.goto(other_site.url)
    expect(part(elsewhere, "Q4_K_M")).to_be_visible()
    assert elsewhere.locator("nameplate-name a").count() == 0


def test_our_own_page_shows_the_element_at_work(page: Page) -> None:
    page.goto("embed/")
    part(page, "A3B").click()
    expect(page.locator("nameplate-name").get_by_role("status")).to_contain_text("3 billion")


def test_the_script_is_small(built_site: Path) -> None:
    assert (built_site / SCRIPT).stat().st_size < 10_000
