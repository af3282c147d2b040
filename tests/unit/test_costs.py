"""What a candidate costs in its context, rule by rule; the vectors show what comes of all rules together."""

from __future__ import annotations

import pytest

from nameplate.lattice.costs import (
    BEAM_WIDTH,
    PRUNE_MARGIN,
    START,
    TOKEN_PENALTY,
    State,
    part_costs,
    prune,
    resolve_deferred,
    transition,
)
from nameplate.vocabulary.meaning import BITS, Candidate, Condition, Meaning

NEVER_ASKED = "context"
SIZE, STAGE = BITS["params_b"], BITS["stage"]


def when(cost: float = 5.0, **circumstances: object) -> Condition:
    """Return a condition that holds everywhere but for the circumstances given."""
    empty = {
        "after": (),
        "before": (),
        "seen": 0,
        "unseen": 0,
        "lines": (),
        "kinds": (),
        "adjacent": None,
        "first": None,
    }
    return Condition(**{**empty, **circumstances}, cost=cost, why="a reason")  # type: ignore[arg-type]


def meaning(field: str | None, cost: float = 1.0, *conditions: Condition) -> Meaning:
    return Meaning(field, "value", None, None, cost, conditions)


def candidate(*meanings: Meaning) -> Candidate:
    return Candidate(2 * len(meanings), tuple((2 * at, 2 * at + 2, one) for at, one in enumerate(meanings)))


def after(*fields: str) -> State:
    state = START
    for field in fields:
        state, _ = transition(state, candidate(meaning(field)), frozenset())
    return state


def test_a_token_costs_what_its_meaning_costs_and_a_penalty() -> None:
    state, cost = transition(START, candidate(meaning("params_b", 1.5)), frozenset())
    assert cost == 1.5 + TOKEN_PENALTY
    assert state == ("params_b", True, SIZE, ())


def test_every_part_of_a_candidate_costs_and_is_remembered() -> None:
    state, cost = transition(START, candidate(meaning("params_b", 1.5), meaning("stage", 0.5)), frozenset())
    assert cost == 2.0 + 2 * TOKEN_PENALTY
    assert state == ("stage", True, SIZE | STAGE, ())


def test_what_was_seen_stays_seen_and_what_nobody_asks_for_is_not_kept() -> None:
    assert after("params_b", NEVER_ASKED, "stage")[2] == SIZE | STAGE
    assert after(NEVER_ASKED)[2] == 0


def test_an_unexplained_token_is_unknown_to_the_next_one() -> None:
    state, _ = transition(START, candidate(Meaning(None, None, None, None, 1.0)), frozenset())
    assert state == ("unknown", True, 0, ())


def test_a_separator_costs_nothing_and_only_ends_the_adjacency() -> None:
    waiting = ((("stage",), -1.0),)
    state, cost = transition(("family", True, SIZE, waiting), candidate(meaning("separator", 9.0)), frozenset())
    assert (state, cost) == (("family", False, SIZE, waiting), 0.0)
    assert part_costs(START, candidate(meaning("separator", 9.0)), frozenset()) == [(0.0, None)]


@pytest.mark.parametrize(
    ("condition", "before", "holds"),
    [
        (when(after=("family", "stage")), ("family",), True),
        (when(after=("family",)), ("stage",), False),
        (when(first=True), (), True),
        (when(first=True), ("stage",), False),
        (when(first=False), (), False),
        (when(first=False), ("stage",), True),
        (when(adjacent=True), ("stage",), True),
        (when(adjacent=False), ("stage",), False),
        (when(adjacent=True), (), False),
        (when(seen=SIZE), ("params_b", "family"), True),
        (when(seen=SIZE | STAGE), ("stage",), True),
        (when(seen=SIZE), ("stage",), False),
        (when(unseen=SIZE), ("stage",), True),
        (when(unseen=SIZE | STAGE), ("stage",), False),
        (when(lines=("Qwen",)), (), True),
        (when(lines=("Llama",)), (), False),
        (when(kinds=("made for code",)), (), True),
        (when(kinds=("made for chat",)), (), False),
        (when(after=("family",), seen=SIZE), ("params_b", "family"), True),
        (when(after=("family",), seen=SIZE), ("family",), False),
    ],
)
def test_a_condition_changes_the_cost_where_all_of_it_holds(
    condition: Condition, before: tuple[str, ...], holds: bool
) -> None:
    found = candidate(meaning("version", 1.0, condition))
    line_context = frozenset(("Qwen", "made for code"))
    _, cost = transition(after(*before), found, line_context)
    assert cost == (5.0 if holds else 1.0) + TOKEN_PENALTY
    assert part_costs(after(*before), found, line_context) == [(5.0, "a reason") if holds else (1.0, None)]


def test_the_first_condition_that_holds_counts() -> None:
    found = candidate(meaning("version", 1.0, when(2.0, first=False), when(3.0), when(4.0)))
    assert transition(START, found, frozenset())[1] == 3.0 + TOKEN_PENALTY


def test_conditions_see_the_parts_before_them() -> None:
    found = candidate(
        meaning("family"),
        meaning("params_b"),
        meaning("version", 1.0, when(3.0, after=("params_b",), seen=SIZE, adjacent=True)),
    )
    assert part_costs(START, found, frozenset()) == [(1.0, None), (1.0, None), (3.0, "a reason")]
    assert transition(START, found, frozenset())[1] == pytest.approx(5.0 + 3 * TOKEN_PENALTY)


def test_parts_remember_all_parts_before_them() -> None:
    last = meaning("version", 1.0, when(3.0, seen=SIZE))
    remembered = candidate(meaning("params_b"), meaning("stage"), last)
    assert part_costs(START, remembered, frozenset())[2] == (3.0, "a reason")
    first_bit = meaning("version", 1.0, when(3.0, seen=1))
    unasked = candidate(meaning(NEVER_ASKED), first_bit)
    assert part_costs(START, unasked, frozenset())[1] == (1.0, None)


def test_a_condition_can_ask_for_an_unknown_neighbour() -> None:
    found = candidate(meaning(None), meaning("version", 1.0, when(3.0, after=("unknown",))))
    assert part_costs(START, found, frozenset())[1] == (3.0, "a reason")
    assert transition(START, found, frozenset())[1] == pytest.approx(4.0 + 2 * TOKEN_PENALTY)


def test_what_depends_on_the_next_token_is_settled_by_it() -> None:
    found = candidate(meaning("version", 1.0, when(0.2, before=("stage", "family")), when(3.0, after=("never",))))
    state, cost = transition(START, found, frozenset())
    assert cost == 1.0 + TOKEN_PENALTY
    [(fields, difference)] = state[3]
    assert fields == ("stage", "family")
    assert difference == pytest.approx(-0.8)
    assert transition(state, candidate(meaning("stage")), frozenset())[1] == pytest.approx(0.2 + TOKEN_PENALTY)
    assert transition(state, candidate(meaning("params_b")), frozenset())[1] == 1.0 + TOKEN_PENALTY
    unexplained = candidate(Meaning(None, None, None, None, 1.0))
    assert transition(state, unexplained, frozenset())[1] == 1.0 + TOKEN_PENALTY
    assert transition(state, candidate(meaning("stage")), frozenset())[0][3] == ()


def test_what_waits_is_measured_against_the_condition_that_holds() -> None:
    found = candidate(meaning("version", 1.0, when(0.5, before=("stage",)), when(4.0, first=True)))
    state, cost = transition(START, found, frozenset())
    assert cost == 4.0 + TOKEN_PENALTY
    assert state[3] == ((("stage",), -3.5),)


def test_the_first_difference_for_a_neighbour_counts() -> None:
    deferred = ((("stage",), -1.0), (("stage", "family"), -2.0))
    assert [resolve_deferred(deferred, field) for field in ("stage", "family", "date")] == [-1.0, -2.0, 0.0]
    assert resolve_deferred((), "stage") == 0.0


def test_pruning_keeps_the_cheapest_paths() -> None:
    paths = [(cost, object()) for cost in (3.0, 1.0, 2.0, 4.0)]  # compared by their costs alone
    assert [path[0] for path in prune(paths)] == [1.0, 2.0, 3.0][:BEAM_WIDTH]


def test_pruning_drops_what_is_much_dearer() -> None:
    kept = prune([(1.0, "best"), (1.0 + PRUNE_MARGIN, "just in"), (1.01 + PRUNE_MARGIN, "out")])
    assert [name for _, name in kept] == ["best", "just in"]
    assert prune([(7.0, "alone")]) == [(7.0, "alone")]


def test_paths_of_the_same_cost_stay_in_order() -> None:
    assert [name for _, name in prune([(1.0, "b"), (1.0, "a")])] == ["b", "a"]
