"""Many names at once, in a real browser: pasted, dropped or opened, sorted, filtered, stopped and downloaded."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from nameplate import decode
from nameplate.render.listing import COLUMNS
from tests.browser.decoder_page import ANSWER_WITHIN, DecoderPage
from tests.browser.server import SiteServer

NAMES = ["Qwen/Qwen3-8B", "llama-13b-chat", "llama-7b", "SorskootLLM-70b-zorp", "Llama-3.1-8B-Instruct-Q4_K_M.gguf"]
THREE = ["Qwen/Qwen3-30B-A3B-Instruct-2507-FP8", "meta-llama/Llama-3.1-8B", "mistral-small3.2:24b-instruct-2506-q4_K_M"]
HOSTILE = '<img src=x onerror="hacked=1">-7b'

GIVE = """([kind, selector, text, name]) => {
  const data = new DataTransfer();
  if (name) data.items.add(new File([text], name, { type: "text/plain" }));
  else data.setData("text/plain", text);
  const how = { bubbles: true, cancelable: true };
  const event = kind === "paste" ? new ClipboardEvent(kind, { ...how, clipboardData: data }) : new DragEvent(kind, { ...how, dataTransfer: data });
  const place = document.querySelector(selector);
  place.focus();
  return place.dispatchEvent(event);
}"""


class ListPage:
    """A page on which many names stand."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def list(self) -> Locator:
        return self.page.locator("[data-nameplate=decode-list]")

    @property
    def state(self) -> Locator:
        return self.page.locator(".np-list-state")

    @property
    def names(self) -> Locator:
        return self.page.locator(".np-list-rows tbody > tr > th")

    def open(self, address: str = "decode/") -> ListPage:
        self.page.goto(address)
        return self

    def paste(self, text: str, selector: str = ".np-input") -> bool:
        """Paste into the field. Whether the browser would have gone on and put the text in by itself."""
        return bool(self.page.evaluate(GIVE, ["paste", selector, text, ""]))

    def drop(self, text: str, name: str) -> None:
        self.page.evaluate(GIVE, ["drop", "nameplate-decoder", text, name])

    def button(self, title: str) -> Locator:
        return self.list.get_by_role("button", name=title, exact=True)

    def wait(self, state: str = "ready") -> ListPage:
        expect(self.list).to_have_attribute("data-state", state, timeout=ANSWER_WITHIN)
        return self

    def column(self, title: str) -> list[str]:
        """What stands in a column, from the top."""
        titles = [text.rstrip(" ▲▼") for text in self.page.locator(".np-list-rows thead th:visible").all_inner_texts()]
        rows = self.page.locator(".np-list-rows tbody > tr:not(.np-detail, .np-failed)").all()
        return [row.locator("th, td").nth(titles.index(title)).inner_text() for row in rows]

    def download(self, title: str) -> Download:
        with self.page.expect_download() as started:
            self.button(title).click()
        return started.value


@pytest.fixture
def many(page: Page) -> ListPage:
    return ListPage(page)


def test_pasted_lines_become_a_table(many: ListPage) -> None:
    assert not many.open().paste("\r\n".join(NAMES))
    many.wait()
    assert many.names.all_inner_texts() == NAMES
    assert many.column("Parameters (billions)") == ["8", "13", "7", "70", "8"]
    assert many.column("Not explained") == ["", "", "", "zorp", ""]
    expect(many.state).to_have_text("5 names read.")


def test_a_hubs_list_of_files_becomes_a_table_of_what_differs(many: ListPage) -> None:
    sizes = {"Q3_K_M": "4.12 GB", "Q4_K_M": "5.03 GB", "Q6_K": "6.73 GB", "Q8_0": "8.71 GB", "IQ4_XS": "4.56 GB"}
    rest = "Upload folder using huggingface_hub\n7 months ago"
    files = [f"Qwen_Qwen3-8B-{label}.gguf\n{size}\nxet\n{rest}" for label, size in sizes.items()]
    page = "\n".join(["main", "Qwen_Qwen3-8B-GGUF", "29.2 GB", *files, f"README.md\nSafe\n21.2 kB\n{rest}"])
    many.page.set_viewport_size({"width": 1440, "height": 900})
    many.open().paste(page)
    many.wait()
    folded = many.page.locator(".np-shared")
    expect(folded).to_contain_text("The same in every file of the model: ")
    expect(folded).to_contain_text("Family: Qwen")
    expect(folded).to_contain_text("Parameters (billions): 8")
    expect(many.page.get_by_role("columnheader", name="Family")).to_have_count(0)
    assert many.names.all_inner_texts() == [*(f"Qwen_Qwen3-8B-{label}.gguf" for label in sizes), "README.md"]
    assert many.column("Quantization") == [*sizes, ""]
    assert many.column("Bits per weight") == ["4", "4.89", "6.56", "8.5", "4.46", ""]
    assert many.column("What it is") == [*["the model itself"] * 5, "model card"]
    assert many.column("Size in the list") == [*sizes.values(), "21.2 kB"]
    scroll = many.page.locator(".np-list-table .np-scroll")
    fits = "node => node.scrollWidth <= node.clientWidth"
    assert scroll.evaluate(fits), "the table of files fits without scrolling"
    many.button("Change the list").click()
    many.page.get_by_label("Model names, one on each line").fill("\n".join(THREE))
    many.button("Explain all").click()
    expect(many.page.locator(".np-list-rows tbody tr")).to_have_count(3)
    many.wait()
    assert scroll.evaluate(fits), "so does one of three names that differ in much"


def test_a_single_line_is_pasted_as_ever(many: ListPage) -> None:
    assert many.open().paste("llama-7b\n")
    expect(many.list).to_have_count(0)


@pytest.mark.parametrize(
    "paste", ["vllm serve \\\n  Qwen/Qwen3-8B \\\n--port 80\n", "```bash\nvllm serve Qwen/Qwen3-8B --port 80\n```"]
)
def test_a_command_over_several_lines_is_one_name(many: ListPage, paste: str) -> None:
    assert not many.open().paste(paste)
    expect(many.list).to_have_count(0)
    expect(many.page.locator(".np-input")).to_have_value("vllm serve Qwen/Qwen3-8B --port 80")


def test_the_home_page_takes_lists_too(many: ListPage) -> None:
    many.open("").paste("\n".join(NAMES))
    many.wait()
    expect(many.names).to_have_count(len(NAMES))


def test_the_keyboard_is_enough(many: ListPage) -> None:
    page = many.open().page
    page.get_by_role("link", name="Many at once").press("Enter")
    expect(page.get_by_label("Model names, one on each line")).to_be_focused()
    page.keyboard.insert_text("\n".join(NAMES))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    many.wait()
    expect(many.names).to_have_count(len(NAMES))
    page.get_by_role("button", name="Name", exact=True).press("Enter")
    expect(page.locator("[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    page.locator(".np-open").first.press("Enter")
    expect(page.locator(".np-detail .np-summary")).to_be_visible()


def test_columns_sort_up_down_and_back(many: ListPage) -> None:
    many.open().paste("\n".join([*NAMES, "gpt-4o"]))
    many.wait()
    button = many.page.get_by_role("button", name="Parameters (billions)", exact=True)
    heading = many.page.get_by_role("columnheader", name="Parameters (billions)", exact=True)
    button.click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert many.column("Parameters (billions)") == ["7", "8", "8", "13", "70", ""]
    button.click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert many.column("Parameters (billions)") == ["70", "13", "8", "8", "7", ""], "what is unknown comes last"
    button.click()
    expect(many.page.locator("[aria-sort]")).to_have_count(0)
    assert many.names.all_inner_texts() == [*NAMES, "gpt-4o"]


def test_numbers_in_names_sort_as_numbers(many: ListPage) -> None:
    many.open().paste("llama-13b\nllama-7b\nLlama-70b")
    many.wait().page.get_by_role("button", name="Name", exact=True).click()
    assert many.names.all_inner_texts() == ["llama-7b", "llama-13b", "Llama-70b"]


def test_rows_are_filtered(many: ListPage) -> None:
    many.open().paste("\n".join([*NAMES, "", "y" * 2000]))
    many.wait().page.get_by_label("Filter").fill("LLAMA 13B")
    assert many.names.all_inner_texts() == ["llama-13b-chat"]
    expect(many.page.locator(".np-count")).to_have_text("1 of 6 names")
    many.page.get_by_label("Filter").fill("")
    many.page.get_by_label("Only with unexplained parts").check()
    assert [name[:20] for name in many.names.all_inner_texts()] == ["SorskootLLM-70b-zorp", "y" * 20]
    many.page.get_by_label("Filter").fill("no such name")
    expect(many.page.locator(".np-place")).to_have_text("No row matches")


def test_lines_that_are_no_names_are_told_and_lose_nothing(many: ListPage) -> None:
    many.open().paste(f"llama-7b\n\n  \nllama-7b\n{'y' * 2000}\na\tb\nllama-13b\n")
    many.wait()
    expect(many.state).to_contain_text(
        "4 names read. 2 could not be read; the row says why. 1 line repeated an earlier one and is not shown again. "
        "2 blank lines left out."
    )
    assert many.column("Line") == ["1", "7"]
    expect(many.page.locator(".np-failed").first).to_contain_text("2000 characters")
    expect(many.page.locator(".np-failed").last).to_contain_text("control character")


def test_a_hostile_name_stays_text(many: ListPage) -> None:
    many.open().paste(f"{HOSTILE}\nllama-7b")
    many.wait()
    assert many.names.first.inner_text() == HOSTILE
    many.page.locator(".np-open").first.click()
    expect(many.page.locator(".np-detail .np-name")).to_have_text(HOSTILE)
    assert many.page.locator(".np-list img").count() == 0
    assert many.page.evaluate("'hacked' in window") is False


def test_a_row_opens_the_full_reading(many: ListPage) -> None:
    many.open().paste("\n".join(NAMES))
    link = many.wait().page.locator(".np-open").nth(1)
    expect(link).to_have_attribute("aria-expanded", "false")
    link.click()
    detail = many.page.locator(".np-detail")
    expect(detail.locator(".np-name")).to_have_text(NAMES[1])
    expect(detail.locator(".np-part", has_text="Training stage")).to_be_visible()
    expect(link).to_have_attribute("aria-expanded", "true")
    link.click()
    expect(detail).to_have_count(0)
    assert str(link.get_attribute("href")).endswith("#q=llama-13b-chat")


def test_more_rows_than_a_page_are_turned(many: ListPage) -> None:
    names = [f"llama-{size}b" for size in range(1, 61)]
    many.open().paste("\n".join(names))
    many.wait()
    assert many.names.all_inner_texts() == names[:25]
    expect(many.button("Previous")).to_be_disabled()
    many.button("Next").click()
    many.button("Next").click()
    assert many.names.all_inner_texts() == names[50:]
    expect(many.page.locator(".np-place")).to_have_text("Rows 51 to 60 of 60")
    expect(many.button("Next")).to_be_disabled()


def test_the_lines_are_numbered_where_one_is_left_out(many: ListPage) -> None:
    many.open().paste("llama-7b\nllama-13b")
    many.wait()
    expect(many.button("Line")).to_have_count(0)
    many.button("Change the list").click()
    many.page.get_by_label("Model names, one on each line").fill("llama-7b\n\nllama-13b")
    many.button("Explain all").click()
    expect(many.state).to_contain_text("1 blank line left out.")
    assert many.column("Line") == ["1", "3"]


def test_the_files_hold_the_rows_that_are_shown(many: ListPage) -> None:
    many.open().paste("\n".join([*NAMES, "y" * 2000]))
    many.wait()
    rows = list(csv.DictReader(Path(many.download("Download CSV").path()).read_text("utf-8").splitlines()))
    assert list(rows[0]) == [*COLUMNS, "error"]
    assert [row["name"] for row in rows[:5]] == NAMES
    assert "2000 characters" in rows[5]["error"]
    many.page.get_by_label("Filter").fill("llama")
    many.page.get_by_role("button", name="Name", exact=True).click()
    file = many.download("Download JSON lines")
    assert file.suggested_filename == "model-names.jsonl"
    lines = Path(file.path()).read_text("utf-8").splitlines()
    shown = [NAMES[4], "llama-7b", "llama-13b-chat"]
    assert [json.loads(line) for line in lines] == [json.loads(json.dumps(decode(name).to_dict())) for name in shown]


def test_reading_stops_and_goes_on(many: ListPage) -> None:
    names = [f"SorskootLLM-{size}b-instruct" for size in range(1, 4001)]
    many.open().paste("\n".join(names))
    bar = many.page.get_by_role("progressbar", name="Names read")
    expect(bar).to_be_visible()
    expect(many.names.first).to_be_visible(timeout=ANSWER_WITHIN)
    many.button("Stop").click()
    many.wait("stopped")
    expect(many.state).to_contain_text(re.compile(r"^Stopped\. [\d,]+ of 4,000 names read\."))
    before = many.state.inner_text()
    many.page.wait_for_timeout(500)
    assert many.state.inner_text() == before, "nothing more is read"
    expect(bar).to_have_count(0)
    many.button("Go on").click()
    many.wait()
    expect(many.state).to_contain_text("4,000 names read.")
    many.page.get_by_role("button", name="Name", exact=True).click()
    many.page.get_by_role("button", name="Name", exact=True).click()
    expect(many.names.first).to_have_text("SorskootLLM-4000b-instruct")


def test_the_page_answers_while_a_list_is_read(many: ListPage) -> None:
    page = many.open().page
    page.evaluate("""() => {
      window.waits = [];
      let before = performance.now();
      setInterval(() => { window.waits.push(performance.now() - before); before = performance.now(); }, 5);
    }""")
    many.paste("\n".join(f"SorskootLLM-{size}b-instruct" for size in range(1, 3001)))
    expect(many.names.first).to_be_visible(timeout=ANSWER_WITHIN)
    expect(many.list).to_have_attribute("data-state", "reading")
    many.names.first.locator("a").click()
    expect(page.locator(".np-detail .np-summary")).to_be_visible()
    expect(many.list).to_have_attribute("data-state", "reading")
    assert page.locator(".np-list-rows tbody tr").count() <= 26, "only a page of rows stands in the document"
    many.button("Stop").click()
    many.wait("stopped")


def test_only_ten_thousand_lines_are_read(many: ListPage) -> None:
    many.open().paste("\n" * 9_990 + "\n".join(f"llama-{size}b" for size in range(1, 21)))
    many.wait()
    expect(many.names).to_have_count(10)
    expect(many.state).to_contain_text(
        "The list is too long: the first 10,000 lines are read, 10 lines below them are not."
    )


def test_a_file_is_opened(many: ListPage, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_bytes("\ufeffllama-7b\r\nllama-13b\r\n".encode())
    many.open("decode/#view=list")
    with many.page.expect_file_chooser() as chooser:
        many.button("Open a text file").click()
    chooser.value.set_files(names)
    many.wait()
    assert many.names.all_inner_texts() == ["llama-7b", "llama-13b"]


def test_a_dropped_file_is_read_and_another_kind_refused(many: ListPage) -> None:
    many.open().drop("llama-7b\nllama-13b", "names.txt")
    many.wait()
    assert many.names.all_inner_texts() == ["llama-7b", "llama-13b"]
    many.drop("\x89PNG\0\0", "picture.png")
    expect(many.page.get_by_role("alert")).to_contain_text("picture.png isn't plain text")
    assert many.names.all_inner_texts() == ["llama-7b", "llama-13b"]


def test_a_short_list_is_in_the_address(many: ListPage) -> None:
    many.open().paste("\n".join(NAMES))
    many.wait()
    expect(many.page).to_have_url(re.compile(r"/decode/#q=Qwen%2FQwen3-8B&q=llama-13b-chat&"))
    shared = ListPage(many.page.context.new_page()).open(many.page.url).wait()
    assert shared.names.all_inner_texts() == NAMES
    many.button("Change the list").click()
    expect(many.page.get_by_label("Model names, one on each line")).to_have_value("\n".join(NAMES))


def test_a_long_list_is_not_in_the_address(many: ListPage) -> None:
    many.open().paste("\n".join(f"SorskootLLM-{size}b-instruct" for size in range(1, 101)))
    many.wait()
    expect(many.page).to_have_url(re.compile(r"/decode/#view=list$"))


def test_back_to_one_name(many: ListPage) -> None:
    many.open("decode/#q=llama-7b")
    decoder = DecoderPage(many.page)
    decoder.answer("llama-7b")
    many.page.get_by_role("link", name="Many at once").click()
    expect(decoder.field).to_be_hidden()
    many.page.get_by_role("link", name="One name").click()
    decoder.answer("llama-7b")
    expect(many.list).to_have_count(0)
    expect(many.page).to_have_url(re.compile(r"/decode/#q=llama-7b$"))


def test_a_list_is_kept_while_one_name_is_looked_at(many: ListPage) -> None:
    many.open().paste("\n".join(NAMES))
    many.wait().page.get_by_role("link", name="One name").click()
    DecoderPage(many.page).read("llama-7b")
    many.page.get_by_role("link", name="Many at once").click()
    assert many.names.all_inner_texts() == NAMES
    expect(many.page).to_have_url(re.compile(r"#q=Qwen%2FQwen3-8B&q="))


def test_what_shows_lists_may_be_missing(many: ListPage, site_server: SiteServer) -> None:
    site_server.missing.add("/name-list.mjs")
    many.open().paste("\n".join(NAMES))
    result = DecoderPage(many.page).result
    expect(result).to_have_attribute("data-state", "error")
    expect(result).to_contain_text("couldn't be loaded")
    DecoderPage(many.page).read("llama-7b")


def test_a_runtime_that_is_missing_is_tried_again(many: ListPage, site_server: SiteServer) -> None:
    site_server.missing.add(".wasm")
    many.open().paste("\n".join(NAMES))
    many.wait("error")
    site_server.missing.clear()
    many.page.get_by_role("button", name="Try again").click()
    many.wait()
    assert many.names.all_inner_texts() == NAMES


def test_the_table_stays_inside_a_phone(many: ListPage) -> None:
    many.page.set_viewport_size({"width": 320, "height": 700})
    many.open().paste("\n".join([*NAMES, "a" * 300, "x" * 2000]))
    many.wait().page.locator(".np-open").first.click()
    expect(many.page.locator(".np-detail .np-summary")).to_be_visible()
    assert many.page.evaluate("document.documentElement.scrollWidth") <= 320
    room = many.page.locator(".np-detail-room").bounding_box()
    assert room is not None
    assert room["width"] <= 320


def test_why_a_name_cannot_be_read_is_in_sight_on_a_phone(many: ListPage) -> None:
    many.page.set_viewport_size({"width": 360, "height": 740})
    many.open().paste(f"llama-7b\n{'y' * 1025}")
    many.wait()
    reason = many.page.locator(".np-failed .np-error")
    expect(reason).to_contain_text("1025 characters")
    assert reason.evaluate("reason => reason.getBoundingClientRect().right") <= 360


def test_a_character_that_nobody_sees_has_its_number_in_the_list(page: Page) -> None:
    listed = ListPage(page).open()
    listed.paste("llama\u202e-7b\nllama-13b")
    listed.wait()
    unseen = listed.names.first.locator(".np-invisible")
    assert unseen.evaluate("node => getComputedStyle(node, '::before').content") == '"U+202E"'


def test_an_empty_list_says_what_is_missing(page: Page) -> None:
    listed = ListPage(page).open("decode/#view=list")
    listed.button("Explain all").click()
    expect(page.get_by_role("alert").filter(has_text="No names yet")).to_be_visible()
    listed.paste("llama-7b\nllama-13b", ".np-lines")
    listed.wait()
    expect(page.get_by_text("No names yet")).to_have_count(0)
