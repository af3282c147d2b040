"""The content security policy of a finished site, worked out from its pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.publish import page_policy

PAGE = '<!doctype html><html><head><meta charset="utf-8"><title>x</title></head><body>{}</body></html>'


def test_each_page_gets_the_policy_of_all_pages(tmp_path: Path) -> None:
    """Instant navigation shows the scripts of one page in the document of another."""
    (tmp_path / "deep").mkdir()
    pages = [tmp_path / "index.html", tmp_path / "deep" / "index.html"]
    for path, script in zip(pages, ("one()", "two()"), strict=True):
        path.write_text(PAGE.format(f"<script>{script}</script>"), encoding="utf-8")
    assert page_policy.finish(tmp_path) == 2
    first, second = (path.read_text(encoding="utf-8").partition("<title>")[0] for path in pages)
    assert first == second
    assert first.count("sha256-") == 2
    assert first.index("utf-8") < first.index("Content-Security-Policy")


def test_finishing_twice_changes_nothing(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(PAGE.format("<script>go()</script>"), encoding="utf-8")
    page_policy.finish(tmp_path)
    once = page.read_text(encoding="utf-8")
    page_policy.finish(tmp_path)
    assert page.read_text(encoding="utf-8") == once


@pytest.mark.parametrize(
    ("page", "hashes"),
    [
        ('<script src="a.js"></script>', 0),
        ('<script type="application/json">{"a": 1}</script>', 0),
        ('<script type="text/plain" data-later>no()</script>', 0),
        ('<script type="module">await 1</script>', 1),
        ("<script>a()</script><script>a()</script>", 1),
        ("<style>a { color: red }</style>", 1),
    ],
)
def test_what_a_browser_runs_has_a_hash(page: str, hashes: int) -> None:
    assert page_policy.policy([page]).count("sha256-") == hashes


@pytest.mark.parametrize("directive", ["'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*"])
def test_the_policy_lets_nothing_else_in(directive: str) -> None:
    assert directive not in page_policy.policy(["<script>go()</script>"]).split()


@pytest.mark.parametrize(
    "content", ['<td style="text-align: right">1</td>', "<b onclick=go()>x</b>", '<img src="a.png"\nonerror="go()">']
)
def test_what_the_policy_would_break_is_refused_with_its_place(tmp_path: Path, content: str) -> None:
    (tmp_path / "index.html").write_text(PAGE.format(content), encoding="utf-8")
    with pytest.raises(page_policy.PolicyError, match=r"^index\.html: <(td style|b onclick|img onerror)="):
        page_policy.finish(tmp_path)


def test_text_about_attributes_is_allowed(tmp_path: Path) -> None:
    content = '<p title="a <b style=">&lt;b onclick="x"&gt;</p><script>const html = "<b style=x>"</script>'
    assert list(page_policy.forbidden(PAGE.format(content))) == []


def test_a_page_without_a_character_set_is_refused() -> None:
    with pytest.raises(page_policy.PolicyError, match="no <meta charset"):
        page_policy.with_policy("<html></html>", "default-src 'none'")


def test_hosts_read_every_line_of_the_headers() -> None:
    lines = page_policy.headers(page_policy.policy(["<script>go()</script>"])).splitlines()
    assert lines[0] == "/*"
    assert {line.partition(":")[0].strip() for line in lines[1:]} >= {"Content-Security-Policy", "Permissions-Policy"}
    many = "".join(f"<script>go({number})</script>" for number in range(50))
    with pytest.raises(page_policy.PolicyError, match="longer than"):
        page_policy.headers(page_policy.policy([many]))
