"""A text falls into units that nothing reaches across: all that could start at a place of it is found in the unit there."""

from collections import Counter
from pathlib import Path

import pytest

from nameplate.address import platforms
from nameplate.lattice.chunks import Chunker, lower_case
from nameplate.lattice.lexer import Lexer
from nameplate.vocabulary.lookup import vocabulary

IDS = Path(__file__).parent.parent / "bench" / "ids.txt"
LEXER, UNITS = Lexer(vocabulary()), Chunker(vocabulary())
# Every notation that goes on over a mark, each with a mark that it may be written with.
ACROSS = [
    "7-billion", "7 b", "0-5b", "1_6b", "17b-16e", "7b-x8", "7b_x8", "100b-tokens", "3t_toks", "step-1431k", "step_900", "1431k-steps",
    "global_step_100", "epoch-3", "3-epochs", "ep_2", "seed-42", "context-length-4096", "ctx-8k", "8k-context", "4096_ctx", "seq-len-2048",
    "8-experts", "4-bit", "4_bits", "3.5-bpw", "3_5bpw", "bpw-4", "g-128", "gs_64", "q4-k-m", "q4_k_m", "iq2-xxs", "iq4_nl_xl", "ud-q4_k_xl",
    "ud_iq1_s", "q4_0_4_4", "0729q4_xs", "q3_k_8", "tq1_0", "00001-of-00009", "part-1-of-3", "split-00001-of-00002", "v1-5", "v3p1_2", "2025-04-14",
    "14-04-2025", "05-2026", "05-06", "4-5", "3_3", "text-to-image", "text_to_speech", "sha256-0123456789ab",
]  # fmt: skip


def found_in_units(text: str) -> Counter[object]:
    return Counter(
        (start + place, span)
        for start, unit in UNITS.of(text)
        for place in reached(unit.text, unit.lower)
        for span in LEXER.spans(unit.text, unit.lower, place)
    )


def reached(text: str, lower: str) -> list[int]:
    """The places of a text that a span leads to."""
    places = {0}
    for place in range(len(text)):
        if place in places:
            places |= {place + span.length for span in LEXER.spans(text, lower, place)}
    return sorted(places - {len(text)})


def found_in_whole(text: str) -> Counter[object]:
    lower = lower_case(text)
    starts = [start + place for start, unit in UNITS.of(text) for place in reached(unit.text, unit.lower)]
    return Counter((place, span) for place in starts for span in LEXER.spans(text, lower, place))


@pytest.mark.parametrize(
    "text", [f"{before}{text}{behind}" for text in ACROSS for before, behind in (("", ""), ("a-", "-it"))]
)
def test_notations_that_go_on_over_a_mark_stay_whole(text: str) -> None:
    assert not found_in_whole(text) - found_in_units(text)


def test_nothing_in_real_names_reaches_across_units() -> None:
    cut = []
    for name in IDS.read_text(encoding="utf-8").splitlines()[::10]:
        for region in platforms.parse(name, vocabulary()).regions:
            text = name[region.start : region.end]
            if found_in_whole(text) - found_in_units(text):
                cut.append(text)
    assert not cut
