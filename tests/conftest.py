"""What several groups of tests share: the finished site, a server for it, and a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from plugins.publish import offline, page_policy
from tests.browser.server import SiteServer
from tests.chromium import ARGUMENTS, executable

expect.set_options(timeout=60_000)  # ms; a busy machine is no failure
ROOT = Path(__file__).resolve().parents[1]
NEED_SITE = (
    "tests/browser/",
    "tests/site/test_built_site.py",
    "tests/site/test_navigation.py",
    "tests/site/test_offline.py",
    "tests/site/test_published.py",  # takes a file away that the site is built from
    "tests/trust/test_built_pages.py",
)
# No other host can even be looked up.
NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"


class ByFixture(LoadFileScheduling):
    """Gives each of several processes a file at a time, and one of them all that needs the finished site."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return "site" if path.startswith(NEED_SITE) else path


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFixture:
    """Share the work so that the site is built and served once."""
    return ByFixture(config, log)


@pytest.fixture(scope="session")
def site_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """Serves the finished site. It is built here, once a session, unless NAMEPLATE_SITE names the folder of one."""
    server = SiteServer()
    server.folder = Path(os.environ.get("NAMEPLATE_SITE") or _build(tmp_path_factory.mktemp("site"), server.url))
    yield server
    server.close()


@pytest.fixture(scope="session")
def built_site(site_server: SiteServer) -> Path:
    """The folder of the finished site."""
    return site_server.folder


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The program of a Chromium that runs here."""
    return executable()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A Chromium that reaches nothing but this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=[*ARGUMENTS, NOWHERE_ELSE])
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, site_server: SiteServer) -> Iterator[BrowserContext]:
    """A fresh profile of the browser. Afterwards no other host may have been asked for, and no script may have failed."""
    site_server.mend()
    # Playwright waits with eval(), which the pages' policy forbids; test_page_policy.py opens them under it.
    size: ViewportSize = {"width": 1280, "height": 900}
    context = browser.new_context(base_url=site_server.url, viewport=size, bypass_csp=True)
    context.set_default_timeout(60_000)
    foreign: list[str] = []
    errors: list[str] = []
    context.on("request", lambda asked: None if _is_ours(asked.url, site_server) else foreign.append(asked.url))
    context.on("weberror", lambda problem: errors.append(str(problem.error)))
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()
    assert not foreign, "the page asked another host"
    assert not errors, "a script of the page failed"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page of a desktop's size."""
    return context.new_page()


def _is_ours(url: str, server: SiteServer) -> bool:
    return url.startswith((server.origin, "data:", "blob:"))


def _build(folder: Path, url: str) -> Path:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    built = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "SITE_URL": url}, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, f"mkdocs build --strict failed:\n{built.stdout}{built.stderr}"
    page_policy.finish(folder)
    offline.finish(folder)
    return folder
