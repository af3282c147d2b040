"""What holds for every kind of page: it fits a phone, and nobody is shut out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.decoder_page import ANSWER_WITHIN, DecoderPage
from tests.browser.picker_page import PickerPage
from tests.browser.server import SiteServer

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
GLOSSARY = "glossary/"
OF_COLOURS = ("color-contrast", "link-in-text-block", "image-alt", "svg-img-alt")  # rules of axe
# A page of every kind; the guide's others are made of the same pieces, and looked at every night.
KINDS = [
    "",
    "decode/",
    "choose/",
    GLOSSARY,
    "guide/",
    "guide/what-is-an-llm/",
    "guide/suffixes/",
    "guide/quantization/",
    "guide/exercises/",
    "families/",
    "families/qwen3/",
    "contributing/",
    "api/",
    "embed/",
]
OTHERS = [
    "guide/word-vectors/",
    "guide/transformer/",
    "guide/next-word/",
    "guide/training/",
    "guide/sizes/",
    "guide/which-variant/",
    "guide/roles/",
    "guide/whats-in-a-name/",
    "guide/files-and-programs/",
    "guide/cloud-names/",
    "guide/dates-and-versions/",
    "guide/merges-and-traps/",
    "guide/licences/",
    "guide/model-cards/",
    "guide/will-it-fit/",
    "guide/name-your-own/",
    "families/claude/",
]
ALL = [*KINDS, *OTHERS]
AT_NIGHT = [pytest.param(page, marks=pytest.mark.nightly) for page in OTHERS]
LONG = "hf.co/bartowski/Qwen3-Coder-30B-A3B-Instruct-2507-abliterated-zorp-GGUF:Q4_K_M"


@pytest.mark.parametrize("address", [*KINDS, *AT_NIGHT])
def test_nothing_is_wider_than_the_screen(page: Page, address: str) -> None:
    page.goto(address)
    for width in (320, 390, 768, 1024):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))")
        assert _width(page) <= width  # now that the theme's search field has moved to its place


@pytest.mark.parametrize(
    "address", ["decode/", "choose/", "guide/will-it-fit/", "guide/suffixes/", "families/", "families/qwen3/"]
)
def test_no_table_scrolls_sideways_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    tables = page.locator("article :is(table, .site-scroll, .np-scroll, .md-typeset__table)")
    assert tables.count() > 0
    assert (
        tables.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML)")
        == []
    )


def test_the_families_without_a_suffix_are_filtered(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("guide/suffixes/")
    rows = page.locator(".site-suffixes tbody tr:visible")
    every = rows.count()
    field = page.get_by_role("searchbox", name="Filter the families")
    field.focus()
    page.keyboard.type("qwen3 thinks")
    expect(page.locator("nameplate-filter output")).to_have_text(f"{rows.count()} of {every} families")
    assert 0 < rows.count() < 10
    assert all("Qwen3" in name for name in rows.locator("th").all_inner_texts())
    field.fill("nothing like it")
    expect(page.locator("nameplate-filter output")).to_have_text("No family fits.")
    field.fill("")
    expect(rows).to_have_count(every)


def test_no_reading_is_wider_than_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    decoder = DecoderPage(page).open()
    for name in (LONG, "a" * 300, "<b>" * 60):
        decoder.read(name)
        assert _width(page) <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["", "decode/#q=llama-7b", "glossary/"])
def test_a_page_has_the_colours_of_the_system_before_the_script_of_the_theme(
    page: Page, address: str, scheme: Literal["light", "dark"]
) -> None:
    page.route("**/assets/javascripts/*", lambda route: route.abort())
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    assert _is_dark(page) == (scheme == "dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [*(page for page in KINDS if page != GLOSSARY), "404.html", *AT_NIGHT])
def test_axe_finds_no_barrier(page: Page, address: str, scheme: Literal["light", "dark"]) -> None:
    _expect_no_barrier(page, address, scheme)


@pytest.mark.nightly
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_in_the_glossary(page: Page, scheme: Literal["light", "dark"]) -> None:
    """The longest page by far, which takes axe some minutes."""
    _expect_no_barrier(page, GLOSSARY, scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_in_a_choice(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    picker = PickerPage(page).open(
        names="Qwen3-8B,Qwen3-8B-Base,Qwen3-235B-A22B", task="chat", machine="RTX 4090 of mine"
    )
    picker.answer()
    for part in ("others", "changes", "working"):
        picker.unfold(part)
    picker.unfold_question()
    assert _is_dark(page) == (scheme == "dark")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert _barriers(page) == []


def test_axe_finds_no_barrier_in_an_answer(page: Page) -> None:
    DecoderPage(page).open().read(LONG)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert _barriers(page) == []


@pytest.mark.parametrize(
    "address", ["decode/#q=Qwen3-8B&with=llama-13b-chat", "decode/#q=llama-7b&q=llama-13b-zorp&q=%09"]
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
    DecoderPage(page).open("decode/#q=x-7b").answer("x-7b", "error")
    assert _barriers(page) == []


def test_no_script_is_needed_to_read(browser: Browser, site_server: SiteServer) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site_server.url)
    page = context.new_page()
    for address in ALL:
        page.goto(address, wait_until="domcontentloaded")
        assert len(page.locator("article").inner_text()) > 200, address
    context.close()


@pytest.mark.parametrize("address", ["", "families/qwen3/"])
def test_every_stop_of_the_tab_key_can_be_seen(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".md-search__input").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().height") > 0


@pytest.mark.parametrize("address", [page for page in ALL if page.startswith("guide/")])
def test_each_page_of_the_guide_leads_to_the_decoder(built_site: Path, address: str) -> None:
    page = (built_site / address / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<article.*<a [^>]*href="[^"]*decode/', page, re.DOTALL)


def test_the_stations_of_the_whole_way_lead_to_their_sections(page: Page) -> None:
    page.goto("guide/")
    page.get_by_role("article").get_by_role("link", name="What a large language model is").click()  # instant navigation
    station = page.get_by_role("link", name="Attention tokens take in what came before")
    station.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="First half: attention")).to_be_in_viewport()
    assert page.url.endswith("/guide/transformer/#first-half-attention")


def _width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def _is_dark(page: Page) -> bool:
    """Whether the page is painted in dark colours, by what its body has behind its text."""
    colour = str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    return max(map(int, re.findall(r"\d+", colour)[:3])) < 128


def _expect_no_barrier(page: Page, address: str, scheme: Literal["light", "dark"]) -> None:
    """Run every rule in light colours, and in dark ones those that depend on colours and on which picture is shown."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    assert _is_dark(page) == (scheme == "dark")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert _barriers(page, OF_COLOURS if scheme == "dark" else ()) == []


def _barriers(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe reports by these rules, or by all, a line for each place, with the reason."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    found = page.evaluate(
        """async (rules) => {
          const only = rules.length ? { runOnly: rules } : {};
          return (await axe.run(document, { resultTypes: ["violations"], ...only })).violations;
        }""",
        list(rules),
    )
    return [f"{rule['id']}: {node['html']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def test_the_page_counts_the_exercises_that_a_reader_had_right(page: Page) -> None:
    page.goto("guide/exercises/")
    tally = page.locator("nameplate-tally").get_by_role("status")
    expect(tally).to_have_text("Tick what you had right, and the page counts.")
    for title in ("1. google/gemma-3-12b-it", "2. mistralai/Mistral-7B-Instruct-v0.3"):
        exercise = page.locator("details.question").filter(has_text=title)
        exercise.locator("summary").click()
        exercise.get_by_label("I had this right").check()
    expect(tally).to_have_text("2 of 26 right so far.")
    page.reload()
    expect(tally).to_have_text("Tick what you had right, and the page counts.")
