"""Serve the site while you edit it: `python -m plugins.site.preview HOST:PORT`.

The engine's own server makes every page again after each change. This one first makes the pages that show what has changed,
and the pages that were looked at last, and shows them. All the others follow in a folder of their own, which takes the place
of the first once it is complete; another change ends that, and it begins again.

Beside page.py, this is the one module that knows the engine. `mkdocs serve` does the same, slower.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import _build_page, _populate_page, build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin

from ..catalog.sources import DATA, ROOT
from .page import names_read_as_before

DOCS = ROOT / "docs"
LOOKED_AT = 2  # pages that are made at once, because they are on the screen

# Which macros show what, by the first part of a path below the folder of the data.
SHOWN_BY = {
    "terms": ("glossary", "quants"),
    "lines": ("families",),
    "platforms.yml": ("decoder",),
    "licences.yml": ("licences",),
    "architectures.yml": ("needs",),
    "runtimes.yml": ("programs", "picker"),
    "machines": ("picker",),
    "tasks.yml": ("picker", "picked"),
    "rules.yml": ("picker", "picked"),
    "skills.yml": ("picker", "picked"),
    "tiers.yml": ("picker", "picked"),
    "capabilities": ("picker", "picked"),
    "wording.yml": ("picker",),
}
NEED_ALL = ("documented",)  # macros whose links are found when all pages are there

_LINE = re.compile(r"^- line: (.+?)(?: +#.*)?$", re.MULTILINE)
_LINE_OF_PAGE = re.compile(r"^line: (.+?)(?: +#.*)?$", re.MULTILINE)

State = dict[Path, tuple[int, int]]


class InterruptedByChange(BaseException):
    """End a build: something has changed again. The engine catches and prints what is an Exception."""


class Observer(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Keep what one build makes, for pages that are made again alone, and end the build when it's no longer wanted."""

    def __init__(self, unwanted: Callable[[], bool]) -> None:
        self.files: Any = None
        self.nav: Any = None
        self.templates: Any = None
        self._unwanted: Callable[[], bool] | None = unwanted

    def on_post_build(self, *, config: Any) -> None:
        """Let single pages be made, whatever changes meanwhile."""
        self._unwanted = None

    def on_nav(self, nav: Any, /, *, config: Any, files: Any) -> None:
        """Keep the navigation and the files."""
        self.nav, self.files = nav, files

    def on_env(self, env: Any, /, *, config: Any, files: Any) -> None:
        """Keep the templates."""
        self.templates = env

    def on_page_markdown(self, markdown: str, /, *, page: Any, config: Any, files: Any) -> None:
        """Look whether to go on."""
        self._stop()

    def on_page_context(self, context: Any, /, *, page: Any, config: Any, nav: Any) -> None:
        """Look whether to go on."""
        self._stop()

    def _stop(self) -> None:
        if self._unwanted is not None and self._unwanted():
            raise InterruptedByChange


@dataclass(frozen=True)
class Built:
    """A complete site in a folder, and what the engine needs to make one of its pages again."""

    folder: Path
    config: Any
    observer: Observer

    def make_again(self, sources: Iterable[str], names_change: bool) -> int:
        """Make pages again from what their sources and the data say now. Return how many there are.

        Unless `names_change`, readings and choices in them are those of before.
        """
        wanted = set(sources)
        files = self.observer.files
        pages = files.documentation_pages()
        again = [file for file in pages if file.src_uri in wanted]
        with contextlib.nullcontext() if names_change else names_read_as_before():
            self.config.plugins["macros"].on_config(self.config)  # checks what has changed, and reads the data again
        for file in again:
            _populate_page(file.page, self.config, files)
        for file in again:
            _build_page(file.page, self.config, pages, self.observer.nav, self.observer.templates)
        return len(again)

    def sources_of(self, addresses: Iterable[str]) -> Iterator[str]:
        """Yield the sources of pages by their addresses in the site."""
        by_address = {file.url: file.src_uri for file in self.observer.files.documentation_pages()}
        for address in addresses:
            if address in by_address:
                yield by_address[address]

    def html_of(self, address: str) -> bytes:
        """Return the finished page of an address, or nothing if it isn't there."""
        page = self.folder / address / "index.html"
        return page.read_bytes() if page.is_file() else b""


class Preview(LiveReloadServer):
    """The engine's server, which shows what has changed before the rest is made."""

    def __init__(self, host: str, port: int, scratch: Path) -> None:
        super().__init__(self.follow, host, port, str(scratch))
        self.error_handler = self._page_of_error
        self._scratch = scratch
        self._looked_at: list[str] = []
        self._seen = state_of(editable_files())
        self._is_first = True
        self._built = self._build()
        self.root = str(self._built.folder)
        for path in (self._built.config.docs_dir, self._built.config.config_file_path, *self._built.config.watch):
            self.watch(path)

    def follow(self) -> None:
        """Make what has changed, or, if that is done, all the rest. The engine's server calls this after each change."""
        before, self._seen = self._seen, state_of(editable_files())
        changed = {path for path in before.keys() | self._seen.keys() if before.get(path) != self._seen.get(path)}
        if changed and self._show(changed):
            with self._rebuild_cond:
                self._want_rebuild = True
        else:
            self._make_all()

    def serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Answer, and remember which pages are looked at."""
        address = str(environ["PATH_INFO"]).removeprefix("/")
        if address.endswith("/") or not address:
            others = [other for other in self._looked_at if other != address]
            self._looked_at = [address, *others][:LOOKED_AT]
        return super().serve_request(environ, start_response)

    def _show(self, changed: set[Path]) -> bool:
        """Make the pages that show these files, and say how many. Return whether that is possible, and has worked."""
        sources = pages_showing(changed)
        if sources is None:
            return False
        started = time.monotonic()
        try:
            looked_at = self._built.sources_of(self._looked_at)
            count = self._built.make_again({*sources, *looked_at}, any(map(is_compiled_first, changed)))
        except (Exception, SystemExit) as error:
            print(error, file=sys.stderr)
            return False
        print(f"{count} page{'s' if count != 1 else ''} ready ({time.monotonic() - started:.1f} s). The rest follows.")
        return True

    def _make_all(self) -> None:
        """Make every page in a new folder, and serve that once it's complete; until then, the old one."""
        with self._epoch_cond:
            self._wanted_epoch = self._visible_epoch
            self._epoch_cond.notify_all()
        started = time.monotonic()
        old = self._built
        try:
            self._built = self._build()
        except InterruptedByChange:
            return
        except (Exception, SystemExit) as error:  # as a mistake in mkdocs.yml or in code
            traceback.print_exc() if isinstance(error, Exception) else print(error, file=sys.stderr)
            return
        self.root = str(self._built.folder)
        if any(old.html_of(address) != self._built.html_of(address) for address in self._looked_at):
            with self._epoch_cond:
                self._wanted_epoch = max(round(time.monotonic() * 1000), self._visible_epoch + 1)
        shutil.rmtree(old.folder, ignore_errors=True)
        print(f"All pages ready ({time.monotonic() - started:.1f} s).")

    def _build(self) -> Built:
        """Make the whole site in a folder of its own. Raises InterruptedByChange if something changes meanwhile."""
        folder = Path(tempfile.mkdtemp(dir=self._scratch))
        observer = Observer(lambda: self._want_rebuild)
        config = load_config(config_file=str(ROOT / "mkdocs.yml"), site_dir=str(folder))
        config.site_url = self.url
        config.plugins["preview"] = observer
        if self._is_first:
            config.plugins.on_startup(command="serve", dirty=False)
            self._is_first = False
        try:
            build(config, serve_url=self.url)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return Built(folder, config, observer)

    def _page_of_error(self, code: int) -> bytes | None:
        page = self._built.folder / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


class Brief(logging.Filter):
    """Print what is wrong with a page without Python's traceback, and what is wrong with the data once."""

    _FAULT = re.compile(r"_File_: `(?P<page>.+?)`\s+_\w+_: (?P<what>.+?)\s*```", re.DOTALL)

    def __init__(self) -> None:
        super().__init__()
        self._last = ""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the message. Return whether to print it."""
        found = self._FAULT.search(record.getMessage())
        if found is None:
            return True
        is_new = found["what"] != self._last
        self._last = found["what"]
        record.msg, record.args = f"{found['page']}: {self._last}", ()
        return is_new


def pages_showing(changed: Iterable[Path]) -> set[str] | None:
    """Return the sources of the pages that show these files, below docs/, or None if only the whole site will do."""
    found: set[str] = set()
    for path in changed:
        if path.is_relative_to(DOCS):
            source = path.relative_to(DOCS).as_posix()
            if not path.exists() or source in _with(f"(?:{'|'.join(NEED_ALL)})"):
                return None
            found |= {source} if not source.startswith("families/") else {source, "families/index.md"}
        else:
            found |= _pages_showing_data(path)
    return found


def is_compiled_first(path: Path) -> bool:
    """Return whether a file is only seen in what it is compiled to: pages show choices, and not the rules."""
    return path.is_relative_to(DATA) and path.relative_to(DATA).parts[0] not in ("terms", "lines", "licences.yml")


def _pages_showing_data(path: Path) -> set[str]:
    kind = path.relative_to(DATA).parts[0]
    found = _with(f"(?:{'|'.join(SHOWN_BY[kind])})") if kind in SHOWN_BY else set()
    if kind == "terms":
        found |= _with("term", f'"{path.stem}"')
    if kind == "lines" and path.exists():
        lines = set(_LINE.findall(path.read_text(encoding="utf-8")))
        for page in (DOCS / "families").glob("*.md"):
            head = page.read_text(encoding="utf-8").partition("\n---\n")[0]
            found |= {f"families/{page.name}" for line in _LINE_OF_PAGE.findall(head) if line in lines}
    return found


def _with(macro: str, argument: str = "") -> set[str]:
    """Return the sources of the pages that call a macro."""
    call = re.compile(rf"\{{\{{\s*{macro}\({argument}")
    return {
        path.relative_to(DOCS).as_posix()
        for path in DOCS.rglob("*.md")
        if "{{" in (text := path.read_text(encoding="utf-8")) and call.search(text)
    }


def editable_files() -> Iterator[Path]:
    """Yield what people edit, of which it is known where it is shown: pages and data."""
    yield from DOCS.rglob("*.md")
    yield from (path for path in DATA.rglob("*.*") if path.suffix in (".md", ".yml"))


def state_of(files: Iterable[Path]) -> State:
    """Return the time and size of each file; one that has just gone is left out."""
    state = {}
    for path in files:
        with contextlib.suppress(FileNotFoundError):
            stat = path.stat()
            state[path] = (stat.st_mtime_ns, stat.st_size)
    return state


def main(arguments: Sequence[str]) -> int:
    """Make the site and serve it until Ctrl-C; return the exit code."""
    if len(arguments) != 1 or ":" not in arguments[0]:
        print("usage: python -m plugins.site.preview HOST:PORT", file=sys.stderr)
        return 2
    logging.basicConfig(format="%(levelname)s  %(message)s", level=logging.WARNING)
    logging.getLogger("mkdocs.plugins.mkdocs_macros.util").addFilter(Brief())
    os.environ.setdefault("MACROS_ON_ERROR_FAIL", "false")  # a mistake in a page is shown on that page
    host, _, port = arguments[0].rpartition(":")
    with tempfile.TemporaryDirectory(prefix="nameplate-") as scratch:
        print("Making every page ...")
        server = Preview(host, int(port), Path(scratch))
        try:
            print(f"Serving on {server.url}: save a file, and the page follows. Ctrl-C ends it.", flush=True)
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            print()
        finally:
            server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
