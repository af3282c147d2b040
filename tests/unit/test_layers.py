"""Which folder may import which: imports point one way, so that what reads names stays small and anything can be found."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from nameplate import decode

ROOT = Path(__file__).parents[2]
TOPS = {"nameplate": ROOT / "widgets" / "nameplate", "plugins": ROOT / "plugins"}

# What each folder, or module at the top, may import beside itself.
BASE = {"errors", "patterns", "reading", "recent"}
TEXT = BASE | {"english"}
READING = BASE | {"address", "lattice", "notation", "resolve", "vocabulary"}
ANSWERS = READING | TEXT | {"decoder", "same_model", "inspection", "memory", "naming", "picker", "render"}
PACKAGE: dict[str, set[str]] = {
    "errors": set(),
    "patterns": set(),
    "recent": set(),
    "english": set(),
    "reading": set(),
    "vocabulary": BASE,
    "notation": BASE | {"vocabulary"},
    "address": BASE | {"notation", "vocabulary"},
    "lattice": BASE | {"notation", "vocabulary"},
    "resolve": READING | {"english"},  # sizes in its sentences
    "decoder": READING,
    "same_model": READING | {"decoder"},  # its doctests decode
    "memory": READING | TEXT | {"decoder"},
    "naming": READING | TEXT | {"decoder"},
    "inspection": READING | TEXT | {"decoder", "draft", "memory"},
    "picker": READING | TEXT | {"decoder", "memory"},
    "render": ANSWERS,
    "demos": ANSWERS,
    "browser": ANSWERS | {"", "demos"},
    "glossary": READING | {"decoder"},
    "mcp_server": ANSWERS | {"", "glossary"},
    "cli": ANSWERS | {"", "mcp_server"},
    "draft": {"decoder", "reading"},
    "__main__": {"", "cli"},
    "": ANSWERS | {"glossary"},  # the package's own __init__
}
PLUGINS: dict[str, set[str]] = {
    "catalog": set(),
    "compiler": {"catalog"},
    "site": {"catalog", "compiler"},
    "trust": {"catalog", "site"},
    "publish": {"bundle", "catalog", "site", "trust"},
    "lint": {"catalog", "site", "publish", "trust"},
    "bundle": set(),
    "from_report": {"catalog"},
    "": {"publish", "site", "trust"},
}
# In a checkout, and there alone, the package has its data compiled, which takes the package itself: its tables are made
# in two steps. The wheel leaves this module out.
CHECKOUT = "nameplate.vocabulary._checkout"


def module_of(path: Path) -> str:
    top, folder = next((top, folder) for top, folder in TOPS.items() if path.is_relative_to(folder))
    parts = path.relative_to(folder).with_suffix("").parts
    return ".".join((top, *(part for part in parts if part != "__init__")))


FILES = {
    module_of(path): path
    for folder in TOPS.values()
    for path in sorted(folder.rglob("*.py"))
    if not path.name.startswith("_compiled") and "pyodide" not in path.relative_to(folder).parts
}


def imports(module: str) -> Iterator[str]:
    """The modules of this project that a module imports: absolute or relative, at its top or late."""
    path = FILES[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] in TOPS)
        elif isinstance(node, ast.ImportFrom):
            levels = package.split(".")
            base = ".".join(levels[: len(levels) + 1 - node.level]) if node.level else ""
            source = ".".join(filter(None, (base, node.module)))
            if source.partition(".")[0] in TOPS:
                inside = [f"{source}.{alias.name}" for alias in node.names]
                yield from (name if name in FILES else source for name in inside if "._compiled" not in name)


def folder_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("module", FILES)
def test_imports_point_down(module: str) -> None:
    top, layers = module.partition(".")[0], PACKAGE if module.startswith("nameplate") else PLUGINS
    own = folder_of(module)
    used = {folder_of(name) for name in imports(module) if name.startswith(top)}
    assert used - {own} <= layers[own]


def test_nothing_imports_itself_over_others() -> None:
    graph = {module: set(imports(module)) - {module, "nameplate"} for module in FILES if module != CHECKOUT}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_the_package_does_without_what_builds_the_site() -> None:
    assert {module for module in FILES if any(name.startswith("plugins") for name in imports(module))} - {
        module for module in FILES if module.startswith("plugins")
    } == {CHECKOUT}


def test_what_bundles_the_package_knows_it_only_as_a_wheel() -> None:
    bundled = [module for module in FILES if module.startswith("plugins.bundle")]
    assert [module for module in bundled if any(name.startswith("nameplate") for name in imports(module))] == []


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
def test_reading_names_loads_nothing_of_memory_and_picker(program: str) -> None:
    loaded = loaded_by(program)
    assert "nameplate.decoder" in loaded
    assert not {
        name for name in loaded if name.startswith(("nameplate.memory", "nameplate.picker", "nameplate._compiled_"))
    }


def test_the_package_alone_loads_nothing_that_renders_a_reading() -> None:
    assert not {
        name for name in loaded_by("import nameplate") if name.startswith(("nameplate.render", "nameplate.cli"))
    }
