"""A reading as HTML, text and Markdown: what holds for every name, however odd."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from nameplate import NameplateError, Reading, Token, decode
from nameplate.render import html as render
from nameplate.render.summary import said, sentence

NAMES = [
    "SorskootLLM-70b-instruct",
    "hf.co/bartowski/Qwen3-Coder-30B-A3B-Instruct-2507-abliterated-zorp-GGUF:Q4_K_M",
    "Qwen/Qwen3-8B",
    "bedrock/us-gov-west-1/anthropic.claude-3-7-sonnet-20250219-v1:0",
    "DeepSeek-V4-Pro-0813-UD-Q4_K_XL-00013-of-00020.gguf",
    '<img src=x onerror="alert(1)">/<b>70b</b>',
    "`70b`|*a*_b_[c](d)",
    "模型-7B-Chat",
    "llama\u202e-b7-\u200btset",
]
sizes = some.sampled_from([None, 0.0005, 0.335, 1.5, 7, 8, 11, 18, 80, 671, 1000])
readings = some.builds(
    Reading,
    name=some.just("x"),
    publisher=some.sampled_from([None, "Qwen"]),
    family=some.sampled_from([None, "Llama Guard", "Qwen"]),
    generation=some.sampled_from([None, "3.1", "4o"]),
    edition=some.sampled_from([None, "Coder"]),
    size_class=some.sampled_from([None, "mini"]),
    version=some.sampled_from([None, "0.3"]),
    params_b=sizes,
    active_params_b=sizes,
    effective_params_b=sizes,
    experts=some.sampled_from([None, 8]),
    expert_params_b=sizes,
    stage=some.sampled_from([None, "base", "instruct", "chat", "reasoning"]),
    task=some.sampled_from([None, "text", "embedding", "asr", "ocr", "image-generation"]),
    reasoning=some.sampled_from([None, True, False, "hybrid"]),
    roles=some.sampled_from([(), ("code",), ("code", "math", "vision")]),
    context=some.sampled_from([None, 131072]),
    date=some.sampled_from([None, "2025-07", "--05-28"]),
    quant=some.sampled_from([None, "Q4_K_M"]),
    bits=some.sampled_from([None, 4, 16]),
    format=some.sampled_from([None, "gguf"]),
    file_role=some.sampled_from([None, "main", "mmproj", "adapter"]),
    shard=some.sampled_from([None, (3, 9)]),
)


class Elements(HTMLParser):
    """The elements of a piece of HTML, and the text of the one with the class np-name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.name = ""
        self.in_name = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.in_name |= dict(attrs).get("class") == "np-name"

    def handle_endtag(self, tag: str) -> None:
        self.in_name &= tag != "p"

    def handle_data(self, data: str) -> None:
        self.name += data if self.in_name else ""


@pytest.mark.parametrize("name", NAMES)
def test_html_holds_the_whole_name_as_text(name: str) -> None:
    assert Elements(render.html(decode(name))).name == name


@pytest.mark.parametrize("name", NAMES)
def test_html_can_stand_anywhere_and_more_than_once(name: str) -> None:
    elements = Elements(render.html(decode(name))).found
    allowed = {"div", "p", "span", "wbr", "dl", "dt", "dd", "code", "a", "ul", "li", "time", "button"}
    assert {tag for tag, _ in elements} <= allowed
    assert not [attributes for _, attributes in elements if "id" in attributes]
    assert not [key for _, attributes in elements for key in attributes if key.startswith("on")]


@pytest.mark.parametrize("name", NAMES)
def test_every_part_has_a_row_that_says_what_its_button_says(name: str) -> None:
    elements = Elements(render.html(decode(name))).found
    rows = [attributes["data-row"] for tag, attributes in elements if tag == "div" and "data-row" in attributes]
    parts = [attributes for tag, attributes in elements if tag == "button"]
    assert rows == [str(number) for number in range(len(rows))]
    assert {part["data-row"] for part in parts} == set(rows)
    assert all(part["aria-description"] for part in parts)


def test_a_word_that_a_name_repeats_leads_to_one_row() -> None:
    elements = Elements(render.html(decode("unsloth/Qwen3-8B-GGUF/Qwen3-8B-zorp-Instruct-wuxel-Q4_K_M.gguf"))).found
    rows = [attributes["data-row"] for tag, attributes in elements if tag == "button"]
    assert rows.count("1") == 2, "Qwen comes twice"
    assert rows.count(max(rows, key=int)) == 2, "all words that nobody knows share the last row"


def test_a_reading_that_no_script_is_around_has_no_buttons() -> None:
    assert "<button" not in render.html(decode("Qwen/Qwen3-8B"), live=False)


def test_links_begin_where_the_page_says() -> None:
    html = render.html(decode("Qwen/Qwen3-8B"), glossary="/a/", families="/b/", decode="/c/decode/")
    links = [attributes["href"] or "" for tag, attributes in Elements(html).found if tag == "a"]
    assert all(link.startswith(("/a/#", "/b/", "/c/choose/#names=", "https://")) for link in links)


def test_an_address_that_is_none_is_not_linked() -> None:
    assert "javascript" not in render.html(Reading("x", url="javascript:alert(1)"))


@given(some.text(min_size=1, max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_name_breaks_a_rendering(name: str) -> None:
    try:
        reading = decode(name)
    except NameplateError:
        return
    assert Elements(render.html(reading)).name == name
    assert all(line.isprintable() for line in render.text(reading).split("\n"))
    assert render.markdown(reading).count("\n\n\n") == 0


def test_what_the_family_knows_stands_apart_in_every_form() -> None:
    reading = decode("Qwen/Qwen3-8B", catalogue=False)
    assert reading.sources["stage"] == "family"
    assert sentence(reading).startswith("An 8-billion-parameter model from the Qwen 3 family: an instruct model")
    assert "by the family's naming rule" in sentence(reading)
    before, _, after = render.text(reading).partition("Known, but not written in the name")
    assert "Training stage" not in before
    assert "Training stage: instruct (known about the family)" in after


def test_an_uncertain_piece_is_called_probable() -> None:
    reading = Reading("x", tokens=(Token("x", 0, 1, "family", "x", None, 0.4),))
    assert "Family, probably" in render.text(reading)


@given(readings)
@settings(max_examples=300, deadline=None)
def test_the_sentence_is_sound_for_any_combination(reading: Reading) -> None:
    words = sentence(reading)
    assert words[0].isupper()
    assert words.endswith(".")
    assert not re.search(r"  | [.,]|,,|\.\.|\(\)|None|\bof of\b", words)
    assert not re.search(r"\b[Aa] (8|11-|18-|[aeio])", words)
    assert not re.search(r"\b[Aa]n ([bcdfghjklmnpqrstvwxyz]|[1-79]\d?-(?<!11-)(?<!18-))", words)


def test_only_what_the_name_says_is_said() -> None:
    reading = Reading("x", stage="instruct", params_b=8, sources={"stage": "catalogue", "params_b": "name"})
    assert said(reading).stage is None
    assert said(reading).params_b == 8


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Qwen3-235B-A22B-Instruct-2507-Q4_K_M.gguf", "235-billion-parameter"),
        ("Qwen3-235B-A22B-Instruct-2507-Q4_K_M.gguf", "(22 billion active)"),
        ("Qwen3-235B-A22B-Instruct-2507-Q4_K_M.gguf", "(4.89 bits per weight)"),
        ("Mixtral-8x7B-Instruct-v0.1-Q3_K_M.gguf", "(4 bits per weight)"),
        ("huihui-ai/Qwen3-8B-abliterated", "An abliterated 8-billion-parameter model"),
        ("Qwen/Qwen3-8B", "with optional thinking"),
        ("Qwen/Qwen3-4B-Thinking-2507", "reasoning model"),
        ("google/gemma-3-4b-it", "no thinking mode"),
        ("claude-opus-4-5-20251101", "Closed weights: it's available only as a hosted service."),
        ("mmproj-google_gemma-4-26B-A4B-it-bf16.gguf", "A projector for images or audio, made for"),
        ("Qwen/QwQ-32B-IQ2_XS.gguf", "reasoning model from the QwQ family"),
        ("zai-org/GLM-4.6V-Flash", "GLM 4.6V-Flash family"),
        ("avlp12/GLM-5.2-Alis-MLX-Dynamic-4.5bpw", "Quantized to 4.5 bits per weight in MLX format"),
    ],
)
def test_the_sentence_says_what_decides(name: str, words: str) -> None:
    assert words in sentence(decode(name))


def test_what_is_known_of_a_model_is_not_marked_as_a_rule() -> None:
    assert "rule" not in sentence(decode("Qwen/Qwen3-8B"))


def test_bits_of_a_label_are_those_that_a_weight_takes() -> None:
    assert "Bits per weight: 4.89 (a 4-bit label)" in render.text(decode("Qwen3-8B-Q4_K_M.gguf"))
    assert "Bits per weight: 16" in render.text(decode("Qwen3-8B-BF16.gguf"))
