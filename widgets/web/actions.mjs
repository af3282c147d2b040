// The buttons below an answer that copy it.
import { makeCopyButton } from "./clipboard.mjs";
import { make } from "./dom.mjs";

/** @typedef {"markdown" | "json" | "link"} Form */

const TITLES = /** @type {const} */ ({ markdown: "Copy as Markdown", json: "Copy as JSON", link: "Copy link" });

/**
 * @param {Form[]} forms
 * @param {(form: Form) => string | Promise<string>} write gives the text to copy
 * @param {(message: string) => void} announce tells it to screen readers
 */
export function makeActions(forms, write, announce) {
  const actions = make("div", "np-actions");
  for (const form of forms) {
    const button = makeCopyButton("np-copy", TITLES[form], () => write(form), announce);
    button.dataset.copy = form;
    actions.append(button);
  }
  actions.hidden = true; // until there is an answer
  return actions;
}
