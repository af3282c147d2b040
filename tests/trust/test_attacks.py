"""Every attack of the tables is refused, with its file and its line; what legitimate pages need passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trust.attacks import Attack, attacks, carry_out, legitimate, refused


@pytest.mark.parametrize("attack", attacks(), ids=lambda attack: attack.name)
def test_an_attack_is_refused_with_file_and_line(tmp_path: Path, attack: Attack) -> None:
    faults = carry_out(attack, tmp_path)
    assert refused(attack, faults, tmp_path), "\n".join(map(str, faults)) or "nothing was found"


def test_there_are_enough_attacks() -> None:
    assert len(attacks()) >= 150


@pytest.mark.parametrize("needed", legitimate(), ids=lambda needed: needed.name)
def test_what_legitimate_pages_need_passes(tmp_path: Path, needed: Attack) -> None:
    assert [str(fault) for fault in carry_out(needed, tmp_path)] == []
