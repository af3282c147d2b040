"""Text in HTML and in addresses: as the standard library writes it."""

from __future__ import annotations

import html
import re
from urllib.parse import quote as quoted

from hypothesis import given
from hypothesis import strategies as st

from nameplate.address.quoting import quote
from nameplate.render.escape import escape, visible


@given(st.text())
def test_html_is_escaped_as_by_the_standard_library(text: str) -> None:
    assert escape(text) == html.escape(text)


@given(st.text(), st.sampled_from(["", "/", "/:"]))
def test_addresses_are_quoted_as_by_the_standard_library(text: str, safe: str) -> None:
    assert quote(text, safe=safe) == quoted(text, safe=safe)


@given(st.text())
def test_nothing_is_lost_by_numbering_what_nobody_sees(text: str) -> None:
    kept = re.sub(r'<span class="np-invisible" data-code="U\+[0-9A-F]{4,6}">|</span>', "", visible(text))
    assert html.unescape(kept) == html.unescape(escape(text))
