"""Nothing is lost: whatever is late, missing or broken, the reader's question stays, and the page says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.decoder_page import ANSWER_WITHIN, DecoderPage
from tests.browser.picker_page import PickerPage
from tests.browser.server import FAULTS, SiteServer

NAME = "SorskootLLM-v2-13b-chat"
ENTRY = "/web-*/elements.mjs"
CHUNK = "/web-*/chunk-*.mjs"
SILENCE = 3_000  # ms, in place of the 20 s of a reader, where nothing comes
PATIENCE = 60_000  # ms, where something does: a busy machine is no fault
SILENT = {"hanging", "empty"}  # the faults of which only silence speaks
PROGRAMMERS_WORDS = re.compile("TypeError|undefined|is not a|null|import|module|fetch|JSON|NaN", re.IGNORECASE)
# What is asked at an address, and which fault of a file it can be asked in spite of.
ADDRESSES = ("", f"#q={NAME}")


@pytest.fixture
def readers(browser: Browser, site_server: SiteServer) -> Iterator[Readers]:
    site_server.mend()
    readers = Readers(browser, site_server)
    yield readers
    site_server.mend()
    readers.leave()


class Readers:
    """Opens pages, each with an empty cache."""

    def __init__(self, browser: Browser, server: SiteServer) -> None:
        self._browser = browser
        self.server = server
        self._contexts: list[BrowserContext] = []

    def new_page(self, script: str = "", silence: int = PATIENCE) -> Page:
        context = self._browser.new_context(base_url=self.server.url, bypass_csp=True)
        context.set_default_timeout(60_000)
        context.add_init_script(f"window.nameplateSilence = {silence};{script}")
        self._contexts.append(context)
        return context.new_page()

    def open(self, address: str, script: str = "", fault: str = "") -> DecoderPage:
        page = self.new_page(script, SILENCE if fault in SILENT else PATIENCE)
        page.goto(f"decode/{address}", wait_until="commit")
        return DecoderPage(page)

    def leave(self) -> None:
        while self._contexts:
            self._contexts.pop().close()


def ask(decoder: DecoderPage, address: str) -> None:
    """Type the name unless the address asks for it."""
    if not address:
        decoder.field.fill(NAME)
        decoder.field.press("Enter")


def outcome(decoder: DecoderPage) -> str:
    """Wait for the answer or for a message, and return "answer" or the message, which has to be one for readers."""
    page = decoder.page
    failed = page.locator(".np-first[data-state=failed], .np-status[data-state=failed] .np-status-text, .np-problem")
    ready = page.locator(f"[data-nameplate=decode-result][data-state=ready][data-name='{NAME}']")
    expect(failed.filter(has_text="could").or_(ready).first).to_be_visible(timeout=ANSWER_WITHIN)
    expect(decoder.field).to_have_value(NAME)
    if ready.count():
        return "answer"
    message = failed.filter(has_text="could").first.inner_text()
    assert not PROGRAMMERS_WORDS.search(message), message
    assert page.get_by_role("button", name="Try again").is_visible()
    if "#q" in page.url:
        expect(decoder.result.locator(".np-summary")).not_to_be_visible()  # of the example
    return message


def be_patient(page: Page) -> None:
    """Wait longer from now on."""
    page.evaluate(f"window.nameplateSilence = {PATIENCE}")


# A slow line ----------------------------------------------------------------------------------------------------------


def hold(page: Page, pattern: str) -> list[Route]:
    held: list[Route] = []
    page.context.route(pattern, lambda route: held.append(route))  # noqa: PLW0108 -- Playwright looks into the function
    return held


def go_on(held: list[Route]) -> None:
    while held:
        held.pop().continue_()


@pytest.mark.parametrize("clicks", [True, False])
def test_a_shared_name_is_in_the_field_before_the_module_comes(readers: Readers, clicks: bool) -> None:
    page = readers.new_page()
    held = hold(page, "**/web-*/elements.mjs")
    page.goto(f"decode/#q={NAME}", wait_until="commit")
    decoder = DecoderPage(page)
    expect(decoder.field).to_have_value(NAME)
    expect(decoder.result).to_be_hidden()
    expect(page.get_by_text("Loading the decoder …")).to_be_visible()
    if clicks:
        page.locator("article h1").click()
        decoder.field.press("Enter")
        expect(page.locator("html")).to_have_class(re.compile(r"\bjs$"))  # the theme, which a touch loads
    expect(decoder.field).to_have_value(NAME)
    expect(decoder.result).to_be_hidden()
    assert page.url.endswith(f"/decode/#q={NAME}")
    expect(page.locator("#__search")).not_to_be_checked()
    go_on(held)
    decoder.answer(NAME)
    expect(page.locator(".np-first")).to_have_count(0)
    assert page.url.endswith(f"/decode/#q={NAME}")


def test_what_is_typed_before_the_module_comes_counts_more_than_the_address(readers: Readers) -> None:
    page = readers.new_page()
    held = hold(page, "**/web-*/elements.mjs")
    page.goto("decode/#q=llama-7b", wait_until="commit")
    decoder = DecoderPage(page)
    expect(decoder.field).to_have_value("llama-7b")
    decoder.field.fill(NAME)
    go_on(held)
    decoder.answer(NAME)
    expect(decoder.field).to_have_value(NAME)


def test_a_shared_choice_is_in_the_form_before_the_module_comes(readers: Readers) -> None:
    page = readers.new_page()
    held = hold(page, "**/web-*/elements.mjs")
    page.goto("choose/#names=llama-7b,llama-7b-chat&task=chatbot&gpu_gb=24&context=4096", wait_until="commit")
    picker = PickerPage(page)
    expect(picker.names).to_have_value("llama-7b\nllama-7b-chat")
    expect(picker.task).to_have_value("chatbot")
    expect(page.locator(".np-digest")).to_have_text("llama-7b,llama-7b-chat · chatbot")
    expect(picker.result).to_be_hidden()
    go_on(held)
    expect(picker.answer().locator(".np-verdict")).to_contain_text("llama-7b-chat")


# Files that are broken ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [ENTRY, pytest.param(CHUNK, marks=pytest.mark.nightly)])
def test_a_broken_program_of_the_page_is_said(readers: Readers, end: str) -> None:
    """The page's own module, and one that it imports. What hangs may come later, and then it is used."""
    for number, fault in enumerate(FAULTS):
        address = ADDRESSES[(number + len(end)) % 2]
        readers.server.faults = {end: fault}
        decoder = readers.open(address, fault=fault)
        ask(decoder, address)
        assert "could not be loaded" in outcome(decoder), f"{fault} {address}"
        readers.server.mend()
        be_patient(decoder.page)
        if fault == "corrupt":
            decoder.page.get_by_role("button", name="Try again").click()
        if fault in {"corrupt", "hanging"}:
            decoder.answer(NAME)
        readers.leave()


def test_a_broken_worker_is_said(readers: Readers) -> None:
    for number, fault in enumerate(FAULTS):
        address = ADDRESSES[number % 2]
        readers.server.faults = {"/web-*/worker.mjs": fault}
        decoder = readers.open(address, fault=fault)
        ask(decoder, address)
        assert "could not be loaded" in outcome(decoder), fault
        readers.server.mend()
        be_patient(decoder.page)
        if fault == "empty":
            decoder.page.get_by_role("button", name="Try again").click()
            decoder.answer(NAME)
        readers.leave()


RUNTIME = ("/pyodide.mjs", "/pyodide.asm.mjs", "/pyodide.asm.wasm*", "/python-*.zip*", "/snapshot-*.wasm*")
# As few as show that each detour works; the others follow in the nightly.
QUICK = {("/pyodide.asm.wasm*", "hanging"), ("/snapshot-*.wasm*", "corrupt")}
ALL = [(end, fault) for end in RUNTIME for fault in FAULTS]


@pytest.mark.parametrize(
    ("end", "fault"), [pytest.param(*one, marks=() if one in QUICK else pytest.mark.nightly) for one in ALL]
)
def test_a_broken_file_of_the_runtime_is_gone_round_or_said(readers: Readers, end: str, fault: str) -> None:
    address = ADDRESSES[len(fault) % 2]
    readers.server.faults = {end: fault}
    decoder = readers.open(address, fault=fault)
    ask(decoder, address)
    found = outcome(decoder)
    spared = end.startswith("/snapshot") or (fault == "another type" and not end.endswith("mjs"))
    assert found == "answer" if spared else "could not be loaded" in found or found == "answer"
    readers.server.mend()
    be_patient(decoder.page)
    if found != "answer":
        decoder.button("Try again").click()
        assert outcome(decoder) == "answer"


@pytest.mark.parametrize("fault", ["cut", pytest.param("a page instead", marks=pytest.mark.nightly)])
def test_a_broken_compressed_file_is_loaded_as_it_is(readers: Readers, fault: str) -> None:
    readers.server.faults = {".wasm.gz": fault, ".zip.gz": fault}
    decoder = readers.open(f"#q={NAME}")
    assert outcome(decoder) == "answer"
    assert decoder.page.evaluate("performance.getEntriesByName('nameplate:ready')[0].detail.way") == "snapshot"


@pytest.mark.parametrize("fault", ["short", pytest.param("hanging", marks=pytest.mark.nightly)])
def test_a_broken_lesson_of_the_picker_is_said(readers: Readers, fault: str) -> None:
    readers.server.faults = {"/requests-*.json*": fault}
    page = readers.new_page(silence=SILENCE if fault in SILENT else PATIENCE)
    page.goto("choose/#names=llama-7b,llama-7b-chat&task=chatbot")
    status = page.locator("nameplate-picker .np-status")
    expect(status).to_contain_text("could not be loaded", timeout=ANSWER_WITHIN)
    assert not PROGRAMMERS_WORDS.search(status.inner_text())
    readers.server.mend()
    be_patient(page)
    page.get_by_role("button", name="Try again").click()
    PickerPage(page).answer()


def test_a_table_that_does_not_come_keeps_the_list(readers: Readers) -> None:
    readers.server.faults = {"/web-*/name-list.mjs": "aborted"}
    page = readers.new_page()
    page.goto(f"decode/#q={NAME}&q=llama-7b")
    expect(page.locator(".np-problem")).to_contain_text("couldn't be loaded")
    readers.server.mend()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".np-list-rows tbody > tr")).to_have_count(2, timeout=ANSWER_WITHIN)


# Browsers -------------------------------------------------------------------------------------------------------------


def test_a_browser_without_webassembly_is_told(readers: Readers) -> None:
    decoder = readers.open(f"#q={NAME}", "delete window.WebAssembly")
    assert "switched off" in outcome(decoder) or "WebAssembly" in decoder.status.inner_text()


OLD = """
for (const name of ["toSpliced", "toSorted", "toReversed", "with", "findLast"]) delete Array.prototype[name];
for (const name of ["isWellFormed", "toWellFormed"]) delete String.prototype[name];
for (const name of ["groupBy", "hasOwn"]) delete Object[name];
delete Promise.withResolvers; delete window.requestIdleCallback; delete window.DecompressionStream;
delete window.trustedTypes; delete window.structuredClone;
"""


def test_an_old_browser_reads_lists_and_one_half_of_a_character_empties_nothing(readers: Readers) -> None:
    page = readers.new_page(OLD)
    page.goto("decode/#view=list")
    page.get_by_label("Model names, one on each line").evaluate(
        "(field) => (field.value = 'llama-7b\\nzorp\\ud800-7b\\nllama-13b')"
    )
    page.get_by_role("button", name="Explain all").click()
    rows = page.locator(".np-list-rows tbody > tr")
    expect(rows).to_have_count(3, timeout=ANSWER_WITHIN)
    expect(page.locator(".np-list-state")).to_contain_text("3 names read.")
    rows.nth(1).locator("a").click()
    expect(page.locator(".np-detail")).to_contain_text("zorp")


def test_a_clipboard_that_takes_only_promises_gets_one(readers: Readers) -> None:
    page = readers.new_page("navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"decode/#q={NAME}")
    decoder = DecoderPage(page)
    decoder.answer(NAME)
    decoder.button("Copy as JSON").click()
    expect(page.locator("[data-copy=json]")).to_have_text("Copied")
    assert NAME in page.evaluate("navigator.clipboard.readText()")


def test_an_element_named_like_the_early_worker_breaks_nothing(readers: Readers) -> None:
    decoder = readers.open(
        "",
        "addEventListener('DOMContentLoaded', () => document.body.append(Object.assign(document.createElement('b'), { id: 'nameplateEarly' })))",
    )
    ask(decoder, "")
    decoder.answer(NAME)


# Limits ---------------------------------------------------------------------------------------------------------------


def test_a_long_list_says_that_no_link_holds_it_and_one_in_the_address_stays(readers: Readers) -> None:
    names = [f"SorskootLLM-{size}b-instruct" for size in range(1, 301)]
    page = readers.new_page()
    page.goto("decode/#" + "&".join(f"q={name}" for name in names))
    state = page.locator(".np-list-state")
    expect(state).to_contain_text("300 names read. The list is too long for a link", timeout=ANSWER_WITHIN)
    assert "q=SorskootLLM-300b-instruct" in page.url
    page.reload()
    expect(state).to_contain_text("300 names read.", timeout=ANSWER_WITHIN)


@pytest.mark.parametrize("asked", ["Infinity", "1e308"])
def test_a_context_that_is_no_number_of_tokens_is_refused(page: Page, asked: str) -> None:
    picker = PickerPage(page).open(names="Qwen3-8B", task="chat", context=asked)
    expect(picker.answer("error")).to_contain_text("The context is a number of tokens")
    assert asked in (page.locator(".np-tokens").text_content() or "")
