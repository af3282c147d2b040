"""A host on this machine behind a line of a given speed, for measuring how pages start.

The line is in the server, not in the browser: what a browser throttles by itself it does for the page, but not for
workers and service workers. All connections share the line; each request waits for one round trip before it is answered.
"""

from __future__ import annotations

import asyncio
import gzip
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from plugins.bundle.layers.compress import brotli_of, pays
from tests.browser.server import TYPES

CHUNK = 8192  # bytes that go over the line at a time
# What plain hosts compress on their way out.
COMPRESSED_BY_HOSTS = (".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".xml")


@dataclass(frozen=True)
class Line:
    """Bytes a second (0: as fast as it goes) and seconds for a round trip."""

    name: str
    rate: float = 0
    round_trip: float = 0


UNTHROTTLED = Line("unthrottled")
FAST = Line("10 Mbit/s, 40 ms", 10e6 / 8, 0.040)
SLOW = Line("1.6 Mbit/s, 150 ms", 1.6e6 / 8, 0.150)


@dataclass(frozen=True)
class Policy:
    """How a host serves: which encodings, and for how long a browser may keep a file."""

    name: str
    brotli: bool
    kept: str

    def cache_control(self, path: str) -> str:
        if self.kept == "hashed":
            return (
                "max-age=31536000, immutable" if path.startswith(("/assets/", "/runtime/", "/wheel/")) else "no-cache"
            )
        return self.kept


BEST = Policy("brotli, hashed files for ever", brotli=True, kept="hashed")
PLAIN = Policy("plain host: gzip, 10 minutes", brotli=False, kept="max-age=600")


@dataclass
class Host:
    """Serves folders by the prefix of their address; `sent` has the moment, the path and the bytes of each response's body."""

    folders: Mapping[str, Path]
    line: Line = UNTHROTTLED
    policy: Policy = BEST
    sent: list[tuple[float, str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._bodies: dict[tuple[Path, str], bytes] = {}
        self._encodings: dict[Path, str] = {}
        self._free_at = 0.0
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self._thread.start()
        self._ready.wait()

    @property
    def origin(self) -> str:
        assert self._server
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def take_sent(self, until: float) -> dict[str, int]:
        """The bytes of each path whose requests came since this was last asked, and not after a moment of the clock."""
        sent, self.sent = self.sent, []
        paths = {path for _, path, _ in sent}
        return {path: sum(size for moment, one, size in sent if one == path and moment <= until) for path in paths}

    def find(self, path: str) -> Path | None:
        for prefix, folder in self.folders.items():
            if path.startswith(prefix):
                file = (folder / path.removeprefix(prefix)).resolve()
                file = file / "index.html" if file.is_dir() else file
                return file if file.is_file() and file.is_relative_to(folder.resolve()) else None
        return None

    def body(self, file: Path, encoding: str) -> bytes:
        key = (file, encoding)
        if key not in self._bodies:
            content = file.read_bytes()
            if encoding == "br":
                content = brotli_of(content)
            elif encoding == "gzip":
                content = gzip.compress(content, 6)
            self._bodies[key] = content
        return self._bodies[key]

    def encoding(self, file: Path) -> str:
        if file not in self._encodings:
            usual = "br" if self.policy.brotli else "gzip" if file.suffix in COMPRESSED_BY_HOSTS else ""
            self._encodings[file] = usual if pays(file.read_bytes()) else ""
        return self._encodings[file]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(asyncio.start_server(self._connected, "127.0.0.1", 0))
        self._ready.set()
        self._loop.run_forever()
        self._server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await asyncio.sleep(self.line.round_trip)  # for opening the connection
            while request := await reader.readline():
                while (await reader.readline()).strip():
                    pass
                await self._answer(request.decode().split()[1], writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, address: str, writer: asyncio.StreamWriter) -> None:
        path = unquote(urlsplit(address).path)
        file = self.find(path)
        encoding = self.encoding(file) if file else ""
        body = self.body(file, encoding) if file else b"not found"
        headers = [
            "HTTP/1.1 200 OK" if file else "HTTP/1.1 404 Not Found",
            f"Content-Type: {TYPES.get(file.suffix if file else '.txt', 'application/octet-stream')}",
            f"Content-Length: {len(body)}",
            f"Cache-Control: {self.policy.cache_control(path)}",
            *([f"Content-Encoding: {encoding}"] if encoding else []),
        ]
        await asyncio.sleep(self.line.round_trip)
        self.sent.append((time.time(), path, len(body)))
        writer.write("\r\n".join([*headers, "", ""]).encode())
        await self._send(body, writer)

    async def _send(self, body: bytes, writer: asyncio.StreamWriter) -> None:
        if not self.line.rate:
            writer.write(body)
            return await writer.drain()
        for start in range(0, len(body), CHUNK):
            chunk = body[start : start + CHUNK]
            now = self._loop.time()
            self._free_at = max(now, self._free_at) + len(chunk) / self.line.rate
            await asyncio.sleep(self._free_at - now)
            writer.write(chunk)
            await writer.drain()
        return None
