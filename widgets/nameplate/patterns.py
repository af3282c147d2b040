"""Regular expressions that are compiled when they are first used.

Compiling takes longer than anything else that importing the package would do, and one name needs few of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """The regular expression `re.compile(source, flags)`, or what becomes it when it is first asked to match.

    >>> pattern("[0-9]+b").match("70b-chat")
    <re.Match object; span=(0, 3), match='70b'>
    """
    return cast(re.Pattern[str], _Uncompiled(source, flags))


class _Uncompiled:
    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Reached once for each method: from then on the compiled expression's own method takes its place."""
        method = self.__dict__[name] = getattr(re.compile(self._source, self._flags), name)
        return method
