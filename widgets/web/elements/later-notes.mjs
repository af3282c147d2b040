// What comes below the reading of a name a moment later: the memory that the model needs, and how to get it.
import { runtime } from "../runtime/runtime.mjs";
import { showHtml } from "./python-html.mjs";

const DELAY = 400; // ms; while the reader types, they aren't needed

/**
 * Fill in the place that the reading leaves for them, unless another answer has come by then.
 * @param {HTMLElement} result
 * @param {string} name
 * @param {string} decoder the address of the page that explains names
 */
export function addLaterNotes(result, name, decoder) {
  const place = result.querySelector("[data-part=notes]");
  if (!(place instanceof HTMLElement)) return;
  setTimeout(async () => {
    if (!place.isConnected) return;
    const notes = await runtime.call("notes", name, decoder).catch(() => ""); // the reading is complete without them
    showHtml(place, notes);
    place.hidden = !notes;
  }, DELAY);
}
