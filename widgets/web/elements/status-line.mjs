// The line between the form and the answer: a caption for the example, how far the runtime has loaded, and what went wrong.
import { runtime } from "../runtime/runtime.mjs";
import { make, makeButton } from "./dom.mjs";

export class StatusLine {
  #line;
  #text = make("span", "np-status-text");
  #bar = make("progress", "np-progress");
  #retry;
  #caption;
  #widget;

  /**
   * @param {Element} line as the server rendered it: its text is the caption of the example
   * @param {() => void} tryAgain
   * @param {string} widget what it is called in messages
   */
  constructor(line, tryAgain, widget = "decoder") {
    this.#line = line;
    this.#widget = widget;
    this.#caption = line.textContent.trim();
    this.#bar.setAttribute("aria-label", `Loading the ${widget}`);
    this.#retry = makeButton("np-retry", "Try again", tryAgain);
    line.replaceChildren(this.#text, this.#bar, this.#retry);
    this.show(false);
  }

  /**
   * Show the state of the runtime, and return the text.
   * @param {boolean} waiting whether the reader waits for an answer; otherwise only the bar shows that something loads
   */
  show(waiting) {
    const { state, progress } = runtime;
    this.#line.setAttribute("data-state", state);
    this.#bar.hidden = state !== "loading";
    if (progress.stage === "start") this.#bar.removeAttribute("value");
    else this.#bar.value = progress.loaded / progress.total;
    this.#retry.hidden = !(waiting && state === "failed");
    const loading = state === "loading" ? `The ${this.#widget} is loading` : "";
    this.#text.textContent = waiting ? this.#describe() : [this.#caption, loading].filter(Boolean).join(" · ");
    return this.#text.textContent;
  }

  /** Say that an answer is being worked out, where nothing has to be loaded for it any more. */
  showWorking() {
    if (runtime.state === "ready") this.#text.textContent = "Working it out …";
  }

  #describe() {
    const { state, problem, detour } = runtime;
    const { stage, loaded, total } = runtime.progress;
    if (state === "failed") {
      const offline = navigator.onLine ? "" : " This device seems to be offline.";
      return `The ${this.#widget} could not be loaded. ${problem}${offline}`;
    }
    if (state === "ready") return "";
    const doing = stage === "start" ? `Starting the ${this.#widget}` : detour || `Loading the ${this.#widget}`;
    // In percent: the bytes are counted after decompression, four times what is transferred.
    return stage === "download" && loaded ? `${doing}: ${Math.floor((100 * loaded) / total)} %` : `${doing} …`;
  }
}
