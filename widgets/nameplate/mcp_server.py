"""Offer the package's functions to language models as tools of the Model Context Protocol: `nameplate mcp`.

Needs the extra `mcp` (`pip install nameplate[mcp]`). The server reads requests from its standard input and answers on its
standard output; it asks nothing of the network and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from . import __version__
from .decoder import decode as read
from .errors import NameplateError
from .glossary import look_up
from .memory.fit import fit as fit_on
from .picker.picker import pick as choose
from .reading import JsonObject
from .render.comparison import compare as set_side_by_side

INSTRUCTIONS = (
    "Nameplate reads names of language models: what each part of a name, path, command or address says, how two names "
    "differ, which of several models suits a task and a machine, and how much memory each quantization needs. A null is "
    "unknown, not nought. `sources` says where a value comes from: the name, its family's rule, or a catalogue."
)
READS_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Name = Annotated[str, Field(description="A model's name, file, path, address or command, as someone wrote it")]
Machine = Annotated[
    str | None,
    Field(description="The machine in words, such as 'RTX 4090', '2x3090', 'M3 Max 36GB' or '16 GB RAM, no card'"),
]
Context = Annotated[int | None, Field(description="Context length in tokens; 4096 if none is given")]


def decode(name: Name) -> JsonObject:
    """Explain every part of a model's name: family, generation, sizes, stage, quantization, format, lineage and more."""
    return _answer(lambda: read(name).to_dict())


def compare(a: Name, b: Name) -> JsonObject:
    """Say whether two names stand for the same model, another packaging of it or different models, and which parts decide."""
    return _answer(lambda: set_side_by_side(a, b).to_dict())


def pick(
    task: Annotated[
        str, Field(description="What the model is for, in anybody's words; hardware in them is understood")
    ],
    candidates: Annotated[
        list[str] | None, Field(description="Names to choose among; without any, all catalogued models")
    ] = None,
    machine: Machine = None,
    context: Context = None,
) -> JsonObject:
    """Choose a model for a task and a machine, with the reasons and what would change the choice."""
    given = {key: value for key, value in (("machine", machine), ("context", context)) if value is not None}
    return _answer(lambda: choose(candidates, task, given).to_dict())


def fit(name: Name, machine: Machine = None, context: Context = None) -> JsonObject:
    """List the usual quantizations of a model with their memory and published loss, and say which fit on a machine."""
    return _answer(lambda: fit_on(name, machine, context=context).to_dict())


def glossary(
    word: Annotated[str, Field(description="A word, abbreviation or label, such as 'A22B', 'Q4_K_M' or 'abliterated'")],
) -> JsonObject:
    """Define a word that names of models use."""
    return _answer(lambda: {"word": word, "entries": look_up(word)})


def server() -> MCPServer:
    """Return the server with its five tools."""
    made = MCPServer("nameplate", title="Nameplate", version=__version__, instructions=INSTRUCTIONS)
    for tool in (decode, compare, pick, fit, glossary):
        made.add_tool(tool, annotations=READS_ONLY)
    return made


def run() -> None:
    """Answer requests on the standard streams until the client closes them."""
    server().run("stdio")


def _answer(ask: Callable[[], JsonObject]) -> JsonObject:
    """Return an answer; what is wrong with a request is said to the client in the same words as on the command line."""
    try:
        return ask()
    except NameplateError as error:
        raise ToolError(str(error)) from error
