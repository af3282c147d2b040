"""Dates, in every order in which names write them."""

from __future__ import annotations

from collections.abc import Iterator

from ..patterns import pattern
from ..vocabulary.meaning import Candidate
from .candidate import END, MakeMeaning, condition, single

DAY = pattern(rf"(20\d\d)([-_.]?)(\d\d)\2(\d\d){END}")
DAY_AND_TIME = pattern(  # as programs write when they ran: 20251110_154703, 2026_04_06_16_57
    rf"(20\d\d)([-_.]?)(\d\d)\2(\d\d)[-_](?:[01]\d|2[0-3])(?:[0-5]\d[0-5]\d|([-_])[0-5]\d(?:\5[0-5]\d)?){END}"
)
DAY_BEHIND = pattern(rf"(\d\d)([-_.]?)(\d\d)\2(20\d\d){END}")
SHORT_DAY = pattern(rf"(\d\d)([-_.])(\d\d)\2(\d\d){END}(?![-_.]\d)")
MONTH = pattern(rf"(20\d\d)[-_.]?(\d\d){END}(?!-\d\d{END})")
MONTH_BEHIND = pattern(rf"(\d\d)-(20\d\d){END}")
MONTH_DAY = pattern(rf"(\d\d)-(\d\d){END}(?!-\d)")
DIGITS = pattern(rf"\d{{6}}{END}|\d{{4}}{END}")
NUMBER_AND_MONTH = pattern(rf"(\d)[.](2\d)(0[1-9]|1[0-2]){END}")  # Devstral Small 2.2512
YEAR = pattern(rf"20[12]\d{END}")
ORDERS = {4: ("YYMM", "MMDD", "MMYY"), 6: ("YYMMDD",)}
YEARS = range(20, 30)  # two digits that can be the year of a language model


def date(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`20240620`, `2025-04-14`, `20251110_154703`, `05-2026`, `2024-12`, `05-06`"""
    match = (DAY_AND_TIME.match(text) or DAY.match(text)) if text.startswith("20") else None
    if match and _is_day(match[3], match[4]):
        yield single(match.end(), make("date", "date", f"{match[1]}-{match[3]}-{match[4]}", 0.0))
    match = DAY_BEHIND.match(text)
    if match and _is_day(match[1], match[3]):
        yield single(match.end(), make("date", "date", f"{match[4]}-{match[1]}-{match[3]}", 0.2))
    elif match and _is_day(match[3], match[1]):  # 15-06-2025 has no fifteenth month
        yield single(match.end(), make("date", "date", f"{match[4]}-{match[3]}-{match[1]}", 0.2))
    match = SHORT_DAY.match(text)
    days = _days(match[1], match[3], match[4]) if match else set()
    if match and len(days) == 1:
        yield single(match.end(), make("date", "date", days.pop(), 0.4))
    elif match and days:
        yield single(match.end(), make("unknown", None, None, 0.4))  # 21-09-24 can be a day of 2021 or of 2024
    match = MONTH.match(text)
    if match and 1 <= int(match[2]) <= 12:
        yield single(match.end(), make("date", "date", f"{match[1]}-{match[2]}", 0.3))
    match = MONTH_BEHIND.match(text)
    if match and 1 <= int(match[1]) <= 12:
        yield single(match.end(), make("date", "date", f"{match[2]}-{match[1]}", 0.1))
    match = MONTH_DAY.match(text)
    if match and _is_day(match[1], match[2]):
        staged = condition(0.3, "it follows a release stage", after=("release_stage",))
        yield single(
            match.end(), make("date", "date", f"--{match[1]}-{match[2]}", 0.9 if match[1][0] == "0" else 2.2, staged)
        )


def short_date(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`2507`, `0528`, `1124`, `250715`: the order of the digits is the family's; they are put in order later"""
    match = DIGITS.match(text)
    if match and any(put_in_order(match[0], order) for order in ORDERS[len(match[0])]):
        yield single(match.end(), make("date", "date", match[0], 0.4))
    match = YEAR.match(text)
    if match:
        yield single(match.end(), make("date", "date", match[0], 0.8))
    match = NUMBER_AND_MONTH.match(text)
    if match:
        behind = condition(0.2, "it follows the name of a line", after=("family", "edition", "size_class"))
        first, second = (
            make("generation", "generation", match[1], 9.0, behind),
            make("date", "date", match[2] + match[3], 0.4),
        )
        yield Candidate(match.end(), ((0, 1, first), (2, match.end(), second)))


def put_in_order(digits: str, order: str) -> str | None:
    """The date that digits stand for when read in an order, or nothing if they cannot.

    >>> put_in_order("2507", "YYMM"), put_in_order("0528", "MMDD"), put_in_order("1124", "MMYY"), put_in_order("9999", "MMDD")
    ('2025-07', '--05-28', '2024-11', None)
    """
    first, second, third = digits[:2], digits[2:4], digits[4:]
    if order == "YYMM" and int(first) in YEARS and 1 <= int(second) <= 12:
        return f"20{first}-{second}"
    if order == "MMDD" and _is_day(first, second):
        return f"--{first}-{second}"
    if order == "MMYY" and 1 <= int(first) <= 12 and int(second) in YEARS:
        return f"20{second}-{first}"
    if order == "YYMMDD" and len(digits) == 6 and int(first) in YEARS and _is_day(second, third):
        return f"20{first}-{second}-{third}"
    return None


def _days(first: str, second: str, third: str) -> set[str]:
    """The days that three numbers of two digits can stand for: the year first, or last behind the month or the day.

    >>> sorted(_days("25", "06", "15")), sorted(_days("21", "09", "24"))
    (['2025-06-15'], ['2021-09-24', '2024-09-21'])
    """
    orders = ((first, second, third), (third, first, second), (third, second, first))
    return {f"20{y}-{m}-{d}" for y, m, d in orders if int(y) in YEARS and _is_day(m, d)}


def is_month_and_day(first: str, second: str) -> bool:
    """Whether two numbers of two digits each are a month and a day rather than a version: `05-06`, `11-24`."""
    return len(first) == len(second) == 2 and _is_day(first, second)


def _is_day(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31
