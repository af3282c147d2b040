"""What has to hold of the reading of every text, however strange."""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Iterator
from dataclasses import fields

from nameplate import NameplateError, Reading, decode
from nameplate.decoder import _read

KEYS = {field.name for field in fields(Reading)}
HALF = re.compile("[\ud800-\udfff]")  # of two halves of a character in a row JSON makes the character
SOURCES = {"name", "family", "catalogue", "original"}
# Slow is what takes longer than this, each of three times: far more than any text needs that is read in one go.
SLOWEST_MS, SLOWEST_MS_A_CHARACTER = 20.0, 0.25


def faults(text: str, closely: bool = True) -> Iterator[str]:
    """What is wrong with the reading of a text; nothing, if it is one or an error of ours.

    `closely` reads it once more and sends it through JSON.
    """
    try:
        reading = decode(text)
        answer = reading.to_dict()
    except NameplateError:
        return
    except Exception as error:  # whatever it is, it is what is looked for
        yield f"crash: {type(error).__name__}: {error}"
        return
    if "".join([token.text for token in reading.tokens]) != text:
        yield "the tokens do not give the name back"
    if any(text[token.start : token.end] != token.text for token in reading.tokens):
        yield "a token stands elsewhere than it says"
    sources = answer["sources"]
    if not sources.keys() <= KEYS or not SOURCES.issuperset(sources.values()):
        yield f"sources: {sources}"
    if any(not answer[key] and answer[key] not in (False, 0) for key in sources):
        yield f"a source for what is not known: {sources}"
    if closely:
        if not HALF.search(text) and json.loads(json.dumps(answer)) != answer:
            yield "the dictionary changes on its way through JSON"
        _read.cache_clear()
        if decode(text).to_dict() != answer:
            yield "another answer the second time"


def is_slow(text: str) -> bool:
    return all(_milliseconds(text) > SLOWEST_MS + SLOWEST_MS_A_CHARACTER * len(text) for _ in range(3))


def _milliseconds(text: str) -> float:
    _read.cache_clear()
    started = time.process_time()
    with contextlib.suppress(NameplateError):
        decode(text).to_dict()
    return 1000 * (time.process_time() - started)
