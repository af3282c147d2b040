// The line between the form and the answer: what stands below it, how far the runtime is, and what went wrong.
import { make, makeButton } from "./dom.mjs";
import { runtime } from "./runtime.mjs";

export class StatusLine {
  #line;
  #text = make("span", "np-status-text");
  #bar = make("progress", "np-progress");
  #retry;
  #atRest;

  /**
   * @param {Element} line as the server rendered it: its text is what it says of the example
   * @param {() => void} tryAgain
   */
  constructor(line, tryAgain) {
    this.#line = line;
    this.#atRest = line.textContent.trim();
    this.#bar.setAttribute("aria-label", "Loading the decoder");
    this.#retry = makeButton("np-retry", "Try again", tryAgain);
    line.replaceChildren(this.#text, this.#bar, this.#retry);
    this.show(false);
  }

  /**
   * Shows how the runtime is. Returns the text.
   * @param {boolean} wanted whether the reader waits for an answer; else only the bar shows that something loads
   */
  show(wanted) {
    const { state, progress } = runtime;
    this.#line.setAttribute("data-state", state);
    this.#bar.hidden = state !== "loading";
    if (progress.stage === "start") this.#bar.removeAttribute("value");
    else this.#bar.value = progress.loaded / progress.total;
    this.#retry.hidden = !(wanted && state === "failed");
    const loading = state === "loading" ? " · The decoder is loading" : "";
    this.#text.textContent = wanted ? this.#describe() : this.#atRest + loading;
    return this.#text.textContent;
  }

  #describe() {
    const { state, problem } = runtime;
    const { stage, loaded, total } = runtime.progress;
    if (state === "failed") {
      const offline = navigator.onLine ? "" : " This device seems to be offline.";
      return `The decoder could not be loaded (${problem}).${offline}`;
    }
    if (state === "ready") return "";
    if (stage === "start") return "Starting the decoder …";
    // In percent: the bytes are counted after decompression, and would say four times what the line carries.
    return loaded ? `Loading the decoder: ${Math.floor((100 * loaded) / total)} %` : "Loading the decoder …";
  }
}
