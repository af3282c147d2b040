"""The picture of the decoder in the README: `make picture` takes it anew from the finished site.

It is taken at twice the size, in light colours, and written to docs/images/decoder.png.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.server import SiteServer
from tests.chromium import ARGUMENTS, executable

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "decoder.png"
NAME = "Mixtral-8x7B-Instruct-v0.1"
WITHIN = 60_000  # ms; Python has to start
ROOM = 16  # CSS pixels around the decoder


def take(site: Path, picture: Path) -> None:
    """Open the decoder of a finished site with a name, and take a picture of it with its answer."""
    server = SiteServer()
    server.folder = site
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        page = browser.new_page(
            base_url=server.url,
            viewport={"width": 900, "height": 1100},
            device_scale_factor=2,
            color_scheme="light",
            reduced_motion="reduce",
        )
        page.goto(f"decode/#q={NAME}")
        page.locator("[data-nameplate=decode-result][data-state=ready]").wait_for(timeout=WITHIN)
        page.add_style_tag(content=".md-header { display: none }")
        decoder = page.locator(".nameplate").first.bounding_box()
        assert decoder is not None, "the decoder stands in the page"
        clip = {
            "x": decoder["x"] - ROOM,
            "y": decoder["y"] - ROOM,
            "width": decoder["width"] + 2 * ROOM,
            "height": decoder["height"] + 2 * ROOM,
        }
        page.screenshot(path=picture, full_page=True, clip=clip)  # type: ignore[arg-type]
        browser.close()
    server.close()


if __name__ == "__main__":
    if not (ROOT / "site" / "decode" / "index.html").is_file():
        sys.exit('site/ is missing: run "make build" first.')
    take(ROOT / "site", PICTURE)
    print(f"{PICTURE.relative_to(ROOT)} shows the decoder as it is now.")
