// <nameplate-demo>: controls and a worked state that the server rendered become a demonstration that is worked out again
// whenever a control changes. The element holds no knowledge: Python answers, and returns the HTML for the page.
//
// Everything but this one module comes from elements.mjs, as plugins/bundle/layers/joined_modules.py builds it: so a
// document has one Python for all its widgets, and pages without a demonstration load nothing more.
import { AnswerArea, AnswerController, runtime, savesData } from "./elements.mjs";

/** @typedef {import("./elements/answer-controller.mjs").Change} Change */
/**
 * `labels` say what the values of controls mean, `sets` are values that the answer gives to controls, both by name.
 * @typedef {import("./elements/answer-controller.mjs").Answer & { labels?: Record<string, string>, sets?: Record<string, string> }} Shown
 */
/** @typedef {{ controls: HTMLFieldSetElement, area: AnswerArea }} Parts */

const NEAR = "300px"; // from the screen: then Python is started, and the demonstration loaded

class NameplateDemo extends HTMLElement {
  /** @type {Parts | undefined} */ #found;
  /** @type {AbortController | undefined} */ #connected;
  #controller = new AnswerController((question) => this.#request(question), (change) => this.#show(change), "demonstration");

  connectedCallback() {
    this.#found ??= this.#findParts();
    if (!this.#found) return;
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    const { controls } = this.#found;
    for (const box of this.#boxes()) box.checked = box.defaultChecked; // as in the state below; a browser may remember another
    controls.disabled = false;
    controls.addEventListener("input", () => this.#ask(), { signal });
    controls.addEventListener("click", (event) => this.#press(event), { signal });
    runtime.addEventListener("change", () => this.#showRuntime(), { signal });
    this.#loadInTime(signal);
  }

  disconnectedCallback() {
    this.#connected?.abort();
    this.#found?.area.stop();
  }

  /** Find what the server rendered. @returns {Parts | undefined} */
  #findParts() {
    const controls = this.querySelector("fieldset");
    const result = this.querySelector(".np-result");
    const statusLine = this.querySelector(".np-status");
    if (!controls || !(result instanceof HTMLElement) || !statusLine) return undefined;
    return { controls, area: new AnswerArea(result, statusLine, () => this.#tryAgain(), "demonstration") };
  }

  get #parts() {
    if (!this.#found) throw new Error(`${this.localName}: the server did not render its parts`);
    return this.#found;
  }

  /**
   * Load what the demonstration needs when it comes near the screen; on a connection that is slow or costly, only when
   * the reader turns to it.
   * @param {AbortSignal} signal
   */
  #loadInTime(signal) {
    // What is rendered already is asked once more, so that the first change is answered as quickly as the next one.
    const load = () => void this.#request("{}").catch(() => {}); // if this fails, the first question says so
    if (savesData()) return this.addEventListener("focusin", load, { once: true, signal });
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      load();
    }, { rootMargin: NEAR });
    observer.observe(this);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  // Asking ------------------------------------------------------------------------------------------------------------

  /** @param {HTMLButtonElement} [pressed] whose name and value are asked, too */
  #ask(pressed) {
    /** @type {Record<string, string>} */ const values = {};
    for (const control of this.#parts.controls.elements) {
      if (!("name" in control && "value" in control) || control instanceof HTMLButtonElement) continue;
      const isOff = control instanceof HTMLInputElement && control.type === "checkbox" && !control.checked;
      values[String(control.name)] = isOff ? "" : String(control.value);
    }
    if (pressed) values[pressed.name] = pressed.value;
    this.#controller.ask(JSON.stringify(values));
  }

  /** @returns {NodeListOf<HTMLInputElement>} */
  #boxes() {
    return this.querySelectorAll("input[type=checkbox]");
  }

  /** @param {string} question */
  #request(question) {
    return runtime.call(this.hasAttribute("data-vectors") ? "demonstrate_with_vectors" : "demonstrate", this.getAttribute("name") ?? "", question);
  }

  /** @param {MouseEvent} event */
  #press({ target }) {
    const button = target instanceof Element && target.closest("button");
    if (!(button instanceof HTMLButtonElement)) return;
    runtime.retry();
    this.#ask(button);
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
      area.status.show(true);
      return;
    }
    /** @type {Shown} */ const answer = change.answer;
    if (change.again) area.settle(answer);
    else area.showAnswer(answer);
    for (const [name, value] of Object.entries(answer.sets ?? {})) this.#set(name, value);
    for (const [name, text] of Object.entries(answer.labels ?? {})) this.#label(name, text);
  }

  #showRuntime() {
    const asked = this.#controller.wanted !== "";
    this.#parts.area.showRuntime(asked, asked);
  }

  /** @param {string} name @param {string} value */
  #set(name, value) {
    const control = this.#parts.controls.elements.namedItem(name);
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = value === "on";
    else if (control && "value" in control && control.value !== value) control.value = value;
  }

  /** Write what a slider's value means beside it. @param {string} name @param {string} text */
  #label(name, text) {
    const control = this.#parts.controls.elements.namedItem(name);
    if (control instanceof HTMLElement) control.setAttribute("aria-valuetext", text);
    const shown = this.querySelector(`[data-shows="${name}"]`);
    if (shown) shown.textContent = text;
  }
}

if (!customElements.get("nameplate-demo")) customElements.define("nameplate-demo", NameplateDemo);
