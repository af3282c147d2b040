// <nameplate-decoder>: a form and a worked example that the server rendered become a decoder that answers while the
// reader types. The element holds no knowledge: Python answers, and returns the HTML that goes into the page.
import { at } from "../assets.mjs";
import { renew } from "../runtime/kept-copies.mjs";
import { startInTime } from "../runtime/loading-policy.mjs";
import { runtime } from "../runtime/runtime.mjs";
import { AnswerArea } from "./answer-area.mjs";
import { AnswerController, answerOf } from "./answer-controller.mjs";
import { makeCopyActions } from "./copy-actions.mjs";
import { copyAndSay } from "./copy-button.mjs";
import { make, makeButton } from "./dom.mjs";
import { addLaterNotes } from "./later-notes.mjs";
import { inOneLine, isList } from "../name-list/lines.mjs";
import { NameFields } from "./name-fields.mjs";
import { addressOf, isPlainClick, ownsAddress, PageAddress, questionOf } from "./page-address.mjs";
import { PartsAndRows } from "./parts-and-rows.mjs";
import { showHtml } from "./python-html.mjs";
import { Report } from "./report.mjs";
import { savesData } from "../runtime/connection.mjs";

/** @typedef {import("./page-address.mjs").Mode} Mode */
/** @typedef {import("./answer-controller.mjs").Change} Change */
/** @typedef {import("../name-list/name-list.mjs").NameList} NameList */
/**
 * @typedef {{ form: HTMLFormElement, fields: NameFields, area: AnswerArea, report: Report,
 *   example: { name: string, html: string } }} Parts
 */

export class NameplateDecoder extends HTMLElement {
  /** @type {Parts | undefined} */ #found;
  /** @type {AbortController | undefined} */ #connected;
  /** @type {PageAddress | undefined} */ #address;
  /** @type {NameList | undefined} */ #list;
  #controller = new AnswerController((question) => this.#request(question), (change) => this.#show(change), "decoder");

  connectedCallback() {
    this.#found ??= this.#findParts();
    if (!this.#found) return;
    this.#address = new PageAddress(this);
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    this.#parts.form.addEventListener("submit", (event) => this.#submit(event), { signal });
    this.addEventListener("click", (event) => this.#followLink(event), { signal });
    this.addEventListener("click", (event) => this.#copyCommand(event), { signal });
    new PartsAndRows(this, signal);
    runtime.addEventListener("change", () => this.#showRuntime(), { signal });
    this.#address.follow(() => this.#followAddress(), signal);
    this.#open(ownsAddress(this) ? this.#firstQuestion() : { mode: "one", names: [] });
    document.addEventListener("paste", (event) => this.#takePaste(event), { signal });
    this.#takeFocus(); // before the focus would start Python
    startInTime(this, signal);
  }

  /** What the address asks, unless the reader has typed something else before this module came. */
  #firstQuestion() {
    const question = questionOf(location.href);
    if (!("edited" in this.dataset) || question.mode === "many") return question;
    delete this.dataset.edited;
    return { ...question, names: [this.#parts.fields.names[0] ?? "", ...question.names.slice(1)] };
  }

  disconnectedCallback() {
    this.#connected?.abort();
    this.#address?.stop();
    this.#found?.area.stop();
  }

  /** Find what the server rendered, and add what is of use only with scripts. @returns {Parts | undefined} */
  #findParts() {
    const form = this.querySelector("form");
    const input = form?.querySelector("input");
    const result = this.querySelector(".np-result");
    const statusLine = this.querySelector(".np-status");
    if (!form || !input || !(result instanceof HTMLElement) || !statusLine) return undefined;
    const area = new AnswerArea(result, statusLine, () => this.#tryAgain());
    const announce = (/** @type {string} */ message) => area.announce(message);
    const actions = makeCopyActions(["markdown", "json", "embed", "link"], (format) => this.#write(format), announce);
    const report = new Report(this.dataset.report ?? "", this.dataset.contributing ?? "", announce);
    area.addBelow(actions, report.element);
    const fields = new NameFields(this, form, input, () => this.#ask(), (list) => void this.#openList(list), () => this.#explain());
    return { form, fields, area, report, example: { name: result.dataset.name ?? "", html: result.innerHTML } };
  }

  get #parts() {
    if (!this.#found) throw new Error(`${this.localName}: the server did not render its parts`);
    return this.#found;
  }

  // Asking ------------------------------------------------------------------------------------------------------------

  /** Ask what the fields ask: one name or two, as JSON; without any, show the example. */
  #ask() {
    const names = this.#parts.fields.names.map((name) => name.trim()).filter(Boolean);
    if (names.length) this.#controller.ask(JSON.stringify(names));
    else this.#showExample();
  }

  /** @param {string} question */
  #request(question) {
    const [name = "", other] = namesOf(question);
    const { glossary = "", families = "" } = this.dataset;
    const decoder = this.#parts.form.getAttribute("action") ?? "";
    return other === undefined ? runtime.call("answer", name, glossary, families, decoder) : runtime.call("comparison", question, glossary, decoder);
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    runtime.retry();
    this.#explain();
    this.#parts.area.result.scrollIntoView({ block: "nearest" });
  }

  /** Ask, and let the history lead back to this question. */
  #explain() {
    this.#address?.keepNext();
    this.#ask();
  }

  /** Move the focus into the field of an empty form, unless that would open a keyboard over the page. */
  #takeFocus() {
    const isFree = document.activeElement === document.body && !location.hash && scrollY === 0;
    const mayLoad = !savesData(); // which the focus begins
    if (isFree && mayLoad && ownsAddress(this) && matchMedia("(hover: hover) and (pointer: fine)").matches) {
      this.#parts.fields.focus({ preventScroll: true });
    }
  }

  /** Take what is pasted anywhere on the page but into a field. @param {ClipboardEvent} event */
  #takePaste(event) {
    const { target, clipboardData, defaultPrevented } = event;
    const isField = target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select"));
    const text = clipboardData?.getData("text/plain") ?? "";
    if (defaultPrevented || isField || !text.trim() || !ownsAddress(this)) return;
    event.preventDefault();
    this.scrollIntoView({ block: "nearest" });
    if (isList(text)) return void this.#openList(text);
    const { fields } = this.#parts;
    this.#address?.keepThis();
    this.#address?.keepNext();
    if (fields.mode !== "two") return this.#openFields("one", [inOneLine(text)]);
    fields.next.value = inOneLine(text);
    this.#ask();
  }

  #tryAgain() {
    const { fields } = this.#parts;
    runtime.retry();
    if (fields.mode === "many") return void this.#list?.retry();
    fields.focus();
    this.#ask();
  }

  // Showing -----------------------------------------------------------------------------------------------------------

  /** @param {Change} change */
  #show(change) {
    const { area, report } = this.#parts;
    if (change.phase === "failed") return this.#showRuntime();
    if (change.phase === "asked") {
      area.setState("loading");
      if (!change.ready) {
        area.showQuestion(waitingFor(namesOf(change.question)));
        this.#labelResult(namesOf(change.question));
      }
      area.status.show(true);
      return;
    }
    const { question, answer, again } = change;
    this.#updateAddress();
    if (again) return area.settle(answer);
    this.#labelResult(namesOf(question));
    area.showAnswer(answer);
    const [name = "", ...others] = namesOf(question);
    report.show(answer.error || others.length ? "" : name, answer.unexplained);
    addLaterNotes(area.result, name, this.#parts.form.getAttribute("action") ?? "");
  }

  #showExample() {
    const { area, report, example } = this.#parts;
    if (area.result.dataset.state !== "example") {
      showHtml(area.result, example.html);
      this.#labelResult([example.name]);
      area.setState("example");
      report.show("");
      area.announce("");
    }
    this.#updateAddress();
    this.#controller.forget();
    area.status.show(false);
  }

  /** Show how far the runtime is. */
  #showRuntime() {
    const { area, fields } = this.#parts;
    const asked = this.#controller.wanted !== "";
    area.showRuntime(asked || fields.mode === "many", asked);
  }

  /** Write the names that the result is for into its attributes. @param {string[]} names */
  #labelResult([name = "", other]) {
    const { dataset } = this.#parts.area.result;
    dataset.name = name;
    if (other === undefined) delete dataset.with;
    else dataset.with = other;
  }

  #updateAddress() {
    this.#address?.update((base) => this.#addressFrom(base));
  }

  /** The address that asks the same. @param {string} base */
  #addressFrom(base) {
    const { mode, names } = this.#parts.fields;
    return addressOf(base, { mode, names: mode === "many" ? this.#list?.names ?? [] : names.map((name) => name.trim()) });
  }

  /** Write an answer in the format that a button copies. @param {import("./copy-actions.mjs").Format} format */
  #write(format) {
    const link = this.#addressFrom(this.#parts.form.action);
    if (format === "link") return link;
    const question = this.#controller.wanted;
    const [name = "", other] = namesOf(question);
    return other === undefined ? runtime.call("export", name, format, link) : runtime.call("export_comparison", question, format, link);
  }

  /** Copy the command in front of a button. @param {MouseEvent} event */
  #copyCommand({ target }) {
    const button = target instanceof Element && target.closest(".np-copy-command");
    const command = button && button.previousElementSibling?.textContent;
    if (button instanceof HTMLButtonElement && command) void copyAndSay(button, () => command, (message) => this.#parts.area.announce(message));
  }

  // One name, two, or many --------------------------------------------------------------------------------------------

  /** Show what the address asks now, unless it is shown already. */
  #followAddress() {
    if (this.#addressFrom(location.href) === location.href) return;
    const { mode, names } = questionOf(location.href);
    this.#open({ mode, names: names.length || mode === "many" ? names : [""] });
  }

  /** @param {import("./page-address.mjs").Question} question without names, the fields keep their values */
  #open({ mode, names }) {
    if (mode === "many") void this.#openList(names.length ? names.join("\n") : undefined);
    else this.#openFields(mode, names.length ? names : undefined);
  }

  /**
   * Show one field, or two whose names are compared.
   * @param {Mode} mode
   * @param {string[]} [names]
   */
  #openFields(mode, names) {
    this.#parts.fields.show(mode, names);
    this.#list?.element.remove();
    this.#parts.area.result.hidden = false;
    this.#ask();
  }

  /**
   * Show many names at once. The table's code is loaded when it is first wanted.
   * @param {string | File} [source] the names; otherwise the list is shown as the reader left it
   */
  async #openList(source) {
    const { fields, form, area, report } = this.#parts;
    this.#controller.forget(); // the reader's name is asked again on the way back
    fields.show("many");
    area.result.hidden = true;
    area.hideActions();
    report.show("");
    area.status.show(true);
    const list = (this.#list ??= await this.#loadList());
    if (fields.mode !== "many") return undefined;
    if (!list) return this.#showProblem("The table for many names couldn't be loaded.", source);
    if (!list.element.isConnected) form.after(list.element);
    if (source === undefined) return list.show();
    return typeof source === "string" ? list.take(source) : list.open(source);
  }

  /** @returns {Promise<NameList | undefined>} undefined if its code did not arrive */
  async #loadList() {
    const module = await import("../name-list/name-list.mjs").catch((error) => (console.warn(error), undefined));
    const request = (/** @type {string} */ name) => answerOf(() => this.#request(JSON.stringify([name])), "decoder");
    const read = async (/** @type {string} */ name) => (await request(name))?.html ?? "";
    return module && new module.NameList(read, (message) => this.#parts.area.announce(message), () => this.#updateAddress());
  }

  /**
   * Say that the table didn't come, and offer to try it once more with the same names.
   * @param {string} problem
   * @param {string | File} [source] the names
   */
  #showProblem(problem, source) {
    const { fields, area } = this.#parts;
    const advice = navigator.onLine ? "Try again, or load the page again." : "This device seems to be offline.";
    fields.show("one");
    const message = make("div", "np-reading np-problem", `${problem} ${advice} `);
    const tryAgain = () => void renew([at("name-list.mjs")]).then(() => this.#openList(source));
    message.append(makeButton("np-retry", "Try again", tryAgain));
    area.result.replaceChildren(message);
    area.result.hidden = false;
    this.#labelResult([]);
    this.#controller.forget();
    area.setState("error");
    area.announce(problem);
  }

  /** Fill in the form where a link offers a name to try, or another mode. The links work without scripts, too. @param {MouseEvent} event */
  #followLink(event) {
    const link = event.target instanceof Element && event.target.closest("a:is(.np-try, .np-mode)");
    if (!(link instanceof HTMLAnchorElement) || !isPlainClick(event)) return;
    event.preventDefault();
    event.stopPropagation(); // before a theme loads the page that the link leads to
    const { fields } = this.#parts;
    const asked = questionOf(link.href);
    if (link.matches(".np-try")) {
      this.#address?.keepThis();
      this.#address?.keepNext();
      return this.#openFields("one", asked.names);
    }
    if (asked.mode === fields.mode) return;
    if (asked.mode === "many") return void this.#openList();
    this.#openFields(asked.mode);
    fields.focus();
  }
}

/** @param {string} question @returns {string[]} */
function namesOf(question) {
  return question ? JSON.parse(question) : [];
}

/** Show names until Python can explain them. @param {string[]} names */
function waitingFor(names) {
  const reading = make("div", "np-reading np-waiting");
  const name = make("p", "np-name", names.join("\n"));
  name.translate = false;
  reading.append(name);
  return reading;
}
