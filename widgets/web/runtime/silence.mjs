// How long nothing may arrive before the page stops waiting. widgets/web/first-paint.js has the same limit.

const LIMIT = 20_000; // ms

/** Return the limit in ms. A test sets a shorter one. */
export function longestSilence() {
  return Number(/** @type {any} */ (globalThis).nameplateSilence) || LIMIT;
}
