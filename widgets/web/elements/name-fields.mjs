// The form of a decoder: one field, or two whose names are compared, and the way to many names at once.
import { inOneLine, isList, wellFormed } from "../name-list/lines.mjs";
import { runtime } from "../runtime/runtime.mjs";
import { make } from "./dom.mjs";

/** @typedef {import("./page-address.mjs").Mode} Mode */

export class NameFields {
  /** @type {Mode} */ mode = "one";
  #form;
  #input;
  #other = make("input", "np-input");
  #second = make("div", "np-second");
  #button;
  #links;
  #explain;
  /** The fields that offer names, or soon will. @type {Set<HTMLInputElement>} */ #completed = new Set();

  /**
   * @param {HTMLElement} decoder the element around the form; a list may be dropped anywhere on it
   * @param {HTMLFormElement} form
   * @param {HTMLInputElement} input
   * @param {() => void} changed is called whenever a name has changed
   * @param {(list: string | File) => void} openList receives many names
   * @param {() => void} explain is called when the reader has taken a name that was offered
   */
  constructor(decoder, form, input, changed, openList, explain) {
    this.#explain = explain;
    this.#form = form;
    this.#input = input;
    this.#button = form.querySelector("button");
    this.#links = [...decoder.querySelectorAll(".np-mode")];
    this.#buildSecond();
    for (const field of [input, this.#other]) {
      field.addEventListener("input", changed);
      if (decoder.dataset.names) field.addEventListener("input", () => void this.#complete(field, decoder.dataset.names ?? ""));
      field.addEventListener("paste", (event) => takeList(event, event.clipboardData, openList));
    }
    decoder.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); // otherwise the browser would open the file
    });
    decoder.addEventListener("drop", (event) => takeList(event, event.dataTransfer, openList));
  }

  #buildSecond() {
    const other = this.#other;
    const label = make("label", "np-label", "Name to compare with");
    other.id = `${this.#input.id}-with`;
    label.htmlFor = other.id;
    other.name = "with";
    other.autocomplete = "off";
    other.autocapitalize = "none";
    other.spellcheck = false;
    other.enterKeyHint = "go";
    this.#second.append(label, other);
  }

  /**
   * Offer catalogued names, once Python is there: until then, every byte is for the first answer.
   * @param {HTMLInputElement} field
   * @param {string} names address of the names
   */
  async #complete(field, names) {
    if (this.#completed.has(field) || runtime.state !== "ready") return;
    this.#completed.add(field);
    const module = await import("./completion.mjs").catch((error) => console.info(error)); // the field works without
    if (module) await new module.Completion(field, names, this.#explain).update();
  }

  /** The values of the fields that are shown. @returns {string[]} */
  get names() {
    return (this.mode === "two" ? [this.#input.value, this.#other.value] : [this.#input.value]).map(wellFormed);
  }

  /**
   * Show one field, two, or none.
   * @param {Mode} mode
   * @param {string[]} names what to put into the fields; otherwise they keep their values
   */
  show(mode, names = [this.#input.value, this.#other.value]) {
    this.mode = mode;
    [this.#input.value, this.#other.value] = [names[0] ?? "", names[1] ?? ""];
    this.#form.hidden = mode === "many";
    if (mode === "two") this.#input.parentElement?.after(this.#second);
    else this.#second.remove();
    if (this.#button) this.#button.textContent = mode === "two" ? "Compare" : "Explain";
    for (const link of this.#links) {
      if (link.getAttribute("data-mode") === mode) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** Where the reader would type next. */
  get next() {
    return this.mode === "two" && this.#input.value ? this.#other : this.#input;
  }

  /** Move the focus there. @param {FocusOptions} [options] */
  focus(options) {
    this.next.focus(options);
  }
}

/**
 * Take what is pasted or dropped if it is a file, or text of more than one line.
 * @param {Event} event
 * @param {DataTransfer | null} given
 * @param {(list: string | File) => void} openList
 */
function takeList(event, given, openList) {
  const text = given?.getData("text/plain") ?? "";
  const list = given?.files[0] ?? (isList(text) ? text : undefined);
  if (event.defaultPrevented) return;
  if (list !== undefined) {
    event.preventDefault();
    openList(list);
  } else if (text.trim().includes("\n") && event.currentTarget instanceof HTMLInputElement) {
    event.preventDefault(); // the browser would join the lines without a space between them
    const field = event.currentTarget;
    field.setRangeText(inOneLine(text), field.selectionStart ?? 0, field.selectionEnd ?? field.value.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
