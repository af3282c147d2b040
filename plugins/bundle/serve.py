"""Serve the site with a command, and keep docs/assets up to date meanwhile: `python -m plugins.bundle.serve COMMAND`.

The decoder in a page is made of the data and of the package, and a server of pages does not know that. So the sources are
looked at every other second. When they have changed and rest, the bundle is made again; the server sees new files in docs/
and builds the pages again. This needs nothing of the server's own.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from .assets import source_files
from .paths import ROOT

PAUSE = 2.0  # seconds between two looks at the sources


def main(arguments: Sequence[str]) -> int:
    """Become the command, with a watcher beside it, or be that watcher: `--beside PROCESS`."""
    if arguments[:1] != ["--beside"]:
        subprocess.Popen([sys.executable, "-m", "plugins.bundle.serve", "--beside", str(os.getpid())], cwd=ROOT)
        os.execv(arguments[0], list(arguments))
    server = int(arguments[1])
    with contextlib.suppress(KeyboardInterrupt):
        for _ in follow(lambda: state_of(source_files()), make_bundle, lambda: rest_beside(server)):
            pass
    return 0


def follow(look: Callable[[], str], make: Callable[[], object], rest: Callable[[], bool]) -> Iterator[bool]:
    """Call `make` each time that what `look` returns has changed and has then stayed the same for a while.

    `rest` waits a while, and says whether to go on. Yields after each look whether something was made. What is made counts
    as the state of the last look, whether it succeeds or not, so that a fault is not tried again until something changes.
    """
    made = before = look()
    while rest():
        now = look()
        settled = now == before
        before = now
        if settled and now != made:
            make()
            made = now
            yield True
        else:
            yield False


def rest_beside(server: int) -> bool:
    """Wait until the next look is due. Return whether the process that has started this one still runs."""
    time.sleep(PAUSE)
    return os.getppid() == server


def make_bundle() -> None:
    """Make the bundle in a process of its own, because its code may have changed as well. The pages come first."""
    command = [sys.executable, "-m", "plugins.bundle"]
    subprocess.run(["nice", *command] if shutil.which("nice") else command, cwd=ROOT, check=False)


def state_of(files: Iterable[Path]) -> str:
    """Return a digest of the paths, sizes and times of files. One that has just gone is left out.

    >>> state_of([Path(__file__)]) == state_of([Path(__file__)])
    True
    """
    digest = hashlib.sha256()
    for path in files:
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
