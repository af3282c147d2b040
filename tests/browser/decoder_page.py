"""The decoder in a page, as a reader uses it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

ANSWER_WITHIN = 60_000  # ms; the first answer waits for Python, on a machine that may be busy


class DecoderPage:
    """A page with a decoder in it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str = "decode/") -> DecoderPage:
        self.page.goto(address)
        return self

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Model name", exact=True)

    @property
    def result(self) -> Locator:
        return self.page.locator("[data-nameplate=decode-result]")

    @property
    def status(self) -> Locator:
        return self.page.locator(".np-status")

    def button(self, title: str) -> Locator:
        return self.page.locator("nameplate-decoder").get_by_role("button", name=title)

    def read(self, name: str) -> Locator:
        """Type a name and wait for its reading."""
        self.field.fill(name)
        return self.answer(name)

    def answer(self, name: str, state: str = "ready") -> Locator:
        """Wait until the answer to a name stands in the page."""
        expect(self.result).to_have_attribute("data-state", state, timeout=ANSWER_WITHIN)
        expect(self.result).to_have_attribute("data-name", name)
        return self.result
