"""Ask the address of every source whether it is still there: `python -m plugins.catalog.links [FILE ...]`.

An address is gone if its server says so, or if there is no such server. Servers that refuse a program, are busy or fail say
nothing about the page: those are counted and don't fail the check. It needs the standard library only.
"""

from __future__ import annotations

import argparse
import re
import socket
import sys
import threading
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from .sources import DATA, ROOT

# What is known of an address: it answers, it is gone (with the reason), or nothing is known.
State: TypeAlias = Literal["there", "unknown"] | tuple[Literal["gone"], str]

ADDRESS = re.compile(r"""https?://[^\s<>"'`|)\]}]+""")
FOLDERS = (ROOT / "docs" / "families", ROOT / "docs" / "guide", DATA)
KINDS = {".md", ".yml"}
GONE = {404, 410}
NO_HEAD = {403, 405, 501}
AT_ONCE = 16
PER_HOST = 2
PATIENCE = 20  # seconds
PROGRAM = "nameplate-links/1"


def main(arguments: list[str] | None = None) -> int:
    """Print the addresses that are gone, each with the lines that name it; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m plugins.catalog.links", description="Ask every address.")
    parser.add_argument("files", nargs="*", type=Path, help="look at these files alone")
    options = parser.parse_args(arguments)
    places = addresses(options.files or sorted(path for folder in FOLDERS for path in _files(folder)))
    states = asked(places, state)
    gone = {address: found[1] for address, found in states.items() if isinstance(found, tuple)}
    unknown = sum(found == "unknown" for found in states.values())
    for address, reason in gone.items():
        print(f"{places[address][0]}: {address} {reason}.", *places[address][1:], sep="\n  also ")
    print(f"{len(places)} addresses: {len(gone)} gone, {unknown} of which nothing is known.", file=sys.stderr)
    return 1 if gone else 0


def addresses(files: Iterable[Path]) -> dict[str, list[str]]:
    """Return every address in the files, with the places that name it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in files:
        name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for match in ADDRESS.finditer(line):
                address = match[0].partition("#")[0].rstrip(".,;:")
                if "{" not in address:  # not the pattern of a platform's addresses
                    found[address].append(f"{name}:{number}")
    return dict(found)


def asked(places: Iterable[str], ask: Callable[[str], State]) -> Mapping[str, State]:
    """Ask all addresses, several at once but few of one server."""
    servers: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(PER_HOST))
    all_of_them = list(places)
    limits = [servers[urlsplit(address).netloc] for address in all_of_them]

    def one(address: str, limit: threading.Semaphore) -> State:
        with limit:
            return ask(address)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(all_of_them, pool.map(one, all_of_them, limits), strict=True))


def state(address: str) -> State:
    """Ask the server about one address."""
    for method in ("HEAD", "GET"):
        try:
            request = urllib.request.Request(address, method=method, headers={"User-Agent": PROGRAM})
            with urllib.request.urlopen(request, timeout=PATIENCE):
                return "there"
        except urllib.error.HTTPError as error:
            if method == "HEAD" and error.code in GONE | NO_HEAD:
                continue  # some servers answer only whole requests
            return ("gone", f"answers {error.code}") if error.code in GONE else "unknown"
        except urllib.error.URLError as error:
            if isinstance(error.reason, socket.gaierror) and error.reason.errno == socket.EAI_NONAME:
                return _without_server(address)
            return "unknown"
        except (OSError, ValueError):
            return "unknown"
    return "unknown"


def _without_server(address: str) -> State:
    """A name that can't be looked up is gone only where other names can."""
    try:
        socket.getaddrinfo("example.org", 443)
    except OSError:
        return "unknown"
    return "gone", f"names no server: {urlsplit(address).hostname}"


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.suffix in KINDS)


if __name__ == "__main__":
    sys.exit(main())
