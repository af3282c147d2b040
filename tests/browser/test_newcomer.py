"""Seven questions of a first visit, answered on a phone from the home page in at most three actions each.

An action is a tap, or a text that is typed or pasted into one field. Time isn't measured here: `make bench` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.decoder_page import ANSWER_WITHIN
from tests.browser.server import SiteServer
from tests.conftest import PERMISSIONS

MOST = 3
QUANTIZATIONS = (
    "IQ1_S", "IQ2_XXS", "IQ2_M", "Q2_K", "IQ3_XXS", "Q3_K_S", "Q3_K_M", "Q3_K_L", "IQ4_XS", "IQ4_NL",
    "Q4_0", "Q4_K_S", "Q4_K_M", "Q5_0", "Q5_K_S", "Q5_K_M", "Q6_K", "Q8_0", "BF16", "F32",
)  # fmt: skip


class Newcomer:
    """A phone with the home page on it, whose actions are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0
        page.goto("")

    def tap(self, target: Locator) -> None:
        self.actions += 1
        target.tap()

    def type(self, label: str, text: str) -> None:
        self.actions += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def paste(self, label: str, text: str) -> None:
        self.actions += 1
        self.page.get_by_label(label, exact=True).evaluate(
            """(field, text) => {
              const clipboardData = new DataTransfer();
              clipboardData.setData("text/plain", text);
              field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }""",
            text,
        )

    def reads(self, place: str, text: str | re.Pattern[str]) -> None:
        """Expect an answer, which the reader sees after few enough actions."""
        expect(self.page.locator(f"[data-nameplate={place}]")).to_have_attribute(
            "data-state", "ready", timeout=ANSWER_WITHIN
        )
        expect(self.page.locator(f"[data-nameplate={place}]")).to_contain_text(text)
        assert self.actions <= MOST


@pytest.fixture
def newcomer(browser: Browser, site_server: SiteServer) -> Iterator[Newcomer]:
    site_server.mend()
    context = browser.new_context(
        base_url=site_server.url,
        viewport={"width": 360, "height": 780},
        has_touch=True,
        is_mobile=True,
        bypass_csp=True,
        permissions=PERMISSIONS,
    )
    context.set_default_timeout(ANSWER_WITHIN)
    yield Newcomer(context.new_page())
    context.close()


def test_what_a_quantization_label_means(newcomer: Newcomer) -> None:
    newcomer.type("Model name", "Q4_K_M")
    newcomer.reads("decode-result", "4.9 bits per weight")


def test_which_of_three_fits_a_card(newcomer: Newcomer) -> None:
    newcomer.tap(newcomer.page.get_by_role("link", name="I have to choose between variants"))
    newcomer.type("One per line, as you found them", "Qwen3-8B-BF16\nQwen3-8B-Q4_K_M.gguf\nQwen3-32B-Q4_K_M.gguf")
    newcomer.type("Its graphics card, or its memory", "8 GB card")
    newcomer.reads("pick-result", re.compile("Take.*Qwen3-8B-Q4_K_M.gguf", re.DOTALL))


def test_how_two_names_differ(newcomer: Newcomer) -> None:
    newcomer.tap(newcomer.page.get_by_role("link", name="Two side by side"))
    newcomer.type("Model name", "Qwen3-8B")
    newcomer.type("Name to compare with", "Qwen3-8B-Base")
    newcomer.reads("decode-result", "it continues text and wasn't tuned to answer")


def test_what_a_part_of_a_name_means(newcomer: Newcomer) -> None:
    newcomer.type("Model name", "A22B")
    newcomer.reads("decode-result", "22 billion of its parameters are used for each token")


def test_a_wrong_explanation_is_reported(newcomer: Newcomer) -> None:
    newcomer.type("Model name", "Qwen3-8B")
    newcomer.reads("decode-result", "Qwen3-8B")
    newcomer.tap(newcomer.page.get_by_role("button", name="Copy a report"))
    expect(newcomer.page.locator(".np-copy-report")).to_have_text("Copied")
    newcomer.tap(newcomer.page.get_by_role("link", name="How to contribute"))
    expect(newcomer.page).to_have_url(re.compile(r"/contributing/#report-a-name$"))
    assert newcomer.actions <= MOST


def test_twenty_quantizations_become_a_table(newcomer: Newcomer) -> None:
    newcomer.paste("Model name", "\n".join(f"Qwen3-8B-{label}.gguf" for label in QUANTIZATIONS))
    newcomer.reads("decode-list", "20 names read.")
    bits = newcomer.page.locator(".np-list-rows td[data-label='Bits per weight']")
    expect(bits).to_have_count(len(QUANTIZATIONS))
    wide = "table => table.parentElement.scrollWidth > table.parentElement.clientWidth"
    assert not newcomer.page.locator(".np-list-rows").evaluate(wide)


def test_what_a_cloud_id_means(newcomer: Newcomer) -> None:
    newcomer.type("Model name", "us.anthropic.claude-3-5-sonnet-20241022-v2:0")
    newcomer.reads("decode-result", "Where the provider processes requests.")
