// The buttons below an answer that copy it.
import { makeCopyButton } from "./copy-button.mjs";
import { make } from "./dom.mjs";

/** @typedef {"markdown" | "json" | "embed" | "link"} Format */

const TITLES = /** @type {const} */ ({ markdown: "Copy as Markdown", json: "Copy as JSON", embed: "Copy to embed", link: "Copy link" });

/**
 * Make a row of buttons, hidden until there is an answer.
 * @param {Format[]} formats
 * @param {(format: Format) => string | Promise<string>} write returns the text to copy
 * @param {(message: string) => void} announce passes a message to screen readers
 */
export function makeCopyActions(formats, write, announce) {
  const actions = make("div", "np-actions");
  for (const format of formats) {
    const button = makeCopyButton("np-copy", TITLES[format], () => write(format), announce);
    button.dataset.copy = format;
    actions.append(button);
  }
  actions.hidden = true;
  return actions;
}
