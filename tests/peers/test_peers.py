"""The peers' own cases: where we do not agree, `known_differences.yml` says why."""

from collections import Counter

import pytest

from tests.peers.__main__ import table
from tests.peers.adapters import ADAPTERS
from tests.peers.cases import Case, cases, differences, known_differences, left_out

AT_LEAST = 0.97
KNOWN = {case: said for row in known_differences() for case, said in row.cases.items()}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_differences_are_those_listed(case: Case) -> None:
    """An agreement that is still listed as a difference fails as well."""
    assert differences(case) == KNOWN.get(case.id, {})


def test_nearly_all_agree() -> None:
    share = sum(not differences(case) for case in cases()) / len(cases())
    assert share >= AT_LEAST


def test_every_listed_difference_belongs_to_one_case() -> None:
    listed = Counter(case for row in known_differences() for case in row.cases)
    assert listed.keys() <= {case.id for case in cases()}
    assert not [case for case, number in listed.items() if number > 1]


def test_every_case_has_a_source_and_an_id_of_its_own() -> None:
    assert all(case.source for case in cases())
    assert len({case.id for case in cases()}) == len(cases())


def test_no_case_is_both_asked_and_left_out() -> None:
    out = {(row.peer, row.function, name) for row in left_out() for name in row.inputs}
    assert not out & {(case.peer, case.function, case.input) for case in cases()}


def test_the_table_has_a_line_for_each_peer() -> None:
    lines = table().splitlines()
    assert {line.split()[0] for line in lines[1 : len(ADAPTERS) + 1]} == set(ADAPTERS)
    assert lines[len(ADAPTERS) + 1].startswith("all")
