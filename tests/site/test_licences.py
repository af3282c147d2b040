"""The table of what the licences of weights allow."""

from __future__ import annotations

import re
from typing import Any

from plugins.catalog.models import Licence
from plugins.site.licences import licence_table
from plugins.site.page import PageAddress

HERE = PageAddress("guide/licences.md", "guide/licences/")


def licence(tag: str, **changed: Any) -> Licence:
    given = {
        "licence": tag, "name": f"The {tag} licence", "commercial": "allowed", "description": f"What {tag} says.",
        "source": f"https://example.com/{tag}", "checked": "2026-11-30",
    }  # fmt: skip
    return Licence.model_validate({**given, **changed})


def table(*texts: Licence) -> str:
    return licence_table({one.licence: one for one in texts}, HERE)


def test_the_freest_licences_come_first() -> None:
    html = table(licence("nc", commercial="forbidden"), licence("limit", commercial="conditions"), licence("free"))
    assert re.findall(r"<code>(\w+)</code>", html) == ["free", "limit", "nc"]


def test_each_group_says_what_it_allows() -> None:
    html = table(licence("free"), licence("nc", commercial="forbidden"))
    assert "You may build a product on the weights." in html
    assert "without an agreement" in html
    assert re.findall(r'data-label="In a product\?"[^>]*>(\w+)</td>', html) == ["yes", "no"]


def test_a_licence_links_to_its_text_and_says_when_it_was_checked() -> None:
    html = table(licence("free"))
    assert '<a href="https://example.com/free">The free licence</a>' in html
    assert "<time>2026-11-30</time>" in html
