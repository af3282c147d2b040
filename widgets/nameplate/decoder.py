"""`decode`: a name in, a reading out."""

from __future__ import annotations

import functools

from .errors import ControlCharacterError, EmptyNameError, NameTooLongError
from .lattice.search import Reader
from .reading import Reading
from .resolve.pipeline import Work
from .vocabulary.lookup import vocabulary

MEMORY = 4_096  # readings of about 4 kB that are remembered: the same names are asked for again and again
LIMIT = 1024  # characters; the longest real name seen has 124


def decode(name: str, *, catalogue: bool = True) -> Reading:
    """Read a model's name, as found on a hub, in a file name, a command or an address.

    `catalogue=False` leaves out facts about single models: what remains is what the text
    and the family's rules say.

    >>> reading = decode("Qwen3-235B-A22B-Instruct-2507-FP8")
    >>> reading.params_b, reading.active_params_b, reading.date, reading.quant
    (235, 22, '2025-07', 'FP8')

    Raises EmptyNameError, NameTooLongError (over 1,024 characters) or ControlCharacterError;
    all are NameplateError, a ValueError. Nothing else of the work is done before a key of the reading is asked for.
    """
    return _read(name, catalogue)


@functools.lru_cache(maxsize=MEMORY)
def _read(name: str, catalogue: bool) -> Reading:
    _check(name)
    return Reading.made_later(name, Work(name, _reader(), catalogue))


@functools.cache
def _reader() -> Reader:
    return Reader(vocabulary())


def _check(name: str) -> None:
    if not name.strip():
        raise EmptyNameError
    if len(name) > LIMIT:
        raise NameTooLongError(len(name), LIMIT)
    if not name.isprintable():
        position = next(at for at, character in enumerate(name) if not character.isprintable())
        if ord(name[position]) < 32 or ord(name[position]) == 127:
            raise ControlCharacterError(position, name[position])
