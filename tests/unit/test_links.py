"""The check of addresses: what counts as gone, and what says nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from plugins.catalog import links


class Handler(BaseHTTPRequestHandler):
    """Answers a request with the number in its path; /no-head refuses HEAD, as some servers do."""

    def do_HEAD(self) -> None:
        self.answer(405 if self.path == "/no-head" else int(self.path[1:]))

    def do_GET(self) -> None:
        self.answer(200 if self.path == "/no-head" else int(self.path[1:]))

    def answer(self, code: int) -> None:
        self.send_response(code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("200", "there"),
        ("no-head", "there"),
        ("404", ("gone", "answers 404")),
        ("410", ("gone", "answers 410")),
        ("403", "unknown"),
        ("429", "unknown"),
        ("503", "unknown"),
    ],
)
def test_only_what_its_server_calls_gone_is_gone(server: str, path: str, expected: object) -> None:
    assert links.state(f"{server}/{path}") == expected


def test_a_server_that_does_not_answer_says_nothing(server: str) -> None:
    assert links.state("http://127.0.0.1:1/") == "unknown"


def test_the_lines_are_named(server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"See [it]({server}/404#part) and\n<{server}/200>, or {server}/404.\n", encoding="utf-8")
    assert links.main([str(page)]) == 1
    output = capsys.readouterr()
    assert output.out == f"{page}:1: {server}/404 answers 404.\n  also {page}:2\n"
    assert output.err == "2 addresses: 1 gone, 0 of which nothing is known.\n"


def test_the_data_names_addresses() -> None:
    files = sorted((links.ROOT / "docs" / "families").glob("qwen*.md"))
    assert len(links.addresses(files)) > 20
