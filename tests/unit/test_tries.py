"""What is offered where a text isn't the name of a model."""

from __future__ import annotations

import pytest

from nameplate import decode
from nameplate.render.html import html
from nameplate.render.text import text


@pytest.mark.parametrize("paste", ["hello world", "What is the best model?", "jane@example.com", "xkcd-zzz-qqq"])
def test_text_that_is_no_name_gets_three_things_to_try(paste: str) -> None:
    reading = decode(paste)
    assert "Three things to try" in text(reading)
    assert html(reading).count("<li>") == 3
    assert 'class="np-try" href="../decode/#q=llama3.1%3A8b"' in html(reading)
    assert 'href="../choose/"' in html(reading)


def test_two_names_lead_to_their_comparison() -> None:
    reading = decode("Qwen3-8B vs Llama-3.1-8B")
    assert text(reading).splitlines()[1] == "These look like the names of two models."
    assert 'href="../decode/#q=Qwen3-8B&amp;with=Llama-3.1-8B"' in html(reading)
    assert 'href="../choose/#names=Qwen3-8B,Llama-3.1-8B"' in html(reading)


def test_a_name_that_was_read_needs_no_advice() -> None:
    assert "to try" not in text(decode("Qwen3-8B"))
