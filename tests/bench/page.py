"""Typing in the page and a list of 10,000 names: from an event to what is in the page, and how long the page is held up.

Of the list also the longest time between two frames, and the memory of the page's process with the worker's in it.

On a machine that does other things besides, a page is held up longer: compare figures of one run only.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright, sync_playwright

from .measuring import ids, rounds
from .visits import NAME, fresh_browser, host, prepared

ROUNDS = 5
NAMES = (
    NAME,
    "someone/Wizard-zorplefish-instuct-7b-flurbel-2.0-quxian-v0.3-awq",
    "meta-llama/Llama-4-Scout-17B-16E-Instruct",
)
READY = "document.querySelector('[data-nameplate={}]')?.dataset.state === 'ready'"
# The milliseconds from each input event to its answer in the document, one letter after the other.
TYPING = """async name => {
  const field = document.querySelector(".np-input");
  const result = document.querySelector("[data-nameplate=decode-result]");
  const times = [];
  for (let end = 1; end <= name.length; end++) {
    field.value = name.slice(0, end);
    const answered = new Promise((answered) => {
      const watch = new MutationObserver(() => {
        if (result.dataset.name !== field.value || result.dataset.state === "loading") return;
        watch.disconnect();
        answered();
      });
      watch.observe(result, { attributes: true, childList: true });
    });
    const started = performance.now();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await answered;
    times.push(performance.now() - started);
    await new Promise((rest) => setTimeout(rest, 40));
  }
  return times;
}"""
WATCH = """() => {
  window.held = [];
  window.frames = [];
  new PerformanceObserver((list) => window.held.push(...list.getEntries().map((task) => task.duration))).observe({ type: "longtask" });
  let before = performance.now();
  const frame = (now) => {
    window.frames.push(now - before);
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""
PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  window.pasted = performance.now();
  document.querySelector(".np-input").dispatchEvent(event);
}"""
SINCE_PASTED = "() => performance.now() - window.pasted"


def measure() -> Iterator[str]:
    prepared()
    with host() as serving, sync_playwright() as playwright:
        yield from typing(playwright, f"{serving.origin}/decode/#q=llama-7b")
        with fresh_browser(playwright) as context:
            page = context.new_page()
            page.goto(f"{serving.origin}/decode/#q=llama-7b")
            page.wait_for_function(READY.format("decode-result"))
            page.evaluate(WATCH)
            yield from reading(page)
            yield from arranging(page)


def typing(playwright: Playwright, address: str) -> Iterator[str]:
    """Every name is typed in new browsers, first the moment that the page has answered, then once the others were typed.

    A browser compiles the interpreter's code anew while the first name is typed, so the first figure is the worst that
    a reader meets, the second what typing is like from then on.
    """
    first: dict[str, list[float]] = {name: [] for name in NAMES}
    later: dict[str, list[float]] = {name: [] for name in NAMES}
    for _ in range(rounds(ROUNDS)):
        for place, name in enumerate(NAMES):
            with fresh_browser(playwright) as context:
                page = context.new_page()
                page.goto(address)
                page.wait_for_function(READY.format("decode-result"))
                first[name] += page.evaluate(TYPING, name)
                for other in (*NAMES[place + 1 :], *NAMES[:place]):
                    later[other] += page.evaluate(TYPING, other)
    for when, found in (("first", first), ("later", later)):
        for name, times in found.items():
            yield f"typing {len(name)} letters, {when}: {_spread(times)}"


def _spread(times: list[float]) -> str:
    times = sorted(times)
    median, late = times[len(times) // 2], times[int(0.95 * len(times))]
    return f"median {median:.1f} ms, 95 of 100 within {late:.1f} ms, at most {times[-1]:.1f} ms"


def reading(page: Page) -> Iterator[str]:
    names = ids()
    page.evaluate(PASTE, "\n".join(names))
    page.wait_for_selector(".np-list-rows tbody tr")
    first = page.evaluate(SINCE_PASTED)
    page.wait_for_function(READY.format("decode-list"), polling=200)
    seconds = page.evaluate(SINCE_PASTED) / 1000
    yield f"reading {len(names):,} names: first rows after {first:.0f} ms, all after {seconds:.1f} s; {_held(page)}"
    most, now = _memory(page)
    yield f"memory of the page's process: {now:.0f} MB then, {most:.0f} MB at most"


def arranging(page: Page) -> Iterator[str]:
    for title in ("Name", "Parameters (billions)"):
        page.get_by_role("button", name=title, exact=True).click()
        page.wait_for_timeout(300)
        yield f"sorting by {title}: {_held(page)}"
    page.get_by_label("Filter").fill("gguf")
    page.wait_for_timeout(300)
    yield f"filtering: {_held(page)}"


def _held(page: Page) -> str:
    """What the page did in one piece for more than 50 ms since the last look, and the longest frame."""
    held: list[Any] = page.evaluate("() => window.held.splice(0)")
    frames: list[Any] = page.evaluate("() => window.frames.splice(0)")
    found = (
        f"held up {len(held)} times for more than 50 ms, at most {max(held):.0f} ms"
        if held
        else "never held up for 50 ms"
    )
    return f"{found}; longest frame {max(frames):.0f} ms"


def _memory(page: Page) -> tuple[float, float]:
    """The megabytes that the page's process has had at most, and has now that garbage is collected."""
    session = (
        page.context.browser.new_browser_cdp_session() if page.context.browser else page.context.new_cdp_session(page)
    )
    page.context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return max((_of_process(one["id"]) for one in processes if one["type"] == "renderer"), default=(0.0, 0.0))


def _of_process(number: int) -> tuple[float, float]:
    """The most memory and the present memory of a process, as Linux shows it, without what it shares with others."""
    status = Path(f"/proc/{number}/status").read_text(encoding="ascii")
    fields = {line.partition(":")[0]: line.partition(":")[2].split() for line in status.splitlines()}
    shared = int(fields["RssFile"][0]) + int(fields["RssShmem"][0])
    return (int(fields["VmHWM"][0]) - shared) / 1024, int(fields["RssAnon"][0]) / 1024
