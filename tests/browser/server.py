"""Serves a built site as a plain host would: under a path prefix, with the right types, on this machine only."""

from __future__ import annotations

import contextlib
import threading
from fnmatch import fnmatch
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, quote_plus, unquote, urlsplit

PREFIX = "/some/where/"
TYPES = {
    ".bin": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


FAULTS = ("missing", "cut", "short", "corrupt", "empty", "a page instead", "another type", "aborted", "hanging")


class Asked(NamedTuple):
    """A request as it came over the line."""

    method: str
    address: str
    headers: dict[str, str]

    def says(self, text: str) -> bool:
        """Whether the text is anywhere in the request, as it is or the way addresses write it."""
        whole = " ".join((self.address, *self.headers.values())).casefold()
        return any(form.casefold() in whole for form in (text, quote(text, safe=""), quote_plus(text), quote(text)))


class SiteServer:
    """A server for one folder, below a path such as the finished site has. `missing` holds patterns for ends of paths that are not found for the time being, nor their .gz.

    `faults` says what else is wrong with files for the time being: one of FAULTS by such a pattern, which counts for a .gz
    only if it says so. "cut" ends in the middle of what was promised, "short" promises no more than comes.

    `requests` are the paths that were asked for, `asked` is all that came with them. If `sends_headers`, the server sends
    what the site's `_headers` says, as some hosts do.
    """

    def __init__(self) -> None:
        self.folder = Path()
        self.prefix = PREFIX
        self.missing: set[str] = set()
        self.faults: dict[str, str] = {}
        self.replaced: dict[str, str] = {}  # texts of files that are others for the time being
        self.released = threading.Event()
        self.requests: list[str] = []
        self.asked: list[Asked] = []
        self.sends_headers = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/"

    @property
    def url(self) -> str:
        """Where the site begins; ends in a slash."""
        return self.origin.removesuffix("/") + self.prefix

    def mend(self) -> None:
        """Let everything be in order again, and go on with what hangs."""
        self.missing.clear()
        self.faults.clear()
        self.replaced.clear()
        self.released.set()
        self.released = threading.Event()

    def fault_of(self, path: str) -> str:
        """What is wrong with the file behind a path; empty if nothing is."""
        return next((fault for end, fault in self.faults.items() if fnmatch(path, f"*{end}")), "")

    def close(self) -> None:
        self.mend()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def headers(self) -> list[tuple[str, str]]:
        """The headers that go with every file."""
        if not self.sends_headers:
            return []
        lines = (self.folder / "_headers").read_text(encoding="utf-8").splitlines()
        return [(name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines[1:])]

    def find(self, path: str) -> Path | None:
        """The file behind a path, if there is one: never one outside of the folder."""
        if not path.startswith(self.prefix) or any(
            fnmatch(path.removesuffix(".gz"), f"*{end}") for end in self.missing
        ):
            return None
        file = (self.folder / path.removeprefix(self.prefix)).resolve()
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        return file if file.is_file() and file.is_relative_to(self.folder.resolve()) else None


def _corrupt(body: bytes) -> bytes:
    """Change some bytes in three places: in one of them, they may belong to a string, and do no harm."""
    changed = bytearray(body)
    for place in (len(body) // 3, len(body) // 2, 2 * len(body) // 3):
        changed[place : place + 64] = bytes(byte ^ 0x55 for byte in body[place : place + 64])
    return bytes(changed)


def _handler(site: SiteServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def parse_request(self) -> bool:
            parsed = super().parse_request()
            site.asked.append(Asked(self.command or "", self.path if parsed else self.requestline, dict(self.headers)))
            return parsed

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            site.requests.append(path)
            file, fault = site.find(path), site.fault_of(path)
            if fault == "hanging" and site.released.wait(60):
                fault = ""  # the line is good again, and what was asked comes at last
            if fault in {"hanging", "aborted"}:
                self.close_connection = True
            elif file is None or fault == "missing":
                self.answer(HTTPStatus.NOT_FOUND, site.folder / "404.html")
            else:
                self.answer(HTTPStatus.OK, site.folder / "404.html" if fault == "a page instead" else file, fault)

        def answer(self, status: HTTPStatus, file: Path, fault: str = "") -> None:
            replaced = site.replaced.get(file.name)
            body = file.read_bytes() if replaced is None else replaced.encode()
            length = len(body)
            if fault == "corrupt":
                body = _corrupt(body)
            elif fault in {"cut", "short", "empty"}:
                body = b"" if fault == "empty" else body[: length // 2]
            self.close_connection = self.close_connection or fault == "cut"
            self.send_response(status)
            kind = "text/plain" if fault == "another type" else TYPES.get(file.suffix, "application/octet-stream")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(length if fault == "cut" else len(body)))
            for name, value in site.headers():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def handle(self) -> None:
            with contextlib.suppress(ConnectionError):  # a browser may stop listening
                super().handle()

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    return Handler
