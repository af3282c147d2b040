"""The picture of the way from text to text through a model."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

from plugins.site.page import PageAddress
from plugins.site.whole_way import FOLLOWING, PLACES, STATIONS, whole_way, whole_way_list

XLINK = "http://www.w3.org/1999/xlink"
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
HERE = PageAddress("guide/what-is-an-llm.md", "guide/what-is-an-llm/")


def picture() -> ET.Element:
    return ET.fromstring(whole_way(HERE).replace("data-search-exclude", f'xmlns:xlink="{XLINK}"'))


def said(element: ET.Element) -> str:
    """Return what a screen reader finds in an element."""
    if element.get("aria-hidden") == "true":
        return ""
    return " ".join(filter(None, [element.text or "", *map(said, element)]))


def test_every_station_is_a_link_that_says_what_happens_there() -> None:
    links = picture().findall(".//a")
    assert [said(link) for link in links] == [f"{one.title} {one.says}" for one in STATIONS]
    assert links[0].get(f"{{{XLINK}}}href") == "../../guide/what-is-an-llm/#an-app-is-not-a-model"
    assert len(links) == 9


def test_the_way_leads_through_both_halves_of_a_layer_to_a_drawn_token() -> None:
    titles = [one.title for one in STATIONS]
    inside = [one.title for one in STATIONS if one.inset]
    assert (titles[0], titles[-1]) == ("Text", "A drawn token")
    assert inside == ["Word order", "Attention", "Feed-forward network"]


def test_stations_do_not_overlap() -> None:
    boxes = [one for one in picture().iter("rect") if one.get("class") == "site-way-box"]
    edges = [(int(box.get("y", 0)), int(box.get("y", 0)) + int(box.get("height", 0))) for box in boxes]
    assert all(end < start for (_, end), (start, _) in pairwise(edges))
    _, _, width, height = map(int, picture().find("svg").get("viewBox").split())  # type: ignore[union-attr]
    assert edges[-1][1] < height
    assert all(int(one.get("x", 0)) + int(one.get("width", 0)) < width for one in picture().iter("rect"))


def test_the_picture_leaves_colours_to_the_page() -> None:
    assert not re.search(r"style=|fill=|stroke=|#[0-9a-f]{6}", whole_way(HERE))


def test_the_chances_are_those_of_the_counted_novel() -> None:
    page = (GUIDE / "next-word.md").read_text(encoding="utf-8")
    for word, times in FOLLOWING.items():
        assert f"| {word} | {times} | {round(100 * times / PLACES)} % |" in page


def test_the_plain_text_lists_the_same_stations() -> None:
    lines = whole_way_list(HERE).splitlines()
    assert lines[4] == (
        "5. [Attention](../../guide/transformer/#first-half-attention): tokens take in what came before"
    )
    assert len(lines) == len(STATIONS)
