"""Sorting a table in a real browser: by mouse, by keyboard, on a phone, and back to how it was written."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

QUANTS = "guide/quantization/"


def first_labels(page: Page) -> list[str]:
    return page.locator(".site-quants tbody tr:not(.site-group) th").all_inner_texts()[:3]


@pytest.fixture
def quants(page: Page) -> Page:
    page.goto(QUANTS)
    expect(page.locator(".site-quants thead button").first).to_be_visible()
    return page


def test_a_column_is_sorted_up_then_down_then_as_written(quants: Page) -> None:
    written = first_labels(quants)
    title = quants.locator(".site-quants thead th", has_text="Bits per weight")
    title.locator("button").click()
    assert title.get_attribute("aria-sort") == "ascending"
    bits = quants.locator(".site-quants td[data-label='Bits per weight']").evaluate_all(
        "cells => cells.map(cell => Number(cell.dataset.key))"
    )
    assert bits == sorted(bits)
    expect(quants.locator(".site-group")).to_have_count(0)
    title.locator("button").click()
    assert title.get_attribute("aria-sort") == "descending"
    title.locator("button").click()
    assert title.get_attribute("aria-sort") is None
    assert first_labels(quants) == written


def test_what_is_not_known_comes_last_in_either_direction(quants: Page) -> None:
    button = quants.locator(".site-quants thead th", has_text="What it loses").locator("button")
    for _ in range(2):
        button.click()
        keys = quants.locator(".site-quants td[data-label='What it loses']").evaluate_all(
            "cells => cells.map(cell => cell.dataset.key)"
        )
        known = [key for key in keys if key]
        assert known
        assert keys == known + [""] * (len(keys) - len(known))


def test_a_table_is_sorted_by_keyboard(quants: Page) -> None:
    quants.locator(".site-quants thead th", has_text="Label").locator("button").focus()
    quants.keyboard.press("Enter")
    assert quants.locator(".site-quants thead th").first.get_attribute("aria-sort") == "ascending"


def test_on_a_phone_a_list_takes_the_place_of_the_titles(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(QUANTS)
    page.get_by_label("Sort by").select_option(label="Size for 8B, upwards")
    expect(page.locator(".site-quants thead")).to_be_hidden()
    sizes = page.locator(".site-quants td[data-label='Size for 8B']").evaluate_all(
        "cells => cells.map(cell => Number(cell.dataset.key))"
    )
    assert sizes == sorted(sizes)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_size_of_a_variant_is_told_in_its_row_once_groups_are_gone(page: Page) -> None:
    page.goto("families/llama-3-1/")
    size = page.locator(".site-variants tbody td[data-label='Size']").first
    expect(size).to_be_hidden()
    page.locator(".site-variants thead th", has_text="Model").locator("button").click()
    expect(size).to_be_visible()
