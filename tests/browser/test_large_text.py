"""With letters of twice the size on a phone, no page and no answer makes its reader scroll sideways.

Tables may scroll in a box of their own. Every page of the guide is looked at, since each has tables and demonstrations that
no other has.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.browser.decoder_page import ANSWER_WITHIN, DecoderPage
from tests.browser.picker_page import PickerPage
from tests.browser.server import SiteServer
from tests.browser.test_pages import ALL, LONG
from tests.pictures import FILES

WIDTH = 360
TWICE = "html { font-size: 250% !important; }"  # the theme begins with 125 %
# What reaches over the edge and is in no box that scrolls by itself.
TOO_WIDE = """(width) => {
  const inOwnBox = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== "visible") return true;
    }
    return false;
  };
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > width + 1 && !inOwnBox(one))
    .map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 40)}`);
}"""


def _decoded(name: str) -> Callable[[Page], None]:
    return lambda page: _wait(page, f"decode/#q={quote(name, safe='')}", "decode-result")


def _wait(page: Page, address: str, place: str) -> None:
    page.goto(address)
    page.locator(f"[data-nameplate={place}][data-state=ready]").wait_for(timeout=ANSWER_WITHIN)


def _listed(page: Page) -> None:
    decoder = DecoderPage(page).open("decode/#view=list")
    page.get_by_label("Model names, one on each line").fill(FILES)
    decoder.button("Explain all").click()
    page.locator("[data-nameplate=decode-list][data-state=ready]").wait_for(timeout=ANSWER_WITHIN)


def _chosen(**asked: str) -> Callable[[Page], None]:
    def choose(page: Page) -> None:
        picker = PickerPage(page).open(**asked)
        picker.answer()
        for fold in picker.result.locator("details").all():
            fold.evaluate("fold => { fold.open = true; }")

    return choose


def _searched(page: Page) -> None:
    page.goto("")
    page.locator(".md-header [for=__search]").first.click()
    page.locator(".md-search__input").fill("quantization")
    page.locator(".md-search-result__item").first.wait_for()


NAMES = "Qwen3-8B-Base,Qwen3-8B,Qwen3-235B-A22B,mradermacher/Qwen3-Coder-30B-A3B-Instruct-i1-GGUF"
STATES: dict[str, Callable[[Page], None]] = {
    "one name": _decoded(LONG),
    "a name that nobody knows": _decoded("zorp-frobnicator" * 9),
    "no name at all": _decoded("Which one is the best for me?"),
    "two names": lambda page: _wait(page, f"decode/#q=Qwen%2FQwen3-8B&with={quote(LONG, safe='')}", "decode-result"),
    "a list of files": _listed,
    "a choice": _chosen(names=NAMES, task="chat", machine="RTX 4090"),
    "a choice of several tasks": _chosen(names="", task="transcribe calls, then translate them", machine="RTX 4090"),
    "a choice among all models": _chosen(task="help customers", machine="8 GB RAM, no card"),
    "a choice that nothing fits": _chosen(names=NAMES, task="chat", machine="RTX 3050"),
    "a choice that asks back": _chosen(names=NAMES, task="asdf"),
    "search": _searched,
}


@pytest.fixture
def phone(page: Page) -> Page:
    """A page of a phone with large letters."""
    page.set_viewport_size({"width": WIDTH, "height": 780})
    page.emulate_media(reduced_motion="reduce")
    return page


@pytest.mark.parametrize("address", [*ALL, "404.html"])
def test_no_page_scrolls_sideways(phone: Page, address: str) -> None:
    phone.goto(address)
    assert _too_wide(phone) == []


@pytest.mark.parametrize("state", STATES)
def test_no_answer_scrolls_sideways(phone: Page, state: str) -> None:
    STATES[state](phone)
    assert _too_wide(phone) == []


def test_no_refusal_scrolls_sideways(phone: Page) -> None:
    DecoderPage(phone).open(f"decode/#q={'y' * 1100}").answer("y" * 1100, "error")
    assert _too_wide(phone) == []
    picker = PickerPage(phone).open(names="Qwen3-8B", task="chat")
    picker.answer()
    picker.unfold_question()
    picker.usual_machine.select_option("own")
    phone.get_by_label("Graphics memory to fill, GB").fill("-3")
    picker.answer("error")
    assert _too_wide(phone) == []


def test_no_failure_scrolls_sideways(phone: Page, site_server: SiteServer) -> None:
    site_server.missing.add(".wasm")
    DecoderPage(phone).open("decode/#q=x-7b").answer("x-7b", "error")
    assert _too_wide(phone) == []


def _too_wide(page: Page) -> list[str]:
    """Return what makes the page scroll sideways once its letters are twice as large."""
    page.add_style_tag(content=TWICE)
    page.evaluate("document.fonts.ready")
    found: list[str] = page.evaluate(TOO_WIDE, WIDTH)
    return found
