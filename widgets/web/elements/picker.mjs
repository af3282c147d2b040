// <nameplate-picker>: three questions and a worked answer that the server rendered become a picker that answers while
// the reader changes them. The element holds no knowledge: Python answers, and returns the HTML for the page.
import { startInTime } from "../runtime/loading-policy.mjs";
import { runtime, RuntimeFailure } from "../runtime/runtime.mjs";
import { AnswerArea } from "./answer-area.mjs";
import { AnswerController } from "./answer-controller.mjs";
import { makeCopyActions } from "./copy-actions.mjs";
import { make } from "./dom.mjs";
import { isPlainClick, ownsAddress, PageAddress, parametersOf } from "./page-address.mjs";
import { PickerForm } from "./picker-form.mjs";
import { showHtml } from "./python-html.mjs";

/** @typedef {import("./answer-controller.mjs").Change} Change */
/** @typedef {import("./answer-controller.mjs").Answer & { machine?: string }} Choice */
/** @typedef {{ form: PickerForm, area: AnswerArea, example: string }} Parts `example` is the answer that the server rendered */

export class NameplatePicker extends HTMLElement {
  /** @type {Parts | undefined} */ #found;
  /** @type {AbortController | undefined} */ #connected;
  /** @type {PageAddress | undefined} */ #address;
  /** Whether the reader has pressed the button, and waits to see the answer. */
  #awaited = false;
  #controller = new AnswerController((question) => this.#request(question), (change) => this.#show(change), "picker");

  connectedCallback() {
    this.#found ??= this.#findParts();
    if (!this.#found) return;
    this.#address = new PageAddress(this);
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    const { form, area } = this.#parts;
    form.listen(() => this.#ask(), (family) => void this.#takeFamily(family), signal);
    this.addEventListener("submit", (event) => this.#submit(event), { signal });
    this.addEventListener("click", (event) => this.#press(event), { signal });
    area.result.addEventListener("toggle", (event) => void this.#unfold(event), { signal, capture: true });
    runtime.addEventListener("change", () => this.#showRuntime(), { signal });
    // The first request should be read as quickly as the next one. If this fails, the first question says so.
    this.addEventListener("focusin", () => void runtime.call("prepare").catch(() => {}), { signal, once: true });
    this.#address.follow(() => this.#followAddress(), signal);
    if ("edited" in this.dataset) this.#ask(); // before this module came
    else if (ownsAddress(this)) this.#answerAddress(location.href);
    delete this.dataset.edited;
    startInTime(this, signal);
  }

  disconnectedCallback() {
    this.#connected?.abort();
    this.#address?.stop();
    this.#found?.area.stop();
  }

  /** Find what the server rendered. @returns {Parts | undefined} */
  #findParts() {
    const form = PickerForm.within(this);
    const result = this.querySelector(".np-result");
    const statusLine = this.querySelector(".np-status");
    if (!form || !(result instanceof HTMLElement) || !statusLine) return undefined;
    const example = result.innerHTML;
    const area = new AnswerArea(result, statusLine, () => this.#tryAgain());
    area.addBelow(makeCopyActions(["link"], () => form.address, (message) => area.announce(message)));
    return { form, area, example };
  }

  get #parts() {
    if (!this.#found) throw new Error(`${this.localName}: the server did not render its parts`);
    return this.#found;
  }

  // Asking ------------------------------------------------------------------------------------------------------------

  #ask() {
    const { form } = this.#parts;
    if (form.asks) this.#controller.ask(JSON.stringify(form.read()));
    else this.#showExample();
  }

  /** @param {string} question */
  #request(question) {
    return runtime.call("choice", question, this.dataset.decoder ?? "");
  }

  /** Show what the address asks now, unless it is shown already. */
  #followAddress() {
    if (this.#parts.form.address === location.href) return;
    if (!this.#answerAddress(location.href)) this.#ask();
  }

  /** Answer the question of an address with the form folded. Return whether it asks one. @param {string} address */
  #answerAddress(address) {
    const { form } = this.#parts;
    if (!form.fill(parametersOf(address)) || !form.asks) return false;
    form.fold();
    this.#ask();
    return true;
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    this.#awaited = true;
    this.#tryAgain();
  }

  #tryAgain() {
    runtime.retry();
    this.#ask();
  }

  // Showing -----------------------------------------------------------------------------------------------------------

  /** @param {Change} change */
  #show(change) {
    const { area, form } = this.#parts;
    if (change.phase === "failed") return this.#showRuntime();
    if (change.phase === "asked") {
      area.setState("loading");
      if (!change.ready) area.showQuestion(waitingFor(JSON.parse(change.question)));
      area.status.show(true);
      return;
    }
    this.#address?.update(() => form.address);
    /** @type {Choice} */ const answer = change.answer;
    form.note(answer.machine ?? "");
    if (change.again) area.settle(answer);
    else area.showAnswer(answer);
    if (this.#awaited) area.result.scrollIntoView({ block: "nearest" });
    this.#awaited = false;
  }

  #showRuntime() {
    const asked = this.#controller.wanted !== "";
    this.#parts.area.showRuntime(asked, asked);
  }

  /** Show the worked example again, for a form in which nothing is left. */
  #showExample() {
    const { area, example, form } = this.#parts;
    this.#awaited = false;
    this.#controller.forget();
    showHtml(area.result, example);
    area.setState("example");
    area.status.show(false);
    form.note("");
    this.#address?.update(() => form.address);
  }

  // What the reader presses and unfolds -----------------------------------------------------------------------------

  /** @param {MouseEvent} event */
  #press(event) {
    const pressed = event.target instanceof Element && event.target.closest("button[data-task], button[data-field], a.np-try");
    if (pressed instanceof HTMLAnchorElement) {
      if (!isPlainClick(event)) return;
      event.preventDefault();
      event.stopPropagation(); // before a theme loads the page that the link leads to
      this.#answerAddress(pressed.href);
    } else if (pressed instanceof HTMLButtonElement) {
      const { task, field } = pressed.dataset;
      if (field) return this.#parts.form.show(field);
      this.#parts.form.set("task", task ?? "");
      this.#ask();
    }
  }

  /** Work out what is shown only on demand. @param {Event} event */
  async #unfold(event) {
    const part = event.target;
    if (!(part instanceof HTMLDetailsElement) || !part.open || part.childElementCount > 1) return;
    const content = make("div", "np-later", "Working it out …");
    part.append(content);
    try {
      // The part's name is that of the function.
      showHtml(content, await runtime.call(part.dataset.part ?? "", this.#controller.wanted));
    } catch (error) {
      if (!(error instanceof RuntimeFailure)) throw error;
      content.remove();
      this.#showRuntime();
    }
  }

  /** @param {string} family */
  async #takeFamily(family) {
    try {
      /** @type {string[]} */ const names = JSON.parse(await runtime.call("variants", family));
      this.#parts.form.set("names", names.join("\n"));
      this.#ask();
    } catch (error) {
      if (!(error instanceof RuntimeFailure)) throw error;
      this.#showRuntime();
    }
  }
}

/** Show names until Python can choose among them. @param {{ names: string }} question */
function waitingFor({ names }) {
  const choice = make("div", "np-choice np-waiting");
  const list = make("p", "np-verdict");
  const code = make("code", "", names);
  code.translate = false;
  list.append(names ? code : "Searching all known models …");
  choice.append(list);
  return choice;
}
