// <nameplate-picker>: three questions and a worked answer that the server rendered become a picker that answers while
// the reader changes them. The element holds no knowledge: Python answers, and hands over the HTML for the page.
import { makeCopyActions } from "./copy-actions.mjs";
import { AnsweringElement } from "./answering-element.mjs";
import { make } from "./dom.mjs";
import { runtime, RuntimeFailure } from "../runtime/runtime.mjs";

const FIELDS = ["names", "task", "gpu_gb", "ram_gb", "context", "licence", "runtime"];
const BETWEEN_NAMES = /\s*[\n,;]\s*/;

/** @typedef {{ machine: HTMLSelectElement, family: HTMLSelectElement, slider: HTMLInputElement }} Own */

export class NameplatePicker extends AnsweringElement {
  /** @type {Own | undefined} */ #parts;
  /** Tokens that the reader chose on the slider or that the address gave; empty where nothing was said. */
  #context = "";
  /** @override */ called = "picker";

  /** @override @param {import("./answering-element.mjs").Parts} parts */
  adopt({ form, result }) {
    const machine = this.querySelector("[data-ask=machine]");
    const family = this.querySelector("[data-ask=family]");
    const slider = this.querySelector("[data-ask=context]");
    if (!(machine instanceof HTMLSelectElement) || !(family instanceof HTMLSelectElement)) return false;
    if (!(slider instanceof HTMLInputElement)) return false;
    for (const part of form.querySelectorAll("[hidden]")) part.removeAttribute("hidden"); // of use only with scripts
    this.#parts = { machine, family, slider };
    this.#showFigures();
    this.actions = makeCopyActions(["link"], () => this.addressFrom(), (message) => this.announce(message));
    result.after(this.actions);
    return true;
  }

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    const { form, machine, family, slider } = this.#own;
    form.addEventListener("input", (event) => event.target !== family && this.ask(), { signal });
    machine.addEventListener("input", () => this.#takeMachine(), { signal, capture: true });
    slider.addEventListener("input", () => this.#takeContext(2 ** slider.valueAsNumber), { signal, capture: true });
    family.addEventListener("change", () => void this.#takeFamily(), { signal });
    this.addEventListener("click", (event) => this.#takeSituation(event), { signal });
    if (this.leads() && this.#readAddress()) this.ask();
  }

  get #own() {
    return { ...this.parts, .../** @type {Own} */ (this.#parts) };
  }

  /** What stands in the form, as JSON. @override */
  question() {
    return JSON.stringify(this.#asked());
  }

  /** @override @param {string} question */
  request(question) {
    return runtime.call("choice", question, this.dataset.decoder ?? "");
  }

  /** @override @param {string} question */
  waiting(question) {
    const { names } = JSON.parse(question);
    const choice = make("div", "np-choice np-waiting");
    const list = make("p", "np-verdict");
    const code = make("code", "", names);
    code.translate = false;
    list.append(code);
    choice.append(list);
    return choice;
  }

  /** @override */
  addressFrom() {
    const address = new URL(this.parts.form.action);
    for (const [name, value] of Object.entries(this.#asked())) {
      if (value) address.searchParams.set(name, name === "names" ? value.split(BETWEEN_NAMES).join(",") : value);
    }
    return address.href;
  }

  /** @param {string} name */
  #field(name) {
    const field = this.parts.form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) return field;
    if (field instanceof HTMLTextAreaElement) return field;
    throw new Error(`${this.localName}: the form has no ${name}`);
  }

  /** @returns {Record<string, string>} */
  #asked() {
    const entries = FIELDS.filter((name) => name !== "context").map((name) => [name, this.#field(name).value.trim()]);
    return { ...Object.fromEntries(entries), context: this.#context };
  }

  /** Fills the form from the address. Returns whether the address asks something. */
  #readAddress() {
    const asked = new URLSearchParams(location.search);
    if (!FIELDS.some((name) => asked.has(name))) return false;
    for (const name of FIELDS) {
      if (name === "context") continue;
      const value = asked.get(name) ?? "";
      const field = this.#field(name);
      field.value = name === "names" ? value.split(",").join("\n") : value;
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = ""; // asks for what is not offered
    }
    const { machine } = this.#own;
    machine.value = [...machine.options].find((option) => isOf(option, asked))?.value ?? "own";
    this.#showFigures();
    const context = Number(asked.get("context"));
    if (context > 0) this.#takeContext(context);
    return true;
  }

  /** Figures of a machine are asked for only where it is none of the list. */
  #showFigures() {
    this.querySelector(".np-figures-asked")?.toggleAttribute("hidden", this.#parts?.machine.value !== "own");
  }

  #takeMachine() {
    const { machine } = this.#own;
    this.#showFigures();
    if (machine.value === "own") return;
    const { gpuGb = "", ramGb = "" } = machine.selectedOptions[0]?.dataset ?? {};
    this.#field("gpu_gb").value = gpuGb;
    this.#field("ram_gb").value = ramGb;
  }

  /** @param {number} tokens */
  #takeContext(tokens) {
    const { slider } = this.#own;
    const said = `${tokens.toLocaleString("en")} tokens`;
    slider.value = String(Math.round(Math.log2(tokens)));
    slider.setAttribute("aria-valuetext", said);
    this.querySelector(".np-tokens")?.replaceChildren(said);
    this.#context = String(tokens);
  }

  async #takeFamily() {
    const { family } = this.#own;
    if (!family.value) return;
    try {
      /** @type {string[]} */ const names = JSON.parse(await runtime.call("variants", family.value));
      this.#field("names").value = names.join("\n");
      this.ask();
    } catch (error) {
      if (!(error instanceof RuntimeFailure)) throw error;
      this.watchRuntime();
    }
  }

  /** @param {MouseEvent} event */
  #takeSituation(event) {
    const button = event.target instanceof Element && event.target.closest("button[data-task]");
    if (!(button instanceof HTMLButtonElement)) return;
    this.#field("task").value = button.dataset.task ?? "";
    this.ask();
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
