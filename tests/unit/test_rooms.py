"""The packages of the package: which may use which, so that what reads names stays small and the rest can be found."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nameplate import decode

PACKAGE = Path(__file__).parents[2] / "widgets" / "nameplate"
CORE = ""  # the modules at the top, which read names
EDGES = ("browser", "cli", "__init__", "__main__")  # what is called from outside may use everything
# Each may use itself and what stands before it.
ORDER = (CORE, "notation", "showing", "memory", "picking")


def room_of(module: tuple[str, ...]) -> str:
    return module[0] if module and (module[0] in ORDER or module[0] in EDGES) else CORE


def imports(path: Path) -> Iterator[tuple[str, ...]]:
    """The modules of the package that a file imports, inside functions too."""
    here = path.relative_to(PACKAGE).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = here[: len(here) + 1 - node.level]
            if node.module:
                yield (*base, *node.module.split("."))
            else:
                yield from ((*base, alias.name) for alias in node.names)


FILES = [path for path in PACKAGE.rglob("*.py") if not path.name.startswith("_compiled")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_uses_only_what_stands_before_it(path: Path) -> None:
    room = room_of(path.relative_to(PACKAGE).with_suffix("").parts)
    if room in EDGES:
        return
    allowed = {CORE, "notation"} if room in (CORE, "notation") else set(ORDER[: ORDER.index(room) + 1])
    used = {room_of(module) for module in imports(path)}
    assert used <= allowed


def loaded_by(program: str) -> set[str]:
    decode("llama-7b")  # what compiles the data anew loads more; here it is done before
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}\nprint(*sys.modules, file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name for name in done.stderr.split() if name.startswith("nameplate.")}


@pytest.mark.parametrize(
    "program",
    [
        "from nameplate import decode; decode('llama-7b').to_dict()",
        "from nameplate.cli import main; main(['decode', '--jsonl', 'llama-7b'])",
        "from nameplate.browser import answer; answer('llama-7b', '', '')",
    ],
)
def test_whoever_reads_names_loads_nothing_of_memory_and_picking(program: str) -> None:
    loaded = loaded_by(program)
    assert "nameplate.decoder" in loaded
    assert not {
        name for name in loaded if name.startswith(("nameplate.memory", "nameplate.picking", "nameplate._compiled_"))
    }


def test_the_package_alone_loads_nothing_that_shows_a_reading() -> None:
    assert not {
        name for name in loaded_by("import nameplate") if name.startswith(("nameplate.showing", "nameplate.cli"))
    }
