// The picker's form: what it asks, how an address fills it, and which fields follow from which.
import { wellFormed } from "../name-list/lines.mjs";
import { withQuestion } from "./page-address.mjs";
import { askForCard, canAskForCard } from "./graphics-card.mjs";

const FIELDS = ["names", "task", "machine", "gpu_gb", "ram_gb", "context", "licence", "runtime"];
const FIGURES = ["gpu_gb", "ram_gb"];
const MOST_TOKENS = 1e9; // the package refuses more, too
const BETWEEN_NAMES = /\s*[\n,;]\s*/;

/**
 * @typedef {{ form: HTMLFormElement, fold: HTMLDetailsElement, usual: HTMLSelectElement, family: HTMLSelectElement,
 *   slider: HTMLInputElement }} Parts
 */

export class PickerForm {
  #parts;
  /** Tokens that the reader chose on the slider or that the address gave; empty if there was no choice. */
  #context = "";

  /** Find the parts that the server rendered. @param {HTMLElement} picker */
  static within(picker) {
    const fold = picker.querySelector("details");
    const form = picker.querySelector("form");
    const usual = picker.querySelector("[data-ask=machine]");
    const family = picker.querySelector("[data-ask=family]");
    const slider = picker.querySelector("[data-ask=context]");
    if (!form || !fold || !(usual instanceof HTMLSelectElement) || !(family instanceof HTMLSelectElement)) return undefined;
    if (!(slider instanceof HTMLInputElement)) return undefined;
    return new PickerForm({ form, fold, usual, family, slider });
  }

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    // What is of use only with scripts.
    for (const part of parts.form.querySelectorAll("[hidden]")) {
      if (!part.matches("[data-ask=card]") || canAskForCard()) part.removeAttribute("hidden");
    }
    this.#showFigures();
  }

  /**
   * @param {() => void} changed is called whenever the reader has changed what the form asks
   * @param {(slug: string) => void} takeFamily receives the family whose names the reader wants
   * @param {AbortSignal} signal
   */
  listen(changed, takeFamily, signal) {
    const { form, fold, usual, family, slider } = this.#parts;
    usual.addEventListener("input", () => this.#takeUsual(), { signal });
    slider.addEventListener("input", () => this.#takeContext(2 ** slider.valueAsNumber), { signal });
    this.#field("machine").addEventListener("input", () => this.#takeDescription(), { signal });
    for (const name of FIGURES) this.#field(name).addEventListener("input", () => (this.#field("machine").value = ""), { signal });
    form.addEventListener("input", (event) => event.target !== family && changed(), { signal });
    family.addEventListener("change", () => family.value && takeFamily(family.value), { signal });
    fold.addEventListener("toggle", () => this.#showDigest(), { signal });
    const card = form.querySelector("[data-ask=card] button");
    card?.addEventListener("click", () => void this.#takeCard(changed), { signal });
  }

  /** What the form asks. @returns {Record<string, string>} */
  read() {
    const entries = FIELDS.filter((name) => name !== "context").map((name) => [name, wellFormed(this.#field(name).value).trim()]);
    return { ...Object.fromEntries(entries), context: this.#context };
  }

  /** Whether the form asks for anything. */
  get asks() {
    const { names, task } = this.read();
    return Boolean(names || task);
  }

  /**
   * Fill the form from an address. Return whether the address asks anything.
   * @param {URLSearchParams} asked
   */
  fill(asked) {
    if (!FIELDS.some((name) => asked.has(name))) return false;
    for (const name of FIELDS) {
      if (name === "context") continue;
      const value = asked.get(name) ?? "";
      const field = this.#field(name);
      field.value = name === "names" ? value.split(",").join("\n") : value;
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = ""; // asks for what isn't offered
    }
    const { usual } = this.#parts;
    const figures = FIGURES.some((name) => asked.get(name));
    usual.value = figures ? ([...usual.options].find((option) => isOf(option, asked))?.value ?? "own") : "";
    this.#showFigures();
    const context = asked.get("context") ?? "";
    const tokens = Number(context);
    this.#context = "";
    if (tokens >= 1 && tokens <= MOST_TOKENS) this.#takeContext(tokens);
    else this.#refuseContext(context);
    return true;
  }

  /**
   * Put a value into a field.
   * @param {string} name
   * @param {string} value
   */
  set(name, value) {
    this.#field(name).value = value;
  }

  /** The address of the page that asks what the form asks now. */
  get address() {
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries(this.read())) {
      if (value) asked.set(name, name === "names" ? value.split(BETWEEN_NAMES).join(",") : value);
    }
    return withQuestion(this.#parts.form.action, asked, FIELDS);
  }

  /** Fold the form, so that the page begins with the answer. */
  fold() {
    this.#parts.fold.open = false;
    this.#showDigest();
  }

  /** Lead the reader to a field. @param {string} name */
  show(name) {
    const { fold, slider } = this.#parts;
    fold.open = true;
    const field = name === "context" ? slider : this.#field(name);
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  }

  /** Say how the description of the machine was read. @param {string} text */
  note(text) {
    this.#parts.form.querySelector(".np-machine-note")?.replaceChildren(text);
  }

  /** @param {string} name */
  #field(name) {
    const field = this.#parts.form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) return field;
    if (field instanceof HTMLTextAreaElement) return field;
    throw new Error(`The form of the picker has no ${name}`);
  }

  /** Say in a few words what the folded form asks. */
  #showDigest() {
    const { names, task, machine, gpu_gb, ram_gb } = this.read();
    const count = names ? names.split(BETWEEN_NAMES).filter(Boolean).length : 0;
    const said = [
      count === 0 ? "all known models" : count === 1 ? names : `${count} names`,
      task,
      machine || (gpu_gb && `${gpu_gb} GB`) || (ram_gb && `${ram_gb} GB RAM`),
    ];
    this.#parts.fold.querySelector(".np-digest")?.replaceChildren(said.filter(Boolean).join(" · "));
  }

  /** Ask for a machine's figures only if it is neither described nor one of the list. */
  #showFigures() {
    const { form, usual } = this.#parts;
    form.querySelector(".np-figures-asked")?.toggleAttribute("hidden", usual.value !== "own");
  }

  /** Write the machine that was chosen from the list into the field, as the reader would. */
  #takeUsual() {
    const { usual } = this.#parts;
    this.#showFigures();
    const chosen = usual.selectedOptions[0];
    this.set("machine", chosen && chosen.value && chosen.value !== "own" ? chosen.text : "");
    for (const name of FIGURES) this.set(name, "");
  }

  #takeDescription() {
    this.#parts.usual.value = "";
    this.#showFigures();
    for (const name of FIGURES) this.set(name, "");
  }

  /** @param {() => void} changed */
  async #takeCard(changed) {
    const { machine, note } = await askForCard();
    this.#parts.form.querySelector(".np-card-note")?.replaceChildren(note);
    if (!machine) return;
    this.set("machine", machine);
    this.#takeDescription();
    changed();
  }

  /** Pass on a context that isn't a number of tokens: the answer says so. @param {string} context */
  #refuseContext(context) {
    this.#context = context;
    this.#parts.form.querySelector(".np-tokens")?.replaceChildren(context);
  }

  /** @param {number} tokens */
  #takeContext(tokens) {
    const { form, slider } = this.#parts;
    const words = `${tokens.toLocaleString("en")} tokens`;
    slider.value = String(Math.round(Math.log2(tokens)));
    slider.setAttribute("aria-valuetext", words);
    form.querySelector(".np-tokens")?.replaceChildren(words);
    this.#context = String(tokens);
  }
}

/**
 * Whether a machine of the list has the memory that the address gives.
 * @param {HTMLOptionElement} option
 * @param {URLSearchParams} asked
 */
function isOf(option, asked) {
  const { gpuGb = "", ramGb = "" } = option.dataset;
  return option.value !== "own" && gpuGb === (asked.get("gpu_gb") ?? "") && ramGb === (asked.get("ram_gb") ?? "");
}
