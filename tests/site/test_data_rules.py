"""The linter's rules for the data files, and the schemas that editors check them with."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from nameplate import decode
from plugins.catalog import data_schemas, sources
from plugins.catalog.data_schemas import first_line
from plugins.catalog.loader import load, read
from plugins.lint import contexts, evidence, family_calls, order, phrases, readings, repeated, schemas, vectors
from plugins.site.checkout import Site
from tests.site.examples import SOURCE, make_family

ROOT = Path(__file__).resolve().parents[2]
TERMS = "widgets/nameplate/data/terms"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A checkout with the real configuration and schemas, and nothing to read."""
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    (tmp_path / "docs" / "families").mkdir(parents=True)
    return Site(tmp_path)


def write(site: Site, name: str, text: str) -> Path:
    path = site.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# Schemas ----------------------------------------------------------------------------------------------------------


def jsonable(value: Any) -> Any:
    """YAML as an editor's checker sees it: days are text."""
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [jsonable(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def front_matter(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return jsonable(yaml.load(text[4 : text.index("\n---\n", 3)], LOADER))


def schema(name: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(data_schemas.files()[f"schemas/{name}.schema.json"])
    return made


@pytest.mark.parametrize("name", ["term", "family", *data_schemas.ROWS])
def test_a_schema_is_sound_and_explains_every_key(name: str) -> None:
    made = schema(name)
    jsonschema.Draft202012Validator.check_schema(made)
    for part, definition in [("", made), *made.get("$defs", {}).items()]:
        bare = [key for key, about in definition.get("properties", {}).items() if not about.get("description")]
        assert bare == [], f"{part}: write in plugins/catalog/key_notes.py what they are for"


@pytest.mark.parametrize(("name", "paths"), [("term", sources.term_pages()), ("family", sources.family_pages())])
def test_the_data_of_pages_fit_their_schema(name: str, paths: list[Path]) -> None:
    check = jsonschema.Draft202012Validator(schema(name))
    wrong = [f"{path.name}: {fault.message}" for path in paths for fault in check.iter_errors(front_matter(path))]
    assert wrong == []


@pytest.mark.parametrize("name", data_schemas.ROWS)
def test_the_rows_of_a_table_fit_their_schema(name: str) -> None:
    table, _ = data_schemas.ROWS[name]
    check = jsonschema.Draft202012Validator(schema(name))
    for path in sources.table_files(table):
        check.validate(jsonable(yaml.load(path.read_text(encoding="utf-8"), LOADER)))


def test_a_misspelt_key_does_not_fit() -> None:
    good = {"term": "x", "definition": "X.", "sources": [SOURCE]}
    check = jsonschema.Draft202012Validator(schema("term"))
    assert check.is_valid(good)
    assert not check.is_valid({**good, "feild": "Y."})
    assert not check.is_valid({"term": "x", "definition": "X."}), "without a source"


def test_a_schema_is_found_from_the_file_that_names_it() -> None:
    rows = [path for table, _ in data_schemas.ROWS.values() for path in sources.table_files(table)]
    for path in (*sources.term_pages(), *sources.family_pages(), *rows):
        line = first_line(path)
        assert line is not None
        target = line.removeprefix(data_schemas.LINE_START)
        assert (path.parent / target).resolve().parent == ROOT / "schemas"


def test_a_schema_that_is_out_of_date_is_found_and_mended(site: Site) -> None:
    assert list(schemas.check(site)) == []
    path = write(site, "schemas/term.schema.json", "{}\n")
    [fault] = schemas.check(site)
    assert fault.path == path
    assert "Run make format" in fault.message
    assert schemas.fix(site) == [path]
    assert list(schemas.check(site)) == []


def test_a_file_that_names_no_schema_is_found_and_mended(site: Site) -> None:
    path = write(site, "docs/families/qwen3.md", "---\ntitle: Qwen3\n---\nText\n")
    table = write(site, "widgets/nameplate/data/platforms.yml", "# About\n- {platform: x}\n")
    assert [(fault.path, fault.line) for fault in schemas.check(site)] == [(path, 2), (table, 1)]
    assert schemas.fix(site) == [path, table]
    assert list(schemas.check(site)) == []
    assert path.read_text(encoding="utf-8").splitlines()[2] == "title: Qwen3"
    assert schemas.fix(site) == []


def test_a_file_that_names_another_schema_is_mended_in_place(site: Site) -> None:
    path = write(site, "docs/families/qwen3.md", "---\n# yaml-language-server: $schema=x.json\ntitle: Qwen3\n---\n")
    schemas.fix(site)
    assert path.read_text(encoding="utf-8").count("yaml-language-server") == 1
    assert list(schemas.check(site)) == []


# Order ------------------------------------------------------------------------------------------------------------

UNSORTED = "# About\n# the file.\n\n- line: Otter\n  words: [otter]\n# on Badger\n- line: badger\n  words: [badger]\n\n- {line: Cat}\n"


def test_rows_out_of_order_are_found_and_sorted_with_their_remarks(site: Site) -> None:
    path = write(site, "widgets/nameplate/data/lines/owls.yml", UNSORTED)
    [fault] = order.check(site)
    assert (fault.line, fault.message) == (7, '"badger" comes after "Otter". Sort the rows by line: run make format')
    assert order.fix(site) == [path]
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# About\n# the file.\n\n# on Badger\n- line: badger\n  words: [badger]\n")
    assert [row["line"] for row in yaml.safe_load(text)] == ["badger", "Cat", "Otter"]
    assert order.fix(site) == []


def test_rows_that_cannot_be_read_are_left_alone(site: Site) -> None:
    write(site, "widgets/nameplate/data/lines/a.yml", "- [\n")
    write(site, "widgets/nameplate/data/platforms.yml", "a: b\n")
    assert list(order.check(site)) == []
    assert order.fix(site) == []


# Sentences --------------------------------------------------------------------------------------------------------


def entry(definition: str, text: str) -> str:
    return f"---\nterm: x\ndefinition: {definition}\n---\n{text}\n"


def test_a_sentence_in_two_entries_is_found_with_both_places(site: Site) -> None:
    write(site, f"{TERMS}/basics/a.md", entry("One thing.", "First.\n\nIt was trained on\nvery many texts. More."))
    write(site, f"{TERMS}/files/b.md", entry("Another thing.", "It was *trained* on very many texts."))
    [fault] = repeated.check(site)
    assert (fault.path.name, fault.line) == ("b.md", 5)
    assert f"is also in {TERMS}/basics/a.md:7" in fault.message


def test_a_definition_that_is_a_sentence_elsewhere_is_found(site: Site) -> None:
    write(site, f"{TERMS}/basics/a.md", entry("A thing of many parts.", "Text."))
    write(site, "docs/families/c.md", "---\ntitle: C\n---\nA thing of many parts.\n")
    assert [fault.path.name for fault in repeated.check(site)] == ["c.md"]


def test_turns_of_phrase_and_code_may_recur(site: Site) -> None:
    code = "```sh\nollama run the same model twice.\n```"
    write(site, f"{TERMS}/basics/a.md", entry("One thing.", f"See below.\n\n{code}\n\n{code}"))
    write(site, f"{TERMS}/files/b.md", entry("Another thing.", f"See below.\n\n{code}"))
    assert list(repeated.check(site)) == []


@pytest.mark.parametrize("phrase", phrases.phrases(), ids=lambda phrase: phrase.found)
def test_a_phrase_that_sounds_translated_is_found_in_an_entry(site: Site, phrase: phrases.Phrase) -> None:
    write(site, f"{TERMS}/basics/a.md", entry(phrase.found, "Text."))
    write(site, f"{TERMS}/basics/b.md", entry(phrase.better, " ".join(phrase.fine)))
    found = list(phrases.check(site))
    assert {fault.path.name for fault in found} == {"a.md"}
    assert any(phrase.instead in fault.message and phrase.better in fault.message for fault in found)


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("docs/guide/a.md", "# A\n\nThe size stands last.\n", 3),
        ("docs/families/a.md", "---\ntitle: A\ndescription: The size stands last.\n---\nA.\n", 3),
        ("widgets/nameplate/data/rules.yml", "- rule: a\n  description: The size stands last.\n", 2),
        ("widgets/nameplate/render/a.py", 'SAYS = "The size stands last."\n', 1),
        ("widgets/web/a.mjs", "// The size stands last.\n", 1),
    ],
)
def test_phrases_are_found_in_pages_data_and_code(site: Site, path: str, text: str, line: int) -> None:
    write(site, path, text)
    assert [fault.line for fault in phrases.check(site) if fault.path == site.root / path] == [line]


def test_names_in_data_may_read_as_they_like(site: Site) -> None:
    write(site, "widgets/nameplate/data/words.yml", "- words: [stands, tells]\n  source: https://stands.example\n")
    assert list(phrases.check(site)) == []


def test_a_phrase_is_found_where_it_begins_though_the_line_ends_in_it(site: Site) -> None:
    write(site, f"{TERMS}/basics/a.md", entry("One thing.", "It is a format and\nno stage."))
    [fault] = phrases.check(site)
    assert "and no stage" in fault.message
    assert fault.line == 5


def test_quotations_names_and_code_may_read_as_they_like(site: Site) -> None:
    write(site, f"{TERMS}/basics/a.md", entry("One thing.", 'It asks to "mend it", in `stands`, as [said](#stands).'))
    assert list(phrases.check(site)) == []


def test_no_definition_of_the_glossary_is_like_its_neighbour(site: Site) -> None:
    assert list(repeated.check(Site(ROOT))) == []


# Days -------------------------------------------------------------------------------------------------------------


def test_a_source_that_was_checked_tomorrow_is_found(site: Site) -> None:
    write(site, "docs/families/otter-2.md", "---\nsources:\n  card:\n    checked: 2030-01-01\n---\n")
    family = make_family(sources={"card": {**SOURCE, "checked": "2030-01-01"}})
    [page] = site.pages
    [fault] = evidence.check_sources(page, family.sources.items(), datetime.date(2026, 11, 26))
    assert (fault.line, fault.place) == (4, "sources.card.checked")
    assert list(evidence.check_sources(page, family.sources.items(), datetime.date(2030, 1, 1))) == []


# Readings ---------------------------------------------------------------------------------------------------------

PAGE = "---\nvariants:\n  - name: meta-llama/Llama-3.1-8B-Instruct\n    stage: base\n---\n"


def llama(**changed: Any) -> dict[str, Any]:
    return {
        "name": "meta-llama/Llama-3.1-8B-Instruct",
        "stage": "instruct",
        "params_b": 8.03,
        "source": "card",
        **changed,
    }


def found(variant: dict[str, Any], **changed: Any) -> list[tuple[str, Any, Any]]:
    family = make_family(line="Llama", variants=[variant], **changed)
    reading = decode(variant["name"], catalogue=False)
    return [(one.key, one.written, one.read) for one in readings.contradictions(family, family.variants[0], reading)]


def test_data_that_agree_with_the_name_have_no_fault() -> None:
    assert found(llama()) == []
    assert found(llama(params_b=None, stage=None)) == [], "what the data leave open contradicts nothing"
    assert found(llama(context=131072)) == [], "nor does what the name leaves open"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"stage": "base"}, ("stage", "base", "instruct")),
        ({"params_b": 80}, ("params_b", 80, 8)),
        ({"quant": "FP8", "name": "meta-llama/Llama-3.1-8B-Instruct-AWQ"}, ("quant", "FP8", "AWQ")),
    ],
)
def test_data_that_contradict_the_name_are_found(changed: dict[str, Any], expected: tuple[str, Any, Any]) -> None:
    assert found(llama(**changed)) == [expected]


def test_another_line_or_generation_is_found() -> None:
    family = make_family(line="Qwen", generations=["3.2"], variants=[llama()])
    reading = decode("meta-llama/Llama-3.1-8B-Instruct", catalogue=False)
    keys = [one.key for one in readings.contradictions(family, family.variants[0], reading)]
    assert keys == ["family", "generation"]


def test_a_contradiction_names_the_place_and_both_values(site: Site, tmp_path: Path) -> None:
    write(site, "docs/families/otter-2.md", PAGE)
    family = make_family(line="Llama", variants=[llama(stage="base")])
    catalog = dataclasses.replace(load(), families={"otter-2": family})
    nothing = write(site, "misleading.yml", "[]\n")
    [fault] = readings.check_catalog(site, catalog, nothing)
    assert (fault.line, fault.place) == (4, "variants[0].stage")
    assert fault.message.startswith('the data say "base", and the decoder reads "instruct" in the name')
    excused = write(site, "misleading.yml", f"- name: {llama()['name']}\n  keys: [stage]\n  why: For the test.\n")
    assert list(readings.check_catalog(site, catalog, excused)) == []


def test_an_exception_that_is_needed_no_more_is_a_fault(site: Site) -> None:
    stale = write(site, "misleading.yml", "# About\n- name: gone/Model-7B\n  keys: [params_b]\n  why: For the test.\n")
    catalog = dataclasses.replace(load(), families={})
    [fault] = readings.check_catalog(site, catalog, stale)
    assert (fault.path, fault.line) == (stale, 2)
    assert "Take this row out" in fault.message


def test_every_exception_has_a_reason() -> None:
    rows = yaml.safe_load(readings.MISLEADING.read_text(encoding="utf-8"))
    assert [row["name"] for row in rows if not re.search(r"\w{3}", row.get("why", ""))] == []


def test_a_byte_order_mark_hides_no_first_line(site: Site) -> None:
    line = first_line(sources.PLATFORMS)
    write(site, "widgets/nameplate/data/platforms.yml", f"\ufeff{line}\n- {{platform: a, name: A}}\n")
    assert [fault for fault in schemas.check(site) if fault.path.name == "platforms.yml"] == []


# What pages show, and lengths of contexts --------------------------------------------------------------------------


def test_a_page_of_a_family_shows_its_data(site: Site) -> None:
    write(site, "docs/families/otter.md", '---\ntitle: Otter\n---\n{{ family_card("otter") }}\n')
    write(site, "docs/families/owl.md", '---\ntitle: Owl\n---\n{{ family_card("owl") }}\n\n{{ family("otter") }}\n')
    write(site, "docs/families/cat.md", '---\ntitle: Cat\n---\n{{ family_card("cat") }}\n\n{{ family("cat") }}\n')
    write(site, "docs/families/elk.md", '---\ntitle: Elk\n---\nProse.\n\n{{ family("elk") }}\n')
    elk, otter, owl = sorted(family_calls.check(site), key=lambda fault: fault.path.stem)
    assert elk.message.endswith('Call the macro family_card with "elk"')
    assert (otter.path.stem, otter.line) == ("otter", 4)
    assert otter.message.endswith('Call the macro family with "otter"')
    assert 'it shows those of "otter"' in owl.message


def test_a_context_with_a_digit_too_many_is_found(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    write(site, "docs/families/otter-2.md", "---\nvariants:\n  - name: a\n  - context: 2621440\n---\n")
    family = make_family(
        variants=[
            {"name": "a", "context": 32768, "source": "card"},
            {"name": "b", "context": 2621440, "source": "card"},
            {"name": "c", "context": 40960, "source": "card"},
        ]
    )
    monkeypatch.setattr(site, "catalog", lambda: dataclasses.replace(load(), families={"otter-2": family}))
    faults = list(contexts.check(site))
    found = [fault for fault in faults if fault.path.name == "otter-2.md"]
    assert [(fault.line, fault.place) for fault in found] == [(4, "variants[1].context")]
    assert found[0].message.startswith("2,621,440 tokens is an unusual context length")
    stale = [fault.place for fault in faults if fault.path == contexts.UNUSUAL]
    assert "10485760" in stale
    assert stale.count("40960") == 1  # the row for one page, which isn't here


@pytest.mark.parametrize(
    ("lengths", "said"),
    [
        ((40960, 409600), "ten times that of another model here"),
        ((2000000,), "a context length that no other family has, and others have a tenth of it"),
        ((8192, 16384), ""),
    ],
)
def test_a_digit_too_many_is_found_beside_others(
    lengths: tuple[int, ...], said: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"  - context: {length}\n" for length in lengths)
    write(site, "docs/families/otter-2.md", f"---\nvariants:\n{rows}---\n")
    variants = [{"name": f"a-{length}", "context": length, "source": "card"} for length in lengths]
    other = make_family(variants=[{"name": "b", "context": 200000, "source": "card"}])
    families = {"otter-2": make_family(variants=variants), "owl": other}
    monkeypatch.setattr(site, "catalog", lambda: dataclasses.replace(load(), families=families))
    found = [fault for fault in contexts.check(site) if fault.path.name == "otter-2.md"]
    assert [fault.line for fault in found] == ([2 + len(lengths)] if said else [])
    assert all(f"{lengths[-1]:,} tokens is {said}." in fault.message for fault in found)


def test_an_exception_counts_on_its_own_page_alone(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    write(site, "docs/families/otter-2.md", "---\nvariants:\n  - context: 100000\n  - context: 1000000\n---\n")
    variants = [{"name": f"a-{length}", "context": length, "source": "card"} for length in (100000, 1000000)]
    family = make_family(variants=variants)
    monkeypatch.setattr(site, "catalog", lambda: dataclasses.replace(load(), families={"otter-2": family}))
    assert [fault.line for fault in contexts.check(site) if fault.path.name == "otter-2.md"] == [4]


# Vectors ----------------------------------------------------------------------------------------------------------


def test_the_vectors_have_no_fault() -> None:
    assert list(vectors.check(Site(ROOT))) == []


def test_a_misspelt_key_at_the_top_of_a_vector_file_is_found(site: Site) -> None:
    write(site, "tests/vectors/a.json", '{\n "version": 1,\n "case": []\n}\n')
    [fault] = vectors.check(site)
    assert (fault.line, fault.place) == (3, "case")
    assert 'Did you mean "cases"?' in fault.message


def test_a_vector_file_without_a_comma_is_found_with_its_line(site: Site) -> None:
    write(site, "tests/vectors/a.json", '{\n "version": 1\n "cases": []\n}\n')
    [fault] = vectors.check(site)
    assert (fault.path.name, fault.line) == ("a.json", 3)
    assert fault.message.startswith("this is not JSON: expecting ',' delimiter")


def test_a_misspelt_key_of_a_vector_is_found_with_its_line(site: Site) -> None:
    case = '{"name": "x",\n "wy": "y",\n "expect": {\n "stge": "base"}}'
    write(site, "tests/vectors/a.json", f'{{"cases": [\n{case}]}}\n')
    assert [(fault.line, fault.message.partition(" Keys")[0]) for fault in vectors.check(site)] == [
        (3, '"wy" is not a key of a case. Did you mean "why"?'),
        (5, '"stge" is not a key of a reading. Did you mean "stage"?'),
    ]


# The templates that people copy -----------------------------------------------------------------------------------


def test_the_templates_of_the_page_for_contributors_have_no_fault(site: Site) -> None:
    text = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    word, family = re.findall(r"```markdown\n(.*?)```", text, re.DOTALL)
    row = re.search(r"```yaml\n(# .*\n- line: Otter\n.*?)```", text, re.DOTALL)
    assert row
    lines = write(site, "lines/example-labs.yml", row[1]).parent
    write(site, f"{TERMS}/variants/sketch-model.md", word)
    for slug in ("base-model", "reasoning-model"):
        write(site, f"{TERMS}/variants/{slug}.md", word.replace("sketch", slug.split("-")[0]).replace("planning", slug))
    page = write(site, "docs/families/otter-2.md", family)
    made = read(site.root / TERMS, lines, sources.PLATFORMS, sources.LICENCES, [page])
    assert set(made.families) == {"otter-2"}
    assert made.terms["sketch-model"].names[0].field == "stage"


def test_the_templates_name_their_schemas() -> None:
    text = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    word, family = re.findall(r"```markdown\n(.*?)```", text, re.DOTALL)
    row, series, _platform, _requests = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert row.splitlines()[0] == first_line(sources.LINES / "example-labs.yml")
    assert series.splitlines()[0] == first_line(sources.MACHINES["series"] / "nvidia-consumer.yml")
    assert word.splitlines()[1] == first_line(ROOT / TERMS / "variants" / "sketch-model.md")
    assert family.splitlines()[1] == first_line(ROOT / "docs" / "families" / "otter-2.md")
