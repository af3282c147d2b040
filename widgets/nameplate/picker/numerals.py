"""Read numbers that people write in words: "ten thousand", "half a million", "a couple of hundred"."""

from __future__ import annotations

import re

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {
    **{word: float(value) for value, word in enumerate(SMALL)},
    **{word: 10.0 * value for value, word in enumerate(TENS, 2)},
    # Vague words count as the least that they can mean.
    "half": 0.5, "couple": 2.0, "few": 3.0, "several": 3.0, "many": 3.0, "tens": 20.0,
}  # fmt: skip
SCALES = {"dozen": 12.0, "hundred": 100.0, "thousand": 1_000.0, "million": 1_000_000.0, "billion": 1_000_000_000.0}
PLURAL = 2.0  # the number that the plural of a scale means by itself: thousands
_WORD = rf"(?:{'|'.join((*NUMBERS, *(f'{scale}s?' for scale in SCALES)))})\b"
IN_WORDS = re.compile(rf"(?<![\d\w])(?<!\d )(?:an? )?{_WORD}(?:(?: |-| and | of | an? ){_WORD})*")


def in_digits(text: str) -> str:
    """Return a text in lower case with its numbers in digits, except for small ones: "one model", "a few letters".

    >>> in_digits("ten thousand reviews, a dozen mails and half a million pairs")
    '10000 reviews, 12 mails and 500000 pairs'
    >>> in_digits("a couple of hundred rows, twenty-five letters, hundreds of thousands of lines, one model, 50 thousand")
    '200 rows, 25 letters, 200000 of lines, one model, 50 thousand'
    """
    return IN_WORDS.sub(lambda found: _digits(found[0]), text)


def _digits(words: str) -> str:
    parts = [part for part in re.split(r"[ -]", words) if part not in ("a", "an", "and", "of")]
    scaled = any(_scale(part) for part in parts)
    if len(parts) == 1 and not scaled and NUMBERS[parts[0]] < 10:
        return words
    return f"{_value(parts):.0f}"


def _value(parts: list[str]) -> float:
    """Return the sum of the numbers, each multiplied by the scales that follow it."""
    total = current = 0.0
    scales = [_scale(part) for part in parts]
    for part, scale, after in zip(parts, scales, (*scales[1:], 1.0), strict=True):
        if scale is None:
            current += NUMBERS[part]
            continue
        current = (current or (PLURAL if part.endswith("s") else 1.0)) * scale
        if scale >= 1_000 and after is None:
            total, current = total + current, 0.0
    return total + current


def _scale(word: str) -> float | None:
    return SCALES.get(word.removesuffix("s"))
