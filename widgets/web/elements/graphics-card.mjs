// What the browser says of the reader's graphics card. It is asked only when the reader wants that.

/** @typedef {{ vendor?: string, architecture?: string, device?: string, description?: string }} AdapterInfo */
/** @typedef {{ machine: string, note: string }} FoundCard `machine` is empty if nothing was found */

const NO_MEMORY = "It doesn't say how much memory there is: if it isn't filled in below, add it, such as “12 GB”.";

/** Whether this browser can be asked. */
export function canAskForCard() {
  return "gpu" in navigator;
}

/** Ask for the card, and describe it as a reader would write it. @returns {Promise<FoundCard>} */
export async function askForCard() {
  const gpu = /** @type {any} */ (navigator).gpu;
  const adapter = await gpu?.requestAdapter().catch(() => null);
  /** @type {AdapterInfo | undefined} */ const info = adapter?.info;
  const machine = info ? describe(info) : "";
  if (!machine) return { machine, note: "Your browser doesn't say which graphics card this computer has." };
  return { machine, note: `Your browser says “${machine}”. ${NO_MEMORY}` };
}

/**
 * Return a card's full name where the browser gives it; otherwise its maker and generation, which most browsers do.
 * @param {AdapterInfo} info
 */
function describe({ vendor = "", architecture = "", device = "", description = "" }) {
  if (vendor === "apple") return "Mac";
  if (description) return description;
  const words = [vendor, architecture, device].filter(Boolean).join(" ");
  return words && `${words} graphics card`;
}
