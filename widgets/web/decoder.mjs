// <nameplate-decoder>: a form and a worked example that the server rendered become a decoder that answers while the
// reader types. The element holds no knowledge: Python answers, and hands over the HTML that is put into the page.
import { makeActions } from "./actions.mjs";
import { addressOf, KeptAddress, questionOf } from "./address.mjs";
import { make } from "./dom.mjs";
import { Fields } from "./fields.mjs";
import { Report } from "./report.mjs";
import { mark, runtime, RuntimeFailure } from "./runtime.mjs";
import { StatusLine } from "./status.mjs";
import { mustSave, whenIdle } from "./when.mjs";

/** @typedef {"example" | "loading" | "ready" | "error"} State */
/** @typedef {{ html: string, summary: string, error: string | null, unexplained: boolean }} Answer */
/** @typedef {import("./address.mjs").Mode} Mode */

const ANNOUNCE_DELAY = 700; // ms; a screen reader should hear the answer to a name, not to each letter

export class NameplateDecoder extends HTMLElement {
  /** @type {ReturnType<NameplateDecoder["adopt"]>} */ #parts;
  /** @type {AbortController | undefined} */ #connected;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #announceTimer;
  /** @type {KeptAddress | undefined} */ #address;
  /** @type {import("./list.mjs").NameList | undefined} */ #list;
  /** The name that the reader wants explained, or two to compare; none for the example. @type {string[]} */
  #wanted = [];
  /** The names whose answer stands in the page, and what state that answer is. */
  #shown = { names: /** @type {string[]} */ ([]), state: /** @type {State} */ ("example") };
  #asking = false;

  connectedCallback() {
    this.#parts ??= this.adopt();
    if (!this.#parts) return;
    this.#address = new KeptAddress(() => this.#leads());
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    const { form } = this.#parts;
    const load = () => runtime.start();
    form.addEventListener("submit", (event) => this.#submit(event), { signal });
    this.addEventListener("click", (event) => this.#followLink(event), { signal });
    this.addEventListener("focusin", load, { once: true, signal });
    this.addEventListener("pointerenter", load, { once: true, signal });
    runtime.addEventListener("change", () => this.#watchRuntime(), { signal });
    const { mode, names } = this.#leads() ? questionOf(location.search) : { mode: /** @type {Mode} */ ("one"), names: [] };
    if (mode === "many") void this.#openList(names.length ? names.join("\n") : undefined);
    else this.#openFields(mode, names.length ? names : undefined);
    if (!mustSave()) whenIdle(load, signal);
  }

  disconnectedCallback() {
    this.#connected?.abort();
    this.#address?.stop();
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
    const say = (/** @type {string} */ message) => this.#announce(message, 0);
    const actions = makeActions((form) => this.#write(form), say);
    actions.hidden = true;
    const report = new Report(this.dataset.report ?? "", this.dataset.contributing ?? "", say);
    const announcement = make("div", "np-unseen");
    announcement.setAttribute("role", "status");
    result.after(actions, report.element, announcement);
    const example = { name: result.dataset.name ?? "", html: result.innerHTML };
    const fields = new Fields(this, form, input, () => this.#ask(), (text) => void this.#openList(text));
    return { form, fields, status, result, actions, report, announcement, example };
  }

  get #own() {
    if (!this.#parts) throw new Error("nameplate-decoder: the server did not render its parts");
    return this.#parts;
  }

  /** Whether the address of the page belongs to this decoder: it belongs to the first one. */
  #leads() {
    return document.querySelector("nameplate-decoder") === this;
  }

  /**
   * Shows one field, or two whose names are compared.
   * @param {Mode} mode
   * @param {string[]} [names]
   */
  #openFields(mode, names) {
    this.#own.fields.show(mode, names);
    this.#list?.element.remove();
    this.#own.result.hidden = false;
    this.#ask();
  }

  /**
   * Shows many names at once. What that takes is loaded when it is first wanted.
   * @param {string | File} [source] the names; else the list is shown as the reader left it
   */
  async #openList(source) {
    const { fields, form, result, actions, report, status } = this.#own;
    this.#wanted = [];
    fields.show("many");
    result.hidden = actions.hidden = true;
    report.show("");
    status.show(true);
    const list = (this.#list ??= await this.#loadList());
    if (fields.mode !== "many") return undefined;
    if (!list) return this.#showProblem("What shows many names could not be loaded.");
    if (!list.element.isConnected) form.after(list.element);
    if (source === undefined) return list.show();
    return typeof source === "string" ? list.take(source) : list.open(source);
  }

  /** @returns {Promise<import("./list.mjs").NameList | undefined>} undefined where it did not arrive */
  async #loadList() {
    const module = await import("./list.mjs").catch((error) => (console.warn(error), undefined));
    const read = async (/** @type {string} */ name) => (await this.#call([name]))?.html ?? "";
    const keep = (/** @type {string[]} */ names) => this.#address?.keep({ mode: "many", names });
    return module && new module.NameList(read, (message) => this.#announce(message, 0), keep);
  }

  /** @param {string} problem */
  #showProblem(problem) {
    const { fields, result } = this.#own;
    const offline = navigator.onLine ? "Load the page again to try it once more." : "This device seems to be offline.";
    fields.show("one");
    result.replaceChildren(make("p", "np-reading np-problem", `${problem} ${offline}`));
    result.hidden = false;
    this.#nameResult([]);
    this.#shown = { names: [], state: "error" };
    this.#set("error");
    this.#announce(problem, 0);
  }

  #ask() {
    this.#wanted = this.#own.fields.names.map((name) => name.trim()).filter(Boolean);
    if (this.#wanted.length === 0) return this.#showExample();
    if (same(this.#wanted, this.#shown.names)) return this.#settle();
    this.#set("loading");
    if (runtime.state !== "ready") this.#showWaiting();
    if (!this.#asking) void this.#answer();
    this.#own.status.show(true);
  }

  /** Asks Python for the wanted names, and anew where the reader typed on meanwhile: nothing piles up, nothing old is shown. */
  async #answer() {
    this.#asking = true;
    try {
      while (this.#wanted.length && !same(this.#wanted, this.#shown.names)) {
        const names = this.#wanted;
        const answer = await this.#call(names);
        if (!answer) return this.#watchRuntime();
        if (names === this.#wanted) this.#show(names, answer);
      }
    } finally {
      this.#asking = false;
    }
  }

  /**
   * @param {string[]} names
   * @returns {Promise<Answer | undefined>} undefined where there is no runtime that could answer
   */
  async #call(names) {
    const { glossary = "", families = "" } = this.dataset;
    const decoder = this.#own.form.getAttribute("action") ?? "";
    const [name = ""] = names;
    const asked = names.length > 1 ? runtime.call("comparison", JSON.stringify(names), decoder) : runtime.call("answer", name, glossary, families, decoder);
    try {
      return JSON.parse(await asked);
    } catch (error) {
      if (error instanceof RuntimeFailure) return undefined;
      console.error(error);
      const summary = "The decoder stumbled over this name. That is a fault of the decoder, not of the name.";
      return { html: make("p", "np-reading np-problem", summary).outerHTML, summary, error: "internal", unexplained: false };
    }
  }

  /**
   * @param {string[]} names
   * @param {Answer} answer
   */
  #show(names, answer) {
    const { result, report } = this.#own;
    result.innerHTML = answer.html; // Python escapes everything that it puts in
    this.#nameResult(names);
    this.#shown = { names, state: answer.error ? "error" : "ready" };
    this.#settle();
    if (!answer.error) mark("first-answer");
    report.show(answer.unexplained ? names[0] ?? "" : "");
    this.#announce(answer.summary, ANNOUNCE_DELAY);
  }

  /** @param {string[]} names */
  #nameResult([name = "", other]) {
    const { dataset } = this.#own.result;
    dataset.name = name;
    if (other === undefined) delete dataset.with;
    else dataset.with = other;
  }

  /** The answer to the wanted names stands in the page. */
  #settle() {
    this.#keepAddress();
    this.#own.status.show(true);
    this.#set(this.#shown.state);
  }

  #showExample() {
    const { result, status, report, example } = this.#own;
    if (result.dataset.state !== "example") {
      result.innerHTML = example.html;
      this.#nameResult([example.name]);
      this.#set("example");
      report.show("");
      this.#announce("", 0);
    }
    this.#keepAddress();
    this.#shown = { names: [], state: "example" };
    status.show(false);
  }

  /** Shows the name as it is until the runtime can explain it; as high as what it replaces, so that nothing jumps. */
  #showWaiting() {
    const { result, actions } = this.#own;
    if (!result.style.minHeight) result.style.minHeight = `${result.offsetHeight}px`;
    const reading = make("div", "np-reading np-waiting");
    const name = make("p", "np-name", this.#wanted.join("\n"));
    name.translate = false;
    reading.append(name);
    result.replaceChildren(reading);
    this.#nameResult(this.#wanted);
    actions.hidden = true;
    this.#shown = { names: [], state: "loading" };
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
    const { fields, status } = this.#own;
    const message = status.show(fields.mode === "many" || this.#wanted.length > 0);
    if (runtime.state !== "failed" || !this.#wanted.length) return;
    this.#set("error");
    this.#announce(message, 0);
  }

  #tryAgain() {
    const { fields } = this.#own;
    runtime.retry();
    if (fields.mode === "many") return void this.#list?.retry();
    fields.focus();
    this.#ask();
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    if (runtime.state === "failed") runtime.retry();
    this.#ask();
    this.#own.result.scrollIntoView({ block: "nearest" });
  }

  /** A name to try, or another way to look at names, is a link that works by itself; here it fills in the form. @param {MouseEvent} event */
  #followLink(event) {
    const link = event.target instanceof Element && event.target.closest("a:is(.np-try, .np-mode)");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation(); // before a theme loads the page that the link leads to
    const { fields } = this.#own;
    const asked = questionOf(new URL(link.href).search);
    if (link.matches(".np-try")) return this.#openFields("one", asked.names);
    if (asked.mode === fields.mode) return;
    if (asked.mode === "many") return void this.#openList();
    this.#openFields(asked.mode);
    fields.focus();
  }

  /** What the page shows, as its address tells it. @returns {import("./address.mjs").Question} */
  get #question() {
    const { mode, names } = this.#own.fields;
    return { mode, names: names.map((name) => name.trim()) };
  }

  #keepAddress() {
    this.#address?.keep(this.#question);
  }

  /** @param {import("./actions.mjs").Form} form */
  #write(form) {
    const link = addressOf(this.#own.form.action, this.#question);
    if (form === "link") return link;
    const [name = "", ...others] = this.#wanted;
    return others.length ? runtime.call("export_comparison", JSON.stringify(this.#wanted), form, link) : runtime.call("export", name, form, link);
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

/**
 * @param {string[]} names
 * @param {string[]} others
 */
function same(names, others) {
  return names.length === others.length && names.every((name, index) => name === others[index]);
}
