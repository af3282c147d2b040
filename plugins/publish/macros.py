"""Define all macros that pages may call: those of the site, and those that describe what the site publishes."""

from __future__ import annotations

from ..site.macro_names import NAMES
from ..site.macros import Macros
from . import api_page, notices, reference


class SiteMacros(Macros):
    """The macros of one build, with those of the page about the published data."""

    names = NAMES

    def published(self) -> str:
        """Render the files of api/v1, which `make assets` writes."""
        return api_page.published(self._docs)

    def notices(self) -> str:
        """Render what the site holds that others made, with the licences."""
        return notices.table()

    def answer_keys(self) -> str:
        """Render the keys of the decoder's answer, from its schema."""
        return api_page.answer_keys(self._page)

    def documented(self, path: str) -> str:
        """Render the docstring of a function or a class of the package, as mkdocstrings writes it."""
        self._env.page.meta["has_reference"] = True
        return reference.directive(path)

    def command_help(self, command: str = "") -> str:
        """Render what a command says for --help, or what all of them say."""
        return reference.command_help(command)

    def exit_codes(self) -> str:
        """Render the exit codes of the commands."""
        return reference.exit_codes()
