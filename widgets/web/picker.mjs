// <nameplate-picker>: three questions and a worked answer that the server rendered become a picker that answers while
// the reader changes them. The element holds no knowledge: Python answers, and hands over the HTML for the page.
import { copyText } from "./clipboard.mjs";
import { make, makeButton } from "./dom.mjs";
import { mark, runtime, RuntimeFailure } from "./runtime.mjs";
import { StatusLine } from "./status.mjs";
import { mustSave, whenIdle } from "./when.mjs";

/** @typedef {"example" | "loading" | "ready" | "error"} State */
/** @typedef {{ html: string, summary: string, error: string | null }} Answer */

const FIELDS = ["names", "task", "gpu_gb", "ram_gb", "context", "licence", "runtime"];
const ADDRESS_PAUSE = 350; // ms between changes of the address: browsers limit them, Safari to 100 in 30 s
const SHOWN_FOR = 1800; // ms
const ANNOUNCE_DELAY = 700; // ms; a screen reader should hear the answer to a question, not to each letter

export class NameplatePicker extends HTMLElement {
  /** @type {ReturnType<NameplatePicker["adopt"]>} */ #parts;
  /** @type {AbortController | undefined} */ #connected;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #addressTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #announceTimer;
  /** The question that the reader wants answered, as JSON; empty for the example. */
  #wanted = "";
  /** The question whose answer stands in the page. */
  #shown = "";
  #asking = false;
  /** Tokens that the reader chose on the slider or that the address gave; empty where nothing was said. */
  #context = "";
  #page = "";

  connectedCallback() {
    this.#page = location.pathname;
    this.#parts ??= this.adopt();
    if (!this.#parts) return;
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    const { form, machine, family, slider } = this.#parts;
    const load = () => runtime.start();
    form.addEventListener("input", (event) => event.target !== family && this.#ask(), { signal });
    form.addEventListener("submit", (event) => this.#submit(event), { signal });
    machine.addEventListener("input", () => this.#takeMachine(), { signal, capture: true });
    slider.addEventListener("input", () => this.#takeContext(2 ** slider.valueAsNumber), { signal, capture: true });
    family.addEventListener("change", () => void this.#takeFamily(), { signal });
    this.addEventListener("click", (event) => this.#takeSituation(event), { signal });
    this.addEventListener("focusin", load, { once: true, signal });
    this.addEventListener("pointerenter", load, { once: true, signal });
    runtime.addEventListener("change", () => this.#watchRuntime(), { signal });
    if (this.#readAddress()) this.#ask();
    if (!mustSave()) whenIdle(load, signal);
  }

  disconnectedCallback() {
    this.#connected?.abort();
    clearTimeout(this.#addressTimer);
    clearTimeout(this.#announceTimer);
  }

  /** Finds the parts that the server rendered, and shows those that are of use only with scripts. */
  adopt() {
    const form = this.querySelector("form");
    const result = this.querySelector("[data-nameplate=pick-result]");
    const machine = this.querySelector("[data-ask=machine]");
    const family = this.querySelector("[data-ask=family]");
    const slider = this.querySelector("[data-ask=context]");
    const line = this.querySelector(".np-status");
    if (!form || !(result instanceof HTMLElement) || !line) return undefined;
    if (!(machine instanceof HTMLSelectElement) || !(family instanceof HTMLSelectElement)) return undefined;
    if (!(slider instanceof HTMLInputElement)) return undefined;
    for (const part of form.querySelectorAll("[hidden]")) part.removeAttribute("hidden");
    const figures = this.querySelector(".np-figures-asked");
    if (figures instanceof HTMLElement) figures.hidden = machine.value !== "own";
    const status = new StatusLine(line, () => this.#tryAgain());
    const announcement = make("div", "np-unseen");
    announcement.setAttribute("role", "status");
    const share = makeButton("np-copy", "Copy link", () => void this.#copyLink());
    const actions = make("div", "np-actions");
    actions.append(share);
    actions.hidden = true;
    result.after(actions, announcement);
    return { form, result, machine, family, slider, figures, status, announcement, actions, share };
  }

  get #own() {
    if (!this.#parts) throw new Error("nameplate-picker: the server did not render its parts");
    return this.#parts;
  }

  /** @param {string} name */
  #field(name) {
    const field = this.#own.form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) return field;
    if (field instanceof HTMLTextAreaElement) return field;
    throw new Error(`nameplate-picker: the form has no ${name}`);
  }

  /** The question as it stands in the form. @returns {Record<string, string>} */
  #question() {
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
      this.#field(name).value = name === "names" ? value.split(",").join("\n") : value;
    }
    const { machine, figures } = this.#own;
    machine.value = [...machine.options].find((option) => this.#isOf(option, asked))?.value ?? "own";
    if (figures instanceof HTMLElement) figures.hidden = machine.value !== "own";
    const context = Number(asked.get("context"));
    if (context > 0) this.#takeContext(context);
    return true;
  }

  /**
   * Whether a machine of the list has the memory that the address gives.
   * @param {HTMLOptionElement} option
   * @param {URLSearchParams} asked
   */
  #isOf(option, asked) {
    const { gpuGb = "", ramGb = "" } = option.dataset;
    return option.value !== "own" && gpuGb === (asked.get("gpu_gb") ?? "") && ramGb === (asked.get("ram_gb") ?? "");
  }

  #takeMachine() {
    const { machine, figures } = this.#own;
    const own = machine.value === "own";
    if (figures instanceof HTMLElement) figures.hidden = !own;
    if (own) return this.#field("gpu_gb").focus();
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
      this.#ask();
    } catch (error) {
      if (!(error instanceof RuntimeFailure)) throw error;
      this.#watchRuntime();
    }
  }

  /** @param {MouseEvent} event */
  #takeSituation(event) {
    const button = event.target instanceof Element && event.target.closest("button[data-task]");
    if (!(button instanceof HTMLButtonElement)) return;
    this.#field("task").value = button.dataset.task ?? "";
    this.#ask();
  }

  #ask() {
    this.#wanted = JSON.stringify(this.#question());
    if (this.#wanted === this.#shown) return;
    this.#set("loading");
    if (!this.#asking) void this.#answer();
    this.#own.status.show(true);
  }

  /** Asks Python, and anew where the reader changed something meanwhile: nothing piles up, nothing old is shown. */
  async #answer() {
    this.#asking = true;
    try {
      while (this.#wanted !== this.#shown) {
        const question = this.#wanted;
        const answer = await this.#call(question);
        if (!answer) return this.#watchRuntime();
        if (question === this.#wanted) this.#show(question, answer);
      }
    } finally {
      this.#asking = false;
    }
  }

  /**
   * @param {string} question
   * @returns {Promise<Answer | undefined>} undefined where there is no runtime that could answer
   */
  async #call(question) {
    try {
      return JSON.parse(await runtime.call("choice", question, this.dataset.decoder ?? ""));
    } catch (error) {
      if (error instanceof RuntimeFailure) return undefined;
      console.error(error);
      const summary = "The picker stumbled over this question. That is a fault of the picker, not of the question.";
      return { html: make("p", "np-reading np-problem", summary).outerHTML, summary, error: "internal" };
    }
  }

  /**
   * @param {string} question
   * @param {Answer} answer
   */
  #show(question, answer) {
    this.#own.result.innerHTML = answer.html; // Python escapes everything that it puts in
    this.#shown = question;
    this.#keepAddress();
    this.#own.status.show(true);
    this.#set(answer.error ? "error" : "ready");
    if (!answer.error) mark("first-answer");
    this.#announce(answer.summary, ANNOUNCE_DELAY);
  }

  /** @param {State} state */
  #set(state) {
    const { result, actions } = this.#own;
    result.dataset.state = state;
    result.setAttribute("aria-busy", String(state === "loading"));
    if (state !== "loading") actions.hidden = state !== "ready";
  }

  #watchRuntime() {
    const message = this.#own.status.show(this.#wanted !== "");
    if (runtime.state !== "failed" || !this.#wanted) return;
    this.#set("error");
    this.#announce(message, 0);
  }

  #tryAgain() {
    runtime.retry();
    this.#shown = "";
    this.#ask();
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    if (runtime.state === "failed") runtime.retry();
    this.#ask();
    this.#own.result.scrollIntoView({ block: "nearest" });
  }

  /** Writes the question into the address, so that it can be shared and a reload shows the same. */
  #keepAddress() {
    clearTimeout(this.#addressTimer);
    this.#addressTimer = setTimeout(() => {
      // A theme may have gone to another page already, while it still fetches what to show there.
      if (location.pathname !== this.#page || document.querySelector("nameplate-picker") !== this) return;
      const address = this.#address();
      if (address !== location.href) history.replaceState(history.state, "", address);
    }, ADDRESS_PAUSE);
  }

  /** The address that asks the same question. */
  #address() {
    const address = new URL(this.#own.form.action);
    for (const [name, value] of Object.entries(this.#question())) {
      if (value) address.searchParams.set(name, name === "names" ? value.split(/\s*[\n,;]\s*/).join(",") : value);
    }
    return address.href;
  }

  async #copyLink() {
    const { share } = this.#own;
    let message = "Copied";
    try {
      await copyText(this.#address());
    } catch (error) {
      console.error(error);
      message = "Could not copy";
    }
    share.textContent = message;
    this.#announce(message, 0);
    setTimeout(() => (share.textContent = "Copy link"), SHOWN_FOR);
  }

  /**
   * @param {string} message
   * @param {number} delay ms
   */
  #announce(message, delay) {
    clearTimeout(this.#announceTimer);
    this.#announceTimer = setTimeout(() => (this.#own.announcement.textContent = message), delay);
  }
}
