"""Register the macros that pages may call with mkdocs-macros, and nothing else."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Register the macros: mkdocs-macros calls this before the pages are rendered."""
    # Here and not above: the package is built by tools of this folder, before there is anything to read names with.
    from .publish.macros import SiteMacros

    for name, macro in SiteMacros(env).by_name().items():
        env.macro(macro, name)
