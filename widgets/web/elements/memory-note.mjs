// The memory that a model needs, below the reading of its name: it takes longer to work out than the reading.
import { runtime } from "../runtime/runtime.mjs";
import { showHtml } from "./python-html.mjs";

const DELAY = 400; // ms; while the reader types, it isn't needed

/**
 * Fill in the place that the reading leaves for it, unless another answer has come by then.
 * @param {HTMLElement} result
 * @param {string} name
 * @param {string} decoder the address of the page that explains names
 */
export function addMemoryNote(result, name, decoder) {
  const place = result.querySelector("[data-part=memory]");
  if (!(place instanceof HTMLElement)) return;
  setTimeout(async () => {
    if (!place.isConnected) return;
    const note = await runtime.call("memory", name, decoder).catch(() => ""); // the reading is complete without it
    showHtml(place, note);
    place.hidden = !note;
  }, DELAY);
}
