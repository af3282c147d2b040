"""`nameplate mcp`: answer a language model's calls as a server of the Model Context Protocol."""

from __future__ import annotations

import argparse

from .outcome import ANSWERED, BAD_INPUT, complain


def add(command: argparse.ArgumentParser) -> None:
    """Add what runs `nameplate mcp`, which takes no arguments."""
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve the standard streams until the client closes them, and return the exit code."""
    try:
        from .. import mcp_server
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("mcp", "pydantic"):
            raise
        complain("the server needs the extra mcp: pip install 'nameplate[mcp]'")
        return BAD_INPUT
    mcp_server.run()
    return ANSWERED
