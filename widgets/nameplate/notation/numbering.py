"""Generations, versions and revisions, and numbers of which nothing is known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..patterns import pattern
from ..vocabulary.meaning import Candidate, Condition, Meaning, made_for
from .candidate import END, MakeMeaning, condition, single
from .dates import is_month_and_day

# v3a is the first of several tries; ponyDiffusionV6XL, realisticVisionV60B1
VERSION = pattern(rf"v(\d{{1,3}}(?:\.\d{{1,3}})*[acdefghij]?)(?:(?:b\d{{1,2}})?{END}|(?=(?:sd)?xl{END}))")
VERSION_WORD = pattern(rf"ver(?:sion)?[-_.]?(\d{{1,3}}(?:\.\d{{1,3}})*){END}")
VERSION_APART = pattern(
    rf"v(\d{{1,2}})[-_p](\d{{1,2}})(?![-_]\d{{1,2}}t{END})(?:[-_p](\d{{1,2}}))?{END}(?![.]\d)"
)  # the 1 of V4-1-6T belongs to the size
# yolov8n, yolo11x-seg: the size is a letter after the number
LETTER_SIZE = pattern(rf"v?(\d{{1,2}})([nsmlx]){END}")
OF_DETECTORS = (condition(0.0, "the sizes of detectors are letters after the number", kinds=(made_for("detection"),)),)
REVISION = pattern(rf"(00\d|rev\d+|r\d{{4}}){END}")
GENERATION = pattern(r"(\d{1,3}(?:\.\d{1,3})+|\d{1,3})(?!\d)(?!\.\d)")
GENERATION_APART = pattern(
    rf"(\d{{1,2}})(___|[-_p ])(\d{{1,2}})(?:\2(\d{{1,2}})(?![-_]\d{{1,2}}[bmt]{END}))?{END}(?![.]\d)"
)
SIZE_BEHIND = pattern(rf"(?:0[-_]|\d{{1,2}}_)\d{{1,2}}b{END}")  # the 0_5b of qwen2-0_5b
# The 5 of ruT5 and the 2 of gerpt2 belong to another line's name, the v of MFANNv0.2 to the number.
NUMBERED = pattern(
    rf"(?i)(?![a-z]{{1,5}}t5|[a-z]*pt2)([a-z]{{3,}}(?<!v))"
    rf"([1-9](?![\d])(?:[.]\d{{1,2}}|[-_p](?!0[-_]|\d_\d{{1,2}}b)\d)?|1\d(?:[.]\d{{1,2}})?){END}(?![.]\d)"
)
LONE_CAPITAL = pattern(r"[A-Za-z]*[a-z][A-Z]\d")  # OpenR1: the letter and the number are one
LETTERED = pattern(rf"[a-z]\d+(?:[.p]\d+)?{END}")  # K2.5, which Fireworks writes k2p5
INTEGER = pattern(r"\d+")
DOTTED = pattern(r"\d+(?:\.\d+)+")
# hunyuan_video_720: how many lines its pictures have
LINES_OF_PICTURE = condition(8.0, None, kinds=tuple(map(made_for, ("image-generation", "video-generation"))))
AFTER_HEAD = condition(0.2, "it follows the name of a line", after=("family",))
AFTER_EDITION = condition(0.6, "it follows the name of an edition", after=("edition", "size_class"))
AFTER_TASK = condition(1.4, "it follows the name of a task", after=("task",))
AFTER_WORD = condition(0.9, "it follows the first word of the name", after=("unknown",), unseen=("params_b", "family"))
# cnn-12-6, common-voice-13-0, de-en-6-6: layers, or the number of the data
COUNTED = condition(8.0, None, after=("lineage.method", "languages"))
# density-0.9, dare-0.85: a share after an unknown word or a way to merge, rather than a version
SHARE = condition(4.0, None, after=("unknown", "lineage.merge"))
# rk3588-1.1.1
BEHIND_DEVICE = condition(0.2, "it follows the device", after=("device",))
# reap75, pruned50: how much of the network was changed
CHANGED_SHARE = condition(1.0, None, after=("lineage.modifications",), adjacent=True)


def version(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`v0.3`, `V1-5`, `v3p1`, `version-2`, `-002`"""
    match = VERSION_APART.match(text)
    if match:
        value = ".".join(part for part in match.groups() if part)
        yield single(match.end(), make("version", "version", value, 0.1))
    match = VERSION.match(text) or VERSION_WORD.match(text)
    if match:
        value = match[1]
        if len(value) == 2 and value[0] == "0" and value.isdecimal():
            value = f"0.{value[1]}"  # v01 is how v0.1 is written without dots
        yield single(match.end(), make("version", "version", value, 0.1))
    match = LETTER_SIZE.match(text)
    if match:
        number, size = match.span(1)[1], match.end()
        of_line = make("generation", "generation", match[1], 9.0, *OF_DETECTORS)
        letter = make("size_class", "size_class", match[2], 9.0, *OF_DETECTORS)._replace(term="size-class")
        yield Candidate(size, ((0, number, of_line), (number, size, letter)))
    match = REVISION.match(text)
    if match:
        yield single(match.end(), make("revision", "revision", match[0], 0.4))


def generation(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """`2.5`, `3`, `4-5` and `3_3` where dots are not allowed: the number of the line, or a version"""
    match = GENERATION_APART.match(text)
    if match and _counts(match) and not _opens_size(match):
        value = ".".join(part for part in match.group(1, 3, 4) if part)
        yield single(
            match.end(),
            make(
                "generation",
                "generation",
                value,
                3.5,
                COUNTED,
                AFTER_HEAD,
                AFTER_EDITION,
                AFTER_TASK,
                condition(0.95, None, after=("unknown",), unseen=("params_b", "family"), adjacent=False),
                condition(2.0, None, after=("unknown",), unseen=("params_b", "family")),
                condition(4.6, None, after=("unknown",)),
            ),
        )
    match = GENERATION.match(text)
    if match is None:
        return
    length, value = match.end(), match[1]
    adjacent = 0.8 if length < len(text) and text[length].isalpha() else 0.0
    if "." in value:
        shares = (SHARE,) if value.startswith("0.") else ()
        behind = (*_raised(adjacent, AFTER_HEAD, AFTER_EDITION, AFTER_WORD), *shares)
        yield single(length, make("generation", "generation", value, 2.0 + adjacent, *behind))
        yield single(length, make("version", "version", value, 1.2 + adjacent, *shares))
        if value.count(".") == 2:
            toolkit = make("unknown", "device", value, 40.0, BEHIND_DEVICE)
            says = "The version of the toolkit that converted it for this device, not of the model."
            yield single(length, toolkit._replace(term="target-device", says=says))
    elif value == "0" or not value.startswith("0"):
        large = adjacent + (1.5 if len(value) > 2 else 0.0)
        lines = (LINES_OF_PICTURE,) if len(value) > 2 else ()
        yield single(
            length,
            make(
                "generation",
                "generation",
                value,
                4.0 + large,
                *lines,
                *_raised(large, AFTER_HEAD, AFTER_EDITION, AFTER_TASK, AFTER_WORD),
            ),
        )


def numbered_word(text: str, make: MakeMeaning, unknown: Meaning) -> Iterator[Candidate]:
    """`zorblat4-70b`, `Zorblat3_5-9B`: an unknown word at the start of a name, and its number"""
    match = NUMBERED.match(text)
    if match and not LONE_CAPITAL.match(text):
        word, digits = match.groups()
        here = condition(unknown.cost - 0.1, "it opens the name", first=True)  # rather than a word and a number apart
        opening = unknown._replace(cost=40.0, when=(here,))
        line = make("generation", "generation", re.sub("[-_p]", ".", digits), 0.0)
        yield Candidate(match.end(), ((0, len(word), opening), (len(word), match.end(), line)))


def _counts(match: re.Match[str]) -> bool:
    """Return whether two separate numbers can be a generation: neither starts with a zero, and they aren't month and day."""
    leading = any(len(part) > 1 and part[0] == "0" for part in match.group(1, 3))
    return not leading and (match[4] is not None or not is_month_and_day(match[1], match[3]))


def _opens_size(match: re.Match[str]) -> bool:
    """Whether the second number belongs to a size after it: `qwen2-0_5b`, but not `qwen3_5_35b`"""
    behind = SIZE_BEHIND.match(match.string, match.start(3))
    return behind is not None and (match[3] == "0" or match[2] != "_")


def _raised(by: float, *circumstances: Condition) -> tuple[Condition, ...]:
    return tuple(when._replace(cost=when.cost + by) for when in circumstances) if by else circumstances


def unexplained(text: str, make: MakeMeaning) -> Iterator[Candidate]:
    """A number of which nothing is known."""
    dotted = DOTTED.match(text)
    if dotted:
        yield single(dotted.end(), make("unknown", None, None, 3.0 + 0.1 * len(dotted[0])))
    match = INTEGER.match(text)
    if match:
        changed = (CHANGED_SHARE,) if 2 <= len(match[0]) <= 3 and match[0][0] != "0" else ()
        yield single(match.end(), make("unknown", None, None, (5.0 if dotted else 3.0) + 0.1 * len(match[0]), *changed))
