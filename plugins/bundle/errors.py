"""Why a bundle cannot be made."""

from __future__ import annotations


class BundleError(Exception):
    """Something that the bundle is made from is missing or does not work."""
