// <nameplate-decoder>: a form and a worked example that the server rendered become a decoder that answers while the
// reader types. The element holds no knowledge: Python answers, and hands over the HTML that is put into the page.
import { makeActions } from "./actions.mjs";
import { make } from "./dom.mjs";
import { mark, runtime, RuntimeFailure } from "./runtime.mjs";
import { StatusLine } from "./status.mjs";
import { mustSave, whenIdle } from "./when.mjs";

/** @typedef {"example" | "loading" | "ready" | "error"} State */
/** @typedef {{ html: string, summary: string, error: string | null }} Answer */

const ADDRESS_PAUSE = 350; // ms between changes of the address: browsers limit them, Safari to 100 in 30 s
const ANNOUNCE_DELAY = 700; // ms; a screen reader should hear the answer to a name, not to each letter

export class NameplateDecoder extends HTMLElement {
  /** @type {ReturnType<NameplateDecoder["adopt"]>} */ #parts;
  /** @type {AbortController | undefined} */ #connected;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #addressTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #announceTimer;
  /** The name that the reader wants explained; empty for the example. */
  #wanted = "";
  /** The name whose answer stands in the page, and what state that answer is. */
  #shown = { name: "", state: /** @type {State} */ ("example") };
  #asking = false;
  /** The page that the element stands on, and when its address was last changed. */
  #page = "";
  #addressKept = -ADDRESS_PAUSE;

  connectedCallback() {
    this.#page = location.pathname;
    this.#parts ??= this.adopt();
    if (!this.#parts) return;
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    const { form, input } = this.#parts;
    const load = () => runtime.start();
    input.addEventListener("input", () => this.#ask(input.value), { signal });
    form.addEventListener("submit", (event) => this.#submit(event), { signal });
    this.addEventListener("click", (event) => this.#tryName(event), { signal });
    this.addEventListener("focusin", load, { once: true, signal });
    this.addEventListener("pointerenter", load, { once: true, signal });
    runtime.addEventListener("change", () => this.#watchRuntime(), { signal });
    const shared = this.#leads() && new URLSearchParams(location.search).get("q");
    if (shared) input.value = shared;
    this.#ask(input.value);
    if (!mustSave()) whenIdle(load, signal);
  }

  disconnectedCallback() {
    this.#connected?.abort();
    clearTimeout(this.#addressTimer);
    clearTimeout(this.#announceTimer);
  }

  /** Finds the parts that the server rendered, and adds those that are of use only with scripts. */
  adopt() {
    const form = this.querySelector("form");
    const input = form?.querySelector("input");
    const result = this.querySelector("[data-nameplate=decode-result]");
    if (!form || !input || !(result instanceof HTMLElement)) return undefined;
    const line = this.querySelector(".np-status") ?? make("div", "np-status", "A worked example");
    if (!line.isConnected) result.before(line);
    const status = new StatusLine(line, () => this.#tryAgain());
    const actions = makeActions((form) => this.#write(form), (message) => this.#announce(message, 0));
    actions.hidden = true;
    const announcement = make("div", "np-unseen");
    announcement.setAttribute("role", "status");
    result.after(actions, announcement);
    const example = { name: result.dataset.name ?? "", html: result.innerHTML };
    return { form, input, status, result, actions, announcement, example };
  }

  get #own() {
    if (!this.#parts) throw new Error("nameplate-decoder: the server did not render its parts");
    return this.#parts;
  }

  /** Whether the address of the page belongs to this decoder: it belongs to the first one. */
  #leads() {
    return document.querySelector("nameplate-decoder") === this;
  }

  /** @param {string} text */
  #ask(text) {
    this.#wanted = text.trim();
    if (!this.#wanted) return this.#showExample();
    if (this.#wanted === this.#shown.name) return this.#settle();
    this.#set("loading");
    if (runtime.state !== "ready") this.#showWaiting();
    if (!this.#asking) void this.#answer();
    this.#own.status.show(true);
  }

  /** Asks Python for the wanted name, and anew where the reader typed on meanwhile: nothing piles up, nothing old is shown. */
  async #answer() {
    this.#asking = true;
    try {
      while (this.#wanted && this.#wanted !== this.#shown.name) {
        const name = this.#wanted;
        const answer = await this.#call(name);
        if (!answer) return this.#watchRuntime();
        if (name === this.#wanted) this.#show(name, answer);
      }
    } finally {
      this.#asking = false;
    }
  }

  /**
   * @param {string} name
   * @returns {Promise<Answer | undefined>} undefined where there is no runtime that could answer
   */
  async #call(name) {
    const { glossary = "", families = "" } = this.dataset;
    try {
      return JSON.parse(await runtime.call("answer", name, glossary, families));
    } catch (error) {
      if (error instanceof RuntimeFailure) return undefined;
      console.error(error);
      const summary = "The decoder stumbled over this name. That is a fault of the decoder, not of the name.";
      return { html: make("p", "np-reading np-problem", summary).outerHTML, summary, error: "internal" };
    }
  }

  /**
   * @param {string} name
   * @param {Answer} answer
   */
  #show(name, answer) {
    const { result } = this.#own;
    result.innerHTML = answer.html; // Python escapes everything that it puts in
    result.dataset.name = name;
    this.#shown = { name, state: answer.error ? "error" : "ready" };
    this.#settle();
    if (!answer.error) mark("first-answer");
    this.#announce(answer.summary, ANNOUNCE_DELAY);
  }

  /** The answer to the wanted name stands in the page. */
  #settle() {
    this.#keepAddress();
    this.#own.status.show(true);
    this.#set(this.#shown.state);
  }

  #showExample() {
    const { result, status, example } = this.#own;
    if (result.dataset.state !== "example") {
      result.innerHTML = example.html;
      result.dataset.name = example.name;
      this.#set("example");
      this.#announce("", 0);
      this.#keepAddress();
    }
    this.#shown = { name: "", state: "example" };
    status.show(false);
  }

  /** Shows the name as it is until the runtime can explain it; as high as what it replaces, so that nothing jumps. */
  #showWaiting() {
    const { result, actions } = this.#own;
    if (!result.style.minHeight) result.style.minHeight = `${result.offsetHeight}px`;
    const reading = make("div", "np-reading np-waiting");
    const name = make("p", "np-name", this.#wanted);
    name.translate = false;
    reading.append(name);
    result.replaceChildren(reading);
    result.dataset.name = this.#wanted;
    actions.hidden = true;
    this.#shown = { name: "", state: "loading" };
  }

  /** @param {State} state */
  #set(state) {
    const { result, actions } = this.#own;
    result.dataset.state = state;
    result.setAttribute("aria-busy", String(state === "loading"));
    if (state === "loading") return; // what stands there stays, for the moment that an answer takes
    actions.hidden = state !== "ready";
    result.style.minHeight = "";
  }

  #watchRuntime() {
    const message = this.#own.status.show(this.#wanted !== "");
    if (runtime.state !== "failed" || !this.#wanted) return;
    this.#set("error");
    this.#announce(message, 0);
  }

  #tryAgain() {
    runtime.retry();
    this.#own.input.focus();
    this.#ask(this.#own.input.value);
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const { input, result } = this.#own;
    if (runtime.state === "failed") runtime.retry();
    this.#ask(input.value);
    result.scrollIntoView({ block: "nearest" });
  }

  /** A name to try is a link that works without scripts; here it fills in the form. @param {MouseEvent} event */
  #tryName(event) {
    const link = event.target instanceof Element && event.target.closest("a.np-try");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation(); // before a theme loads the page that the link leads to
    this.#own.input.value = new URL(link.href).searchParams.get("q") ?? "";
    this.#ask(this.#own.input.value);
  }

  /** Writes the name into the address, so that it can be shared and a reload shows the same. */
  #keepAddress() {
    clearTimeout(this.#addressTimer);
    const pause = this.#addressKept + ADDRESS_PAUSE - performance.now();
    if (pause > 0) this.#addressTimer = setTimeout(() => this.#keepAddress(), pause);
    // A theme may have gone to another page already, while it still fetches what to show there.
    else if (this.#leads() && location.pathname === this.#page) this.#writeAddress();
  }

  #writeAddress() {
    const address = new URL(location.href);
    if (this.#wanted) address.searchParams.set("q", this.#wanted);
    else address.searchParams.delete("q");
    if (address.href === location.href) return;
    history.replaceState(history.state, "", address);
    this.#addressKept = performance.now();
  }

  /** The address at which the decoder explains the wanted name. */
  #link() {
    const address = new URL(this.#own.form.action);
    address.searchParams.set("q", this.#wanted);
    return address.href;
  }

  /** @param {import("./actions.mjs").Form} form */
  #write(form) {
    return form === "link" ? this.#link() : runtime.call("export", this.#wanted, form, this.#link());
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
