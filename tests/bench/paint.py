"""The largest contentful paint of the decoder's page in Chromium, while the runtime loads and with nothing to load.

Both are the same page from the same host; where nothing is to load, the page gets a worker that does nothing. Each visit
is by a browser with a new profile, and they take turns.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from urllib.parse import quote

from playwright.sync_api import BrowserContext, sync_playwright

from .line import BEST, FAST, UNTHROTTLED, Host
from .measuring import rounds
from .visits import BEGINNING, NAME, fresh_browser, host, prepared

ADDRESSES = {"/decode/": "/decode/", "/decode/#q=": f"/decode/#q={quote(NAME, safe='')}"}
ROUNDS = 7
WATCHED = 5.0  # seconds: the page has long come to rest then, also on the slower of the two lines
NOTHING_TO_LOAD = """
window.Worker = class extends EventTarget { postMessage() {} terminate() {} }
WebAssembly.compileStreaming = () => new Promise(() => {})
"""
PAINT = """() => new Promise((painted) =>
    new PerformanceObserver((list) => painted(list.getEntries().at(-1).startTime))
        .observe({ type: "largest-contentful-paint", buffered: true }))"""


def measure() -> Iterator[str]:
    prepared()
    yield f"largest contentful paint, medians of {rounds(ROUNDS)}"
    for line in (UNTHROTTLED, FAST):
        with host(line, BEST) as serving, sync_playwright() as playwright:
            with fresh_browser(playwright) as context:
                _paint(context, serving, ADDRESSES["/decode/#q="])  # the host has compressed everything then
            for name, address in ADDRESSES.items():
                loading, still = [], []
                for _ in range(rounds(ROUNDS)):
                    with fresh_browser(playwright) as context:
                        loading.append(_paint(context, serving, address))
                    with fresh_browser(playwright) as context:
                        context.add_init_script(NOTHING_TO_LOAD)
                        still.append(_paint(context, serving, address))
                with_it, without = statistics.median(loading), statistics.median(still)
                yield f"{line.name}, {name:12} {with_it:5.0f} ms with, {without:5.0f} ms without: {with_it / without:.2f}"


def _paint(context: BrowserContext, serving: Host, address: str) -> float:
    page = context.new_page()
    time.sleep(BEGINNING)
    page.goto(f"{serving.origin}{address}", wait_until="commit")
    page.wait_for_timeout(1000 * WATCHED)
    found: float = page.evaluate(PAINT)
    page.close()
    return found
