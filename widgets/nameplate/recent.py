"""Keep what was worked out lately, within a bound.

A large cache costs more than memory. Python's garbage collection looks at everything that is alive, and stops the program
meanwhile: with a hundred thousand objects for some 20 ms, with a million for a blink of an eye.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from typing import Any, Generic, Protocol, TypeVar, cast

Key = TypeVar("Key")
Kept = TypeVar("Kept")
Answer_co = TypeVar("Answer_co", covariant=True)


class Keeping(Protocol[Answer_co]):
    """A function that keeps its answers, until they are cleared."""

    def __call__(self, owner: Any, *texts: Hashable) -> Answer_co: ...
    def cache_clear(self) -> None: ...


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


NO_ANSWER = object()


def kept_for_each(most: int) -> Callable[[Callable[..., Answer_co]], Keeping[Answer_co]]:
    """Make a function of an owner and of texts keep its last answers, at most so many, as `functools.lru_cache` does.

    Every collection of garbage goes through all that an `lru_cache` keeps, link by link. It skips dictionaries of texts, and
    is through others in a tenth of the time. There is one vocabulary, so only the answers for the last owner are kept.
    """

    def keeping(function: Callable[..., Answer_co]) -> Keeping[Answer_co]:
        held: tuple[Any, Recent[tuple[Hashable, ...], Any]] = (None, Recent(most // 2))

        @functools.wraps(function)
        def ask(owner: Any, *texts: Hashable) -> Answer_co:
            nonlocal held
            last, kept = held
            if last is not owner:
                kept = Recent(most // 2)
                held = (owner, kept)
            found = kept.get(texts)
            if found is None:
                found = function(owner, *texts)
                kept.keep(texts, NO_ANSWER if found is None else found)
            return cast(Answer_co, None if found is NO_ANSWER else found)

        def cache_clear() -> None:
            nonlocal held
            held = (None, Recent(most // 2))

        asked = cast(Keeping[Answer_co], ask)
        asked.cache_clear = cache_clear  # type: ignore[method-assign]
        return asked

    return keeping
