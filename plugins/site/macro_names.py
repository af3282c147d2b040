"""Name the macros that pages may call."""

from __future__ import annotations

OF_SITE = (
    "choose_link", "compare", "counts", "decode_link", "decoded", "decoder", "demonstration", "embedded", "families", "family", "family_card", "glossary", "legend", "licences", "needs", "picked", "picker", "programs", "quants", "suffixes", "tally", "term", "understanding", "variants", "whole_way",
)  # fmt: skip
# About the package, and the data that the site publishes.
OF_PUBLISHED = ("answer_keys", "command_help", "documented", "exit_codes", "notices", "published")
NAMES = tuple(sorted((*OF_SITE, *OF_PUBLISHED)))
