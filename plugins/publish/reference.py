"""Write the pages about the package from its own words: its docstrings, what its commands say for --help, its exit codes.

In the site, mkdocstrings reads the docstrings; the macro only names what to read. It would parse the whole package for that at
every change of a page, with megabytes of tables. So it is given a folder of links to the modules that hold what is documented.
In the Markdown copies, the same docstrings are written out here.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import re
from pathlib import Path

from nameplate.cli import parser
from nameplate.cli.examples import EXIT_CODES

from ..catalog.sources import ROOT
from ..site.page import PageError
from ..site.table import frame, head, row
from .docstrings import in_markdown

PACKAGE = "nameplate"
SOURCES = ROOT / "build" / "reference"  # mkdocs.yml names it too
# The modules of what is documented. The package's own names lead there, or to the same as its __init__.
MODULES = (
    "", "decoder", "errors", "glossary", "inspection", "inspection.contents", "inspection.disagreements", "inspection.inspector", "memory", "memory.estimator", "memory.fit", "memory.warnings", "picker",
    "picker.choice", "picker.picker", "reading", "render", "render.comparison", "same_model",
)  # fmt: skip
LEFT_OUT = ("with_details",)  # how decode makes a reading; in mkdocs.yml, too
COLUMNS = 76  # of what --help prints: a line of code on a page
LONGEST = 72  # characters of a signature on one line


def link_sources(package: Path, folder: Path = SOURCES) -> None:
    """Make the folder that mkdocstrings reads: links to the modules in `package`."""
    wanted = {_file(package, module) for module in MODULES}
    links = {folder / PACKAGE / path.relative_to(package): path for path in wanted}
    for link, path in links.items():
        if not link.is_symlink() or link.readlink() != path:
            link.parent.mkdir(parents=True, exist_ok=True)
            link.unlink(missing_ok=True)
            link.symlink_to(path)
    for link in [path for path in folder.rglob("*.py") if path not in links]:
        link.unlink()


def _file(package: Path, module: str) -> Path:
    path = package.joinpath(*filter(None, module.split(".")))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def directive(path: str) -> str:
    """Return what makes mkdocstrings write an object's documentation. Raises PageError for one that it can't find."""
    _documented(path)
    if not (SOURCES / PACKAGE / "__init__.py").exists():
        raise PageError('the sources of the package are missing: run "make assets" (make serve and make build do it)')
    return f"::: {path}\n"


def entry(path: str) -> str:
    """Return an object's documentation as Markdown: its name, how it's called, its docstring, and its methods.

    >>> print(entry("nameplate.EmptyNameError"))
    ### `EmptyNameError`
    <BLANKLINE>
    Nothing but white space was given where a model name was expected.
    """
    found = _documented(path)
    parts = [f"### `{path.rpartition('.')[2]}`", *_described(path.rpartition(".")[2], found)]
    for name, member in vars(found).items() if isinstance(found, type) else ():
        described = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        if not name.startswith("_") and name not in LEFT_OUT and inspect.isfunction(described) and described.__doc__:
            parts += [f"#### `{name}`", *_described(name, described)]
    return "\n\n".join(parts)


def _described(name: str, found: object) -> list[str]:
    shown = (
        [] if isinstance(found, type) and issubclass(found, Exception) else [f"```python\n{_call(name, found)}\n```"]
    )
    return [*shown, in_markdown(inspect.getdoc(found) or "")]


def _call(name: str, found: object) -> str:
    """Return how something is called, with its types."""
    signature = inspect.signature(found)  # type: ignore[arg-type]
    whole = f"{name}{signature}".replace("'", "") if not isinstance(found, type) else f"{name}{signature}"
    whole = re.sub(r" -> None$", "", whole)
    if len(whole) <= LONGEST:
        return whole
    lines = "".join(f"    {parameter},\n" for parameter in _parameters(signature))
    returned = signature.return_annotation
    arrow = f" -> {returned}" if isinstance(returned, str) and returned != "None" else ""
    return f"{name}(\n{lines}){arrow}"


def _parameters(signature: inspect.Signature) -> list[str]:
    found: list[str] = []
    keyword_only = False
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not keyword_only:
            found, keyword_only = [*found, "*"], True
        found.append(str(parameter).replace(f"'{parameter.annotation}'", str(parameter.annotation)))
    return found


def _documented(path: str) -> object:
    package, _, name = path.rpartition(".")
    if package == PACKAGE or package.removeprefix(f"{PACKAGE}.") in MODULES:
        found = getattr(importlib.import_module(package), name, None)
        if inspect.isfunction(found) or isinstance(found, type):
            return found
    raise PageError(f'"{path}" isn\'t a function or a class of the modules in plugins/publish/reference.py')


def command_help(command: str) -> str:
    """Return what a command says for --help, as a block of code; the text of all commands for an empty name."""
    top = parser()
    commands = next(one for one in top._actions if isinstance(one, argparse._SubParsersAction)).choices
    if command and command not in commands:
        raise PageError(f'"{command}" isn\'t a command. Known: {", ".join(commands)}')
    shown = commands[command] if command else top
    shown.formatter_class = _Plain
    return f"```text\n{shown.format_help().rstrip()}\n```"


class _Plain(argparse.RawDescriptionHelpFormatter):
    """Format help for a page: as wide as its blocks of code, whatever the terminal is."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=COLUMNS)


def exit_codes() -> str:
    """Return the exit codes of all commands as a table."""
    columns = ["Code", "Means"]
    rows = [
        row([(columns[0], f"<code>{code}</code>"), (columns[1], about)])
        for code, about in re.findall(r"(?m)^  (\d+) +(.+)$", EXIT_CODES)
    ]
    return frame("Exit codes", f'<table class="site-table">{head(columns)}<tbody>{"".join(rows)}</tbody></table>')
