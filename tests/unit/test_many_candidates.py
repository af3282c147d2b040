"""A thousand names to choose from take ten times the work of a hundred, not a hundred times."""

import itertools
from pathlib import Path

from nameplate import pick
from tests.work import calls_of

IDS = Path(__file__).parent.parent / "bench" / "ids.txt"


def test_the_work_grows_with_the_number_of_names() -> None:
    with IDS.open(encoding="utf-8") as ids:
        names = [line.rstrip("\n") for line in itertools.islice(ids, 0, 8_000, 40)]
    few, many = names[:40], names
    for some in (few, many):
        pick(some, "coding on a 24 GB card")  # names are read once
    assert calls_of(lambda: pick(many, "coding on a 24 GB card")) <= 7 * calls_of(
        lambda: pick(few, "coding on a 24 GB card")
    )
