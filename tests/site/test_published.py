"""What the site publishes for programs: JSON that fits its schemas and keeps its shape, llms.txt, Markdown copies."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nameplate import compare, decode, estimate, fit, pick
from plugins.catalog.loader import load
from plugins.publish import markdown_copies, stamp
from plugins.publish.documents import FOLDER
from plugins.publish.html_to_markdown import markdown_of
from plugins.publish.site_files import finish, llms, publish, published_files, replace
from plugins.site.checkout import Site
from tests.site.published_shape import PINNED, broken, shapes

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("glossary", "families", "vocabulary", "names")


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    site = Site(ROOT)
    return published_files(site, load())


def writer() -> markdown_copies.MarkdownCopies:
    return markdown_copies.MarkdownCopies(Site(ROOT).configuration, str(ROOT / "docs"))


def document(files: dict[str, str], name: str) -> Any:
    return json.loads(files[f"{FOLDER}/{name}"])


def closed(part: Any) -> Any:
    """A schema that refuses the keys that it doesn't list: what we publish has no others."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    own = {"additionalProperties": False} if "properties" in part and part.get("type") == "object" else {}
    return {**own, **{key: closed(value) for key, value in part.items()}}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_published_fits_its_schema(files: dict[str, str], name: str) -> None:
    schema = document(files, f"{name}.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    published = document(files, f"{name}.json")
    jsonschema.Draft202012Validator(closed(schema)).validate(published)
    jsonschema.Draft202012Validator(schema).validate({**published, "added": "later"})


def test_links_in_texts_lead_somewhere_from_the_top_of_the_site(files: dict[str, str]) -> None:
    terms = document(files, "glossary.json")["terms"]
    links = {link for term in terms for link in re.findall(r"\]\(([^)]*)\)", term["text"])}
    assert len(links) > 100
    assert links <= {term["page"] for term in terms}


@pytest.mark.parametrize(("address", "site"), [("https://example.org/np/", "https://example.org/np/"), ("", None)])
def test_a_finished_site_says_where_its_data_are_and_what_they_were_made_from(
    files: dict[str, str], tmp_path: Path, address: str, site: str | None
) -> None:
    canonical = f'<link rel="canonical" href="{address}">' if address else ""
    (tmp_path / "index.html").write_text(f"<head>{canonical}</head>", encoding="utf-8")
    replace(tmp_path, {name: text for name, text in files.items() if name.endswith(".json")})
    assert stamp.finish(tmp_path, stamp.Origin("0a1b", "2026-11-30")) > 10
    for path in (tmp_path / FOLDER).glob("*.json"):
        made = json.loads(path.read_text(encoding="utf-8"))
        assert made["$id"] == (f"{address}{FOLDER}/{path.name}" if address else path.name)
        if "$schema" in made:
            assert made["$comment"].endswith("by/4.0/. Of 2026-11-30, commit 0a1b")
        else:
            assert (made["site"], made["date"], made["commit"]) == (site, "2026-11-30", "0a1b")
    before = {path: path.read_bytes() for path in (tmp_path / FOLDER).glob("*.json")}
    stamp.finish(tmp_path, stamp.Origin("0a1b", "2026-11-30"))
    assert {path: path.read_bytes() for path in before} == before


def test_files_that_differ_from_the_commit_name_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796051048")
    assert stamp.origin_of(tmp_path) == stamp.Origin(None, "2026-11-30")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=Test", "-c", "user.email=test@example.org"]
    (tmp_path / "a").write_text("a")
    for arguments in (["init", "--quiet"], ["add", "a"], ["commit", "--quiet", "--message", "Add"]):
        subprocess.run([*git, *arguments], check=True)
    commit, date = stamp.origin_of(tmp_path)
    assert re.fullmatch("[0-9a-f]{40}", commit or "")
    assert date
    (tmp_path / "a").write_text("b")
    assert stamp.origin_of(tmp_path) == stamp.Origin(None, date)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_published_says_on_which_terms(files: dict[str, str], name: str) -> None:
    published = document(files, f"{name}.json")
    assert published["licence"] == "CC-BY-4.0"
    notice = (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")
    assert published["licence_url"] in notice
    assert published["attribution"] in notice


@pytest.mark.parametrize(
    "name",
    [
        "Mixtral-8x7B-Instruct-v0.1",
        "hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q8_0",
        "bedrock/us-gov-west-1/anthropic.claude-3-7-sonnet-20250219-v1:0",
        "DeepSeek-R1-Distill-Qwen-32B-AWQ",
        "model-00001-of-00003.safetensors",
        "qwertz",
    ],
)
def test_a_reading_fits_the_published_schema(files: dict[str, str], name: str) -> None:
    schema = document(files, "decode.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(closed(schema)).validate(json.loads(json.dumps(decode(name).to_dict())))


def test_choices_and_estimates_fit_their_schemas(files: dict[str, str]) -> None:
    choice = pick(["Llama-3.1-8B", "Llama-3.1-8B-Instruct"], "answer questions", {"gpu_gb": 8})
    for name, answer in (
        ("pick", choice),
        ("size", estimate("Llama-3.1-8B-Instruct-Q4_K_M.gguf")),
        ("size", estimate("x")),
        ("compare", compare("llama3.1:8b", "someone/zorp-Llama-7b-abliterated")),
        ("fit", fit("Llama-3.1-8B-Instruct", "24 GB card")),
        ("fit", fit("x")),
    ):
        schema = document(files, f"{name}.schema.json")
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(closed(schema)).validate(json.loads(json.dumps(answer.to_dict())))


def test_the_schema_of_a_reading_says_what_every_key_means(files: dict[str, str]) -> None:
    keys = document(files, "decode.schema.json")["properties"]
    assert [name for name, about in keys.items() if not about.get("description")] == []
    assert list(keys) == list(decode("x").to_dict())


def test_the_schema_of_a_reading_refuses_what_is_no_reading(files: dict[str, str]) -> None:
    check = jsonschema.Draft202012Validator(document(files, "decode.schema.json"))
    sound = json.loads(json.dumps(decode("Llama-3.1-8B").to_dict()))
    assert check.is_valid(sound)
    assert not check.is_valid({**sound, "stage": "instuct"})
    assert not check.is_valid({**sound, "params_b": "8"})
    assert check.is_valid({**sound, "more": 1})  # keys may be added
    assert not check.is_valid({key: value for key, value in sound.items() if key != "unknown"})


def test_nothing_that_was_published_is_gone() -> None:
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))
    assert broken(pinned, shapes()) == [], "published keys are frozen: bring them back, or publish a v2 beside v1"


def test_a_key_that_goes_or_changes_is_noticed() -> None:
    pinned = {"x.json": {".a": "string", ".b": ['"p"', '"q"'], ".c": "integer"}}
    now = {"x.json": {".b": ['"p"', '"r"'], ".c": "string"}}
    assert [line.split(":")[0] for line in broken(pinned, now)] == ["x.json .a", "x.json .b", "x.json .c"]


def test_everything_known_is_published(files: dict[str, str]) -> None:
    catalog = load()
    assert [term["slug"] for term in document(files, "glossary.json")["terms"]] == sorted(catalog.terms)
    pages = document(files, "families.json")["families"]
    assert sum(len(page["variants"]) for page in pages) == sum(len(one.variants) for one in catalog.families.values())
    assert len(document(files, "vocabulary.json")["lines"]) == len(catalog.lines)


def test_a_variant_carries_what_its_family_says_of_all(files: dict[str, str]) -> None:
    pages = {page["slug"]: page for page in document(files, "families.json")["families"]}
    assert {variant["licence"] for variant in pages["qwen3"]["variants"]} == {"apache-2.0"}


def test_the_same_sources_give_the_same_files(files: dict[str, str]) -> None:
    assert published_files(Site(ROOT), load()) == files


def test_every_page_is_in_the_list_for_programs_and_has_a_copy(files: dict[str, str]) -> None:
    links = re.findall(r"\]\(([^)]+)\)", files["llms.txt"])
    assert {markdown_copies.address(page.source) for page in Site(ROOT).pages} <= set(links)
    assert set(links) <= set(files), "every link of the list leads to something that is published"
    assert not any(link.startswith("/") for link in links), "it works under any path"


def test_the_list_for_programs_begins_with_name_and_promise() -> None:
    assert llms("Nameplate", "Reads names.", []).startswith("# Nameplate\n\n> Reads names.\n")


def test_copies_hold_no_html_and_no_macro(files: dict[str, str]) -> None:
    for name, text in files.items():
        if name.endswith(markdown_copies.NAME):
            prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
            assert not re.search(r"</?(?:table|tr|td|div|p|span|section|nav|script|dl|a)\b", prose), name
            assert "{{" not in prose, name
            assert "{:" not in prose, name


def test_links_between_copies_lead_to_pages(files: dict[str, str]) -> None:
    text = files["guide/which-variant/index.md.txt"]
    assert "](../../glossary/#base-model" in text
    assert "](../../choose/)" in text


def test_a_copy_has_the_macros_written_out() -> None:
    page = '---\ntitle: T\n---\n# T\n\nA {{ term("gguf", "file") }}.\n\n{{ variants("sorskootllm") }}\n'
    made = writer().of("guide/t.md", page)
    assert made.startswith("# T\n\nA [file](../../glossary/#gguf ")
    assert "| Model | " in made
    assert "[`SorskootLLM-v2-13b-chat`](../../decode/#q=SorskootLLM-v2-13b-chat)" in made


def test_code_in_a_page_stays_as_it_is() -> None:
    page = "# T\n\n```markdown\n<div>[a](b.md){: .c }</div>\n```\n\n[a](b.md){: .c }\n"
    made = writer().of("t.md", page)
    assert made == "# T\n\n```markdown\n<div>[a](b.md){: .c }</div>\n```\n\n[a](../b/)\n"


def test_a_table_without_rows_is_nothing() -> None:
    assert markdown_of("<table></table>") == ""


def test_files_that_are_no_longer_published_go(tmp_path: Path) -> None:
    replace(tmp_path, {"a/index.md.txt": "x", "api/v1/old.json": "{}", "llms.txt": "y"})
    (tmp_path / "a.md").write_text("a page", encoding="utf-8")
    replace(tmp_path, {"llms.txt": "z"})
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")) == ["a.md", "llms.txt"]
    assert (tmp_path / "llms.txt").read_text(encoding="utf-8") == "z"


def test_a_finished_site_has_the_copies_under_their_usual_name_too(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / markdown_copies.NAME).write_text("text", encoding="utf-8")
    assert finish(tmp_path) == 1
    assert (tmp_path / "a" / "index.md").read_text(encoding="utf-8") == "text"


@pytest.mark.usefixtures("nothing_builds")
def test_a_published_file_that_was_removed_is_made_again(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    publish(ROOT, mark)
    assert publish(ROOT, mark) == 0, "nothing has changed"
    (ROOT / "docs" / "llms.txt").unlink()
    assert publish(ROOT, mark) > 0
    assert (ROOT / "docs" / "llms.txt").exists()
