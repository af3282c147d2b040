"""Layer: the library cut to the modules that the package needs in a browser, in one zip with the package.

Saves: two thirds of the library and the package, 1.7 MB compressed, and a request.

Assumes: importing all that the package mentions, reading some names, and failing in the usual ways loads every module
that a page will need (pyodide/needed-modules.mjs), and Python imports from a zip.
"""

from __future__ import annotations

import ast
import dataclasses
import json
import re
import zipfile
from pathlib import Path

from ..cache import kept
from ..errors import BundleError
from ..node import run_program
from ..paths import PROGRAMS
from ..stock import Parts
from .layer import Layer

# The command line, and what only it imports, is useless in a browser, and would bring argparse along. What was learnt
# from the example requests is a file of its own (plugins/bundle/learnt.py), and so are the demonstrations (demos.py).
NOT_IN_THE_BROWSER = re.compile(
    r"nameplate/(_compiled_(requests|texts|vectors)\.pyc?|__main__\.pyc?|mcp_server\.pyc?|glossary\.pyc?|(cli|demos|naming|draft|inspection)/.*|render/(inspection|memory|name_check|pick)_text\.pyc?|(memory|picker)/json_request\.pyc?)"
)
# Ciphers and compressions that no page uses; the library's modules that import them go on without.
OPTIONAL = re.compile(r"(ssl|bz2|lzma)\.pyc?|compression/.*")
_PROGRAM = PROGRAMS / "needed-modules.mjs"


def apply(parts: Parts, cache: Path) -> Parts:
    """Join what is needed of the library with the package."""
    package = parts.package
    if package is None:
        raise BundleError("the package is in the library already.")
    made_from = (parts.wheel, package, parts.library, _PROGRAM, Path(__file__))
    library = kept(cache, "python-*.zip", made_from, lambda target: join(parts, package, target))
    return dataclasses.replace(parts, library=library, package=None)


def join(parts: Parts, package: Path, target: Path) -> None:
    """Write the needed part of the library and the package's modules into one zip.

    It is stored, not deflated: hosts compress it as a whole, which is smaller, and Python opens it faster.
    """
    needed = needed_members(parts, package)
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(parts.library) as archive:
        members.update((name, archive.read(name)) for name in needed if not OPTIONAL.fullmatch(name))
    with zipfile.ZipFile(package) as archive:
        modules = (name for name in archive.namelist() if name.endswith((".py", ".pyc")))
        names = (name for name in modules if not NOT_IN_THE_BROWSER.fullmatch(name))
        members.update((name, archive.read(name)) for name in names)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            archive.writestr(zipfile.ZipInfo(name), members[name])  # dated 1980, the earliest that a zip can say


def needed_members(parts: Parts, package: Path) -> set[str]:
    """Return the members of the library's zip that Python loads for the package."""
    modules = json.dumps(mentioned_modules(modules_of(parts.wheel)))
    arguments: list[str | Path] = [f"{parts.loader.parent}/", parts.library, package, modules]
    return set(json.loads(run_program(_PROGRAM.name, arguments, "the package does not run in Pyodide")))


def modules_of(wheel: Path) -> dict[str, str]:
    """Return the source of each module that the browser gets, by its path in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith(".py") and not NOT_IN_THE_BROWSER.fullmatch(name)
        }


def mentioned_modules(sources: dict[str, str]) -> list[str]:
    """Return the modules in `sources` and all that they import, inside functions too.

    >>> mentioned_modules({"a/__init__.py": "import re, json.decoder", "a/b.py": "def f():\\n from math import pi"})
    ['a', 'a.b', 'json.decoder', 'math', 're']
    """
    mentioned = {path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in sources}
    for path, source in sources.items():
        for node in ast.walk(ast.parse(source, path)):
            if isinstance(node, ast.Import):
                mentioned.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                mentioned.add(node.module)
    return sorted(mentioned)


LAYER = Layer(
    name="cut_library",
    saves="two thirds of the library and the package, 1.7 MB compressed, and a request",
    assumes="a trial run loads every module that a page will need",
    apply=apply,
)
