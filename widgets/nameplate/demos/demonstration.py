"""A demonstration: controls, and a function from their values to what the page shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..errors import NameplateError
from ..render.escape import escape
from ..render.html import error_html
from .controls import Control

_TAG = re.compile(r"<[^>]+>")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|Gi?B)")
_NO_BREAK = "\u00a0"
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&"}

State = Mapping[str, str]  # the value of each control, as its `read` allows it


class Shown(NamedTuple):
    """What a page shows for a state.

    `summary` is what screen readers hear when the state changes. `labels` say what a slider's value means, by its name.
    `sets` are values that the answer gives to controls, so that what a button does can be seen and changed.
    """

    html: str
    summary: str
    labels: Mapping[str, str]
    sets: Mapping[str, str] = {}

    @classmethod
    def saying(
        cls, verdict: str, more: str, *, labels: Mapping[str, str] | None = None, sets: Mapping[str, str] | None = None
    ) -> Shown:
        """Return a sentence of HTML on top of more HTML, with the same sentence in plain text as the summary.

        A line doesn't end between a figure and its unit.

        >>> shown = Shown.saying("It takes <strong>4.5 bits</strong> &amp; a scale.", "<p>More.</p>")
        >>> shown.html
        '<p class="np-demo-says">It takes <strong>4.5 bits</strong> &amp; a scale.</p><p>More.</p>'
        >>> shown.summary
        'It takes 4.5 bits & a scale.'
        """
        kept_together = _BEFORE_UNIT.sub(_NO_BREAK, verdict)
        return cls(f'<p class="np-demo-says">{kept_together}</p>{more}', plain(verdict), labels or {}, sets or {})


def plain(html: str) -> str:
    """Return what HTML of ours says, without its tags.

    >>> plain("<em>a</em> &lt; b &amp;amp; c")
    'a < b &amp; c'
    """
    text = _TAG.sub("", html)
    for entity, character in _ENTITIES.items():  # the ampersand last: it begins the others
        text = text.replace(entity, character)
    return text


@dataclass(frozen=True)
class Demonstration:
    """What a demonstration is about, what can be changed, and what it leaves out compared with a real model."""

    name: str
    title: str
    controls: tuple[Control, ...]
    simplified: str  # HTML
    show: Callable[[State], Shown]
    has_vectors: bool = False  # whether it needs the word vectors, which browsers load as a file of its own

    def state(self, given: Mapping[str, object]) -> State:
        """Return the value of every control; one that isn't given, or can't be right, is as it was at the beginning."""
        return {
            one.name: one.read(found) if isinstance(found := given.get(one.name), str) else one.value
            for one in self.controls
        }

    def answer(self, given: Mapping[str, object]) -> str:
        """Return what the page shows for values of the controls, as JSON; for a name that can't be read, what is wrong."""
        try:
            shown = self.show(self.state(given))
        except NameplateError as error:
            return json.dumps(
                {"html": error_html(error), "summary": str(error), "error": error.code, "unexplained": False}
            )
        return json.dumps(
            {
                "html": shown.html,
                "summary": shown.summary,
                "labels": dict(shown.labels),
                "sets": dict(shown.sets),
                "error": None,
                "unexplained": False,
            }
        )

    def controls_html(self, number: int = 1) -> str:
        """Return the controls as they are at the beginning. They can be used once a script has taken over."""
        state = self.state({})
        labels = self.show(state).labels
        prefix = f"np-demo-{self.name}-{number}"
        controls = "".join(one.html(prefix, state[one.name], labels.get(one.name, "")) for one in self.controls)
        return (
            '<fieldset class="np-demo-controls" disabled>'
            f'<legend class="np-unseen">{escape(self.title)}</legend>{controls}</fieldset>'
        )

    def result(self) -> str:
        """Return what the page shows at the beginning."""
        return self.show(self.state({})).html
