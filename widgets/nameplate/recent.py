"""Keep what was worked out lately, within a bound.

A large cache costs more than memory. Python's garbage collection looks at everything that is alive, and stops the program
meanwhile: with a hundred thousand objects for some 20 ms, with a million for a blink of an eye.
"""

from __future__ import annotations

from typing import Generic, TypeVar

Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Recent(Generic[Key, Kept]):
    """Keep values by their keys: at least the `size` that were asked for last, and at most twice as many.

    Threads may share it. At worst, one of them works out a value that another has just found.

    >>> kept = Recent(2)
    >>> for number in range(5):
    ...     kept.keep(number, str(number))
    >>> kept.get(4), kept.get(0), len(kept)
    ('4', None, 3)
    """

    __slots__ = ("_earlier", "_lately", "_size")

    def __init__(self, size: int) -> None:
        self._size = size
        self._lately: dict[Key, Kept] = {}
        self._earlier: dict[Key, Kept] = {}

    def __len__(self) -> int:
        return len(self._lately) + len(self._earlier)

    def get(self, key: Key) -> Kept | None:
        """Return the value for a key, if there is one."""
        found = self._lately.get(key)
        if found is None:
            found = self._earlier.get(key)
            if found is not None:
                self.keep(key, found)
        return found

    def keep(self, key: Key, value: Kept) -> None:
        """Keep a value. Where there are enough, those that nobody asked for since the last time are forgotten."""
        if len(self._lately) >= self._size:
            self._earlier = self._lately
            self._lately = {}
        self._lately[key] = value
