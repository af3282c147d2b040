"""The model that is trained in the page: its loss falls, its nudges are the gradient, and it learns what is in the text."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from nameplate.demos.letters import LETTERS, Training, best, cross_entropy, followers, frequencies, nudges, softmax
from nameplate.demos.registry import answer


def shown(**values: str) -> Any:
    return json.loads(answer("training", json.dumps(values)))


def test_an_untrained_model_thinks_all_letters_alike() -> None:
    assert Training(1.0).losses(0) == [pytest.approx(math.log(27))]


@pytest.mark.parametrize("rate", [0.2, 1.0, 5.0])
def test_the_loss_falls_with_every_step_and_stays_above_the_best(rate: float) -> None:
    losses = Training(rate).losses(60)
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] > best()


def test_a_learning_rate_that_is_too_high_makes_it_worse() -> None:
    losses = Training(20.0).losses(20)
    assert losses[-1] > losses[0]


def test_a_nudge_is_the_gradient_of_the_loss() -> None:
    """Changing one weight a little changes the loss by what the nudge says, times the share of its letter."""
    weights = Training(1.0).weights(5)
    row, column, little = LETTERS.index("t"), LETTERS.index("h"), 1e-5
    changed = [list(one) for one in weights]
    changed[row][column] += little
    slope = (cross_entropy(tuple(map(tuple, changed))) - cross_entropy(weights)) / little
    nudge = nudges(weights[row], followers()[row], 1.0)[column]
    assert slope == pytest.approx(-frequencies()[row] * nudge, rel=1e-3)


def test_it_learns_that_u_follows_q() -> None:
    row = Training(5.0).weights(60)[LETTERS.index("q")]
    assert softmax(row)[LETTERS.index("u")] > 0.9


def test_the_page_shows_the_step_that_comes_next() -> None:
    found = shown(letter="q", steps="0")
    assert "After 0 steps, the loss is 3.30." in found["summary"]
    assert "“u”</th><td>3.7 %</td><td>100.0 %</td><td>+0.96</td>" in found["html"]
    assert shown(do="ten")["sets"] == {"steps": "20"}
    assert shown(do="ten", steps="95")["sets"] == {"steps": "100"}
    assert shown(do="again", steps="95")["sets"] == {"steps": "0"}
    assert shown(steps="9999999999", rate="99")["sets"] == {"steps": "100"}
