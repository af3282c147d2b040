// When to start the runtime: ahead of need, but never in the way of the page.

/**
 * Whether the reader's line is slow, or costly: then nothing is loaded before the reader shows an intention.
 * @param {Navigator & { connection?: { saveData?: boolean, effectiveType?: string } }} browser
 */
export function mustSave(browser = navigator) {
  const { saveData, effectiveType } = browser.connection ?? {};
  return Boolean(saveData) || effectiveType === "slow-2g" || effectiveType === "2g";
}

/**
 * Calls back when the page has loaded, is seen, and the browser has nothing else to do.
 * @param {() => void} callback
 * @param {AbortSignal} signal
 */
export function whenIdle(callback, signal) {
  const idle = () => {
    if (signal.aborted) return;
    if (document.visibilityState !== "visible") {
      document.addEventListener("visibilitychange", idle, { once: true, signal });
    } else if ("requestIdleCallback" in window) {
      const request = requestIdleCallback(() => callback(), { timeout: 4000 });
      signal.addEventListener("abort", () => cancelIdleCallback(request), { once: true });
    } else {
      setTimeout(() => signal.aborted || callback(), 500);
    }
  };
  if (document.readyState === "complete") idle();
  else addEventListener("load", idle, { once: true, signal });
}
