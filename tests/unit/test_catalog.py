"""A broken data file: every fault at once, the place first, and what to do."""

import json
import re
from pathlib import Path

import pytest

from plugins.catalog import coverage, data_schemas
from plugins.catalog.loader import CatalogError, load, read
from plugins.catalog.sources import FAMILIES, LICENCES, LINES, PICKING, PLATFORMS, table_files
from plugins.catalog.text_types import PATTERNS

TERM = """---
term: instruct model
definition: A model that follows instructions.
names:
  - words: [instruct]
    field: stage
sources:
  - {title: Paper, url: "https://example.org/paper", checked: 2026-11-23}
---
The text.
"""


def faults(folder: Path, **terms: str) -> list[str]:
    group = folder / "variants"
    group.mkdir(parents=True)
    for slug, text in terms.items():
        (group / f"{slug.replace('_', '-')}.md").write_text(text, encoding="utf-8")
    try:
        read(folder, LINES, PLATFORMS, LICENCES, [])
    except CatalogError as error:
        return str(error).replace(str(folder) + "/", "").splitlines()[:-1]
    return []


def test_the_data_of_the_project_has_no_fault() -> None:
    assert len(load().terms) >= 80


def test_a_sound_term_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, instruct_model=TERM) == []


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("field: stage", "field: stage\n    value: reasonning", 7, 'Did you mean "reasoning"?'),
        ("field: stage", "field: stage\n    sets: {roles: [vison]}", 7, 'Did you mean "vision"?'),
        ("field: stage", "field: stage\n    sets: {modalities: visoin}", 7, 'Did you mean "vision"?'),
        ("field: stage", "field: stage\n    sets: {bits: four}", 7, '"four" is not what bits holds: a number'),
        ("field: stage", "field: stage\n    sets: {bits: -4}", 7, "It has to be more than 0"),
        ("field: stage", "field: stage\n    sets: {languages: [english]}", 7, "not the code of a language"),
        ("field: stage", "field: library\n    value: instuct", 7, 'no term of the glossary is called "instuct"'),
        ("field: stage", "field: task\n    value: 3", 7, '"3" is not a known value of task'),
        ("field: stage", "field: tokens", 6, '"tokens" is not a key of a reading'),
        ("words: [instruct]", "words: [Instruct]", 5, '"Instruct" has capitals'),
        ("field: stage", "feild: stage", 6, 'Did you mean "field"?'),
        ("field: stage", "field: stge", 6, 'Did you mean "stage"?'),
        ("definition: A model that follows instructions.", "", 2, 'the key "definition" is missing'),
        ("checked: 2026-11-23", "checked: yesterday", 8, "checked"),
        ("checked: 2026-11-23", "checked: 2026-13-23", 8, '"2026-13-23" is not a day'),
        ("words: [instruct]", "words: [yes]", 5, "Put it in quotes"),
        ("term: instruct model", 'term: "instruct model', 2, "this is not YAML"),
        ("term: instruct model", "term: instruct model\nterm: again", 3, "a second time"),
        ("The text.", "See [that](#nowhere).", 10, 'no term is called "nowhere"'),
        ("sources:", "confused_with: [{term: nowhere, why: x}]\nsources:", 7, 'no term is called "nowhere"'),
    ],
)
def test_a_broken_term(tmp_path: Path, before: str, after: str, line: int, message: str) -> None:
    found = faults(tmp_path, instruct_model=TERM.replace(before, after))
    assert any(
        f"variants/instruct-model.md:{line} " in fault or f"variants/instruct-model.md:{line}:" in fault
        for fault in found
    ), found
    assert any(message in fault for fault in found), found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("checked: 2026-11-23", "checked: yesterday"),
        ("https://example.org/paper", "htps://example.org/paper"),
        ("- {title: Paper", "- {titel: Paper, title: Paper"),
        ("field: stage", "feild: stage\n    field: stage"),
        ("words: [instruct]", "words: instruct"),
        ("words: [instruct]", "words: []"),
        ("title: Paper,", "title: Paper, checked: 2026-11-22,"),
    ],
)
def test_one_mistake_is_one_fault_in_plain_words(tmp_path: Path, before: str, after: str) -> None:
    (fault,) = faults(tmp_path, instruct_model=TERM.replace(before, after))
    assert not any(word in fault for word in ("tuple", "dict", "datetime", "pattern", "input", "None")), fault


def test_a_suggested_key_is_one_of_that_place(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, instruct_model=TERM.replace("title: Paper,", "title: Paper, licenc: x,"))
    assert "Did you mean" not in fault  # licence is a key of families, not of sources


def test_all_faults_are_reported_together(tmp_path: Path) -> None:
    one = TERM.replace("field: stage", "feild: stage")
    two = TERM.replace("instruct model", "another").replace("checked: 2026-11-23", "checked: never")
    found = faults(tmp_path, one=one, two=two)
    assert any("one.md" in fault for fault in found)
    assert any("two.md" in fault for fault in found)


def test_an_entry_that_cannot_be_read_is_not_missing_elsewhere(tmp_path: Path) -> None:
    two = TERM.replace("instruct", "sketch").replace("The text.", "See [that](#one).")
    (fault,) = faults(tmp_path, one=TERM.replace("checked: 2026-11-23", "checked: never"), two=two)
    assert "one.md:8" in fault


def test_a_word_is_described_once(tmp_path: Path) -> None:
    found = faults(tmp_path, one=TERM, two=TERM.replace("instruct model", "another"))
    assert any("Describe a word once" in fault for fault in found), found


def test_a_file_without_front_matter(tmp_path: Path) -> None:
    assert any("does not start with front matter" in fault for fault in faults(tmp_path, one="Only text.\n"))


def test_a_byte_order_mark_is_called_by_its_name(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, one="\ufeff" + TERM)
    assert fault.startswith("variants/one.md:1: the file starts with a byte-order mark"), fault


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    group = tmp_path / "variants"
    group.mkdir()
    (group / "one.md").write_bytes(TERM.replace("model", "mod\xe9le").encode("latin-1"))
    with pytest.raises(CatalogError, match=r"one\.md:2: the file is not UTF-8\. Save it in that encoding\."):
        read(tmp_path, LINES, PLATFORMS, LICENCES, [])


def family_faults(folder: Path, page: str, before: str, after: str) -> list[str]:
    """The faults of one family page of the project after a change in it."""
    text = (FAMILIES / f"{page}.md").read_text(encoding="utf-8")
    assert before in text
    path = folder / f"{page}.md"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    try:
        read(folder / "no-terms", LINES, PLATFORMS, LICENCES, [path])
    except CatalogError as error:
        return str(error).splitlines()[:-1]
    return []


def test_a_licence_is_one_of_the_table(tmp_path: Path) -> None:
    (fault,) = family_faults(tmp_path, "qwen3", "licence: apache-2.0", "licence: apache-2")
    assert fault.endswith('Did you mean "apache-2.0"? Licences are listed in licences.yml.'), fault


def test_a_licence_is_written_by_its_own_tag(tmp_path: Path) -> None:
    (fault,) = family_faults(tmp_path, "qwen3", "licence: apache-2.0", "licence: tongyi-qianwen")
    assert 'Write "qwen"' in fault


@pytest.mark.parametrize("taken", ["gpt-5.6-sol", "gpt-4o"])
def test_an_alias_leads_to_one_model(tmp_path: Path, taken: str) -> None:
    (fault,) = family_faults(tmp_path, "gpt", "aliases: [gpt-4-turbo]", f"aliases: [{taken}]")
    assert f'"{taken}" is the model' in fault


def test_a_filled_value_counts_as_a_fact_and_an_empty_one_as_missing(tmp_path: Path) -> None:
    path = tmp_path / "qwen3.md"
    path.write_text((FAMILIES / "qwen3.md").read_text(encoding="utf-8"), encoding="utf-8")
    whole = read(tmp_path / "no-terms", LINES, PLATFORMS, LICENCES, [path])
    path.write_text(path.read_text(encoding="utf-8").replace(", released: 2025-04-29", "", 1), encoding="utf-8")
    poorer = read(tmp_path / "no-terms", LINES, PLATFORMS, LICENCES, [path])
    assert coverage.facts(whole) - coverage.facts(poorer) == 1
    assert coverage.missing(poorer)["released"] - coverage.missing(whole)["released"] == 1


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("reasoning: hybrid", "reasoning: hybird", 'Did you mean "hybrid"? Known: true, false, hybrid'),
        ("modalities: [text]", "modalities: [txt]", 'Did you mean "text"?'),
        ("context: 32768", "context: 327680000", "It has to be at most 100,000,000"),
        ("context: 32768", "context: -32768", "It has to be more than 0"),
        ("context: 32768", "context: 32k", '"32k" is not a whole number'),
    ],
)
def test_a_value_of_a_page_that_cannot_be(tmp_path: Path, before: str, after: str, message: str) -> None:
    (fault,) = family_faults(tmp_path, "qwen3", before, after)
    assert message in fault, fault


def picking_faults(folder: Path, name: str, before: str, after: str) -> list[str]:
    """The faults of the picker's data after a change in one file of them."""
    text = "".join(file.read_text(encoding="utf-8") for file in table_files(PICKING[name]))
    assert before in text
    path = folder / f"{name}.yml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    try:
        read(folder / "no-terms", LINES, PLATFORMS, LICENCES, [], picking={**PICKING, name: path})
    except CatalogError as error:
        return str(error).splitlines()[:-1]
    return []


@pytest.mark.parametrize("name", ["tasks", "capabilities"])
def test_a_skill_is_one_of_the_table(tmp_path: Path, name: str) -> None:
    (fault,) = picking_faults(tmp_path, name, "skills: [medicine]", "skills: [medicin]")
    assert f"{name}.yml:" in fault
    assert fault.endswith('Did you mean "medicine"? Skills are listed in skills.yml.'), fault


def test_a_skill_that_a_model_lacks_is_one_of_the_table(tmp_path: Path) -> None:
    (fault,) = picking_faults(tmp_path, "capabilities", "lacks: [speech-translation]", "lacks: [speech-translatoin]")
    assert 'Did you mean "speech-translation"?' in fault, fault


def test_a_fact_about_models_says_about_which(tmp_path: Path) -> None:
    (fault,) = picking_faults(tmp_path, "capabilities", "- words: [fim]\n  infilling", "- infilling")
    assert "names lines, or words" in fault, fault


def test_a_rule_that_costs_points_counts_against_a_name(tmp_path: Path) -> None:
    (fault,) = picking_faults(tmp_path, "rules", "weight: -15\n  counts: against", "weight: -15")
    assert "counts: against" in fault


def line_faults(folder: Path, **files: str) -> list[str]:
    """The faults of some files of product lines."""
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.yml").write_text(text, encoding="utf-8")
    try:
        read(folder / "no-terms", folder, PLATFORMS, LICENCES, [])
    except CatalogError as error:
        return str(error).replace(str(folder) + "/", "").splitlines()[:-1]
    return []


def test_a_line_belongs_in_its_makers_file(tmp_path: Path) -> None:
    row = "- line: Otter\n  words: [otter]\n  maker: Example Labs\n"
    assert line_faults(tmp_path, example_labs=row) == []
    (tmp_path / "example-labs.yml").unlink()
    assert line_faults(tmp_path, other=row) == [
        'other.yml:3 [0].maker: the maker is "Example Labs". Move this row to lines/example-labs.yml.'
    ]


def test_a_line_without_a_maker_has_a_file_of_its_own(tmp_path: Path) -> None:
    (fault,) = line_faults(tmp_path, other="- {line: Otter, words: [otter]}\n")
    assert fault.endswith("the line has no maker. Move this row to lines/unknown-maker.yml.")


def test_a_maker_is_spelt_in_one_way(tmp_path: Path) -> None:
    rows = "- {line: A, words: [aa], maker: Example labs}\n- {line: B, words: [bb], maker: Example Labs}\n"
    (fault,) = line_faults(tmp_path, example_labs=rows)
    assert fault.startswith('example-labs.yml:2 [1].maker: the maker is "Example Labs" here and "Example labs" in')


def test_lines_come_in_one_order_whatever_file_they_are_in(tmp_path: Path) -> None:
    (tmp_path / "zoo.yml").write_text("- {line: Badger, words: [badger], maker: Zoo}\n", encoding="utf-8")
    (tmp_path / "lab.yml").write_text("- {line: otter, words: [otter], maker: Lab}\n", encoding="utf-8")
    assert list(read(tmp_path / "none", tmp_path, PLATFORMS, LICENCES, []).lines) == ["Badger", "otter"]


def test_lines_that_are_based_on_each_other_are_found(tmp_path: Path) -> None:
    rows = "".join(
        f"- {{line: {line}, words: [{line.lower()}], maker: Zoo, based_on: {base}}}\n"
        for line, base in (("Badger", "Cat"), ("Cat", "Badger"), ("Dog", "Cat"))
    )
    first, second = line_faults(tmp_path, zoo=rows)
    assert first.startswith('zoo.yml:1 [0].based_on: "Badger" is based on itself, by way of "Cat".')
    assert second.startswith('zoo.yml:2 [1].based_on: "Cat" is based on itself, by way of "Badger".')


def test_a_prefix_announces_one_platform(tmp_path: Path) -> None:
    path = tmp_path / "platforms.yml"
    text = PLATFORMS.read_text(encoding="utf-8").replace("prefixes: [aiml]", "prefixes: [aiml, Groq]")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        read(tmp_path / "none", LINES, path, LICENCES, [])
    (fault,) = caught.value.faults
    assert fault.place.endswith("prefixes[0]")
    assert fault.message == '"groq" announces the platform "aiml" already. Keep it with one'


def test_every_form_of_a_text_can_be_described() -> None:
    forms = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', "\n".join(data_schemas.files().values())))
    assert {json.loads(form) for form in forms} <= PATTERNS.keys()
