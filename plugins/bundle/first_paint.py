"""The script that a page has below the form of each widget, for the time before the widget's module comes."""

from __future__ import annotations

from pathlib import Path

from .layers.joined_modules import esbuild
from .paths import WEB

SCRIPT = "first-paint.js"
TARGET = "es2018"  # so that a browser too old for the modules can say so


def first_paint_script(web: Path = WEB) -> str:
    """Return the script of widgets/web/first-paint.js as a page holds it."""
    return esbuild([SCRIPT], web, TARGET).strip()
