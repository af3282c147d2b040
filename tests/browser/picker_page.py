"""The picker in a page, as a reader uses it."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from playwright.sync_api import Locator, Page, expect

ANSWER_WITHIN = 60_000  # ms; the first answer waits for Python, on a machine that may be busy


class PickerPage:
    """The page with the picker in it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, **asked: str) -> PickerPage:
        self.page.goto(f"choose/#{urlencode(asked, quote_via=quote)}" if asked else "choose/")
        return self

    @property
    def result(self) -> Locator:
        return self.page.locator("[data-nameplate=pick-result]")

    @property
    def verdict(self) -> Locator:
        return self.result.locator(".np-verdict")

    @property
    def names(self) -> Locator:
        return self.page.get_by_label("One per line, as you found them")

    @property
    def task(self) -> Locator:
        return self.page.get_by_label("In your words")

    @property
    def machine(self) -> Locator:
        return self.page.get_by_label("Its graphics card, or its memory")

    @property
    def usual_machine(self) -> Locator:
        return self.page.get_by_label("or a usual one:")

    @property
    def form(self) -> Locator:
        return self.page.locator("nameplate-picker form")

    def unfold_question(self) -> PickerPage:
        self.page.locator(".np-question-fold > summary").click()
        return self

    def unfold(self, part: str) -> Locator:
        folded = self.result.locator(f"details[data-part={part}]")
        folded.locator("summary").click()
        return folded

    @property
    def context(self) -> Locator:
        return self.page.get_by_role("slider")

    def answer(self, state: str = "ready") -> Locator:
        """Wait until the answer to what the form asks is there."""
        expect(self.result).to_have_attribute("data-state", state, timeout=ANSWER_WITHIN)
        return self.result
