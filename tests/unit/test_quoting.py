"""Text in HTML and in addresses: as the standard library writes it."""

from __future__ import annotations

import html
from urllib.parse import quote as quoted

from hypothesis import given
from hypothesis import strategies as st

from nameplate.quoting import escape, quote


@given(st.text())
def test_html_is_escaped_as_by_the_standard_library(text: str) -> None:
    assert escape(text) == html.escape(text)


@given(st.text(), st.sampled_from(["", "/", "/:"]))
def test_addresses_are_quoted_as_by_the_standard_library(text: str, safe: str) -> None:
    assert quote(text, safe=safe) == quoted(text, safe=safe)
