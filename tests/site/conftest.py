"""Places in the site to call macros from."""

from __future__ import annotations

import pytest

from plugins.site.page import PageAddress


@pytest.fixture
def glossary_page() -> PageAddress:
    return PageAddress("glossary.md", "glossary/")


@pytest.fixture
def family_page() -> PageAddress:
    return PageAddress("families/otter-2.md", "families/otter-2/")
