"""What comes below a reading a moment later, because it takes longer to work out: memory, and how to get the model."""

from __future__ import annotations

from .commands_html import commands_note
from .memory_note import memory_note


def later_notes(name: str, *, decode: str = "../decode/") -> str:
    """Return the notes as HTML, or nothing; `decode` is the address of the page that explains a name.

    >>> later_notes("gpt-4o")
    ''

    Raises what `decode` raises for a name.
    """
    return memory_note(name, decode=decode) + commands_note(name)
