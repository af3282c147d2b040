// Many names at once: read in batches, shown in a table that sorts and filters, and downloaded as files.
import { inBatches } from "./batches.mjs";
import { make, makeButton } from "../elements/dom.mjs";
import { fitsAddress } from "../elements/page-address.mjs";
import { MOST_LINES, readLines } from "./lines.mjs";
import { Rows } from "./rows.mjs";
import { ListSource } from "./source.mjs";
import { ListTable, number } from "./table.mjs";
import { mark, runtime, RuntimeFailure } from "../runtime/runtime.mjs";

/** @typedef {import("./lines.mjs").Line} Line */
/** @typedef {"empty" | "reading" | "stopped" | "writing" | "ready" | "error"} State */

const MOST_IN_FIELD = 1000; // lines
const FORMS = [
  { form: "csv", title: "Download CSV", type: "text/csv" },
  { form: "jsonl", title: "Download JSON lines", type: "application/jsonl" },
];

export class NameList {
  element = make("div", "np-list");
  #source = new ListSource((text) => void this.take(text));
  #state = make("p", "np-list-state");
  #bar = make("progress", "np-progress");
  #stop = makeButton("np-stop", "Stop", () => this.#stopped?.abort());
  #goOn = makeButton("np-go-on", "Go on", () => void this.#readOn());
  #edit = makeButton("np-edit", "Change the list", () => this.#change());
  #tools = make("div", "np-tools");
  #filter = make("input", "np-input np-filter");
  #unexplained = make("input", "");
  #count = make("output", "np-count");
  #downloads = FORMS.map(({ title, form, type }) => makeButton("np-download", title, () => void this.#download(form, type)));
  #place = make("div", "");
  #text = "";
  /** @type {import("./lines.mjs").Lines} */ #lines = readLines("");
  /** @type {Rows | undefined} */ #rows;
  /** @type {ListTable | undefined} */ #table;
  /** @type {AbortController | undefined} */ #stopped;
  #read;
  #announce;
  #taken;

  /**
   * @param {import("./table.mjs").Read} read
   * @param {(message: string) => void} announce passes a message to screen readers
   * @param {() => void} taken is called when the list has other names
   */
  constructor(read, announce, taken) {
    this.#read = read;
    this.#announce = announce;
    this.#taken = taken;
    this.element.dataset.nameplate = "decode-list";
    this.#bar.setAttribute("aria-label", "Names read");
    const line = make("div", "np-list-line");
    line.append(this.#state, this.#bar, this.#stop, this.#goOn, this.#edit);
    this.#buildTools();
    this.element.append(this.#source.element, this.#source.problem, line, this.#tools, this.#place);
    this.#set("empty");
  }

  get names() {
    return this.#lines.names.map(({ name }) => name);
  }

  /** Show the list as it was left. */
  show() {
    this.#taken();
    if (this.element.dataset.state === "empty") this.#source.field.focus();
  }

  #buildTools() {
    this.#filter.type = "search";
    this.#filter.placeholder = "qwen, instruct, Q4 …";
    this.#filter.spellcheck = false;
    this.#unexplained.type = "checkbox";
    const choose = () => {
      this.#rows?.filter(this.#filter.value, this.#unexplained.checked);
      this.#table?.restart();
    };
    this.#filter.addEventListener("input", choose);
    this.#unexplained.addEventListener("change", choose);
    const filter = make("label", "np-filter-label", "Filter ");
    filter.append(this.#filter);
    const only = make("label", "np-only");
    only.append(this.#unexplained, " Only with unexplained parts");
    this.#tools.append(filter, only, this.#count);
    this.#tools.append(...this.#downloads);
  }

  /** Read a text with a name on each line. @param {string} text */
  async take(text) {
    this.#stopped?.abort();
    this.#text = text;
    this.#lines = readLines(text);
    const { names } = this.#lines;
    this.#taken();
    this.#place.replaceChildren();
    this.#rows = this.#table = undefined;
    if (names.length) await this.#readOn();
    else this.#set("empty");
  }

  /** Go on after the runtime has failed. */
  async retry() {
    if (this.#lines.names.length) await this.#readOn();
  }

  /** Read a file that was dropped on the page. @param {File} file */
  open(file) {
    return this.#source.open(file, (text) => void this.take(text));
  }

  /** Read the names that were not read yet. */
  async #readOn() {
    const stopped = (this.#stopped = new AbortController());
    this.#set("reading");
    try {
      if (!this.#rows) await this.#takeFiles(stopped.signal);
      const { names } = this.#lines;
      const rows = (this.#rows ??= new Rows(JSON.parse(await runtime.call("columns"))));
      if (stopped.signal.aborted) return this.#pause(stopped);
      this.#showTable(rows);
      const ask = (/** @type {Line[]} */ batch) => runtime.call("rows", JSON.stringify(batch.map(({ name }) => name)));
      const before = rows.all.length;
      await inBatches(names.slice(before), ask, (batch, answer, done) => this.#grow(rows, batch, answer, before + done), stopped.signal);
    } catch (error) {
      return this.#fail(stopped, error);
    }
    if (stopped.signal.aborted) this.#pause(stopped);
    else this.#finish();
  }

  /** Bring a hub's list of files, in which a file has several lines, into one line for each. @param {AbortSignal} signal */
  async #takeFiles(signal) {
    const files = await runtime.call("files", this.#text);
    if (!files || signal.aborted) return;
    this.#text = files;
    this.#lines = readLines(files);
    this.#taken();
  }

  /** @param {Rows} rows */
  #showTable(rows) {
    if (this.#table) return;
    this.#filter.value = "";
    this.#unexplained.checked = false;
    this.#table = new ListTable(rows, this.#read, () => this.#showCount());
    this.#place.replaceChildren(this.#table.element);
  }

  /**
   * @param {Rows} rows
   * @param {Line[]} batch
   * @param {string} answer
   * @param {number} done
   */
  #grow(rows, batch, answer, done) {
    if (rows !== this.#rows) return; // the reader has taken another list since
    rows.add(batch, JSON.parse(answer));
    this.#table?.grow();
    this.#showProgress(done);
    mark("first-answer");
  }

  /** @param {AbortController} stopped */
  #pause(stopped) {
    if (stopped === this.#stopped) this.#set("stopped");
  }

  #finish() {
    this.#set("ready");
    this.#rows?.arrange();
    this.#table?.show();
    this.#announce(this.#state.textContent);
  }

  /**
   * @param {AbortController} stopped
   * @param {unknown} error
   */
  #fail(stopped, error) {
    if (stopped !== this.#stopped) return;
    this.#set("error");
    if (error instanceof RuntimeFailure) return; // the status line says so, and offers to try again
    console.error(error);
    this.#state.textContent = "The decoder stumbled over this list. That is a fault of the decoder, not of the names.";
  }

  /** @param {State} state */
  #set(state) {
    this.element.dataset.state = state;
    const busy = state === "reading" || state === "writing";
    this.#source.element.hidden = state !== "empty";
    this.#bar.hidden = this.#stop.hidden = !busy;
    this.#goOn.hidden = state !== "stopped" && state !== "error";
    this.#edit.hidden = state === "empty";
    this.#edit.textContent = this.#fitsField ? "Change the list" : "Another list";
    this.#tools.hidden = !this.#lines.names.length;
    for (const button of this.#downloads) button.disabled = busy;
    this.#showProgress(this.#rows?.all.length ?? 0);
  }

  /** @param {number} done names that are read */
  #showProgress(done) {
    const { names, repeated, blank, beyond } = this.#lines;
    this.#bar.max = Math.max(1, names.length);
    this.#bar.value = done;
    const { state } = this.element.dataset;
    if (state === "empty") {
      this.#state.textContent = blank ? "This text has no names in it." : "";
      return;
    }
    const all = done === names.length;
    const failed = this.#rows?.failed ?? 0;
    const parts = [
      state === "writing" && "Writing the file …",
      state === "stopped" && "Stopped.",
      all ? `${count(done, "name")} read.` : `${number(done)} of ${count(names.length, "name")} read.`,
      failed && `${number(failed)} could not be read; the row says why.`,
      repeated && `${count(repeated, "line")} repeated an earlier one and ${repeated === 1 ? "is" : "are"} not shown again.`,
      blank && `${count(blank, "blank line")} left out.`,
      all && names.length > 1 && !fitsAddress(this.names) && "The list is too long for a link: this page's address doesn't hold it, so keep it elsewhere.",
      beyond && `The list is too long: the first ${number(MOST_LINES)} lines are read, ${count(beyond, "line")} below them ${beyond === 1 ? "is" : "are"} not.`,
    ];
    this.#state.textContent = parts.filter(Boolean).join(" ");
  }

  #showCount() {
    const { shown, all } = this.#rows ?? { shown: [], all: [] };
    this.#count.textContent = shown.length === all.length ? "" : `${number(shown.length)} of ${count(all.length, "name")}`;
  }

  /** Whether the field can show the text again without blocking the page. */
  get #fitsField() {
    return this.#lines.names.length <= MOST_IN_FIELD;
  }

  /** Put the list back into the field, or make room for another one. */
  #change() {
    this.#stopped?.abort();
    this.#stopped = undefined;
    this.#place.replaceChildren();
    this.#rows = this.#table = undefined;
    this.#source.field.value = this.#fitsField ? this.#text : "";
    this.#lines = readLines("");
    this.#set("empty");
    this.show();
  }

  /**
   * Write a file of the rows that are shown, in their order.
   * @param {string} form
   * @param {string} type
   */
  async #download(form, type) {
    const rows = this.#rows?.shown.slice() ?? [];
    const stopped = (this.#stopped = new AbortController());
    const before = /** @type {State} */ (this.element.dataset.state);
    this.#set("writing");
    this.#bar.max = Math.max(1, rows.length);
    this.#bar.value = 0;
    const ask = (/** @type {typeof rows} */ batch) => runtime.call("lines", JSON.stringify(batch.map(({ line, name }) => [line, name])), form);
    try {
      const parts = [await runtime.call("heading", form)];
      await inBatches(rows, ask, (_, answer, done) => (parts.push(answer), (this.#bar.value = done)), stopped.signal);
      if (!stopped.signal.aborted) save(new Blob(parts, { type }), `model-names.${form}`);
    } catch (error) {
      console.error(error);
    } finally {
      if (stopped === this.#stopped) this.#set(before);
    }
  }
}

/**
 * @param {number} many
 * @param {string} thing
 */
function count(many, thing) {
  return `${number(many)} ${thing}${many === 1 ? "" : "s"}`;
}

/**
 * @param {Blob} file
 * @param {string} name
 */
function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
