"""The card that a family's page begins with."""

from __future__ import annotations

import re

from plugins.catalog.loader import load
from plugins.site.family_card import card
from plugins.site.page import PageAddress

HERE = PageAddress("families/qwen3.md", "families/qwen3/")


def rows(slug: str) -> dict[str, str]:
    catalog = load()
    html = card(catalog.families[slug], HERE, catalog.licences)
    return dict(re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", html))


def test_a_card_has_what_most_readers_come_for() -> None:
    found = rows("qwen3")
    assert list(found) == ["Made by", "Sizes", "Context", "Licence", "No suffix", "Latest"]
    assert found["Made by"] == "Alibaba Cloud"
    assert found["Sizes"] == "600M to 235B"
    assert found["Context"] == "32,768 to 262,144 tokens"
    assert found["No suffix"].startswith("A Qwen3 name without a suffix is the post-trained model.")


def test_the_latest_members_are_models_and_not_their_copies() -> None:
    latest = rows("qwen3")["Latest"]
    assert latest.count("<code>") == 3
    assert "4B-Instruct-2507" in latest
    assert "FP8" not in latest
    assert 'href="../../decode/#q=' in latest


def test_what_is_not_known_has_no_row() -> None:
    catalog = load()
    bare = next(known for known in catalog.families.values() if known.no_suffix is None)
    assert "No suffix" not in card(bare, HERE)
