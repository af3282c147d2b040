"""Set up Jinja for pages as mkdocs.yml does."""

from __future__ import annotations

import functools
from typing import Any

from jinja2 import Environment


def environment(configuration: dict[str, Any]) -> Environment:
    """Return Jinja with the markers that mkdocs.yml sets."""
    return _environment(tuple(sorted(_markers(configuration).items())))


@functools.cache
def _environment(markers: tuple[tuple[str, str], ...]) -> Environment:
    return Environment(autoescape=False, **dict(markers))  # type: ignore[arg-type]


def _markers(configuration: dict[str, Any]) -> dict[str, str]:
    for plugin in configuration.get("plugins", []):
        if isinstance(plugin, dict) and "macros" in plugin:
            options = plugin["macros"] or {}
            return {key.removeprefix("j2_"): value for key, value in options.items() if key.startswith("j2_")}
    return {}
