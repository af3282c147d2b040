// What the page does for the worker that it has started early: see early.mjs.

/**
 * What the page sends under a key. Where it could not do it, an object that may have `asItIs`: the type of a file that the
 * host does not compress.
 * @param {"compiled" | "taken"} key
 * @returns {Promise<any>}
 */
export const fromPage = (key) =>
  new Promise((resolve) => self.addEventListener("message", ({ data }) => key in data && resolve(data[key])));

/**
 * A file's bytes, taken in by the page. Rejected where it cannot; the cause is what the page knows of the file.
 * @param {string} address
 * @param {number} bytes of the file, before compression
 * @returns {Promise<ArrayBuffer>}
 */
export async function takenByPage(address, bytes) {
  const taken = fromPage("taken");
  self.postMessage({ type: "take", take: address });
  const file = await taken;
  if (file.byteLength !== bytes) throw new Error("the page could not take it in", { cause: file });
  return file;
}
