"""Decode a name: a name in, a reading out."""

from __future__ import annotations

import functools

from .address import original_publisher, paste
from .errors import ControlCharacterError, EmptyNameError, NameTooLongError
from .lattice.search import NameReader
from .patterns import pattern
from .reading import Reading
from .resolve.details import NameDetails
from .resolve.draft import ReadingDraft
from .resolve.fields import begin, resolve
from .vocabulary.lookup import Vocabulary, vocabulary

MOST_READINGS = 1_400  # that are kept, of about 4 kB: the same names are asked for again and again
OTHER_HYPHEN = pattern(r"(?<=\w)[\u2010\u2011\u2012\u2013\u2212](?=\w)")
LONGEST_NAME = 1024  # characters; the longest real name seen has 124


def decode(name: str, *, catalogue: bool = True) -> Reading:
    """Read a model's name, as found on a hub, in a file name, a command or an address.

    `catalogue=False` leaves out facts about single models: what remains is what the text
    and the family's rules say.

    >>> reading = decode("Qwen3-235B-A22B-Instruct-2507-FP8")
    >>> reading.params_b, reading.active_params_b, reading.date, reading.quant
    (235.0, 22.0, '2025-07', 'FP8')

    Raises EmptyNameError, NameTooLongError (over 1,024 characters) or ControlCharacterError, which are all
    NameplateError, a ValueError; and TypeError for what isn't text, such as the None of an empty cell.
    """
    if not isinstance(name, str):
        raise TypeError(
            f"decode() reads one name as a str, not {type(name).__name__}: leave out cells without a name, "
            "and decode bytes with .decode() first"
        )
    return _read(name, catalogue)


@functools.lru_cache(maxsize=MOST_READINGS)
def _read(name: str, catalogue: bool) -> Reading:
    _check(name)
    return read_with(_reader(vocabulary()), name, catalogue)


def read_with(reader: NameReader, name: str, catalogue: bool) -> Reading:
    """Read a name in the vocabulary of a reader; `decode` does it in the one that is compiled."""
    words = reader.vocabulary
    text = with_plain_hyphens(name)
    address = original_publisher.cut_off(text, paste.parse(text, words), words)
    draft: ReadingDraft = begin(name, address, words)
    account = next((str(part.value) for part in address.parts if part.field == "publisher"), None)
    paths = reader.read_regions(text, address.regions, address.platform, account)
    known = resolve(draft, paths, catalogue)
    return Reading.with_details(known, NameDetails(draft, paths))


def with_plain_hyphens(name: str) -> str:
    """Return a name with the hyphens of a keyboard, where a page or a phone wrote others: GPT\u2011OSS\u201120B."""
    return name if name.isascii() else OTHER_HYPHEN.sub("-", name)


@functools.lru_cache(maxsize=1)
def _reader(words: Vocabulary) -> NameReader:
    return NameReader(words)


def _check(name: str) -> None:
    if not name.strip():
        raise EmptyNameError
    if len(name) > LONGEST_NAME:
        raise NameTooLongError(len(name), LONGEST_NAME)
    if not name.isprintable():
        allowed = frozenset("\t\n" if paste.is_one_thing(name) else "")
        for position, character in enumerate(name):
            code = ord(character)
            ends_line = character == "\r" and name[position + 1 : position + 2] == "\n"
            if (code < 32 or code == 127) and character not in allowed and not (ends_line and "\n" in allowed):
                raise ControlCharacterError(position, character)
