"""Find a browser for the tests, and install one where there is none.

`python -m tests.chromium` prints the program's path. It looks at the environment variable
CHROMIUM, at the PATH, and at what Playwright downloaded before; then it asks Debian's package
manager (as root only), then Playwright.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

# No sandbox: root may not have one, and only our own pages are opened.
# The others keep the browser from calling home, which costs time where there is no way out.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Chromium:
    """A browser that is started again once it has ended, and ended where it hangs.

    Playwright waits for ever for a window to close, or for a script in a page to answer.
    """

    def __init__(self, playwright: Playwright, program: str, arguments: Sequence[str]) -> None:
        self.playwright = playwright
        self._program = program
        self._arguments = arguments
        self._mark = f"--tests={uuid.uuid4()}"  # by which its processes are known
        self._browser: Browser | None = None

    @property
    def browser(self) -> Browser:
        """The browser, which runs."""
        if self._browser is None or not self._browser.is_connected():
            arguments = [*self._arguments, self._mark]
            self._browser = self.playwright.chromium.launch(executable_path=self._program, args=arguments)
        return self._browser

    @contextlib.contextmanager
    def ended_after(self, seconds: float) -> Iterator[None]:
        """End the browser if what is done here takes longer: whoever waits for it gets an error then."""
        timer = threading.Timer(seconds, self._kill)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def close(self) -> None:
        """End the browser, with patience."""
        with self.ended_after(60):
            if self._browser is not None:
                self._browser.close()

    def _kill(self) -> None:
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if self._mark.encode() in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)


@functools.cache
def executable() -> str:
    """Return the path of a browser that starts.

    Raises RuntimeError, saying what to do, if there is none.
    """
    wanted = os.environ.get("CHROMIUM")
    if wanted:
        if _starts(wanted):
            return wanted
        raise RuntimeError(f"CHROMIUM={wanted} does not start. Name a Chromium or Chrome that does.")
    for candidate in _candidates():
        if _starts(candidate):
            return candidate
    raise RuntimeError(
        "There is no browser for the tests. Install Chromium or Chrome, "
        'or set CHROMIUM to the path of one, then run "make test" again.'
    )


def install() -> str:
    """Return the path of a browser, installing one first if need be."""
    try:
        return executable()
    except RuntimeError:
        if os.environ.get("CHROMIUM"):
            raise
    for way in (_from_debian, _from_playwright):
        way()
        try:
            return executable()
        except RuntimeError as error:
            missing = error
    raise missing


def _starts(program: str) -> bool:
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and bool(answer.stdout.strip())


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, PROGRAMS))
    yield from APPLICATIONS
    # In a process of its own, because Playwright runs once in a process and whoever asks may run it already.
    program = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright:\n"
        "    print(playwright.chromium.executable_path)"
    )
    yield subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def _from_debian() -> None:
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Without recommended packages (a printer set-up among them), but with a font to draw text.
    packages = ["chromium", "fonts-liberation", "fonts-dejavu-core"]
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "--quiet", *command], env=environment, stdout=sys.stderr, check=False)


def _from_playwright() -> None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, stdout=sys.stderr, check=False)


if __name__ == "__main__":
    try:
        print(install())
    except RuntimeError as problem:
        sys.exit(str(problem))
