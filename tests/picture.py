"""The picture of the decoder in the README: `make picture` takes it anew from the finished site, in light colours.

It moves: a name is typed, and with each of its words the answer grows. It is a PNG with several frames (APNG), so that it stays
sharp, and it stops at the whole answer.
"""

from __future__ import annotations

import itertools
import struct
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from tests.browser.server import SiteServer
from tests.chromium import ARGUMENTS, executable

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / ".github" / "decoder.png"  # not in docs/: the site doesn't show it
STEPS = ("Mixtral", "Mixtral-8x7B", "Mixtral-8x7B-Instruct", "Mixtral-8x7B-Instruct-v0.1")
SHOWN, LAST_SHOWN = 900, 4_000  # ms a frame
PLAYS = 3
WITHIN = 60_000  # ms; Python has to start
TALLEST = 852
SIGNATURE = b"\x89PNG\r\n\x1a\n"
ROOM = 16  # CSS pixels around the decoder


def take(site: Path, picture: Path) -> None:
    """Open the decoder of a finished site with more and more of a name, and join the pictures of its answers."""
    server = SiteServer()
    server.folder = site
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        clip = _clip(_open(browser, server, STEPS[-1]))
        frames = [_open(browser, server, step).screenshot(full_page=True, clip=clip) for step in STEPS]
        browser.close()
    server.close()
    picture.write_bytes(joined(frames, [*[SHOWN] * (len(frames) - 1), LAST_SHOWN], PLAYS))


def _open(browser: Browser, server: SiteServer, name: str) -> Page:
    """Return the page with the answer about a name."""
    page = browser.new_page(
        base_url=server.url,
        viewport={"width": 900, "height": 1100},
        color_scheme="light",
        reduced_motion="reduce",
        bypass_csp=True,  # for the style below
    )
    page.goto(f"decode/#q={name}")
    page.locator("[data-nameplate=decode-result][data-state=ready]").wait_for(timeout=WITHIN)
    # Without what covers the decoder or comes after it: a shorter answer isn't to show the rest of the page.
    page.add_style_tag(
        content=".md-header, .nameplate ~ * { display: none !important } .md-main { min-height: 2000px }"
    )
    return page


def _clip(page: Page) -> FloatRect:
    """Return where the decoder is in the page, down to what the name says: the rest isn't for a first look."""
    found = page.locator(".nameplate").first.bounding_box()
    assert found is not None, "the decoder is in the page"
    return {
        "x": found["x"] - ROOM,
        "y": found["y"] - ROOM,
        "width": found["width"] + 2 * ROOM,
        "height": min(found["height"] + 2 * ROOM, TALLEST),
    }


def joined(frames: Sequence[bytes], times: Sequence[int], plays: int) -> bytes:
    """Join PNG pictures of one size into one that moves; `times` are in milliseconds."""
    pictures = [list(_chunks(frame)) for frame in frames]
    header = next(data for kind, data in pictures[0] if kind == b"IHDR")
    assert all(dict(picture)[b"IHDR"] == header for picture in pictures), "all pictures have one size and one kind"
    size, sequence = header[:8], itertools.count()
    parts = [_chunk(b"IHDR", header), _chunk(b"acTL", struct.pack(">II", len(frames), plays))]
    for index, (picture, time) in enumerate(zip(pictures, times, strict=True)):
        control = struct.pack(">I", next(sequence)) + size + struct.pack(">IIHHBB", 0, 0, time, 1_000, 0, 0)
        parts.append(_chunk(b"fcTL", control))
        data = b"".join(data for kind, data in picture if kind == b"IDAT")
        parts.append(_chunk(b"fdAT", struct.pack(">I", next(sequence)) + data) if index else _chunk(b"IDAT", data))
    return b"".join([SIGNATURE, *parts, _chunk(b"IEND", b"")])


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(picture):
        (length,) = struct.unpack_from(">I", picture, place)
        yield picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]
        place += length + 12


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    if not (ROOT / "site" / "decode" / "index.html").is_file():
        sys.exit('site/ is missing: run "make build" first.')
    take(ROOT / "site", PICTURE)
    print(f"{PICTURE.relative_to(ROOT)} shows the decoder as it is now.")
