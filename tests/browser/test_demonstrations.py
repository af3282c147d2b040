"""The demonstrations of the guide, driven by a reader: known answers, keys and fingers, and nothing on other pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from nameplate.demos.registry import MODULES
from tests.browser.demo_page import PLACES, DemoPage
from tests.browser.server import SiteServer
from tests.browser.test_pages import _barriers, _width

# Something to change in each demonstration.
CHANGES: dict[str, Callable[[DemoPage], DemoPage]] = {
    "quantization": lambda demo: demo.press("Q2_K"),
    "gguf-mix": lambda demo: demo.slide("Label", 1),
    "memory": lambda demo: demo.press("Qwen3-32B"),
    "naming": lambda demo: demo.press("Kestrel-base"),
    "next-word": lambda demo: demo.press("Write one word"),
    "tokens": lambda demo: demo.press("1234567"),
    "experts": lambda demo: demo.press("Next token"),
    "training": lambda demo: demo.press("Take one step"),
    "word-vectors": lambda demo: demo.press("Bias: twelve jobs"),
    "attention": lambda demo: demo.press("Word before"),
}


def opened(page: Page, name: str) -> DemoPage:
    return DemoPage(page, name).open(PLACES[name])


def test_every_demonstration_is_in_the_guide() -> None:
    assert PLACES.keys() == MODULES.keys() == CHANGES.keys()


def test_a_row_is_rounded(page: Page) -> None:
    demo = opened(page, "quantization")
    expect(demo.says).to_contain_text("4.5 bits per weight")
    demo.slide("Bits for each weight", 8)
    expect(demo.says).to_contain_text("Q8_0")
    expect(demo.says).to_contain_text("8.5 GB")
    expect(demo.element.locator("[data-shows=bits]")).to_have_text("8: 256 steps")
    demo.press("Q4_K")
    expect(demo.control("Bits for each weight")).to_have_value("4")
    expect(demo.control("A scale is stored in")).to_have_value("6")
    expect(demo.control("Store where each block begins, too")).to_be_checked()
    before = demo.says.inner_text()
    demo.control("Two weights are far from all others").check()
    expect(demo.says).not_to_have_text(before)
    demo.control("Two weights are far from all others").uncheck()
    expect(demo.says).to_have_text(before)


def test_a_label_chooses_types(page: Page) -> None:
    demo = opened(page, "gguf-mix")
    expect(demo.says).to_contain_text("4.89 bits per weight")
    demo.control("Label").focus()
    page.keyboard.press("ArrowRight")  # Q5_K_S
    demo.answered()
    expect(demo.says).to_contain_text("5.57 bits per weight")
    expect(demo.control("Label")).to_have_attribute("aria-valuetext", "Q5_K_S")


def test_a_name_becomes_gigabytes(page: Page) -> None:
    demo = opened(page, "memory")
    expect(demo.says).to_have_text("It needs 6.9 GB (6.4 GiB), and fits on a card with 8 GB.")
    demo.slide("Context length", 17)
    expect(demo.result).to_contain_text("16 bits ÷ 8 × 131,072 tokens")
    expect(demo.says).to_contain_text("more than a card with 8 GB holds")
    demo.control("A number in the cache takes").select_option("q4_0")
    expect(demo.result).to_contain_text("4.5 bits ÷ 8 × 131,072 tokens")
    demo.control("Model name").press("Enter")  # presses none of the buttons
    expect(demo.control("Model name")).to_have_value("Llama-3.1-8B-Instruct")
    demo.press("DeepSeek-V3")
    expect(demo.control("Model name")).to_have_value("DeepSeek-V3")
    expect(demo.result).to_contain_text("61 layers × 576 numbers")
    demo.control("Model name").fill("gpt-4o")
    expect(demo.says).to_contain_text("only as a hosted service")
    demo.control("Model name").fill("")
    expect(demo.result).to_have_attribute("data-state", "error")
    expect(demo.result).to_contain_text("There's no name here")


def test_a_name_is_tried(page: Page) -> None:
    demo = opened(page, "naming")
    expect(demo.result).to_contain_text("Better: Kestrel-7B-Instruct-v1.0")
    demo.press("Kestrel-8B-Claude-Style")
    expect(demo.control("The name you have in mind")).to_have_value("Kestrel-8B-Claude-Style")
    expect(demo.result).to_contain_text("It's read as trained on what Claude wrote.")
    demo.control("The name you have in mind").fill("acme/Kestrel-7B-Instruct-v1.0-Q4_K_M.gguf")
    expect(demo.says).to_contain_text("Nothing has to be changed. The command below ends with 0.")
    expect(demo.result).to_contain_text("base name Kestrel, size 7B, fine-tune Instruct, version v1.0, encoding Q4_K_M")
    expect(demo.result).to_contain_text("kestrel:7b-instruct-v1.0-q4_K_M")


def test_a_text_is_written_on(page: Page) -> None:
    demo = opened(page, "next-word")
    expect(demo.says).to_contain_text("35 places with 30 different words next. The likeliest is “cabin”")
    demo.slide("Temperature", 0)
    expect(demo.says).to_contain_text("drawn with a chance of 100 %")
    demo.press("Write one word")
    text = demo.control("The text so far")
    expect(text).to_have_value("Before I went into the cabin")
    demo.press("Write one word")
    expect(text).not_to_have_value("Before I went into the cabin")
    text.fill("Call me")
    expect(demo.says).to_contain_text("1 place with 1 different word next. The likeliest is “ishmael”")
    demo.slide("How much of the novel it has read", 0)
    expect(demo.element.locator("[data-shows=read]")).to_have_text("1,188 words")
    demo.press("Start again")
    expect(text).to_have_value("Before I went into the")


def test_a_text_is_cut(page: Page) -> None:
    demo = opened(page, "tokens")
    demo.slide("Steps of learning", 0)
    expect(demo.result).to_contain_text("each byte is a token")
    demo.control("A text to cut").fill("the sailors said")
    expect(demo.says).to_contain_text("16 characters become 16 tokens")
    demo.slide("Steps of learning", 14)
    expect(demo.says).to_contain_text("cut by a vocabulary of 1,256 pieces")
    expect(demo.element.locator(".np-demo-tokens code")).to_have_text(["the", "␣sail", "ors", "␣said"])


def test_experts_work_token_by_token(page: Page) -> None:
    demo = opened(page, "experts")
    expect(demo.says).to_contain_text("8 of 128 experts work. After 1 token, 8 of 128 have been needed.")
    demo.press("Next token")
    expect(demo.says).to_contain_text("On “captain”")
    expect(demo.element.locator("mark")).to_have_text(" captain")
    demo.press("Last")
    expect(demo.says).to_contain_text("After 14 tokens, 72 of 128 have been needed.")
    expect(demo.element.locator(".np-demo-at-work")).to_have_count(8)
    demo.control("Model").select_option("Mixtral-8x7B-Instruct-v0.1")
    expect(demo.says).to_contain_text("2 of 8 experts work")
    expect(demo.result).to_contain_text("46.7 billion")


def test_a_model_is_trained(page: Page) -> None:
    demo = opened(page, "training")
    demo.press("Start again")
    expect(demo.says).to_contain_text("After 0 steps, the loss is 3.30.")
    demo.press("Take ten steps")
    expect(demo.says).to_contain_text("After 10 steps, the loss is")
    after_ten = demo.says.inner_text()
    demo.press("Take ten steps")
    expect(demo.says).to_contain_text("After 20 steps")
    assert _loss(demo.says.inner_text()) < _loss(after_ten) < 3.3
    demo.slide("Learning rate", 6)
    expect(demo.element.locator("[data-shows=rate]")).to_have_text("20")
    expect(demo.says).not_to_have_text(after_ten)
    assert _loss(demo.says.inner_text()) > 3.3
    demo.press("Start again")
    expect(demo.says).to_contain_text("After 0 steps")


def test_words_are_added_and_taken_away(page: Page) -> None:
    demo = opened(page, "word-vectors")
    nearest = demo.result.locator("tbody tr").first
    expect(nearest).to_contain_text("king")
    demo.control("Leave the words you typed out of the answers").check()
    demo.answered()
    expect(demo.says).to_contain_text("Nearest to king − man + woman is queen (0.78)")
    expect(nearest).to_contain_text("queen")
    demo.press("doctor − man + woman")
    expect(nearest).to_contain_text("nurse")
    demo.control("Leave the words you typed out of the answers").uncheck()
    expect(nearest).to_contain_text("doctor")
    expect(nearest).to_contain_text("0.87")
    words = demo.control("A word, several words, or a sum of words")
    words.fill("quen")
    expect(demo.says).to_contain_text("“quen” isn't among the 4,500 words of this table. Did you mean “queen”")
    words.fill("cat, dog")
    expect(demo.says).to_have_text("“cat” and “dog” have a similarity of 0.88.")
    expect(demo.result.locator("svg circle.np-demo-typed")).to_have_count(2)


def test_jobs_lean_to_one_side(page: Page) -> None:
    demo = opened(page, "word-vectors")
    demo.press("Bias: twelve jobs")
    expect(demo.control("The map shows")).to_have_value("people")
    expect(demo.says).to_contain_text("Nearer to woman: nurse")
    expect(demo.result.locator("svg circle.np-demo-typed")).to_have_count(12)
    demo.control("The map shows").select_option("spread")
    expect(demo.says).to_contain_text("Nearest to each other are")


def test_words_look_at_words(page: Page) -> None:
    demo = opened(page, "attention")
    expect(demo.says).to_contain_text("“apple” looks most at “fruit”, with 40 %")
    expect(demo.result).to_contain_text("After it has looked: fruit, mango, pear")
    demo.press("dog bites man today")
    shares = demo.result.locator("tbody tr").first.locator("td")
    expect(shares.last).not_to_have_text(shares.first.inner_text())
    demo.control("Word order counts").focus()
    page.keyboard.press("Space")
    expect(demo.says).to_contain_text("Word order is off")
    expect(shares.last).to_have_text(shares.first.inner_text())
    demo.press("Word before")
    expect(demo.element.locator("mark")).to_have_text("man")
    demo.control("A text of up to 12 words").fill("a river and a bank")
    expect(demo.result).to_contain_text("Left out: “a” isn't among the 4,500 words")


def _loss(text: str) -> float:
    return float(text.partition("the loss is ")[2].partition(". ")[0])


@pytest.mark.parametrize("name", CHANGES)
def test_an_answer_waits_for_nothing_but_python(page: Page, name: str) -> None:
    """The demonstrations' own files were loaded when one came near the screen, not with the first change."""
    demo = opened(page, name)
    page.wait_for_function("performance.getEntriesByName('nameplate:ready').length > 0")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    CHANGES[name](demo)
    demo.answered()
    assert [url for url in asked if re.search(r"/(demos|vectors)-", url)] == []


@pytest.mark.parametrize("name", CHANGES)
def test_a_demonstration_shuts_nobody_out(page: Page, name: str) -> None:
    demo = opened(page, name)
    CHANGES[name](demo)
    schemes: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert _width(page) <= width
            assert _barriers(page) == []


@pytest.mark.parametrize("name", CHANGES)
def test_a_demonstration_says_something_without_scripts(browser: Browser, site_server: SiteServer, name: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site_server.url)
    page = context.new_page()
    page.goto(PLACES[name])
    demo = DemoPage(page, name)
    expect(demo.says).to_be_visible()
    expect(demo.element.locator("fieldset")).to_be_hidden()
    expect(demo.element.locator("noscript")).to_be_visible()
    context.close()


def test_nothing_is_loaded_before_a_demonstration_is_near(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 360, "height": 300})
    page.goto(PLACES["quantization"], wait_until="networkidle")
    page.wait_for_timeout(1500)
    far = page.locator("nameplate-demo").first.evaluate("demo => demo.getBoundingClientRect().top - innerHeight > 300")
    assert far, "the test needs a page whose demonstration is far down"
    assert not [url for url in asked if re.search(r"\.wasm|worker\.mjs|demos-\w+\.zip", url)]
    page.locator("nameplate-demo").first.scroll_into_view_if_needed()
    with page.expect_request(re.compile(r"demos-\w+\.zip")):
        pass


def test_only_demonstrations_with_words_load_vectors(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, "quantization").press("Q2_K")
    assert [url for url in asked if "/demos-" in url]
    assert not [url for url in asked if "/vectors-" in url]


def test_all_demonstrations_together_have_a_megabyte_at_most(built_site: Path) -> None:
    archives = [path for name in ("demos", "vectors") for path in (built_site / "assets").glob(f"{name}-*.zip")]
    assert len(archives) == 2
    assert sum(path.stat().st_size for path in archives) <= 1_000_000


def test_pages_without_a_demonstration_load_nothing_of_it(page: Page) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    for address in ("guide/", "decode/#q=llama-7b"):
        page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(1000)
    assert not [url for url in asked if "demo" in url.rpartition("/")[2]]


def test_a_demonstration_works_after_instant_navigation(page: Page) -> None:
    page.goto("guide/")
    page.get_by_role("article").get_by_role("link", name="Quantization labels").first.click()
    demo = DemoPage(page, "quantization")
    demo.element.scroll_into_view_if_needed()
    expect(demo.element.locator("fieldset")).to_be_enabled()
    demo.press("Q2_K")
    expect(demo.says).to_contain_text("2.625 bits per weight")
