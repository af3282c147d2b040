"""Keep what the data files say, parsed, from one run to the next: parsing YAML is most of the time that a check takes.

A text is found by its digest, so one that has changed isn't there. The file's name is a digest of everything else that
decides what parsing gives.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import io
import os
import pickle
import sys
from pathlib import Path
from typing import Any

import yaml

from . import front_matter
from .front_matter import EARLIER, PARSED, Parsed
from .sources import ROOT

FOLDER = ROOT / "build" / "parsed-data"
KEPT = 3  # files, such as those of two interpreters


def recall(folder: Path = FOLDER) -> None:
    """Make what an earlier process has parsed known to this one. A file that can't be read is as good as none."""
    with contextlib.suppress(
        OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, ValueError
    ):
        EARLIER.update(_Reader(io.BytesIO((folder / _name()).read_bytes())).load())


class _Reader(pickle.Unpickler):
    """Read what `keep` writes and nothing else: a file that someone else has put here runs nothing."""

    def find_class(self, module: str, name: str) -> Any:
        """Return one of the types that parsed data are made of. Raises UnpicklingError for any other."""
        for known in (Parsed, datetime.date, datetime.datetime):
            if (module, name) == (known.__module__, known.__qualname__):
                return known
        raise pickle.UnpicklingError(f"{module}.{name} is no part of parsed data")


def keep(folder: Path = FOLDER) -> None:
    """Keep what this process has parsed, unless it is what was known before. A folder that can't be written is no fault."""
    if PARSED.keys() == EARLIER.keys():
        return
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / _name()
        written = path.with_suffix(f".{os.getpid()}")
        written.write_bytes(pickle.dumps(PARSED, pickle.HIGHEST_PROTOCOL))
        written.replace(path)
        older = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True)[KEPT:]
        for file in older:
            file.unlink()


def _name() -> str:
    parser = Path(front_matter.__file__).read_bytes()
    version = f"{sys.version}\0{yaml.__version__}\0{yaml.__with_libyaml__}\0".encode()
    return hashlib.blake2b(version + parser, digest_size=16).hexdigest()
