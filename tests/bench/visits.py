"""Visits of pages in a real browser, timed by the page itself: what the benchmarks of the start share."""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from plugins.bundle.assets import ASSETS, bundle
from plugins.bundle.layers.compress import add_brotli
from plugins.bundle.paths import ROOT, RUNTIME
from tests.chromium import ARGUMENTS, executable

from .line import BEST, UNTHROTTLED, Host, Line, Policy

PAGES = Path(__file__).with_name("pages")
WORK = ROOT / "build" / "bench"
NAME = "hf.co/bartowski/Qwen3-Coder-30B-A3B-Instruct-2507-GGUF:Q4_K_M"
BEGINNING = 1.5  # seconds, in which a new browser, and then a new tab, is busy with windows of its own
SETTLING = 1.5  # seconds after an answer, in which a browser writes to its caches
MARKS = """() => Object.fromEntries(
    performance.getEntriesByType("mark").map(mark => [mark.name.replace("nameplate:", ""), mark.startTime]))"""
# Kept until the page's mark is there: who asks again and again takes the time that is measured.
ANSWERED = """() => new Promise(resolve => {
    const look = () => performance.getEntriesByName("nameplate:first-answer").length && resolve(true)
    new PerformanceObserver(look).observe({ type: "mark", buffered: true })
})"""


@dataclass
class Visit:
    """Milliseconds from the navigation to each mark of the page, and the bytes that came over the line, by path."""

    marks: dict[str, float]
    sent: dict[str, int] = field(default_factory=dict)

    @property
    def answer(self) -> float:
        return self.marks["first-answer"]


@dataclass
class Visits:
    """Visits of one page, each in its turn."""

    all: list[Visit] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(visit.answer for visit in self.all)

    @property
    def extent(self) -> str:
        answers = [visit.answer for visit in self.all]
        return f"{min(answers):.0f} to {max(answers):.0f}"

    @property
    def sent(self) -> dict[str, int]:
        return self.all[-1].sent

    def stages(self) -> dict[str, float]:
        """The medians of the marks that every visit has, in order."""
        names = set.intersection(*(set(visit.marks) for visit in self.all))
        medians = {name: statistics.median(visit.marks[name] for visit in self.all) for name in names}
        return dict(sorted(medians.items(), key=lambda stage: stage[1]))


def built_site() -> Path:
    """The finished site of this checkout, built afresh."""
    bundle()
    site = WORK / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    subprocess.run(
        command, cwd=ROOT, check=True, stdout=sys.stderr, env={**os.environ, "SITE_URL": "", "NO_MKDOCS_2_WARNING": "1"}
    )
    return site


@contextlib.contextmanager
def host(line: Line = UNTHROTTLED, policy: Policy = BEST) -> Iterator[Host]:
    """Serves the site at /, the pages that it is compared with at /bench/, the runtime as npm has it at /runtime/."""
    site = WORK / "site"
    if not site.is_dir():
        built_site()
    wheel = next(ASSETS.glob("wheel-*/*.whl"))
    pages = WORK / "pages"
    shutil.copytree(PAGES, pages, dirs_exist_ok=True)
    stock = (PAGES / "stock.html").read_text().replace("WHEEL", wheel.name)
    (pages / "stock.html").write_text(stock)
    folders = {"/bench/": pages, "/runtime/": RUNTIME, "/wheel/": wheel.parent, "/": site}
    serving = Host(folders, line, policy)
    try:
        yield serving
    finally:
        serving.close()


def prepared() -> None:
    """Everything that takes long and is not to be measured."""
    built_site()
    files = [path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*") if path.is_file()]
    add_brotli(ASSETS, dict.fromkeys(name for name in files if name != "manifest.json"))


@contextlib.contextmanager
def fresh_browser(playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser with a new profile: nothing is in its caches, and what comes in is kept as it is for readers."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=executable(), args=ARGUMENTS, headless=True, bypass_csp=True
        )
        context.set_default_timeout(180_000)
        time.sleep(BEGINNING)
        yield context
        context.close()


def visit(context: BrowserContext, serving: Host, address: str) -> Visit:
    """Open a page and wait for its answer."""
    page = context.new_page()
    time.sleep(BEGINNING)
    serving.take_sent(0)
    page.goto(f"{serving.origin}{address}", wait_until="commit")
    page.evaluate(ANSWERED)
    marks = page.evaluate(MARKS)
    answered = (page.evaluate("performance.timeOrigin") + marks["first-answer"]) / 1000
    found = Visit(marks, serving.take_sent(until=answered))
    time.sleep(SETTLING)
    page.close()
    return found


def compare(serving: Host, addresses: dict[str, str], rounds: int, times: int = 1) -> dict[str, list[Visits]]:
    """For each page the visits of all rounds: a list for first visits, another for second ones, as many as `times`."""
    found = {name: [Visits() for _ in range(times)] for name in addresses}
    with sync_playwright() as playwright:
        with fresh_browser(playwright) as context:
            for address in addresses.values():
                visit(context, serving, address)  # the host has compressed everything then
        for _ in range(rounds):
            for name, address in addresses.items():
                with fresh_browser(playwright) as context:
                    for number in range(times):
                        found[name][number].all.append(visit(context, serving, address))
    return found


def megabytes(sent: dict[str, int], keep: Callable[[str], bool] = lambda _: True) -> float:
    return sum(size for path, size in sent.items() if keep(path)) / 1e6
