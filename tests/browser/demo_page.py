"""A demonstration in a page of the guide, as a reader uses it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.decoder_page import ANSWER_WITHIN

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
CALL = re.compile(r'\{\{ demonstration\("([\w-]+)"\) \}\}')
# Where each demonstration is.
PLACES = {
    name: f"guide/{page.stem}/" for page in sorted(GUIDE.glob("*.md")) for name in CALL.findall(page.read_text("utf-8"))
}


class DemoPage:
    """A page with the demonstration of a name in it."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.element = page.locator(f'nameplate-demo[name="{name}"]')

    def open(self, address: str) -> DemoPage:
        self.page.goto(address)
        self.element.scroll_into_view_if_needed()
        expect(self.element.locator("fieldset")).to_be_enabled()
        return self

    @property
    def result(self) -> Locator:
        return self.element.locator("[data-nameplate=demo-result]")

    @property
    def says(self) -> Locator:
        return self.element.locator(".np-demo-says").first

    def control(self, label: str) -> Locator:
        return self.element.get_by_label(label)

    def slide(self, label: str, value: int) -> DemoPage:
        """Move a slider, as a finger or a mouse does."""
        self.control(label).fill(str(value))
        return self.answered()

    def press(self, title: str) -> DemoPage:
        self.element.get_by_role("button", name=title, exact=True).click()
        return self.answered()

    def answered(self) -> DemoPage:
        """Wait until the answer is there."""
        expect(self.result).to_have_attribute("data-state", "ready", timeout=ANSWER_WITHIN)
        return self
