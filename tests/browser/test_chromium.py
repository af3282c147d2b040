"""The browser of the tests: it ends where it hangs, and is there again for the next test."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from tests.chromium import ARGUMENTS, Chromium


def test_a_browser_that_hangs_is_ended_and_started_again(chromium: Chromium, chromium_path: str) -> None:
    other = Chromium(chromium.playwright, chromium_path, ARGUMENTS)
    page = other.browser.new_page()
    with pytest.raises(Error), other.ended_after(1):
        page.evaluate("new Promise(() => {})")
    assert other.browser.new_page().evaluate("1 + 1") == 2
    assert chromium.browser.is_connected()
    other.close()
