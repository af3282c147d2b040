"""Cut off what was copied along with a name: bullets, quotes, prompts, code fences, and the sizes and times after it."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..patterns import pattern
from .parts import Part

MOST_LAYERS = 8  # of quotes, bullets and prompts around one name
BEFORE = pattern(
    r"(?:[-*+•·▪◦‣–—☐☑✅✓✔>$❯➜»#%!|]{1,6}|\d{1,3}[.)]|\[[ xX]?\])[ \t]+|(?:❯|➜|▸|►)"  # a bullet, a prompt, a check box
)
FENCE = pattern(r"```([A-Za-z]*)\s+|```")
WRAPPED = {
    '"': '"', "'": "'", "`": "`", "“": "”", "”": "”", "„": "“", "‘": "’", "«": "»", "»": "«", "「": "」", "『": "』", "《": "》", "<": ">",
    "(": ")", "（": "）",
}  # fmt: skip
REMARK = pattern(r"\s\[([A-Za-z]+(?: [A-Za-z]+)+)\]$")  # Mistral Nemo 12B - MLX [High Quality]
DESCRIBED = pattern(r"(?<=\d) [·•] ([A-Z][a-z]+ (?:[a-z]+,? )+[a-z]+)\.?$")  # Opus 4.8 · Best for everyday tasks
STRONG = pattern(r"(\*{1,3})([^*\n]+)\1$")
BEHIND = frozenset(",;:.!…。，；：、|")
# Where the columns of a listing begin behind a name: its short digest, its size, how long ago it was changed.
DIGEST_COLUMN = pattern(r"(?<=\s)[0-9a-f]{12}(?=\s)")
SIZE = pattern(r"(?:(?<=\s)|(?<=\s[(~\[])|(?<=[(\[~]))\d+(?:[.,]\d+)?\s?(?:[kKMGT]i?B|[kmgt]b|[Bb]ytes)(?![\w/])")
AGO = pattern(r"(?<=\s)(?:about |less than )?(?:an?|\d+) (?:second|minute|hour|day|week|month|year)s? ago\b")
# What a hub shows of a model, divided by dots: Qwen3-8B • Text Generation • Updated 5 days ago • 12.3k
DOTTED = pattern(r"\s[•·](?=\s.*\s[•·]\s|\s+Updated\b)")
# A column that says how the weights are stored; Docker writes MOSTLY_ before it.
LABEL = pattern(r"(?<![^\s|│(])(?:MOSTLY_)?((?:UD-)?I?Q\d_[A-Z\d_]+|MXFP4|NVFP4|FP8|AWQ|GPTQ)(?![^\s|│),;])")
NUMBER = pattern(r"[~≈+-]?[\d.,]+\s?(?:[kKMGTB%]|[KMGT]i?B)?")  # a column with a number: 7.1k, 15.2 GB, 98 %
# The start of a line of `ls -l`: rights, links, owner, group, size, date.
RIGHTS = pattern(
    r"[-dlrwxsStT]{10}[@+.]?\s+\d+\s+\S+\s+\S+\s+[\d.,]+[KMGTB]?\s+"
    r"(?:\d{4}-\d\d-\d\d\s+[\d:.]+(?:\s+[+-]\d{4})?|\S{2,5}\.?\s+\S{1,4}\.?\s+[\d:]{4,5})\s+"
)
USED = pattern(r"\d+(?:[.,]\d+)?[KMGT]i?B?\s+(?=\S*[/.\\])")  # a line of `du -h`
TARGET = pattern(r"\s+->\s+")  # where a symbolic link leads
# A column of a price list or a benchmark: $2.50, 128000 /, 81.3 t/s
FIGURE = pattern(
    r"(?:(?:[$€£¥~≈±+-]?\d[\d.,]*\s?(?:[kKMGTB%]|[KMGT]i?B|t/s|tok/s|ms|s)?|[*–—-])(?:\s?[/±]\s?[$€£¥]?[\d.,-]*)?(?:\s|$))+"
)
CELLS = pattern(r"(?:(?!\s\s)[^|│┃,;\t])+")
WIDE_GAP = pattern(r"\S\s{2,}(?=[^\s|│┃])")  # divides columns, where nothing else does
BARS = pattern(r"\s[|│┃]\s|^[|│┃]|\t")  # of a table in Markdown, or of a spreadsheet
VALUES = pattern(r"[,;]\s?[\d.]+%?(?:[,;]|$)")  # of comma-separated values: a number is one of them
CODE = frozenset("={}")  # commas there separate arguments
COLUMNS = pattern(r"\s{2,}|\t| \| |\s*\|\s*")


class Trimmed(NamedTuple):
    """Where the name is, and the parts around it that have letters or digits."""

    start: int
    end: int
    parts: tuple[Part, ...]


def trim(text: str) -> Trimmed:
    """Return the text without bullets, prompts and quotes around it.

    >>> found = trim('- `Qwen/Qwen3-8B`,')
    >>> (found.start, found.end)
    (3, 16)
    """
    start, end = 0, len(text)
    parts: tuple[Part, ...] = ()
    for _ in range(MOST_LAYERS):
        before = (start, end)
        start, end = _stripped(text, start, end)
        fence = FENCE.match(text, start, end)
        if fence:
            if fence[1]:
                parts = (*parts, Part(fence.start(1), fence.end(1), "command", fence[1]))
            start = fence.end()
            end = max(start, end - 3) if text.endswith("```", start, end) else end
        bullet = BEFORE.match(text, start, end)
        if bullet and bullet.end() < end:
            if any(c.isalnum() for c in bullet[0]):
                parts = (*parts, Part(bullet.start(), _trimmed_end(text, 0, bullet.end()), "listing", None))
            start = bullet.end()
        start, end = _unwrapped(text, start, end)
        while end - start > 1 and text[end - 1] in BEHIND:
            end -= 1
        remark = (
            REMARK.search(text, start, end) if text.endswith("]", start, end) else DESCRIBED.search(text, start, end)
        )
        if remark:
            parts = (*parts, Part(*remark.span(1), "text", None))
            end = remark.start()
        if (start, end) == before:
            break
    return Trimmed(start, end, parts)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _unwrapped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch inside one pair of quotes or brackets around all of it."""
    if end - start < 3:
        return start, end
    closing = WRAPPED.get(text[start])
    if closing is not None and text[end - 1] == closing and text.find(closing, start + 1) == end - 1:
        return start + 1, end - 1
    strong = STRONG.match(text, start, end)
    return strong.span(2) if strong else (start, end)


def columns(text: str) -> Trimmed | None:
    """Return the name in a row of a listing and the columns around it; None for a text without columns."""
    for opening in (RIGHTS, USED):
        found = opening.match(text)
        if found:
            start, end = found.end(), len(text)
            link = TARGET.search(text, start)
            parts = [Part(0, _trimmed_end(text, 0, start), "listing", None)]
            if link:
                parts.append(Part(link.end(), end, "listing", None))
                end = link.start()
            return Trimmed(start, end, tuple(parts))
    cuts = [found.start() for found in (what.search(text) for what in (DIGEST_COLUMN, SIZE, AGO, DOTTED)) if found]
    if not cuts:
        return None
    name_end = _trimmed_end(text, 0, min(cuts))
    column = COLUMNS.search(text, 0, name_end)
    if column and column.start():
        name_end = column.start()
    start = next((at for at in range(name_end, len(text)) if text[at].isalnum()), len(text))
    if not any(c.isalnum() for c in text[:name_end]):
        return None
    return Trimmed(0, name_end, (Part(start, _trimmed_end(text, 0, len(text)), "listing", None),))


def cells(text: str) -> list[tuple[int, int]]:
    """Return the cells of a row of a table: with bars, tabs, or comma-separated values; one cell is no row.

    >>> row = "| 3 | Qwen2.5-Math-72B-Instruct | 66.8 |"
    >>> [row[start:end] for start, end in cells(row)]
    ['3', 'Qwen2.5-Math-72B-Instruct', '66.8']
    """
    if BARS.search(text) is None and (VALUES.search(text) is None or not CODE.isdisjoint(text)):
        return _of_numbers(text) if WIDE_GAP.search(text) else []
    spans = _spans(text)
    return spans if len(spans) > 1 else []


def _spans(text: str) -> list[tuple[int, int]]:
    spans = [_stripped(text, *cell.span()) for cell in CELLS.finditer(text)]
    return [span for span in spans if span[0] < span[1]]


def _of_numbers(text: str) -> list[tuple[int, int]]:
    """Return the columns of a row in which numbers follow the name, with nothing but white space between: gpt-4o    128000    2.5"""
    name, *others = _spans(text)
    numbers = bool(others) and all(FIGURE.fullmatch(text[slice(*span)]) for span in others)
    return [name, *others] if numbers else []


def _trimmed_end(text: str, start: int, end: int) -> int:
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "])"):
        end -= 1
    return end


def one_paste(text: str) -> bool:
    """Return whether several lines belong together: a command that continues, or one line in a code fence."""
    lines = [
        line for line in re.split(r"\r\n|[\r\n]", text.strip()) if line.strip() and not line.strip().startswith("```")
    ]
    return all(line.rstrip().endswith(("\\", "`", "^", "|")) for line in lines[:-1])
