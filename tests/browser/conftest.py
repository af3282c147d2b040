"""What the tests of several widgets share."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.decoder_page import DecoderPage


@pytest.fixture
def decoder(page: Page) -> DecoderPage:
    return DecoderPage(page)
