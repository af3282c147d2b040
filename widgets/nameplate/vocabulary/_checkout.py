"""In a checkout only (the wheel leaves this module out): keeps the compiled data as new as the data files."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TARGET = ROOT / "widgets" / "nameplate" / "_compiled.py"
MARK = ROOT / "build" / "compiled-data"  # of which data the tables are
REQUESTS = TARGET.with_name("_compiled_requests.py")
NO_COMPILER = (
    "The data files have changed, and compiling them needs {}. "
    "Run pip install PyYAML pydantic, or install the package again."
)

NO_LEARNER = (
    "The example requests have changed, and learning from them needs {}. "
    "Run pip install -r requirements/dev.txt, or install the package again."
)


def refresh() -> None:
    """Compile the data files again if one of them has changed since the last time."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    from plugins.catalog.sources import fingerprint

    mark = f"{fingerprint()} {TARGET}"
    if not TARGET.exists() or not MARK.exists() or MARK.read_text(encoding="utf-8") != mark:
        import compileall

        try:
            from plugins.compiler.compile import write
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(NO_COMPILER.format(error.name), name=error.name) from error

        MARK.unlink(missing_ok=True)
        write(TARGET.parent)
        # As bytecode at once: where Python is told to write none by itself, every start would compile the tables again.
        compileall.compile_dir(TARGET.parent, quiet=2)
        MARK.parent.mkdir(exist_ok=True)
        MARK.write_text(mark, encoding="utf-8")
    _forget_older()


def refresh_requests() -> None:
    """Learn from the example requests again if they have changed. Only the picker needs that, and it takes a minute."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    from plugins.catalog.sources import fingerprint_of_requests

    if _written_mark(REQUESTS) == fingerprint_of_requests():
        return
    try:
        from plugins.compiler.requests.build import write

        write(REQUESTS.parent)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(NO_LEARNER.format(error.name), name=error.name) from error


def _forget_older() -> None:
    """Drop modules of compiled data that were loaded before the data changed."""
    package = sys.modules["nameplate"]
    for name in [name for name in sys.modules if name.startswith("nameplate._compiled")]:
        _, _, short = name.rpartition(".")
        if short != REQUESTS.stem and _written_mark(TARGET.with_stem(short)) != sys.modules[name].FINGERPRINT:
            del sys.modules[name]
            vars(package).pop(short, None)


def _written_mark(target: Path) -> str | None:
    try:
        with target.open(encoding="utf-8") as file:
            for line in file:
                if line.startswith("FINGERPRINT = "):
                    return line.split("'")[1]
    except FileNotFoundError:
        pass
    return None
