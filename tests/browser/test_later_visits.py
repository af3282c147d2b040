"""The second visit: from what the browser keeps, also without a network, and never from two releases at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.decoder_page import DecoderPage
from tests.browser.server import SiteServer

NAME = "SorskootLLM-70b-instruct"
KEPT = "performance.getEntriesByName('nameplate:kept').length"
ADDRESSES = """async name => (await (await caches.open(name)).keys()).map(request => request.url)"""


@pytest.fixture
def visited(page: Page) -> DecoderPage:
    """A decoder that has answered, and whose page is kept."""
    decoder = DecoderPage(page).open(f"decode/#q={NAME}")
    decoder.answer(NAME)
    page.wait_for_function(KEPT)
    return decoder


def test_it_works_offline(visited: DecoderPage, context: BrowserContext, site_server: SiteServer) -> None:
    context.set_offline(True)
    site_server.requests.clear()
    later = DecoderPage(context.new_page()).open("decode/#q=Qwen/Qwen3-8B")
    expect(later.answer("Qwen/Qwen3-8B").locator(".np-summary")).to_contain_text("8-billion")
    asked = [path for path in site_server.requests if not path.endswith("/service-worker.js")]
    assert asked == [], "only whether the service worker is still the same is asked"


def test_what_has_a_hash_is_not_asked_for_again(
    visited: DecoderPage, context: BrowserContext, site_server: SiteServer
) -> None:
    site_server.requests.clear()
    DecoderPage(context.new_page()).open(f"decode/#q={NAME}").answer(NAME)
    assert [path for path in site_server.requests if "/web-" in path or path.endswith((".wasm", ".zip"))] == []


def test_what_an_older_release_left_behind_goes(visited: DecoderPage, context: BrowserContext) -> None:
    page = visited.page
    old = f"{page.url.partition('decode/')[0]}assets/snapshot-0123456789ab.wasm"
    page.evaluate(
        "async old => (await caches.open('nameplate-assets')).put(old, new Response('old'))",
        old,
    )
    later = DecoderPage(context.new_page()).open(f"decode/#q={NAME}")
    later.answer(NAME)
    later.page.wait_for_function(
        f"async old => !(await ({ADDRESSES})('nameplate-assets')).includes(old)", arg=old, polling=200
    )
    assert any(url.endswith(".wasm") for url in later.page.evaluate(ADDRESSES, "nameplate-assets"))
