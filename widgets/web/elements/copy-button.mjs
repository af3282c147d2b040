// Copying text, even where the browser has no clipboard for pages (an address without https, an old browser).
import { makeButton } from "./dom.mjs";

const SHOWN_FOR = 1800; // ms

/**
 * Copy a text that may still be on its way. Safari lets a page copy only at the moment of a click, so the clipboard gets the
 * promise; browsers that don't take one get the text.
 * @param {Promise<string>} arriving
 */
async function copyText(arriving) {
  try {
    const blob = arriving.then((text) => new Blob([text], { type: "text/plain" }));
    blob.catch(() => {}); // the clipboard reports it
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } catch {
    const text = await arriving;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyBySelection(text); // there may be no clipboard at all
    }
  }
}

/** @param {string} text */
function copyBySelection(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "np-unseen";
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!copied) throw new Error("The browser did not let the page copy.");
}

/**
 * Copy, and say on the button for a moment whether that worked.
 * @param {HTMLButtonElement} button
 * @param {() => string | Promise<string>} write returns the text to copy
 * @param {(message: string) => void} announce passes a message to screen readers
 * @param {string} title what the button says afterwards
 */
export async function copyAndSay(button, write, announce, title = "Copy") {
  let message = "Copied";
  try {
    await copyText(Promise.resolve(write()));
  } catch (error) {
    console.error(error);
    message = "Could not copy";
  }
  button.textContent = message;
  announce(message);
  setTimeout(() => (button.textContent = title), SHOWN_FOR);
}

/**
 * Make a button that copies, and says for a moment whether it did.
 * @param {string} className
 * @param {string} title
 * @param {() => string | Promise<string>} write returns the text to copy
 * @param {(message: string) => void} announce passes a message to screen readers
 */
export function makeCopyButton(className, title, write, announce) {
  const button = makeButton(className, title, () => copyAndSay(button, write, announce, title));
  return button;
}
