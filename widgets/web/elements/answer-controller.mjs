// Asks Python what a form asks. Only the newest question counts: while the reader types on nothing piles up, and an
// answer that is out of date is dropped. The controller doesn't touch the page; its element shows what it reports.
import { runtime, RuntimeFailure } from "../runtime/runtime.mjs";

/** @typedef {{ html: string, summary: string, error: string | null, unexplained: boolean }} Answer */
/**
 * `asked`: Python has been asked; `ready` says whether it can answer at once, or has to be loaded first.
 * `answered`: the answer is here; `again` means that it was the last one reported, too.
 * `failed`: the runtime couldn't be loaded.
 * @typedef {{ phase: "asked", question: string, ready: boolean }
 *   | { phase: "answered", question: string, answer: Answer, again: boolean }
 *   | { phase: "failed" }} Change
 */

export class AnswerController {
  #request;
  #report;
  #widget;
  #wanted = "";
  /** @type {{ question: string, answer: Answer } | undefined} */ #latest;
  #asking = false;

  /**
   * @param {(question: string) => Promise<string>} request calls Python; the promise is for an Answer as JSON
   * @param {(change: Change) => void} report receives every change, in order
   * @param {string} widget what the widget is called in messages
   */
  constructor(request, report, widget) {
    this.#request = request;
    this.#report = report;
    this.#widget = widget;
  }

  /** What the reader wants answered; empty for the example. */
  get wanted() {
    return this.#wanted;
  }

  /** @param {string} question any text that names the question, so that two can be compared */
  ask(question) {
    this.#wanted = question;
    if (question === this.#latest?.question) return this.#report({ phase: "answered", again: true, ...this.#latest });
    const ready = runtime.state === "ready";
    if (!ready) this.#latest = undefined; // the page shows the question in place of the old answer
    this.#report({ phase: "asked", question, ready });
    if (!this.#asking) void this.#askPython();
  }

  /** Ask nothing any more. The last question is asked again when it is wanted again. */
  forget() {
    this.#wanted = "";
    this.#latest = undefined;
  }

  async #askPython() {
    this.#asking = true;
    try {
      while (this.#wanted && this.#wanted !== this.#latest?.question) {
        const question = this.#wanted;
        const answer = await answerOf(() => this.#request(question), this.#widget);
        if (!answer) return this.#report({ phase: "failed" });
        if (question !== this.#wanted) continue; // the reader has typed on
        this.#latest = { question, answer };
        this.#report({ phase: "answered", question, answer, again: false });
      }
    } finally {
      this.#asking = false;
    }
  }
}

/**
 * Return the answer to a request; one that says so if Python raised an exception.
 * @param {() => Promise<string>} request
 * @param {string} widget what the widget is called in messages
 * @returns {Promise<Answer | undefined>} undefined if there is no runtime that could answer
 */
export async function answerOf(request, widget) {
  try {
    return JSON.parse(await request());
  } catch (error) {
    if (error instanceof RuntimeFailure) return undefined;
    console.error(error);
    const summary = `The ${widget} stumbled over this. That is a fault of the ${widget}, not of what you asked.`;
    const message = document.createElement("p");
    message.className = "np-reading np-problem";
    message.textContent = summary;
    return { html: message.outerHTML, summary, error: "internal", unexplained: false };
  }
}
