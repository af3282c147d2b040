"""Every attack of the tables is refused, with its file and its line; what legitimate pages need passes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plugins.catalog.faults import Fault
from plugins.site.checkout import Page, Site
from plugins.site.macro_names import NAMES
from plugins.trust import contributed
from tests.trust.attacks import CHECKOUT, Attack, attacks, carry_out, legitimate, refused


@pytest.mark.parametrize("attack", attacks(), ids=lambda attack: attack.name)
def test_an_attack_is_refused_with_file_and_line(tmp_path: Path, attack: Attack) -> None:
    faults = carry_out(attack, tmp_path)
    assert refused(attack, faults, tmp_path), "\n".join(map(str, faults)) or "nothing was found"


def test_there_are_enough_attacks() -> None:
    assert len(attacks()) >= 150


@pytest.mark.parametrize("needed", legitimate(), ids=lambda needed: needed.name)
def test_what_legitimate_pages_need_passes(tmp_path: Path, needed: Attack) -> None:
    assert [str(fault) for fault in carry_out(needed, tmp_path)] == []


def test_a_second_check_judges_only_what_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in CHECKOUT.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("markdown_extensions: [admonition]\n", encoding="utf-8")
    judged: list[str] = []
    one = contributed.check_page

    def noted(page: Page, *given: Any) -> Iterator[Fault]:
        judged.append(page.source)
        return one(page, *given)

    monkeypatch.setattr(contributed, "check_page", noted)
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n<script>x</script>\n", encoding="utf-8")
    first = contributed.check(Site(tmp_path), NAMES)
    assert first
    assert len(judged) == 2
    assert contributed.check(Site(tmp_path), NAMES) == first
    assert len(judged) == 2
    (tmp_path / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    contributed.check(Site(tmp_path), NAMES)
    assert judged[2:] == ["index.md"]
    (tmp_path / "mkdocs.yml").write_text("markdown_extensions: []\n", encoding="utf-8")
    contributed.check(Site(tmp_path), NAMES)
    assert len(judged) == 5
