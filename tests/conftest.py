"""What several groups of tests share: the finished site, a server for it, and a browser."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from plugins.publish import offline, opensearch, page_policy
from tests import shards
from tests.browser.server import PREFIX, SiteServer
from tests.chromium import ARGUMENTS, Chromium, executable

expect.set_options(timeout=60_000)  # ms; a busy machine is no failure
LONGEST_TEST = 600  # seconds
PERMISSIONS = ["clipboard-read", "clipboard-write"]
ROOT = Path(__file__).resolve().parents[1]
# A build that several processes share names this address, and each puts that of its own server in its place.
NO_SERVER = "http://127.0.0.1:0/"
LOCK = "built-site.lock"
PAGES_OF_TEXT = {".html", ".json", ".md", ".txt", ".webmanifest", ".xml"}
# No other host can even be looked up.
NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let several machines share the tests."""
    shards.add_option(parser)


@pytest.fixture(scope="session")
def site_server(tmp_path_factory: pytest.TempPathFactory, shared_by_processes: Path) -> Iterator[SiteServer]:
    """Serves the finished site. It is built once for all processes, unless NAMEPLATE_SITE names the folder of one."""
    server = SiteServer()
    ready = os.environ.get("NAMEPLATE_SITE")
    built = Path(ready) if ready else _build_once(shared_by_processes)
    if address := _address_of(built):
        server.prefix = urlsplit(address).path
        server.folder = _with_address(built, tmp_path_factory.mktemp("site"), address, server.url)
    else:
        server.folder = built
    yield server
    server.close()


@pytest.fixture(scope="session")
def shared_by_processes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run have."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture
def nothing_builds(shared_by_processes: Path) -> Iterator[None]:
    """For a test that changes what the site is built from: no process builds it meanwhile."""
    with FileLock(shared_by_processes / LOCK):
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of one machine. Run a test in the browser once more if it fails.

    A busy machine is no fault of ours. The summary counts these.
    """
    shards.keep_one(config, items)
    for item in items:
        if isinstance(item, pytest.Function) and "chromium" in item.fixturenames:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def built_site(site_server: SiteServer) -> Path:
    """The folder of the finished site."""
    return site_server.folder


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The program of a Chromium that runs here."""
    return executable()


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Chromium]:
    """A Chromium that reaches nothing but this machine."""
    with sync_playwright() as playwright:
        chromium = Chromium(playwright, chromium_path, [*ARGUMENTS, NOWHERE_ELSE])
        yield chromium
        chromium.close()


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Browser]:
    """The browser for one test, which ends with an error where it hangs."""
    with chromium.ended_after(LONGEST_TEST):
        yield chromium.browser


@pytest.fixture
def context(chromium: Chromium, browser: Browser, site_server: SiteServer) -> Iterator[BrowserContext]:
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
    context.grant_permissions(PERMISSIONS)
    yield context
    with chromium.ended_after(60), contextlib.suppress(PlaywrightError):  # the test is over
        context.close()
    assert not foreign, "the page asked another host"
    assert not errors, "a script of the page failed"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page of a desktop's size."""
    return context.new_page()


def _is_ours(url: str, server: SiteServer) -> bool:
    return url.startswith((server.origin, "data:", "blob:"))


def _build_once(shared: Path) -> Path:
    """The site that the first process that needs it builds; the others wait."""
    built, address = shared / "built-site", NO_SERVER.removesuffix("/") + PREFIX
    with FileLock(shared / LOCK):
        if not built.exists():
            draft = shared / "site-being-built"
            command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(draft)]
            environment = {**os.environ, "SITE_URL": address}
            run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            assert run.returncode == 0, f"mkdocs build --strict failed:\n{run.stdout}{run.stderr}"
            draft.rename(built)
    return built


def _address_of(built: Path) -> str:
    """The address that a site was built for, or nothing: a site that is to be deployed has its own."""
    page = (built / "index.html").read_text(encoding="utf-8")
    return match[1] if (match := re.search(r'<link rel="canonical" href="([^"]+)"', page)) else ""


def _with_address(built: Path, folder: Path, address: str, server: str) -> Path:
    """A copy of the site with the address of the server that it gets; what holds no address is linked, not copied."""

    def copy(source: str, target: str) -> None:
        if Path(source).suffix in PAGES_OF_TEXT:
            Path(target).write_text(Path(source).read_text(encoding="utf-8").replace(address, server), encoding="utf-8")
        else:
            os.link(source, target)

    shutil.copytree(built, folder, copy_function=copy, dirs_exist_ok=True)
    page_policy.finish(folder)
    opensearch.finish(folder)
    offline.finish(folder)
    return folder
