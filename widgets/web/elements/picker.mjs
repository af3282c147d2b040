// <nameplate-picker>: three questions and a worked answer that the server rendered become a picker that answers while
// the reader changes them. The element holds no knowledge: Python answers, and returns the HTML for the page.
import { startInTime } from "../runtime/loading-policy.mjs";
import { runtime, RuntimeFailure } from "../runtime/runtime.mjs";
import { AnswerArea } from "./answer-area.mjs";
import { AnswerController } from "./answer-controller.mjs";
import { makeCopyActions } from "./copy-actions.mjs";
import { make } from "./dom.mjs";
import { ownsAddress, PageAddress } from "./page-address.mjs";

const FIELDS = ["names", "task", "machine", "gpu_gb", "ram_gb", "context", "licence", "runtime"];
const BETWEEN_NAMES = /\s*[\n,;]\s*/;

/** @typedef {import("./answer-controller.mjs").Change} Change */
/**
 * @typedef {{ form: HTMLFormElement, machine: HTMLSelectElement, family: HTMLSelectElement, slider: HTMLInputElement,
 *   area: AnswerArea }} Parts
 */

export class NameplatePicker extends HTMLElement {
  /** @type {Parts | undefined} */ #found;
  /** @type {AbortController | undefined} */ #connected;
  /** @type {PageAddress | undefined} */ #address;
  /** Tokens that the reader chose on the slider or that the address gave; empty if there was no choice. */
  #context = "";
  #controller = new AnswerController((question) => this.#request(question), (change) => this.#show(change), "picker");

  connectedCallback() {
    this.#found ??= this.#findParts();
    if (!this.#found) return;
    this.#address = new PageAddress(this);
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    const { form, machine, family, slider } = this.#parts;
    form.addEventListener("submit", (event) => this.#submit(event), { signal });
    form.addEventListener("input", (event) => event.target !== family && this.#ask(), { signal });
    machine.addEventListener("input", () => this.#takeMachine(), { signal, capture: true });
    slider.addEventListener("input", () => this.#takeContext(2 ** slider.valueAsNumber), { signal, capture: true });
    family.addEventListener("change", () => void this.#takeFamily(), { signal });
    this.addEventListener("click", (event) => this.#takeSituation(event), { signal });
    runtime.addEventListener("change", () => this.#showRuntime(), { signal });
    if (ownsAddress(this) && this.#readAddress()) this.#ask();
    startInTime(this, signal);
  }

  disconnectedCallback() {
    this.#connected?.abort();
    this.#address?.stop();
    this.#found?.area.stop();
  }

  /** Find what the server rendered, and show what is of use only with scripts. @returns {Parts | undefined} */
  #findParts() {
    const form = this.querySelector("form");
    const machine = this.querySelector("[data-ask=machine]");
    const family = this.querySelector("[data-ask=family]");
    const slider = this.querySelector("[data-ask=context]");
    const result = this.querySelector(".np-result");
    const statusLine = this.querySelector(".np-status");
    if (!form || !(machine instanceof HTMLSelectElement) || !(family instanceof HTMLSelectElement)) return undefined;
    if (!(slider instanceof HTMLInputElement) || !(result instanceof HTMLElement) || !statusLine) return undefined;
    for (const part of form.querySelectorAll("[hidden]")) part.removeAttribute("hidden");
    this.#showFigures(machine);
    const area = new AnswerArea(result, statusLine, () => this.#tryAgain());
    area.addBelow(makeCopyActions(["link"], () => this.#addressOfQuestion(), (message) => area.announce(message)));
    return { form, machine, family, slider, area };
  }

  get #parts() {
    if (!this.#found) throw new Error(`${this.localName}: the server did not render its parts`);
    return this.#found;
  }

  // Asking ------------------------------------------------------------------------------------------------------------

  #ask() {
    this.#controller.ask(JSON.stringify(this.#readForm()));
  }

  /** @param {string} question */
  #request(question) {
    return runtime.call("choice", question, this.dataset.decoder ?? "");
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    this.#tryAgain();
    this.#parts.area.result.scrollIntoView({ block: "nearest" });
  }

  #tryAgain() {
    runtime.retry();
    this.#ask();
  }

  // Showing -----------------------------------------------------------------------------------------------------------

  /** @param {Change} change */
  #show(change) {
    const { area } = this.#parts;
    if (change.phase === "failed") return this.#showRuntime();
    if (change.phase === "asked") {
      area.setState("loading");
      if (!change.ready) area.showQuestion(waitingFor(JSON.parse(change.question).names));
      area.status.show(true);
      return;
    }
    this.#address?.update(() => this.#addressOfQuestion());
    if (change.again) area.settle(change.answer);
    else area.showAnswer(change.answer);
  }

  #showRuntime() {
    const asked = this.#controller.wanted !== "";
    this.#parts.area.showRuntime(asked, asked);
  }

  /** The address of the page that asks what the form asks now. */
  #addressOfQuestion() {
    const address = new URL(this.#parts.form.action);
    for (const [name, value] of Object.entries(this.#readForm())) {
      if (value) address.searchParams.set(name, name === "names" ? value.split(BETWEEN_NAMES).join(",") : value);
    }
    return address.href;
  }

  // The form ----------------------------------------------------------------------------------------------------------

  /** @param {string} name */
  #field(name) {
    const field = this.#parts.form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) return field;
    if (field instanceof HTMLTextAreaElement) return field;
    throw new Error(`${this.localName}: the form has no ${name}`);
  }

  /** @returns {Record<string, string>} */
  #readForm() {
    const entries = FIELDS.filter((name) => name !== "context").map((name) => [name, this.#field(name).value.trim()]);
    return { ...Object.fromEntries(entries), context: this.#context };
  }

  /** Fill the form from the address. Return whether the address asks anything. */
  #readAddress() {
    const asked = new URLSearchParams(location.search);
    if (!FIELDS.some((name) => asked.has(name))) return false;
    for (const name of FIELDS) {
      if (name === "context") continue;
      const value = asked.get(name) ?? "";
      const field = this.#field(name);
      field.value = name === "names" ? value.split(",").join("\n") : value;
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = ""; // asks for what isn't offered
    }
    const { machine } = this.#parts;
    const listed = asked.get("machine") ? undefined : [...machine.options].find((option) => isOf(option, asked));
    machine.value = listed?.value ?? "own";
    this.#showFigures(machine);
    const context = Number(asked.get("context"));
    if (context > 0) this.#takeContext(context);
    return true;
  }

  /** Ask for a machine's figures only if it isn't one of the list. @param {HTMLSelectElement} machine */
  #showFigures(machine) {
    this.querySelector(".np-figures-asked")?.toggleAttribute("hidden", machine.value !== "own");
  }

  #takeMachine() {
    const { machine } = this.#parts;
    this.#showFigures(machine);
    if (machine.value === "own") return;
    const { gpuGb = "", ramGb = "" } = machine.selectedOptions[0]?.dataset ?? {};
    this.#field("machine").value = "";
    this.#field("gpu_gb").value = gpuGb;
    this.#field("ram_gb").value = ramGb;
  }

  /** @param {number} tokens */
  #takeContext(tokens) {
    const { slider } = this.#parts;
    const words = `${tokens.toLocaleString("en")} tokens`;
    slider.value = String(Math.round(Math.log2(tokens)));
    slider.setAttribute("aria-valuetext", words);
    this.querySelector(".np-tokens")?.replaceChildren(words);
    this.#context = String(tokens);
  }

  async #takeFamily() {
    const { family } = this.#parts;
    if (!family.value) return;
    try {
      /** @type {string[]} */ const names = JSON.parse(await runtime.call("variants", family.value));
      this.#field("names").value = names.join("\n");
      this.#ask();
    } catch (error) {
      if (!(error instanceof RuntimeFailure)) throw error;
      this.#showRuntime();
    }
  }

  /** @param {MouseEvent} event */
  #takeSituation(event) {
    const button = event.target instanceof Element && event.target.closest("button[data-task]");
    if (!(button instanceof HTMLButtonElement)) return;
    this.#field("task").value = button.dataset.task ?? "";
    this.#ask();
  }
}

/** Show names until Python can choose among them. @param {string} names */
function waitingFor(names) {
  const choice = make("div", "np-choice np-waiting");
  const list = make("p", "np-verdict");
  const code = make("code", "", names);
  code.translate = false;
  list.append(code);
  choice.append(list);
  return choice;
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
