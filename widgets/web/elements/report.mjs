// "Wrong? Tell us": below every answer about one name. Nothing is sent by itself.
import { runtime } from "../runtime/runtime.mjs";
import { makeCopyButton } from "./copy-button.mjs";
import { make } from "./dom.mjs";

const DELAY = 400; // ms; while the reader types, none of this is needed

export class Report {
  element = make("p", "np-report");
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #link = make("a", "np-report-link", "Report this name");
  #question = make("span", "");
  #template;
  #name = "";
  #text = "";

  /**
   * @param {string} template address of a form for reports, with places such as {title} and {body}; empty if none is known
   * @param {string} contributing address of the page on how to contribute
   * @param {(message: string) => void} announce passes a message to screen readers
   */
  constructor(template, contributing, announce) {
    this.#template = template;
    const how = make("a", "np-report-how", "How to contribute");
    how.href = contributing;
    const offer = template ? [this.#link] : [makeCopyButton("np-copy-report", "Copy a report", () => this.#text, announce)];
    this.element.append(this.#question, " ", ...offer, " ", how);
    this.element.hidden = true;
  }

  /**
   * @param {string} name the name that was read; empty to hide the offer
   * @param {boolean} unexplained whether a part of it wasn't explained
   */
  show(name, unexplained = false) {
    if (name === this.#name) return;
    this.#name = name;
    this.#question.textContent = unexplained ? "Something missing or wrong? Tell us:" : "Wrong? Tell us:";
    this.element.hidden = true;
    clearTimeout(this.#timer);
    if (name) this.#timer = setTimeout(() => this.#prepare(name), DELAY);
  }

  /** @param {string} name */
  async #prepare(name) {
    const report = JSON.parse(await runtime.call("report", name, this.#template).catch(() => "{}"));
    if (name !== this.#name || !report.text) return;
    this.#text = report.text;
    this.#link.href = report.address;
    this.element.hidden = false;
  }
}
