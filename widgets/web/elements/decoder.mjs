// <nameplate-decoder>: a form and a worked example that the server rendered become a decoder that answers while the
// reader types. The element holds no knowledge: Python answers, and hands over the HTML that is put into the page.
import { makeCopyActions } from "./copy-actions.mjs";
import { addressOf, questionOf } from "./page-address.mjs";
import { AnsweringElement } from "./answering-element.mjs";
import { make } from "./dom.mjs";
import { NameFields } from "./name-fields.mjs";
import { Report } from "./report.mjs";
import { runtime } from "../runtime/runtime.mjs";

/** @typedef {import("./page-address.mjs").Mode} Mode */
/** @typedef {import("./answering-element.mjs").Answer} Answer */
/** @typedef {{ fields: NameFields, report: Report, example: { name: string, html: string } }} Own */

export class NameplateDecoder extends AnsweringElement {
  /** @type {Own | undefined} */ #parts;
  /** @type {import("../name-list/name-list.mjs").NameList | undefined} */ #list;

  /** @override @param {import("./answering-element.mjs").Parts} parts */
  adopt({ form, result }) {
    const input = form.querySelector("input");
    if (!input) return false;
    const say = (/** @type {string} */ message) => this.announce(message);
    this.actions = makeCopyActions(["markdown", "json", "link"], (form) => this.#write(form), say);
    const report = new Report(this.dataset.report ?? "", this.dataset.contributing ?? "", say);
    result.after(this.actions, report.element);
    const example = { name: result.dataset.name ?? "", html: result.innerHTML };
    const fields = new NameFields(this, form, input, () => this.ask(), (text) => void this.#openList(text));
    this.#parts = { fields, report, example };
    return true;
  }

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    this.addEventListener("click", (event) => this.#followLink(event), { signal });
    const { mode, names } = this.leads() ? questionOf(location.search) : { mode: /** @type {Mode} */ ("one"), names: [] };
    if (mode === "many") void this.#openList(names.length ? names.join("\n") : undefined);
    else this.#openFields(mode, names.length ? names : undefined);
  }

  get #own() {
    return { ...this.parts, .../** @type {Own} */ (this.#parts) };
  }

  /** The names that stand in the fields, one or two, as JSON. @override */
  question() {
    const names = this.#own.fields.names.map((name) => name.trim()).filter(Boolean);
    return names.length ? JSON.stringify(names) : "";
  }

  /** @override @param {string} question */
  request(question) {
    const [name = "", other] = namesOf(question);
    const { glossary = "", families = "" } = this.dataset;
    const decoder = this.parts.form.getAttribute("action") ?? "";
    return other === undefined ? runtime.call("answer", name, glossary, families, decoder) : runtime.call("comparison", question, decoder);
  }

  /** @override @param {string} question */
  waiting(question) {
    const reading = make("div", "np-reading np-waiting");
    const name = make("p", "np-name", namesOf(question).join("\n"));
    name.translate = false;
    reading.append(name);
    return reading;
  }

  /** @override @param {string} question */
  asked(question) {
    const { dataset } = this.parts.result;
    const [name = "", other] = namesOf(question);
    dataset.name = name;
    if (other === undefined) delete dataset.with;
    else dataset.with = other;
  }

  /** @override @param {Answer | undefined} answer @param {string} question */
  answered(answer, question) {
    this.#own.report.show(answer?.unexplained ? namesOf(question)[0] ?? "" : "");
  }

  /** @override */
  unasked() {
    const { result, status, example } = this.#own;
    if (result.dataset.state !== "example") {
      result.innerHTML = example.html;
      this.asked(JSON.stringify([example.name]));
      this.set("example");
      this.answered(undefined, "");
      this.announce("");
    }
    this.keepAddress();
    this.forget();
    status.show(false);
  }

  /** @override @param {string} base */
  addressFrom(base) {
    const { mode, names } = this.#own.fields;
    return addressOf(base, { mode, names: mode === "many" ? this.#list?.names ?? [] : names.map((name) => name.trim()) });
  }

  /** @override */
  isWaiting() {
    return super.isWaiting() || this.#parts?.fields.mode === "many";
  }

  /** @override */
  tryAgain() {
    const { fields } = this.#own;
    if (fields.mode === "many") {
      runtime.retry();
      return void this.#list?.retry();
    }
    fields.focus();
    super.tryAgain();
  }

  /**
   * Shows one field, or two whose names are compared.
   * @param {Mode} mode
   * @param {string[]} [names]
   */
  #openFields(mode, names) {
    this.#own.fields.show(mode, names);
    this.#list?.element.remove();
    this.parts.result.hidden = false;
    this.ask();
  }

  /**
   * Shows many names at once. What that takes is loaded when it is first wanted.
   * @param {string | File} [source] the names; else the list is shown as the reader left it
   */
  async #openList(source) {
    const { fields, form, result, report, status } = this.#own;
    this.forget(); // what stood there is answered anew when the reader comes back to it
    fields.show("many");
    result.hidden = true;
    if (this.actions) this.actions.hidden = true;
    report.show("");
    status.show(true);
    const list = (this.#list ??= await this.#loadList());
    if (fields.mode !== "many") return undefined;
    if (!list) return this.#showProblem("What shows many names could not be loaded.");
    if (!list.element.isConnected) form.after(list.element);
    if (source === undefined) return list.show();
    return typeof source === "string" ? list.take(source) : list.open(source);
  }

  /** @returns {Promise<import("../name-list/name-list.mjs").NameList | undefined>} undefined where it did not arrive */
  async #loadList() {
    const module = await import("../name-list/name-list.mjs").catch((error) => (console.warn(error), undefined));
    const read = async (/** @type {string} */ name) => (await this.call(JSON.stringify([name])))?.html ?? "";
    return module && new module.NameList(read, (message) => this.announce(message), () => this.keepAddress());
  }

  /** @param {string} problem */
  #showProblem(problem) {
    const { fields, result } = this.#own;
    const offline = navigator.onLine ? "Load the page again to try it once more." : "This device seems to be offline.";
    fields.show("one");
    result.replaceChildren(make("p", "np-reading np-problem", `${problem} ${offline}`));
    result.hidden = false;
    this.asked("");
    this.forget();
    this.set("error");
    this.announce(problem);
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

  /** @param {import("./copy-actions.mjs").Format} form */
  #write(form) {
    const link = this.addressFrom(this.parts.form.action);
    if (form === "link") return link;
    const [name = "", other] = namesOf(this.wanted);
    return other === undefined ? runtime.call("export", name, form, link) : runtime.call("export_comparison", this.wanted, form, link);
  }
}

/** @param {string} question @returns {string[]} */
function namesOf(question) {
  return question ? JSON.parse(question) : [];
}
