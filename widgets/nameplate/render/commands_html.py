"""How to get a model, for the page that explains its name: the commands, each with a button that copies it."""

from __future__ import annotations

from ..decoder import decode as read
from ..reading import Command
from .escape import escape

TITLE = "How to get it"


def commands_note(name: str) -> str:
    """Return the commands as HTML; nothing where the address of the model isn't certain.

    A page whose script copies what is in front of a button has to be around it.

    >>> "ollama run llama3.1:8b" in commands_note("llama3.1:8b"), commands_note("gpt-4o")
    (True, '')

    Raises what `decode` raises for a name.
    """
    found = read(name).commands
    if not found:
        return ""
    items = "".join(map(_item, found))
    return f'<p class="np-title">{TITLE}</p><ul class="np-commands">{items}</ul>'


def _item(command: Command) -> str:
    text = escape(command.text)
    button = f'<button type="button" class="np-button np-copy-command" aria-label="Copy {text}">Copy</button>'
    return f'<li><code translate="no">{text}</code>{button}</li>'
