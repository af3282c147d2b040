// Where an answer is shown: the result, the status line above it, the buttons below it, and what screen readers hear.
import { mark, runtime } from "../runtime/runtime.mjs";
import { make } from "./dom.mjs";
import { showHtml } from "./python-html.mjs";
import { StatusLine } from "./status-line.mjs";

/** @typedef {import("./answer-controller.mjs").Answer} Answer */
/** @typedef {"example" | "loading" | "ready" | "error"} State */

const LATE = 400; // ms; an answer that comes sooner doesn't flicker
const ANNOUNCE_DELAY = 700; // ms; a screen reader should hear the answer to a question, not to each letter

export class AnswerArea {
  result;
  status;
  /** What can be done with an answer; shown only with one. @type {HTMLElement | undefined} */ #actions;
  #announcement = make("div", "np-unseen");
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #announceTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #lateTimer;

  /**
   * @param {HTMLElement} result
   * @param {Element} statusLine
   * @param {() => void} tryAgain
   * @param {string} [widget] what the widget is called in messages
   */
  constructor(result, statusLine, tryAgain, widget) {
    this.result = result;
    this.status = new StatusLine(statusLine, tryAgain, widget);
    this.#announcement.setAttribute("role", "status");
    result.after(this.#announcement);
  }

  /**
   * Put the buttons for an answer, and what else belongs to it, below the result.
   * @param {HTMLElement} actions
   * @param {HTMLElement[]} others
   */
  addBelow(actions, ...others) {
    this.#actions = actions;
    this.result.after(actions, ...others);
  }

  /**
   * Show the question until the runtime can answer, as high as what it replaces, so that the page doesn't jump.
   * @param {HTMLElement} question
   */
  showQuestion(question) {
    const { result } = this;
    if (!result.style.minHeight) result.style.minHeight = `${result.offsetHeight}px`;
    result.replaceChildren(question);
    this.hideActions();
  }

  /** @param {Answer} answer */
  showAnswer(answer) {
    showHtml(this.result, answer.html);
    this.settle(answer);
    if (!answer.error) mark("first-answer");
    this.announce(answer.summary, ANNOUNCE_DELAY);
  }

  /** Say that the result shows the answer to the question. @param {Answer} answer */
  settle(answer) {
    this.status.show(true);
    this.setState(answer.error ? "error" : "ready");
  }

  /** @param {State} state */
  setState(state) {
    const { result } = this;
    if (result.dataset.state !== state) result.dataset.state = state;
    result.setAttribute("aria-busy", String(state === "loading"));
    clearTimeout(this.#lateTimer);
    if (state === "loading") {
      // The old answer keeps its looks for the moment that a new one takes.
      this.#lateTimer = setTimeout(() => {
        result.classList.add("np-late");
        this.status.showWorking();
      }, LATE);
      return;
    }
    result.classList.remove("np-late");
    if (this.#actions) this.#actions.hidden = state !== "ready";
    result.style.minHeight = "";
  }

  /**
   * Show how far the runtime is.
   * @param {boolean} waiting whether the reader waits for anything
   * @param {boolean} asked whether it is for an answer in this area
   */
  showRuntime(waiting, asked) {
    const message = this.status.show(waiting);
    if (runtime.state !== "failed" || !asked) return;
    this.setState("error");
    this.announce(message);
  }

  hideActions() {
    if (this.#actions) this.#actions.hidden = true;
  }

  /**
   * Pass a message to screen readers.
   * @param {string} message
   * @param {number} [delay] ms
   */
  announce(message, delay = 0) {
    clearTimeout(this.#announceTimer);
    this.#announceTimer = setTimeout(() => (this.#announcement.textContent = message), delay);
  }

  /** Stop what was to happen later. */
  stop() {
    clearTimeout(this.#announceTimer);
    clearTimeout(this.#lateTimer);
  }
}
