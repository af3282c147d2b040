"""What came out is judged: every element, attribute, address and script of a built page."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.site.checkout import Site
from plugins.trust import built
from tests.trust.attacks import ROOT
from tests.trust.built_pages import NO_SCRIPT, held, page, pieces


@pytest.mark.parametrize("row", pieces(), ids=lambda row: f"{row['in']}: {row['html']}")
def test_a_piece_that_is_not_ours_is_refused(row: dict[str, str]) -> None:
    assert held(row)


def test_a_plain_page_passes() -> None:
    text = '<h1 id="x">X</h1><p>1 &lt; 2 <a href="../y/?q=z#a">y</a></p><td align="right">1</td>'
    assert built.judged(page(article=text), NO_SCRIPT) == []


def test_our_own_scripts_pass_and_a_changed_one_does_not() -> None:
    known = built.scripts(Site(ROOT))
    script = 'for (const sheet of document.querySelectorAll("link[rel=stylesheet]")) sheet.href = sheet.href'
    whole = f"<script>\n      {script}\n    </script>"
    assert built.judged(page(head=whole), known) == []
    assert built.judged(page(head=whole.replace("sheet.href\n", "sheet.href + location\n")), known) != []


def test_a_fault_names_the_place_in_the_source(tmp_path: Path) -> None:
    (tmp_path / "docs" / "guide").mkdir(parents=True)
    (tmp_path / "docs" / "guide" / "x.md").write_text('# X\n\n\n<b onclick="x">y</b>\n', encoding="utf-8")
    out = tmp_path / "site" / "guide" / "x" / "index.html"
    out.parent.mkdir(parents=True)
    out.write_text(page(article='<b onclick="x">y</b>'), encoding="utf-8")
    [fault] = built.check(Site(tmp_path), tmp_path / "site", out, NO_SCRIPT)
    assert (fault.path, fault.line) == (tmp_path / "docs" / "guide" / "x.md", 4)
    assert "guide/x/index.html" in fault.place


def test_every_page_of_this_site_holds_only_what_we_make(built_site: Path) -> None:
    assert built.refuse(Site(ROOT), built_site) > 100
