// When to load the runtime: ahead of need, but never in the way of the page.
import { runtime } from "./runtime.mjs";
import { savesData } from "./connection.mjs";

/**
 * Load the runtime as soon as the reader turns to a widget, or else when the page has nothing to do; on a connection
 * that is slow or costly, only when the reader turns to the widget.
 * @param {HTMLElement} widget
 * @param {AbortSignal} signal aborts when the widget has left the page
 */
export function startInTime(widget, signal) {
  const start = () => runtime.start();
  widget.addEventListener("focusin", start, { once: true, signal });
  widget.addEventListener("pointerenter", start, { once: true, signal });
  if (!savesData()) whenIdle(start, signal);
}

/**
 * Call back when the page has loaded, is visible, and the browser has nothing else to do.
 * @param {() => void} callback
 * @param {AbortSignal} signal
 */
function whenIdle(callback, signal) {
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
