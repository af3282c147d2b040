"""Pictures of twelve states of the site, to see what a change does to how it looks: `make pictures` takes them anew.

tests/browser/test_pictures.py compares the site with them in the nightly run. Letters look different on other machines, so a
picture of a few words comes with them: where it differs, there is nothing to compare.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import quote

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.server import SiteServer
from tests.chromium import ARGUMENTS, executable

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(__file__).with_name("browser") / "pictures"
PROBE = "letters"
HEIGHT = 900
WITHIN = 60_000  # ms; Python has to start
WORDS = '<p style="font: 16px sans-serif">Qwen3-8B-Instruct</p><p style="font: 16px monospace">Q4_K_M 0123</p>'
# The share of pixels that may differ, and by how much of 255 each colour of a pixel may without counting.
TOLERANCE, SHADE = 0.005, 40
FILES = "\n".join(
    f"Qwen3-8B-{label}.gguf\n{size} GB\nxet\nUpload\n7 months ago"
    for label, size in (("Q3_K_M", 4.12), ("Q4_K_M", 5.03), ("Q6_K", 6.73), ("Q8_0", 8.71))
)
DIFFERENT = """async ([before, after, shade]) => {
  const pixels = async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const [a, b] = [await pixels(before), await pixels(after)];
  if (a.width !== b.width || a.height !== b.height) return 1;
  let count = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    if ([0, 1, 2].some((colour) => Math.abs(a.data[at + colour] - b.data[at + colour]) > shade)) count++;
  }
  return count / (a.width * a.height);
}"""


class State(NamedTuple):
    """A state of a page: where it is, how wide, in which colours, and what to wait for or do before the picture."""

    name: str
    address: str
    width: int
    colours: Literal["light", "dark"] = "light"
    prepare: Callable[[Page], None] = lambda page: None


def _answered(page: Page) -> None:
    page.locator("[data-nameplate$=-result][data-state=ready]").wait_for(timeout=WITHIN)
    page.wait_for_timeout(500)  # what comes a moment later: memory, commands


def _refused(page: Page) -> None:
    page.locator("[data-nameplate=decode-result][data-state=error]").wait_for(timeout=WITHIN)


def _listed(page: Page) -> None:
    page.get_by_label("Model names, one on each line").fill(FILES)
    page.get_by_role("button", name="Explain all").click()
    page.locator("[data-nameplate=decode-list][data-state=ready]").wait_for(timeout=WITHIN)


LONG = quote("unsloth/Qwen3-Coder-30B-A3B-Instruct-GGUF:Q4_K_M", safe="")
ASKED = "choose/#names=Qwen3-8B-Base,Qwen3-8B,Qwen3-8B-Q4_K_M.gguf&task=chat&gpu_gb=8"
STATES = (
    State("home", "", 1440),
    State("home-phone-dark", "", 360, "dark"),
    State("decoded", f"decode/#q={LONG}", 1440, prepare=_answered),
    State("decoded-phone-dark", f"decode/#q={LONG}", 360, "dark", prepare=_answered),
    State("refused", f"decode/#q={'y' * 1100}", 768, prepare=_refused),
    State("two-names", "decode/#q=Qwen%2FQwen3-8B&with=Qwen%2FQwen3-8B-Base", 768, prepare=_answered),
    State("list-of-files", "decode/#view=list", 1440, prepare=_listed),
    State("chosen", ASKED, 1440, "dark", prepare=_answered),
    State("chosen-phone", ASKED, 360, prepare=_answered),
    State("glossary", "glossary/#base-model", 768),
    State("family", "families/qwen3/", 768),
    State("suffixes-dark", "guide/suffixes/", 1440, "dark"),
)


def picture(browser: Browser, base: str, state: State) -> bytes:
    """Return what a window shows of a state."""
    page = browser.new_page(
        base_url=base,
        viewport={"width": state.width, "height": HEIGHT},
        color_scheme=state.colours,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page.goto(state.address)
    state.prepare(page)
    page.mouse.move(0, 0)
    page.evaluate("document.fonts.ready.then(() => document.activeElement?.blur?.())")
    expect(page.locator("body")).to_be_visible()
    taken = page.screenshot(animations="disabled", caret="hide")
    page.close()
    return taken


def letters(browser: Browser) -> bytes:
    """Return a picture of a few words as this machine draws them."""
    page = browser.new_page(viewport={"width": 240, "height": 100})
    page.set_content(WORDS)
    taken = page.screenshot()
    page.close()
    return taken


def main() -> None:
    """Take all pictures of the site in site/."""
    server = SiteServer()
    server.folder = ROOT / "site"
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        (FOLDER / f"{PROBE}.png").write_bytes(letters(browser))
        for state in STATES:
            (FOLDER / f"{state.name}.png").write_bytes(picture(browser, server.url, state))
        browser.close()
    server.close()


if __name__ == "__main__":
    if not (ROOT / "site" / "decode" / "index.html").is_file():
        sys.exit('site/ is missing: run "make build" first.')
    main()
    print(
        f"{FOLDER.relative_to(ROOT)} shows {len(STATES)} states of the site as they are now. Look at them before you commit."
    )
