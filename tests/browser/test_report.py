"""A name that was read wrongly or not wholly explained: what was meant, and how to report it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.decoder_page import DecoderPage
from tests.browser.server import SiteServer

NAME = "Qwen3-8B-zorp"
FORM = "https://forge.example/new?title={title}&body={body}"


def name_a_form(decoder: DecoderPage, site_server: SiteServer, form: str) -> None:
    """Have the page say that reports have this form; the site may have been built with one or without."""

    def with_form(route: object) -> None:
        body = (site_server.folder / "decode" / "index.html").read_text("utf-8")
        given = f'data-report="{form.replace("&", "&amp;")}"'
        route.fulfill(body=re.sub(r'data-report="[^"]*"', given, body))  # type: ignore[attr-defined]

    decoder.page.route("**/decode/", with_form)


def test_a_misspelt_word_is_mended_with_a_click(decoder: DecoderPage) -> None:
    decoder.open().read("Llama-3-8B-instuct").get_by_role("link", name="instruct", exact=True).click()
    decoder.answer("Llama-3-8B-instruct")
    expect(decoder.field).to_have_value("Llama-3-8B-instruct")
    expect(decoder.result.locator(".np-part.np-unknown")).to_have_count(0)


def test_a_report_is_copied_where_no_form_is_known(decoder: DecoderPage, site_server: SiteServer) -> None:
    name_a_form(decoder, site_server, "")
    decoder.open().read(NAME)
    decoder.button("Copy a report").click()
    expect(decoder.page.locator(".np-copy-report")).to_have_text("Copied")
    text = str(decoder.page.evaluate("navigator.clipboard.readText()"))
    assert text.startswith(f"Not explained in {NAME}: zorp\n\nName: `{NAME}`")
    assert "terms/<group>/zorp.md" in text
    expect(decoder.page.get_by_role("link", name="How to contribute")).to_have_attribute(
        "href", re.compile(r"contributing/#report-a-name$")
    )


def test_a_report_opens_the_form_that_the_site_names(decoder: DecoderPage, site_server: SiteServer) -> None:
    name_a_form(decoder, site_server, FORM)
    decoder.open().read(NAME)
    link = decoder.page.get_by_role("link", name="Report this name")
    expect(link).to_be_visible()
    query = parse_qs(urlsplit(str(link.get_attribute("href"))).query)
    assert query["title"] == [f"Not explained in {NAME}: zorp"]
    assert "What it really means" in query["body"][0]


def test_every_answer_about_one_name_can_be_reported(decoder: DecoderPage) -> None:
    decoder.open().read("Qwen3-8B")
    expect(decoder.page.locator(".np-report")).to_be_visible()
    expect(decoder.page.locator(".np-report")).to_contain_text("Wrong? Tell us")
    decoder.open("decode/#q=llama-7b&with=llama-13b-chat").answer("llama-7b")
    expect(decoder.page.locator(".np-report")).to_be_hidden()
