// What every widget does that asks Python anew with each change of a form: it loads the runtime in time, drops answers
// that nobody waits for any more, tells what went wrong, keeps the address in step, and speaks to screen readers.
import { ownsAddress, PageAddress } from "./page-address.mjs";
import { make } from "./dom.mjs";
import { mark, runtime, RuntimeFailure } from "../runtime/runtime.mjs";
import { StatusLine } from "./status-line.mjs";
import { startInTime } from "../runtime/loading-policy.mjs";

/** @typedef {"example" | "loading" | "ready" | "error"} State */
/** @typedef {{ html: string, summary: string, error: string | null, unexplained: boolean }} Answer */
/** @typedef {{ form: HTMLFormElement, result: HTMLElement, status: StatusLine, announcement: HTMLElement }} Parts */

const LATE = 400; // ms; an answer that comes before does not flicker
const ANNOUNCE_DELAY = 700; // ms; a screen reader should hear the answer to a question, not to each letter

/**
 * A form and a worked example that the server rendered. Whoever goes on from here says what the form asks and how; a
 * question is a string, so that it can be compared: empty where nothing is asked, and the example stands.
 */
export class AnsweringElement extends HTMLElement {
  /** @type {Parts | undefined} */ #parts;
  /** @type {AbortController | undefined} */ #connected;
  /** @type {PageAddress | undefined} */ #address;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #announceTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #lateTimer;
  /** What the reader wants answered. */
  #wanted = "";
  /** The question whose answer stands in the page, and what state that answer is. */
  #shown = { question: "", state: /** @type {State} */ ("example") };
  #asking = false;
  /** What can be done with an answer; it is there while one stands in the page. @type {HTMLElement | undefined} */
  actions;
  /** What the widget is called where it says something of itself. */
  called = "decoder";

  connectedCallback() {
    this.#parts ??= this.#adopt();
    if (!this.#parts) return;
    this.#address = new PageAddress(this);
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    this.#parts.form.addEventListener("submit", (event) => this.#submit(event), { signal });
    runtime.addEventListener("change", () => this.watchRuntime(), { signal });
    this.connected(signal);
    startInTime(this, signal);
  }

  disconnectedCallback() {
    this.#connected?.abort();
    this.#address?.stop();
    clearTimeout(this.#announceTimer);
    clearTimeout(this.#lateTimer);
  }

  /** Finds the parts that the server rendered, and adds those that are of use only with scripts. */
  #adopt() {
    const form = this.querySelector("form");
    const result = this.querySelector(".np-result");
    const line = this.querySelector(".np-status");
    if (!form || !(result instanceof HTMLElement) || !line) return undefined;
    const announcement = make("div", "np-unseen");
    announcement.setAttribute("role", "status");
    result.after(announcement);
    const parts = { form, result, status: new StatusLine(line, () => this.tryAgain()), announcement };
    return this.adopt(parts) ? parts : undefined;
  }

  // What is different from widget to widget ---------------------------------------------------------------------------

  /** Finds the parts that only this kind of widget has; once. @param {Parts} _parts @returns {boolean} whether they are all there */
  adopt(_parts) {
    return true;
  }

  /** Stands in the page now, perhaps again. @param {AbortSignal} _signal tells when no longer */
  connected(_signal) {}

  /** What the form asks; empty for nothing. @returns {string} */
  question() {
    return "";
  }

  /** Asks Python. @param {string} _question @returns {Promise<string>} an Answer, as JSON */
  request(_question) {
    throw new Error("not told");
  }

  /** The question, as it is shown until Python can answer. @param {string} _question @returns {HTMLElement} */
  waiting(_question) {
    return make("div", "");
  }

  /** Another question stands in the place of the answer. @param {string} _question */
  asked(_question) {}

  /** An answer stands in the page, or none any more. @param {Answer | undefined} _answer @param {string} _question */
  answered(_answer, _question) {}

  /** The example is wanted. */
  unasked() {}

  /** The address that asks the same. @param {string} base @returns {string} */
  addressFrom(base) {
    return base;
  }

  // What is the same --------------------------------------------------------------------------------------------------

  get parts() {
    if (!this.#parts) throw new Error(`${this.localName}: the server did not render its parts`);
    return this.#parts;
  }

  /** What the reader wants answered; empty for the example. */
  get wanted() {
    return this.#wanted;
  }

  /** Whether the address of the page belongs to this widget: it belongs to the first of its kind. */
  leads() {
    return ownsAddress(this);
  }

  /** Answers what stands in the form now. */
  ask() {
    this.#wanted = this.question();
    if (!this.#wanted) return this.unasked();
    if (this.#wanted === this.#shown.question) return this.#settle();
    this.set("loading");
    if (runtime.state !== "ready") this.#showWaiting();
    if (!this.#asking) void this.#answer();
    this.parts.status.show(true);
  }

  /** Nothing is asked any more; what stands in the page is asked anew when it is wanted again. */
  forget() {
    this.#wanted = "";
    this.#shown.question = "";
  }

  /** Asks Python what is wanted, and anew where the reader went on meanwhile: nothing piles up, nothing old is shown. */
  async #answer() {
    this.#asking = true;
    try {
      while (this.#wanted && this.#wanted !== this.#shown.question) {
        const question = this.#wanted;
        const answer = await this.call(question);
        if (!answer) return this.watchRuntime();
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
  async call(question) {
    try {
      return JSON.parse(await this.request(question));
    } catch (error) {
      if (error instanceof RuntimeFailure) return undefined;
      console.error(error);
      const summary = `The ${this.called} stumbled over this. That is a fault of the ${this.called}, not of what you asked.`;
      return { html: make("p", "np-reading np-problem", summary).outerHTML, summary, error: "internal", unexplained: false };
    }
  }

  /**
   * @param {string} question
   * @param {Answer} answer
   */
  #show(question, answer) {
    this.parts.result.innerHTML = answer.html; // Python escapes everything that it puts in
    this.asked(question);
    this.#shown = { question, state: answer.error ? "error" : "ready" };
    this.#settle();
    if (!answer.error) mark("first-answer");
    this.answered(answer, question);
    this.announce(answer.summary, ANNOUNCE_DELAY);
  }

  /** The answer to what is wanted stands in the page. */
  #settle() {
    this.keepAddress();
    this.parts.status.show(true);
    this.set(this.#shown.state);
  }

  /** Shows the question as it is until the runtime can answer; as high as what it replaces, so that nothing jumps. */
  #showWaiting() {
    const { result } = this.parts;
    if (!result.style.minHeight) result.style.minHeight = `${result.offsetHeight}px`;
    result.replaceChildren(this.waiting(this.#wanted));
    this.asked(this.#wanted);
    if (this.actions) this.actions.hidden = true;
    this.#shown.question = "";
  }

  /** @param {State} state */
  set(state) {
    const { result } = this.parts;
    if (result.dataset.state !== state) result.dataset.state = state;
    result.setAttribute("aria-busy", String(state === "loading"));
    clearTimeout(this.#lateTimer);
    if (state === "loading") {
      // What stands there stays, for the moment that an answer takes.
      this.#lateTimer = setTimeout(() => result.classList.add("np-late"), LATE);
      return;
    }
    result.classList.remove("np-late");
    if (this.actions) this.actions.hidden = state !== "ready";
    result.style.minHeight = "";
  }

  /** Shows how far the runtime is. */
  watchRuntime() {
    const message = this.parts.status.show(this.isWaiting());
    if (runtime.state !== "failed" || !this.#wanted) return;
    this.set("error");
    this.announce(message, 0);
  }

  /** Whether the reader waits for something. */
  isWaiting() {
    return this.#wanted !== "";
  }

  tryAgain() {
    runtime.retry();
    this.ask();
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    if (runtime.state === "failed") runtime.retry();
    this.ask();
    this.parts.result.scrollIntoView({ block: "nearest" });
  }

  /** Writes into the address what the page shows. */
  keepAddress() {
    this.#address?.update((base) => this.addressFrom(base));
  }

  /**
   * @param {string} message
   * @param {number} [delay] ms
   */
  announce(message, delay = 0) {
    clearTimeout(this.#announceTimer);
    this.#announceTimer = setTimeout(() => (this.parts.announcement.textContent = message), delay);
  }
}
