"""The second visit: from what the browser keeps, also without a network, and never from two releases at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.decoder_page import DecoderPage
from tests.browser.picker_page import PickerPage
from tests.browser.server import SiteServer
from tests.chromium import Chromium

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


def test_main_pages_open_without_a_network(kept: BrowserContext) -> None:
    page = kept.new_page()
    for address in ("", "guide/suffixes/", "glossary/", "families/"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).not_to_have_text(re.compile("isn't kept"))
        styled = page.evaluate("getComputedStyle(document.querySelector('.md-header')).position")
        assert styled == "sticky", address


def test_a_page_that_is_not_kept_has_ways_on(kept: BrowserContext) -> None:
    page = kept.new_page()
    page.goto("families/qwen3/")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("This page isn't kept"))
    expect(page.get_by_role("link", name="load it again")).to_have_attribute("href", re.compile("/families/qwen3/$"))
    page.get_by_role("main").get_by_role("link", name="Decode a name").click()
    DecoderPage(page).read(NAME)


def test_the_picker_answers_without_a_network_after_a_visit_to_the_decoder(kept: BrowserContext) -> None:
    picker = PickerPage(kept.new_page()).open(names="llama-7b,llama-7b-chat", task="chatbot")
    expect(picker.answer().locator(".np-verdict")).to_contain_text("llama-7b-chat")


@pytest.fixture(scope="module")
def kept(chromium: Chromium, site_server: SiteServer) -> Iterator[BrowserContext]:
    """A browser that has been to the decoder once, and has no network since."""
    context = chromium.browser.new_context(base_url=site_server.url, bypass_csp=True)
    page = context.new_page()
    DecoderPage(page).open(f"decode/#q={NAME}").answer(NAME)
    page.wait_for_function(KEPT)
    page.close()
    context.set_offline(True)
    yield context
    context.close()


FULL = (
    "Cache.prototype.put = Cache.prototype.add = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));"
)
REFUSED = "CacheStorage.prototype.open = () => Promise.reject(new DOMException('refused', 'SecurityError'));"


@pytest.mark.parametrize(
    "storage", [pytest.param(FULL, id="full"), pytest.param(REFUSED, id="refused", marks=pytest.mark.nightly)]
)
def test_pages_load_though_nothing_can_be_kept(browser: Browser, site_server: SiteServer, storage: str) -> None:
    site_server.replaced["service-worker.js"] = storage + (site_server.folder / "service-worker.js").read_text("utf-8")
    context = browser.new_context(base_url=site_server.url, bypass_csp=True)
    page = context.new_page()
    decoder = DecoderPage(page).open(f"decode/#q={NAME}")
    decoder.answer(NAME)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.goto("glossary/")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Glossary"))
    decoder.open(f"decode/#q={NAME}").answer(NAME)
    context.close()


def test_a_service_worker_that_changes_in_the_middle_of_a_visit_loses_nothing(
    visited: DecoderPage, site_server: SiteServer, context: BrowserContext
) -> None:
    before = visited.page.evaluate(ADDRESSES, "nameplate-assets")
    site_server.replaced["service-worker.js"] = (site_server.folder / "service-worker.js").read_text("utf-8") + "// new"
    visited.page.evaluate("""async () => {
        const changed = new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
        await (await navigator.serviceWorker.ready).update();
        await changed;
    }""")
    visited.read("llama-7b")
    visited.page.get_by_role("link", name="Many at once").click()
    visited.page.get_by_label("Model names, one on each line").fill("llama-7b\nllama-13b")
    visited.button("Explain all").click()
    expect(visited.page.locator(".np-list-rows tbody > tr")).to_have_count(2)
    assert set(before) <= set(visited.page.evaluate(ADDRESSES, "nameplate-assets"))


def test_two_tabs_on_two_releases_do_not_evict_each_other(visited: DecoderPage, context: BrowserContext) -> None:
    """What another release needs stays as long as it is one of the last two; what a third one needed goes."""
    page = visited.page
    files = page.evaluate(
        """async () => {
        const worker = (await navigator.serviceWorker.ready).active;
        const top = new URL("../", location.href).href;
        const assets = await caches.open("nameplate-assets");
        const keep = (addresses) => new Promise((resolve) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = resolve;
            worker.postMessage({ keep: addresses }, [port2]);
        });
        for (const release of ["aaaaaaaaaaaa", "bbbbbbbbbbbb"]) {
            const files = [`${top}assets/web-${release}/elements.mjs`, `${top}assets/snapshot-${release}.wasm`];
            for (const file of files) await assets.put(file, new Response("x"));
            await keep(files);
        }
        return (await assets.keys()).map(({ url }) => url);
    }"""
    )
    assert any("snapshot-aaaaaaaaaaaa" in url for url in files)
    assert any("snapshot-bbbbbbbbbbbb" in url for url in files)
    later = DecoderPage(context.new_page()).open(f"decode/#q={NAME}")
    later.answer(NAME)
    later.page.wait_for_function(KEPT)
    files = page.evaluate(ADDRESSES, "nameplate-assets")
    assert any("snapshot-bbbbbbbbbbbb" in url for url in files)
    assert not any("snapshot-aaaaaaaaaaaa" in url for url in files)


def test_a_broken_copy_that_is_kept_is_replaced(visited: DecoderPage, context: BrowserContext) -> None:
    visited.page.evaluate("""async () => {
        const assets = await caches.open("nameplate-assets");
        for (const { url } of await assets.keys()) {
            const type = url.endsWith("mjs") ? "text/javascript" : "application/wasm";
            if (/worker\\.mjs|pyodide\\.mjs|\\.wasm$|\\.zip$/.test(url)) await assets.put(url, new Response("// broken", { headers: { "Content-Type": type } }));
        }
    }""")
    context.add_init_script("window.nameplateSilence = 6000")  # an empty program says nothing
    later = DecoderPage(context.new_page()).open(f"decode/#q={NAME}")
    later.answer(NAME)
    kept = later.page.evaluate("""async () => {
        const assets = await caches.open("nameplate-assets");
        const [worker] = (await assets.keys()).filter(({ url }) => url.endsWith("worker.mjs"));
        return (await (await assets.match(worker)).text()).length;
    }""")
    assert kept > 1000


def test_a_link_with_a_fragment_to_a_page_that_cannot_be_fetched_still_leads_there(page: Page) -> None:
    page.goto("guide/")
    expect(page.locator("html")).to_have_class(re.compile(r"\bjs$"))
    failed: list[str] = []

    def fail_once(route: Route) -> None:
        if failed:
            return route.continue_()
        failed.append(route.request.url)
        return route.abort()

    page.context.route("**/glossary/", fail_once)
    page.evaluate("""() => {
        const link = Object.assign(document.createElement("a"), { href: "../glossary/#context-length" });
        document.querySelector("article").append(link);
        link.click();
    }""")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Glossary"))
    assert failed
