"""Make JSON Schemas for the data files from the types that check them, so that editors can complete and explain keys.

They are committed in schemas/, because an editor needs them before anything has been built. The linter reports when
they no longer match the types, and `make format` writes them again. Each data file names its schema in its first line.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from .comparison_models import Difference
from .key_notes import NOTES
from .machine_models import Generation, MachineWords, Series
from .models import Family, FileSizes, LibraryModel, Licence, Line, ModelArchitecture, Platform, Term
from .paste_models import Command, Layout, Prose, RepositoryFiles
from .sources import ARCHITECTURES, DIFFERENCES, FILE_SIZES, LIBRARY, LICENCES, LINES, MACHINES, PASTES, PLATFORMS, ROOT

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schemas"
LINE_START = "# yaml-language-server: $schema="
# Keys that the loader takes from the file itself, and keys that only the site's engine reads.
FROM_THE_FILE = ("slug", "group", "text")
OF_THE_ENGINE: Mapping[str, Any] = {
    "hide": {"type": "array", "items": {"enum": ["navigation", "toc", "path", "footer"]}},
    "tags": {"type": "array", "items": {"type": "string"}},
}
# The files that are lists of rows, each with the type of a row. A folder holds its rows in several files.
ROWS: Mapping[str, tuple[Path, type[BaseModel]]] = {
    "lines": (LINES, Line),
    "platforms": (PLATFORMS, Platform),
    "commands": (PASTES["commands"], Command),
    "folders": (PASTES["folders"], Layout),
    "prose": (PASTES["prose"], Prose),
    "repository_files": (PASTES["repository_files"], RepositoryFiles),
    "licences": (LICENCES, Licence),
    "architectures": (ARCHITECTURES, ModelArchitecture),
    "file_sizes": (FILE_SIZES, FileSizes),
    "ollama": (LIBRARY, LibraryModel),
    "differences": (DIFFERENCES, Difference),
    "machines": (MACHINES["series"], Series),
    "generations": (MACHINES["generations"], Generation),
    "machine_words": (MACHINES["words"], MachineWords),
}


def files() -> dict[str, str]:
    """Return the text of each schema by its path in the repository."""
    made = {"term": page_schema(Term, {}), "family": page_schema(Family, OF_THE_ENGINE)}
    made |= {name: table_schema(model) for name, (_, model) in ROWS.items()}
    return {
        f"{FOLDER}/{name}.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        for name, schema in made.items()
    }


def page_schema(model: type[BaseModel], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of front matter: the model without what comes from the file, plus what the engine reads."""
    schema = _described(model)
    properties = {key: value for key, value in schema["properties"].items() if key not in FROM_THE_FILE}
    notes = NOTES[model.__name__]
    properties |= {key: {**value, "description": notes[key]} for key, value in more.items()}
    required = [key for key in schema["required"] if key not in FROM_THE_FILE]
    return {"$schema": DIALECT, **schema, "properties": properties, "required": required}


def table_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a file that is a list of rows."""
    row = _described(model)
    definitions = row.pop("$defs", {})
    items = {"$ref": f"#/$defs/{model.__name__}"}
    return {"$schema": DIALECT, "type": "array", "items": items, "$defs": {**definitions, model.__name__: row}}


def first_line(path: Path) -> str | None:
    """Return the comment with which a data file names its schema, or None for a file that has none.

    >>> first_line(ROOT / "docs" / "families" / "qwen3.md")
    '# yaml-language-server: $schema=../../schemas/family.schema.json'
    """
    name = schema_of(path)
    if name is None:
        return None
    up = posixpath.relpath(".", path.parent.relative_to(ROOT).as_posix())
    return f"{LINE_START}{up}/{FOLDER}/{name}.schema.json"


def schema_of(path: Path) -> str | None:
    """Return the name of a data file's schema."""
    for name, (table, _) in ROWS.items():
        if path == table or (path.parent == table and path.suffix == ".yml"):
            return name
    folder = path.relative_to(ROOT).parent.as_posix()
    if folder == "docs/families" and path.name != "index.md":
        return "family"
    return "term" if folder.startswith("widgets/nameplate/data/terms/") else None


def _described(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a model, every key with its note."""
    schema = model.model_json_schema(mode="validation")
    for name, definition in [(model.__name__, schema), *schema.get("$defs", {}).items()]:
        for key, value in definition.get("properties", {}).items():
            value.pop("title", None)
            if key in NOTES.get(name, {}):
                value["description"] = NOTES[name][key]
    return schema
