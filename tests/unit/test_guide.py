"""The pages of the guide: their sums are right, and what they say about a name is what the decoder reads in it."""

import re
from pathlib import Path

import pytest

from nameplate import decode

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
LINKED = re.compile(r'decode_link\("([^"]+)"')
# The parts of the table of roles that are tasks of the decoder.
TASKS = {
    "Speech to text": "asr", "Text to speech": "tts", "Embedding": "embedding", "Reranker": "reranker",
    "Reward": "reward", "Guard": "guard",
}  # fmt: skip


def rows(page: str, header: str) -> list[list[str]]:
    """Return the cells of the table whose first line begins with `header`."""
    text = (GUIDE / page).read_text(encoding="utf-8")
    table = text[text.index(f"| {header} |") :].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def numbers(cell: str) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", cell)]


def share_of(part: float, whole: float) -> int:
    return round(100 * part / whole)


def test_the_chances_of_the_counted_words_follow_from_the_counts() -> None:
    counted = rows("next-word.md", "into the … | times")
    counts = [int(times) for _, times, _ in counted]
    assert sum(counts) == 246
    assert [f"{share_of(count, 246)} %" for count in counts] == [chance for *_, chance in counted]


@pytest.mark.parametrize(("column", "temperature"), [(1, 0.5), (2, 1.0), (3, 2.0)])
def test_temperature_changes_the_chances_as_the_guide_says(column: int, temperature: float) -> None:
    likeliest = [int(times) for _, times, _ in rows("next-word.md", "into the … | times")][:4]
    scaled = [count ** (1 / temperature) for count in likeliest]
    shown = [row[column] for row in rows("next-word.md", "into the …, at a temperature of")]
    assert shown == [f"{share_of(one, sum(scaled))} %" for one in scaled]


def test_tokens_per_parameter_follow_from_both() -> None:
    for model, parameters, tokens, ratio in rows("sizes.md", "Model | Parameters"):
        found = numbers(tokens)[0] * 1000 / numbers(parameters)[0]
        assert found == pytest.approx(numbers(ratio)[0], rel=0.03), model


def test_the_price_of_a_letter_follows_from_the_price_of_tokens() -> None:
    for model, reading, writing, letter in rows("sizes.md", "Model | Reading"):
        cents = (1000 * float(reading) + 500 * float(writing)) / 1_000_000 * 100
        assert cents == pytest.approx(numbers(letter)[0]), model


def test_sizes_of_the_guide_are_those_of_the_decoder() -> None:
    for name, stored, active, _ in rows("sizes.md", "Name | Stored"):
        linked = LINKED.search(name)
        assert linked, name
        reading = decode(linked[1])
        assert reading.params_b == pytest.approx(numbers(stored)[0], rel=0.03), name
        assert reading.active_params_b == pytest.approx(numbers(active)[0], rel=0.1), name


def test_roles_of_the_guide_are_those_of_the_decoder() -> None:
    seen = set()
    for role, _, _, _, example in rows("roles.md", "Role | In"):
        linked = LINKED.search(example)
        called = re.search(r'term\("[^"]+", "([^"]+)"\)', role)
        assert linked, role
        assert called, role
        assert decode(linked[1]).task == TASKS.get(called[1], "text"), role
        seen.add(called[1])
    assert set(TASKS) < seen


def test_families_that_think_are_read_as_the_guide_says() -> None:
    for family, thinking in rows("which-variant.md", "Family | Thinking"):
        linked = LINKED.search(family)
        assert linked, family
        assert decode(linked[1]).reasoning == (True if "always on" in thinking else "hybrid"), family


def test_the_rounds_of_training_are_read_in_the_names() -> None:
    stages = {row[1].partition(":")[0]: row[0] for row in rows("training.md", "Name | What it has been through")}
    for says, name in stages.items():
        linked = LINKED.search(name)
        assert linked, name
        reading = decode(linked[1])
        if says == "pre-training only":
            assert reading.stage == "base"
        elif says.startswith("plus"):
            assert reading.stage == "instruct"
        else:
            assert reading.task == "reward"


@pytest.mark.parametrize("page", sorted(path.name for path in GUIDE.glob("*.md")))
def test_every_name_that_a_page_links_is_read(page: str) -> None:
    for name in LINKED.findall((GUIDE / page).read_text(encoding="utf-8")):
        assert decode(name).family, name


SHOWN = re.compile(r"(?:compare|decoded)\(([^)]*)\)")
CODE = re.compile(r"`([^`]+)`")


@pytest.mark.parametrize("page", sorted(path.name for path in GUIDE.glob("*.md")))
def test_every_name_that_a_page_shows_the_reading_of_is_read(page: str) -> None:
    for call in SHOWN.findall((GUIDE / page).read_text(encoding="utf-8")):
        for name in re.findall(r'"([^"]+)"', call):
            assert decode(name).family, name


def test_the_hosts_of_the_guide_name_the_same_model() -> None:
    found = rows("cloud-names.md", "Where | What it's called there")
    assert len(found) == 7
    for _, name, _ in found:
        reading = decode(name.strip("`"))
        assert (reading.family, reading.generation, reading.edition) == ("Claude", "4.5", "Haiku"), name


def test_forms_of_one_model_are_read_as_copies_of_it() -> None:
    (original, _), *copies = rows("files-and-programs.md", "Name | What it is")
    assert len(copies) == 7
    for name, _ in copies:
        assert decode(name.strip("`")).original == original.strip("`"), name


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("Qwen/Qwen3-235B-A22B-Instruct-2507", "2025-07"),
        ("deepseek-ai/DeepSeek-R1-0528", "2025-05-28"),
        ("allenai/OLMo-2-1124-7B-Instruct", "2024-11"),
        ("gpt-4-1106-preview", "2023-11-06"),
        ("claude-haiku-4-5-20251001", "2025-10-01"),
        ("Kestrel-2603", "2026-03"),
    ],
)
def test_dates_are_read_as_the_guide_says(name: str, date: str) -> None:
    assert decode(name).date == date


def test_weights_and_teachers_are_those_of_the_decoder() -> None:
    for name, weights, teacher in rows("merges-and-traps.md", "Name | Weights"):
        lineage = decode(CODE.findall(name)[0]).lineage
        assert lineage.base_family is None or weights.startswith(lineage.base_family) or "row" in weights, name
        assert lineage.teacher is None or teacher.startswith(lineage.teacher), name


def test_words_with_several_meanings_are_read_as_the_guide_says() -> None:
    assert decode("google/gemma-3-4b-pt").stage == "base"
    assert decode("baidu/ERNIE-4.5-0.3B-PT").library == "pytorch"
    assert decode("22h/cabrita_7b_pt").languages == ("pt",)
    assert decode("Helsinki-NLP/opus-mt-en-it").languages == ("en", "it")
    assert decode("openai/whisper-base").size_class == "base"
    assert decode("BAAI/bge-reranker-v2-m3").version == "2"
    assert decode("deepseek-ai/DeepSeek-V2-Lite").generation == "2"


def test_names_that_collide_are_read_as_the_guide_says() -> None:
    assert decode("Kestrel-base").size_class == "base"
    assert decode("Kestrel-7B-base").stage == "base"
    assert decode("Kestrel-IT-7B").stage == "instruct"
    assert decode("Kestrel-8B-Claude-Style").lineage.teacher == "Claude"
    assert decode("Kestrel-Falcon-7B").family == "Falcon"
    assert decode("Kestrel-Falcon-7B").lineage.finetune == "Kestrel"
    assert decode("SorskootLLM-Best-Final2").unknown == ("Best", "Final2")


def test_the_exercises_are_twenty_names_and_six_choices() -> None:
    text = (GUIDE / "exercises.md").read_text(encoding="utf-8")
    names, choices = text.split("## Six choices")
    asked = re.findall(r'^\?\?\? question "(\d+)\. `([^`]+)`"$', names, re.MULTILINE)
    assert [int(number) for number, _ in asked] == list(range(1, 21))
    assert LINKED.findall(names) == [name for _, name in asked]
    assert len(re.findall(r"^\?\?\? question", choices, re.MULTILINE)) == choices.count("choose_link(") == 6
