"""Check that the numbers in the prose of a family page are those of its table.

Numbers that belong to something outside the table, such as another family or a vision encoder, are listed in
numbers_elsewhere.yml with the reason; a row that is no longer needed is a fault too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..catalog.faults import Fault
from ..catalog.front_matter import FrontMatterError, read_page, read_yaml
from ..catalog.loader import CatalogError
from ..catalog.models import Family
from ..site.checkout import Page, Site

ELSEWHERE = Path(__file__).with_name("numbers_elsewhere.yml")
SIZES = ("params_b", "active_params_b", "effective_params_b")
IN_BILLIONS: Mapping[str, float] = {"million": 1e-3, "billion": 1, "trillion": 1e3, "M": 1e-3, "B": 1, "T": 1e3}
# How far a size in a name may be from the count, as in readings.py: 2B for 2.6 billion.
ROUNDING = 0.45
_NUMBER = re.compile(r"(?<![\w.,-])(\d+(?:,\d{3})*(?:\.\d+)?)(?: (million|billion|trillion)|([BMT]))\b(?! tokens)")
_SENTENCE = re.compile(r"[^.!?\s](?:[^.!?]|[.!?](?!\s|$))*")
_NO_BASE = re.compile(
    r"\bno base models?\b(?! of this (?:number|generation|size))|\b(?:tuned|instruct) models only\b", re.IGNORECASE
)
_CODE = re.compile(r"`[^`]*`|\{\{.*?\}\}", re.DOTALL)


class Claim(NamedTuple):
    """A text that the page's table contradicts, with the line of the body or the key of the front matter."""

    text: str
    line: int
    key: str
    why: str


def check(site: Site) -> Iterator[Fault]:
    """Find numbers and claims in the prose of family pages that their tables contradict."""
    try:
        families = site.catalog().families
    except CatalogError:
        return
    yield from check_families(site, families, ELSEWHERE)


def check_families(site: Site, families: Mapping[str, Family], elsewhere: Path) -> Iterator[Fault]:
    """Do the same for given families; `elsewhere` lists numbers that the tables don't need to have."""
    excused = _excused(elsewhere)
    needed = set()
    pages = {page.source: page for page in site.pages}
    for slug, family in families.items():
        page = pages.get(f"families/{slug}.md")
        for claim in claims(family):
            if (slug, claim.text) in excused:
                needed.add((slug, claim.text))
            elif page is not None:
                yield _fault(page, claim)
    for (slug, text), line in excused.items():
        if (slug, text) not in needed:
            yield Fault(elsewhere, line, slug, f'"{text}" is not in the prose, or in the table. Take this row out')


def claims(family: Family) -> Iterator[Claim]:
    """Find every number of parameters that no variant has, and every denial of base models that a variant contradicts."""
    untuned = next((variant.name for variant in family.variants if variant.stage == "base"), None)
    for text, line, key in _texts(family):
        for match in _NUMBER.finditer(_CODE.sub(_blank, text)):
            if not _in_table(match, family):
                yield Claim(match[0], line + text.count("\n", 0, match.start()), key, "no variant of the table has it")
        denial = _NO_BASE.search(text)
        if denial and untuned:
            yield Claim(
                denial[0], line + text.count("\n", 0, denial.start()), key, f'"{untuned}" is a base model in the table'
            )


def _texts(family: Family) -> Iterator[tuple[str, int, str]]:
    """Find the texts of a page: the body, then those of the front matter, each with its first line and its key."""
    yield family.text, 1, ""
    if family.description:
        yield family.description, 0, "description"
    if family.no_suffix:
        yield family.no_suffix.description, 0, "no_suffix"


def _in_table(match: re.Match[str], family: Family) -> bool:
    """Return whether a number is that of a variant: to the digits written, or for a label as roughly as names round."""
    figures, word, letter = match.groups()
    digits = figures.replace(",", "")
    value = float(digits) * IN_BILLIONS[word or letter]
    if letter and any(_labels(match[0], text) for text in _names(family)):
        return True
    half = 0.5 * 10 ** -_places(digits) * IN_BILLIONS[word or letter]
    for variant in family.variants:
        for size in filter(None, (getattr(variant, key) for key in SIZES)):
            if abs(size - value) <= (ROUNDING * size if letter else half * 1.001):
                return True
    return False


def _places(digits: str) -> int:
    """Return the decimal places of a number; zeros at the end of a whole number count as rounded.

    >>> _places("46.7"), _places("8"), _places("480")
    (1, 0, -1)
    """
    decimals = len(digits.partition(".")[2])
    return decimals if "." in digits else len(digits.rstrip("0") or "0") - len(digits)


def _names(family: Family) -> Iterable[str]:
    yield from (variant.name for variant in family.variants)
    yield from (suffix.suffix for suffix in family.suffixes)
    yield from family.sizes


def _labels(label: str, text: str) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(label)}(?![a-z0-9])", text, re.IGNORECASE) is not None


def _blank(match: re.Match[str]) -> str:
    """Replace code and macros by spaces and keep the lines; the decoder checks names in backticks, not this rule."""
    return re.sub(r"[^\n]", " ", match[0])


def _fault(page: Page, claim: Claim) -> Fault:
    line = page.body_line(claim.line) if not claim.key else _line(page, claim.key)
    message = (
        f'"{claim.text}": {claim.why}. Correct the text or the table; a number of something else belongs in '
        f"{ELSEWHERE.name}, with the reason"
    )
    return page.fault(line, claim.key or "text", message)


def _line(page: Page, key: str) -> int:
    try:
        return read_page(page.path).line((key,))
    except FrontMatterError:
        return 1


def _excused(path: Path) -> dict[tuple[str, str], int]:
    """Return the listed pages and numbers, each with its line."""
    document = read_yaml(path)
    return {
        (row["page"], number): document.line((index,))
        for index, row in enumerate(document.data or [])
        for number in row["numbers"]
    }
