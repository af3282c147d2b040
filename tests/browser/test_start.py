"""How Python, and the theme's script, come to a page with a decoder: in which order, by which ways, and when not at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.decoder_page import ANSWER_WITHIN, DecoderPage
from tests.browser.server import SiteServer

ARTICLE = "SorskootLLM-v2-13b-chat"

# Adds up how far what the reader sees moves by itself: https://web.dev/articles/cls
SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def test_instant_navigation_keeps_the_runtime(decoder: DecoderPage, site_server: SiteServer) -> None:
    page = decoder.open().page
    decoder.read(ARTICLE)
    page.evaluate("window.sameDocument = true")
    site_server.requests.clear()
    page.get_by_role("link", name="Glossary", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Glossary"))
    page.get_by_role("link", name="Decode", exact=True).first.click()
    expect(decoder.result).to_have_attribute("data-state", "example")
    expect(decoder.read("SorskootLLM-70b-instruct")).to_contain_text("70 billion")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Glossary"))
    page.go_back()
    expect(decoder.field).to_have_value(ARTICLE)
    decoder.answer(ARTICLE)
    assert page.evaluate("window.sameDocument") is True
    assert not [path for path in site_server.requests if path.endswith(".wasm")], "the runtime was loaded once"


def test_arriving_by_instant_navigation(decoder: DecoderPage) -> None:
    page = decoder.open("glossary/").page
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Decode", exact=True).first.click()
    decoder.read(ARTICLE)
    assert page.evaluate("window.sameDocument") is True


def test_the_theme_does_not_take_the_name_for_a_search(decoder: DecoderPage) -> None:
    decoder.open(f"decode/#q={ARTICLE}").answer(ARTICLE)
    expect(decoder.page.locator(".md-search__input")).to_have_value("")
    expect(decoder.page.locator(".md-search__input")).not_to_be_focused()
    expect(decoder.page).to_have_url(re.compile(rf"#q={ARTICLE}$"))


@pytest.mark.parametrize(
    "ends",
    [{"/pyodide.asm.wasm"}, {".zip", "/snapshot-*.wasm"}, {"/pyodide.asm.mjs"}, {"/worker.mjs"}],
    ids=lambda ends: " ".join(sorted(ends)),
)
def test_a_missing_runtime_is_told_and_tried_again(
    decoder: DecoderPage, site_server: SiteServer, ends: set[str]
) -> None:
    site_server.missing |= ends
    decoder.open(f"decode/#q={ARTICLE}")
    expect(decoder.result).to_have_attribute("data-state", "error", timeout=ANSWER_WITHIN)
    expect(decoder.status).to_contain_text("could not be loaded")
    expect(decoder.page.locator("nameplate-decoder [role=status]")).to_contain_text("could not be loaded")
    site_server.missing.clear()
    decoder.button("Try again").click()
    decoder.answer(ARTICLE)
    expect(decoder.button("Try again")).to_be_hidden()


def test_without_a_snapshot_python_starts_from_bytecode(decoder: DecoderPage, site_server: SiteServer) -> None:
    site_server.missing.add("/snapshot-*.wasm")
    decoder.open(f"decode/#q={ARTICLE}").answer(ARTICLE)
    assert way_of(decoder.page) == "bytecode"


def test_a_host_that_compresses_nothing_is_asked_once_for_what_it_does_not_compress(
    decoder: DecoderPage, site_server: SiteServer
) -> None:
    site_server.requests.clear()
    decoder.open(f"decode/#q={ARTICLE}").answer(ARTICLE)
    files = [re.sub("-[0-9a-f]{12}", "", Path(path).name) for path in site_server.requests]
    wasm = sorted(name for name in files if ".wasm" in name)
    assert wasm == ["pyodide.asm.wasm", "pyodide.asm.wasm.gz", "snapshot.wasm.gz"]


def test_a_spoiled_snapshot_is_not_used(decoder: DecoderPage, site_server: SiteServer) -> None:
    snapshot = next((site_server.folder / "assets").glob("snapshot-*.wasm")).read_bytes()
    spoiled = snapshot.replace(b"70-billion", b"71-billion", 1)
    assert spoiled != snapshot
    site_server.missing.add("/snapshot-*.wasm")
    decoder.page.context.route("**/snapshot-*.wasm", lambda route: route.fulfill(body=spoiled))
    decoder.open(f"decode/#q={ARTICLE}").answer(ARTICLE)
    assert way_of(decoder.page) == "bytecode"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_answer_to_a_shared_name_moves_nothing(decoder: DecoderPage, width: int) -> None:
    decoder.page.set_viewport_size({"width": width, "height": 800})
    decoder.page.add_init_script(SHIFTS)
    decoder.open(f"decode/#q={ARTICLE}").answer(ARTICLE)
    decoder.page.wait_for_timeout(500)
    assert decoder.page.evaluate("window.shifted") < 0.01


def test_the_snapshot_answers(decoder: DecoderPage) -> None:
    decoder.open(f"decode/#q={ARTICLE}").answer(ARTICLE)
    assert way_of(decoder.page) == "snapshot"


def test_the_themes_script_comes_after_the_answer(decoder: DecoderPage) -> None:
    decoder.open(f"decode/#q={ARTICLE}").answer(ARTICLE)
    expect(decoder.page.locator("html")).to_have_class(re.compile(r"\bjs$"))
    script, answer = decoder.page.evaluate("""() => [
        performance.getEntriesByType("resource").find((entry) => entry.name.includes("/javascripts/bundle.")).startTime,
        performance.getEntriesByName("nameplate:first-answer")[0].startTime]""")
    assert script > answer
    expect(decoder.page.get_by_label("Search", exact=True).first).not_to_be_focused()
    expect(decoder.page).to_have_url(re.compile(rf"#q={ARTICLE}$"))


def test_a_name_typed_before_the_themes_script_came_opens_no_search(decoder: DecoderPage) -> None:
    held: list[Route] = []
    decoder.page.context.route("**/javascripts/bundle.*", lambda route: held.append(route))  # noqa: PLW0108 -- Playwright looks into the function
    decoder.page.goto("decode/", wait_until="domcontentloaded")
    decoder.read(ARTICLE)
    decoder.page.wait_for_timeout(500)  # longer than the address rests between two changes
    held.pop().continue_()
    expect(decoder.page.locator("html")).to_have_class(re.compile(r"\bjs$"))
    expect(decoder.page).to_have_url(re.compile(rf"#q={ARTICLE}$"))
    expect(decoder.page.locator("#__search")).not_to_be_checked()


def test_the_address_is_kept_though_the_themes_script_never_comes(decoder: DecoderPage) -> None:
    decoder.page.context.route("**/javascripts/bundle.*", lambda route: route.abort())
    decoder.open(f"decode/#q={ARTICLE}").answer(ARTICLE)
    decoder.read("llama-7b")
    expect(decoder.page).to_have_url(re.compile(r"#q=llama-7b$"))


def test_the_themes_script_loads_no_style_sheet_anew(decoder: DecoderPage) -> None:
    """A style sheet is loaded anew when its address is written, and the page has no style until it has come."""
    decoder.page.add_init_script("""addEventListener("DOMContentLoaded", () => {
        window.writtenAnew = [];
        const watch = new MutationObserver((changes) => window.writtenAnew.push(...changes.map(({ target }) => target.rel)));
        watch.observe(document.head, { subtree: true, attributeFilter: ["href"] });
    })""")
    decoder.open(f"decode/#q={ARTICLE}").answer(ARTICLE)
    decoder.page.wait_for_function("window.writtenAnew.length > 0")  # the theme writes out those of the icons
    assert "stylesheet" not in decoder.page.evaluate("window.writtenAnew")


def test_who_touches_the_page_has_the_themes_script_at_once(decoder: DecoderPage) -> None:
    """No answer comes, and no time passes: only a touch can bring the script."""
    decoder.page.context.route("**/*.wasm", lambda _: None)
    decoder.page.add_init_script(
        "const { setTimeout } = window; window.setTimeout = (f, ms) => ms < 2000 && setTimeout(f, ms)"
    )
    decoder.open(f"decode/#q={ARTICLE}")
    expect(decoder.page.locator("html")).to_have_class("no-js")
    decoder.page.keyboard.press("Tab")
    expect(decoder.page.locator("html")).to_have_class(re.compile(r"\bjs$"))


def test_progress_is_shown(decoder: DecoderPage) -> None:
    held: list[Route] = []  # else the answer may be there before anybody looks
    seen: list[bool] = []
    decoder.page.context.route("**/*.wasm", lambda route: route.continue_() if seen else held.append(route))
    decoder.open(f"decode/#q={ARTICLE}")
    expect(decoder.page.get_by_role("progressbar", name="Loading the decoder")).to_be_visible()
    seen.append(True)
    for route in held:
        route.continue_()
    decoder.answer(ARTICLE)
    expect(decoder.page.get_by_role("progressbar")).to_have_count(0)
    marks = decoder.page.evaluate("performance.getEntriesByType('mark').map(mark => mark.name)")
    stages = [f"nameplate:{stage}" for stage in ("start", "downloaded", "ready", "first-answer")]
    assert [mark for mark in marks if mark in stages] == stages


def test_a_page_without_a_widget_loads_nothing(page: Page, site_server: SiteServer) -> None:
    site_server.requests.clear()
    page.goto("glossary/", wait_until="networkidle")
    assert not [path for path in site_server.requests if "/web-" in path or path.endswith((".wasm", ".zip"))]


def test_who_saves_data_loads_on_demand(decoder: DecoderPage, site_server: SiteServer) -> None:
    decoder.page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    site_server.requests.clear()
    decoder.open()
    decoder.page.wait_for_timeout(1500)
    assert not [path for path in site_server.requests if path.endswith(".wasm")]
    decoder.field.focus()
    expect(decoder.status).to_have_attribute("data-state", "ready", timeout=ANSWER_WITHIN)


def way_of(page: Page) -> str:
    """Return how Python has started."""
    return str(page.evaluate("performance.getEntriesByName('nameplate:ready')[0].detail.way"))
