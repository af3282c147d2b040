// The buttons below an answer that copy it.
import { copyText } from "./clipboard.mjs";
import { make, makeButton } from "./dom.mjs";

/** @typedef {"markdown" | "json" | "link"} Form */

const TITLES = /** @type {const} */ ({ markdown: "Copy as Markdown", json: "Copy as JSON", link: "Copy link" });
const SHOWN_FOR = 1800; // ms

/**
 * @param {(form: Form) => string | Promise<string>} write gives the text to copy
 * @param {(message: string) => void} announce tells it to screen readers
 */
export function makeActions(write, announce) {
  const actions = make("div", "np-actions");
  for (const form of /** @type {Form[]} */ (Object.keys(TITLES))) {
    const title = TITLES[form];
    const button = makeButton("np-copy", title, async () => {
      const message = await copy(form);
      button.textContent = message;
      announce(message);
      setTimeout(() => (button.textContent = title), SHOWN_FOR);
    });
    button.dataset.copy = form;
    actions.append(button);
  }

  /** @param {Form} form */
  async function copy(form) {
    try {
      await copyText(await write(form));
      return "Copied";
    } catch (error) {
      console.error(error);
      return "Could not copy";
    }
  }
  return actions;
}
