"""Dates in names: each way of writing them, and the numbers that look like one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from nameplate.notation.candidate import MakeMeaning
from nameplate.notation.dates import date, is_month_and_day, put_in_order, short_date
from nameplate.vocabulary.meaning import Candidate, Condition, Meaning


def make(notation: str, field: str | None, value: Any, cost: float, *when: Condition) -> Meaning:
    return Meaning(field, value, notation, None, cost, when)


def found(candidates: Iterable[Candidate]) -> list[tuple[int, Any, float]]:
    candidates = list(candidates)
    for one in candidates:
        field, value, notation, *_ = one.parts[0][2]
        assert (field, notation) == (("date", "date") if value is not None else (None, "unknown"))
    return [(one.length, one.parts[0][2].value, one.parts[0][2].cost) for one in candidates]


MAKE: MakeMeaning = make


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20240620", [(8, "2024-06-20", 0.0)]),
        ("20240620-x", [(8, "2024-06-20", 0.0)]),
        ("2025-04-14", [(10, "2025-04-14", 0.0)]),
        ("2025_04_14", [(10, "2025-04-14", 0.0), (7, "2025-04", 0.3)]),
        ("2025.04.14", [(10, "2025-04-14", 0.0), (7, "2025-04", 0.3)]),
        ("2025-04_14", [(7, "2025-04", 0.3)]),
        ("20251110_154703", [(15, "2025-11-10", 0.0)]),
        ("2026_04_06_16_57", [(16, "2026-04-06", 0.0), (7, "2026-04", 0.3)]),
        ("20241301", []),
        ("20240001", []),
        ("20241200", []),
        ("20241232", []),
        ("20241231", [(8, "2024-12-31", 0.0)]),
        ("202406201", []),
        ("05-06-2025", [(10, "2025-05-06", 0.2)]),
        ("15-06-2025", [(10, "2025-06-15", 0.2)]),
        ("15-16-2025", []),
        ("25-06-15", [(8, "2025-06-15", 0.4)]),
        ("21-09-24", [(8, None, 0.4)]),
        ("45-50-60", []),
        ("21-09-24-1", []),
        ("2024-12", [(7, "2024-12", 0.3)]),
        ("202401", [(6, "2024-01", 0.3)]),
        ("2024-13", []),
        ("2024-00", []),
        ("12-2024", [(7, "2024-12", 0.1)]),
        ("01-2024", [(7, "2024-01", 0.1)]),
        ("13-2024", []),
        ("00-2024", []),
        ("05-06", [(5, "--05-06", 0.9)]),
        ("11-24", [(5, "--11-24", 2.2)]),
        ("11-24-8", []),
        ("13-24", []),
        ("11-32", []),
        ("x", []),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, expected: list[tuple[int, Any, float]]) -> None:
    assert found(date(text, MAKE)) == expected


def test_a_month_and_a_day_behind_a_release_stage_are_likelier_a_date() -> None:
    [one] = date("11-24", MAKE)
    [condition] = one.parts[0][2].when
    assert (condition.after, condition.cost) == (("release_stage",), 0.3)
    assert condition.why == "it follows a release stage"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2507", [(4, "2507", 0.4)]),
        ("0528", [(4, "0528", 0.4)]),
        ("1124", [(4, "1124", 0.4)]),
        ("250715", [(6, "250715", 0.4)]),
        ("259915", []),
        ("9999", []),
        ("25071", []),
        ("2024", [(4, "2024", 0.8)]),
        ("2012", [(4, "2012", 0.4), (4, "2012", 0.8)]),
        ("2030", []),
    ],
)
def test_four_or_six_digits_can_be_a_date(text: str, expected: list[tuple[int, Any, float]]) -> None:
    assert found(short_date(text, MAKE)) == expected


@pytest.mark.parametrize(
    ("digits", "order", "expected"),
    [
        ("2507", "YYMM", "2025-07"),
        ("2001", "YYMM", "2020-01"),
        ("2912", "YYMM", "2029-12"),
        ("1912", "YYMM", None),
        ("3001", "YYMM", None),
        ("2513", "YYMM", None),
        ("2500", "YYMM", None),
        ("0528", "MMDD", "--05-28"),
        ("1231", "MMDD", "--12-31"),
        ("0101", "MMDD", "--01-01"),
        ("1301", "MMDD", None),
        ("0132", "MMDD", None),
        ("1124", "MMYY", "2024-11"),
        ("0120", "MMYY", "2020-01"),
        ("1229", "MMYY", "2029-12"),
        ("0024", "MMYY", None),
        ("1324", "MMYY", None),
        ("1119", "MMYY", None),
        ("1130", "MMYY", None),
        ("250715", "YYMMDD", "2025-07-15"),
        ("300715", "YYMMDD", None),
        ("251315", "YYMMDD", None),
        ("2507", "YYMMDD", None),
        ("2507", "DDMM", None),
    ],
)
def test_digits_are_put_in_the_order_of_the_family(digits: str, order: str, expected: str | None) -> None:
    assert put_in_order(digits, order) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("05", "06", True), ("11", "24", True), ("12", "31", True), ("13", "01", False), ("00", "10", False),
     ("05", "00", False), ("05", "32", False), ("5", "06", False), ("05", "6", False), ("5", "6", False)],
)  # fmt: skip
def test_a_month_and_a_day_have_two_digits_each(first: str, second: str, expected: bool) -> None:
    assert is_month_and_day(first, second) is expected
