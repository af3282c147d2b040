"""Register the macros that pages may call with mkdocs-macros, and see to it that only checked pages are rendered.

Everything is imported late: the package is built by tools of this folder, before there is anything to read names with.
"""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Check what is contributed, and register the macros: mkdocs-macros calls this before it renders a page."""
    from .publish.macros import SiteMacros
    from .site.page import Rendering
    from .trust.rendering import check_first

    check_first(env)
    Rendering(env).keep_style_sheet_for_few("assets/_mkdocstrings.css")  # mkdocstrings wants it in all
    for name, macro in SiteMacros(env).by_name().items():
        env.macro(macro, name)


def on_pre_page_macros(env: Any) -> None:
    """Render in a sandbox, and show what is wrong with a page instead of the page: mkdocs-macros calls this for each."""
    from .trust.rendering import render_only_checked

    render_only_checked(env)
