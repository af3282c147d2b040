"""What a reader changes in a demonstration: each control writes itself as HTML, and reads what comes from the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..render.escape import escape


@dataclass(frozen=True, slots=True)
class Slider:
    """A whole number between two others. `note` says more than the label does."""

    name: str
    label: str
    low: int
    high: int
    value: str
    note: str = ""

    def read(self, given: str) -> str:
        """Return the number nearest to what was given.

        >>> bits = Slider("bits", "Bits", 2, 8, "4")
        >>> bits.read("5"), bits.read("99"), bits.read("five"), bits.read("1e3")
        ('5', '8', '4', '4')
        """
        digits = given.strip().removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
            return self.value
        return str(min(max(int(given), self.low), self.high))

    def html(self, prefix: str, value: str, shown: str) -> str:
        """Return a slider with what its value means beside the label."""
        place = f"{prefix}-{self.name}"
        return (
            f'<p class="np-demo-control"><label for="{place}">{escape(self.label)}</label> '
            f'<span class="np-demo-value" data-shows="{self.name}">{escape(shown)}</span>'
            f'<input class="np-slider" id="{place}" name="{self.name}" type="range" min="{self.low}" max="{self.high}" '
            f'step="1" value="{escape(value)}" aria-valuetext="{escape(shown)}" autocomplete="off">{_note(self.note)}</p>'
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values, each with a title."""

    name: str
    label: str
    options: Mapping[str, str]
    value: str

    def read(self, given: str) -> str:
        """Return what was given if it is one of the options."""
        return given if given in self.options else self.value

    def html(self, prefix: str, value: str, shown: str) -> str:
        """Return a list to choose from."""
        place = f"{prefix}-{self.name}"
        options = "".join(
            f'<option value="{escape(key)}"{" selected" if key == value else ""}>{escape(title)}</option>'
            for key, title in self.options.items()
        )
        return (
            f'<p class="np-demo-control"><label for="{place}">{escape(self.label)}</label> '
            f'<select class="np-select" id="{place}" name="{self.name}" autocomplete="off">{options}</select></p>'
        )


@dataclass(frozen=True, slots=True)
class Switch:
    """Something to switch on or off: its value is `on`, or empty."""

    name: str
    label: str
    value: str = ""

    def read(self, given: str) -> str:
        """Return `on`, or nothing."""
        return "on" if given == "on" else ""

    def html(self, prefix: str, value: str, shown: str) -> str:
        """Return a box to tick."""
        place = f"{prefix}-{self.name}"
        return (
            f'<p class="np-demo-control np-demo-switch"><input id="{place}" name="{self.name}" type="checkbox" value="on"'
            f'{" checked" if value else ""}> <label for="{place}">{escape(self.label)}</label></p>'
        )


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most `longest` characters. `is_name` sets it in the type of names."""

    name: str
    label: str
    value: str
    longest: int = 200
    rows: int = 1
    is_name: bool = False

    def read(self, given: str) -> str:
        """Return as much of the text as there is room for."""
        return given[: self.longest]

    def html(self, prefix: str, value: str, shown: str) -> str:
        """Return a field to type into."""
        place = f"{prefix}-{self.name}"
        kind = "np-input" if self.is_name else "np-input np-demo-words"
        common = (
            f'class="{kind}" id="{place}" name="{self.name}" maxlength="{self.longest}" autocomplete="off" '
            'autocapitalize="none" spellcheck="false"'
        )
        field = (
            f'<textarea {common} rows="{self.rows}">{escape(value)}</textarea>'
            if self.rows > 1
            else f'<input {common} type="text" value="{escape(value)}">'
        )
        return f'<p class="np-demo-control np-demo-wide"><label for="{place}">{escape(self.label)}</label>{field}</p>'


@dataclass(frozen=True, slots=True)
class Kept:
    """A number that nobody sees, which the answer hands on to the next question."""

    name: str
    value: str

    def read(self, given: str) -> str:
        """Return what was given if it is a number of at most ten digits."""
        return given if given.isascii() and given.isdigit() and len(given) <= 10 else self.value

    def html(self, prefix: str, value: str, shown: str) -> str:
        """Return a hidden field."""
        return f'<input type="hidden" name="{self.name}" value="{escape(value)}">'


@dataclass(frozen=True, slots=True)
class Buttons:
    """Things to press: what is pressed is the value, for this one question."""

    name: str
    label: str
    titles: Mapping[str, str]

    @property
    def value(self) -> str:
        """Nothing has been pressed."""
        return ""

    def read(self, given: str) -> str:
        """Return what was pressed, if it is there to be pressed."""
        return given if given in self.titles else ""

    def html(self, prefix: str, value: str, shown: str) -> str:
        """Return a row of buttons."""
        buttons = "".join(
            f'<button class="np-button" type="button" name="{self.name}" value="{escape(key)}">{escape(title)}</button>'
            for key, title in self.titles.items()
        )
        return (
            f'<div class="np-demo-control np-demo-wide np-demo-buttons" role="group" aria-label="{escape(self.label)}">'
            f"{buttons}</div>"
        )


Control = Slider | Choice | Switch | Text | Kept | Buttons


def _note(text: str) -> str:
    return f'<span class="np-demo-note">{escape(text)}</span>' if text else ""
