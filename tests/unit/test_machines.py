"""Machines in people's words: which cards, how much memory, and what isn't a machine."""

import contextlib
import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from nameplate import pick
from nameplate.errors import RequestError
from nameplate.memory.machine import (
    Machine,
    apple_gb,
    card_gb,
    find_machine,
    memory_gb,
    phone_gb,
    read_machine,
    unified_gb,
)
from nameplate.picker.requirements import read_requirements
from plugins.catalog.contents import Machines
from plugins.catalog.faults import Origin
from plugins.catalog.front_matter import read_yaml
from plugins.catalog.loader import load
from plugins.catalog.machine_checks import check_machines
from plugins.catalog.machine_models import Series
from plugins.compiler.machines import keys
from tests.work import calls_of

VECTORS = yaml.safe_load((Path(__file__).parent.parent / "vectors" / "machines.yml").read_text(encoding="utf-8"))
SHARED = {"apple": apple_gb, "unified": unified_gb, "phone": phone_gb, "board": memory_gb}


def check(found: Machine, expected: dict) -> None:
    """Compare a machine with a row of the vectors."""
    assert found.kind == expected["kind"]
    assert [[card.number, card.name, card.memory] for card in found.cards] == expected.get("cards", [])
    if "cards" in expected:
        assert found.gpu_gb == pytest.approx(sum(count * card_gb(size) for count, _, size in expected["cards"]))
    if "shared" in expected:
        assert (found.gpu_gb or found.ram_gb) == SHARED[found.kind](expected["shared"])
    elif "ram" in expected:
        assert found.ram_gb == memory_gb(expected["ram"])
    else:
        assert found.ram_gb is None


@pytest.mark.parametrize("expected", VECTORS["alone"], ids=lambda row: row["text"])
def test_a_machine_by_itself(expected: dict) -> None:
    found = read_machine(expected["text"])
    check(found, expected)
    assert list(found.unread) == expected.get("unread", [])


@pytest.mark.parametrize("expected", VECTORS["inside"], ids=lambda row: row["text"])
def test_a_machine_in_a_sentence(expected: dict) -> None:
    found = find_machine(expected["text"])
    assert found is not None
    check(found.machine, expected)


@pytest.mark.parametrize("text", VECTORS["none"])
def test_a_sentence_without_a_machine(text: str) -> None:
    assert find_machine(text) is None


@pytest.mark.parametrize("text", VECTORS["unknown"])
def test_a_machine_of_unknown_memory_is_an_error(text: str) -> None:
    with pytest.raises(RequestError):
        read_machine(text)


def test_a_machine_in_a_sentence_leaves_the_rest() -> None:
    text = "Mails zusammenfassen auf einer RTX 3060 mit 12 GB, auf Deutsch"
    found = find_machine(text)
    assert found is not None
    rest = found.rest(text)
    assert len(rest) == len(text)
    assert rest.split() == ["Mails", "zusammenfassen", "auf", ",", "auf", "Deutsch"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("MacBook Air M2 with 16GB, LM Studio, everyday questions", ["LM", "Studio", "everyday", "questions"]),
        ("run on a laptop with an RTX 3060, please", ["run", "please"]),
        ("our own L4 cards", ["our", "own"]),
        ("chat, 16 GB RAM, no GPU", ["chat"]),
    ],
)
def test_words_for_hardware_go_with_it(text: str, rest: list[str]) -> None:
    found = find_machine(text)
    assert found is not None
    left = [word.strip(",") for word in found.rest(text).split()]
    assert [word for word in left if word not in ("", "on", "a", "an", "with")] == rest


@pytest.mark.parametrize(
    ("text", "maker", "fp8", "fp4"),
    [
        ("RTX 3090", "nvidia", False, False),
        ("RTX 4090", "nvidia", True, False),
        ("RTX 5090", "nvidia", True, True),
        ("2x 4090", "nvidia", True, False),
        ("4090 and 3090", "nvidia", False, False),
        ("MI300X", "amd", True, False),
        ("M3 Max 36GB", "apple", False, False),
    ],
)
def test_number_formats_follow_from_the_generation(text: str, maker: str, fp8: bool, fp4: bool) -> None:
    found = read_machine(text)
    assert found.maker == maker
    assert found.formats is not None
    assert ("fp8" in found.formats, "fp4" in found.formats) == (fp8, fp4)


def test_the_formats_of_a_card_without_a_name_are_unknown() -> None:
    assert read_machine("24 GB card").formats is None
    assert read_machine("24 GB card").maker is None


@pytest.mark.parametrize(("machine", "rule"), [("RTX 3090", "format-converted"), ("RTX 4090", "format-computed")])
def test_a_number_format_that_the_card_lacks_is_marked(machine: str, rule: str) -> None:
    (ranked,) = pick(["Llama-3.1-8B-Instruct-FP8"], "chatbot", {"machine": machine}).ranking
    assert rule in [reason.rule for reason in (*ranked.because, *ranked.against)]


def test_a_described_machine_goes_before_the_sentence_and_figures_before_both() -> None:
    text = "chat on a 24 GB card"
    assert read_requirements(text, {"machine": "RTX 3060"}).gpu_gb == 12.0
    found = read_requirements(text, {"machine": "RTX 3060", "gpu_gb": 7})
    assert found.gpu_gb == 7
    assert found.machine is not None


@pytest.mark.parametrize("machine", ["", "fast", 5, "Mac", "x" * 2001])
def test_a_machine_that_says_nothing_is_an_error(machine: object) -> None:
    with pytest.raises(RequestError):
        pick(["Llama-3.1-8B-Instruct"], "chatbot", {"machine": machine})


def made(*rows: dict) -> Machines:
    """Return data about machines with these series."""
    series = [Series(source="https://example.org", checked=datetime.date(2026, 11, 29), **row) for row in rows]
    return Machines({one.series: one for one in series}, {}, {})


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"series": "A", "machines": [{"name": "Otter 1", "memory": [8]}, {"name": "Owl", "memory": [4], "aliases": ["otter 1"]}]}],
         '"otter 1" names "Otter 1" already'),
        ([{"series": "A", "machines": [{"name": "Otter 1", "memory": [8]}]}, {"series": "B", "machines": [{"name": "Otter 1", "memory": [4]}]}],
         '"Otter 1" names "Otter 1" already'),
        ([{"series": "A", "generation": "pond", "machines": [{"name": "Otter 1", "memory": [8]}]}], 'no generation is called "pond"'),
        ([{"series": "A", "kind": "instance", "machines": [{"name": "o.large", "memory": [8], "card": "Otter 1"}]}],
         'no card is called "Otter 1"'),
        ([{"series": "A", "machines": [{"name": "Otter 1", "memory": [8]}]},
          {"series": "B", "kind": "instance", "machines": [{"name": "o.large", "memory": [8], "card": "Otter 1", "card_memory": 9}]}],
         "Otter 1 isn't sold with 9 GB"),
    ],
)  # fmt: skip
def test_data_about_machines_that_disagree_are_found(rows: list[dict], message: str, tmp_path: Path) -> None:
    path = tmp_path / "machines.yml"
    path.write_text(yaml.safe_dump([{"series": row["series"]} for row in rows]), encoding="utf-8")
    origins = {("series", row["series"]): Origin(read_yaml(path), (index,)) for index, row in enumerate(rows)}
    [fault] = check_machines(made(*rows), origins)
    assert message in str(fault)


def test_no_two_products_are_written_alike() -> None:
    owners: dict[str, set[str]] = {}
    for series in load().machines.series.values():
        for product in series.machines:
            for key in keys(series, product):
                owners.setdefault(key, set()).add(product.name)
    assert {key: names for key, names in owners.items() if len(names) > 1} == {}


def test_the_data_cover_what_people_have() -> None:
    series = load().machines.series.values()
    cards = [product for one in series for product in one.machines if one.kind == "card"]
    assert len(cards) >= 300
    assert {one.kind for one in series} == {"card", "apple", "unified", "phone", "board", "instance"}
    assert all(one.generation is not None for one in series if one.kind == "card")


FIGURES = st.integers(1, 999_999)
UNITS = st.sampled_from(["b", "B", "bn", "billion parameters", "m", "M", "k", "k tokens", " tokens", "k context", " layers", "-bit", "x7B",
                         " pages", "t", "p", "%", " epochs"])  # fmt: skip
AROUND = st.sampled_from(["a model with {}", "Qwen3-{}", "{} on my computer", "chat, {}, on a laptop", "{} of context in memory",
                          "16 GB RAM for {}", "{} and 16 GB RAM", "ein Modell mit {} auf dem Laptop", "{}显卡"])  # fmt: skip


# Laptops' cards are written like millions: 1050m.
LIKE_AMOUNTS = {
    key.replace("~", "")
    for series in load().machines.series.values()
    for product in series.machines
    for key in keys(series, product)
}


@given(FIGURES, UNITS, AROUND)
def test_figures_of_parameters_and_tokens_are_never_memory(figure: int, unit: str, around: str) -> None:
    assume(f"{figure}{unit}".lower() not in LIKE_AMOUNTS)
    text = around.format(f"{figure}{unit}")
    found = find_machine(text)
    amount = found.machine.ram_gb if found is not None else None
    assert amount == (memory_gb(16) if "16 GB" in around else None)
    assert found is None or found.machine.gpu_gb is None


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    found = find_machine(text)
    if found is not None:
        assert all(0 <= start < end <= len(text) for start, end in found.spans)
        assert len(found.rest(text)) == len(text)


PIECES = st.lists(st.sampled_from(["RTX", "3090", "4090", "2x", "x2", "two", "GB", "16", "24 GB", "24GB", "RAM", "VRAM", "no", "GPU", "M3",
                                   "Max", "MacBook", "laptop", "with", "and", "or", ",", "(", ")", "-", "A100", "+", "显卡", "なし"]), max_size=30)  # fmt: skip


@given(PIECES)
def test_any_words_about_machines_are_read(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = find_machine(text)
    with contextlib.suppress(RequestError):
        assert read_machine(text).kind in (*SHARED, "card", "memory")
    if found is not None:
        assert len(found.rest(text)) == len(text)


WORDS = ["1 ", "2x", "24GB ", "24 GB ", "rtx 4090 ", "4090 and ", "laptop 3060 ", "card without ", "without ", "no used ", "显卡24GB", "なし", "the ",
         "M3 Max 36GB ", "g5.xlarge ", "or ", "a-", "VRAM 8 ", "RAM, "]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_ten_times_the_length_takes_at_most_twelve_times_the_work(word: str) -> None:
    long = (word * 2000)[:2000]
    find_machine(long)  # what is loaded when first asked for is not counted
    assert calls_of(lambda: find_machine(long)) <= 12 * calls_of(lambda: find_machine(long[:200]))
