// Where a list of names comes from: a field with many lines, a file that is chosen, or one that is dropped.
import { make, makeButton } from "../elements/dom.mjs";
import { isList, MOST_LINES } from "./lines.mjs";

const MOST_BYTES = 16 * 1024 * 1024; // more than ten thousand of the longest names
const EXAMPLE = "Qwen/Qwen3-8B\nllama3.1:8b-instruct-q4_K_M\nMixtral-8x7B-Instruct-v0.1";
const NO_NAME = "No names yet. Write or paste some, one on each line.";

/** The file cannot be read as a list of names. */
export class FileProblem extends Error {}

export class ListSource {
  element = make("div", "np-source");
  field = make("textarea", "np-input np-lines");
  /** What is wrong with a file; visible with and without the field. */
  problem = make("p", "np-list-problem");

  /** @param {(text: string) => void} read receives the text */
  constructor(read) {
    const { field } = this;
    const take = (/** @type {string} */ text) => {
      this.say(/\S/.test(text) ? "" : NO_NAME);
      read(text);
    };
    const label = make("label", "np-label", "Model names, one on each line");
    field.id = `np-lines-${document.querySelectorAll(".np-lines").length + 1}`;
    label.htmlFor = field.id;
    field.rows = 8;
    field.wrap = "off";
    field.spellcheck = false;
    field.autocomplete = "off";
    field.setAttribute("autocapitalize", "none");
    field.placeholder = EXAMPLE;
    field.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (field.value.trim() || !isList(text)) return; // a single line is pasted as usual
      event.preventDefault(); // thousands of lines in the field would block the page
      take(text);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      take(field.value);
    });
    const file = make("input", "np-unseen");
    file.type = "file";
    file.accept = "text/*,.txt,.csv,.list";
    file.tabIndex = -1; // the button opens it
    file.setAttribute("aria-label", "A text file with names");
    file.addEventListener("change", async () => {
      const chosen = file.files?.[0];
      file.value = ""; // so that the same file can be chosen again
      if (chosen) await this.open(chosen, take);
    });
    const buttons = make("div", "np-source-buttons");
    const hint = make("p", "np-hint", `Or drop a text file here. Up to ${MOST_LINES.toLocaleString("en")} lines; they do not leave your browser.`);
    buttons.append(makeButton("np-go", "Explain all", () => take(field.value)), makeButton("", "Open a text file", () => file.click()), file);
    this.problem.setAttribute("role", "alert");
    this.element.append(label, field, buttons, hint);
  }

  /**
   * @param {File} file
   * @param {(text: string) => void} take
   */
  async open(file, take) {
    try {
      take(await textOf(file));
    } catch (error) {
      this.say(error instanceof FileProblem ? error.message : `${file.name} could not be read.`);
    }
  }

  /** @param {string} problem */
  say(problem) {
    this.problem.textContent = problem;
  }
}

/** @param {File} file */
async function textOf(file) {
  if (file.size > MOST_BYTES) throw new FileProblem(`${file.name} has more than 16 megabytes. Lists of names are much smaller: cut it into parts.`);
  const text = await file.text();
  if (text.includes("\0")) throw new FileProblem(`${file.name} isn't plain text in UTF-8. Save it as plain text, with one name on each line.`);
  return text;
}
