"""How the site looks: twelve states beside the pictures of tests/browser/pictures/, which `make pictures` takes anew."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.server import SiteServer
from tests.chromium import Chromium
from tests.pictures import DIFFERENT, FOLDER, PROBE, SHADE, STATES, TOLERANCE, State, letters, picture

pytestmark = pytest.mark.nightly


@pytest.fixture(scope="module")
def browser_like_ours(chromium: Chromium) -> Browser:
    """The browser, if it draws letters as on the machine that took the pictures."""
    browser = chromium.browser
    if different(browser, (FOLDER / f"{PROBE}.png").read_bytes(), letters(browser)) > TOLERANCE:
        pytest.skip("This machine draws letters differently from the one that took the pictures.")
    return browser


def different(browser: Browser, before: bytes, after: bytes) -> float:
    """Return the share of pixels in which two pictures differ; all of them if they have different sizes."""
    page = browser.new_page()
    share = page.evaluate(DIFFERENT, [b64encode(before).decode(), b64encode(after).decode(), SHADE])
    page.close()
    return float(share)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_the_site_looks_as_before(
    browser_like_ours: Browser, site_server: SiteServer, state: State, tmp_path: Path
) -> None:
    before = (FOLDER / f"{state.name}.png").read_bytes()
    after = picture(browser_like_ours, site_server.url, state)
    (tmp_path / f"{state.name}.png").write_bytes(after)
    share = different(browser_like_ours, before, after)
    assert share <= TOLERANCE, f"{share:.1%} of the pixels differ: see {tmp_path}; make pictures takes them anew"
