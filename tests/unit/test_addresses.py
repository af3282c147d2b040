"""The project's addresses: from one place to the site's links."""

from __future__ import annotations

import sys
from urllib.parse import parse_qs, urlsplit

import pytest

from plugins.publish import addresses

GITHUB = {"GITHUB_REPOSITORY": "Some/nameplate", "GITHUB_SERVER_URL": "https://github.com"}


def test_nothing_is_known_where_nothing_is_said() -> None:
    assert addresses.addresses({}, {}) == {}


def test_what_is_written_counts_for_more_than_where_it_is_built() -> None:
    found = addresses.addresses(
        {"Documentation": "https://example.org/np", "Source": "https://github.com/a/b.git"}, GITHUB
    )
    assert found["SITE_URL"] == "https://example.org/np/"
    assert found["EDIT_URI"] == "https://github.com/a/b/edit/main/docs/{path}"
    assert found["REPORT_URL"].startswith("https://github.com/a/b/issues/new?template=wrong-reading.yml&")


def test_what_the_environment_says_stays() -> None:
    found = addresses.addresses({"Documentation": "https://example.org/np/"}, {"SITE_URL": "http://127.0.0.1/"})
    assert found == {}


def test_a_repository_on_github_says_where_its_pages_are() -> None:
    assert addresses.addresses({}, GITHUB)["SITE_URL"] == "https://some.github.io/nameplate/"
    own = {**GITHUB, "GITHUB_REPOSITORY": "Some/some.github.io"}
    assert addresses.addresses({}, own)["SITE_URL"] == "https://some.github.io/"


def test_another_forge_gets_a_title_and_a_text() -> None:
    found = addresses.addresses({"Source": "https://forge.example/a/b"}, {})
    assert found == {"REPORT_URL": "https://forge.example/a/b/issues/new?title={title}&body={body}"}
    assert set(parse_qs(urlsplit(found["REPORT_URL"]).query)) == {"title", "body"}


def test_a_command_knows_the_addresses(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("SITE_URL", "EDIT_URI", "REPORT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in GITHUB.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(addresses, "project_urls", lambda _: {})
    assert addresses.main([sys.executable, "-c", "import os; print(os.environ['SITE_URL'])"]) == 0
    assert capfd.readouterr().out == "https://some.github.io/nameplate/\n"
