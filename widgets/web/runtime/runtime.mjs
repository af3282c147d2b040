// One Python for all widgets of a document: it lives in a worker and stays through instant navigation.
import { at } from "../assets.mjs";
import { keepThisPage } from "./keep-offline.mjs";

/** @typedef {"idle" | "loading" | "ready" | "failed"} State */
/** @typedef {{ stage: "download" | "start", loaded: number, total: number }} Progress */
/** @typedef {{ resolve: (value: string) => void, reject: (reason: Error) => void }} Call */

const KEEP_AFTER = 1000; // ms, in which the first answers are on their way

/** The runtime could not be loaded, or stopped. */
export class RuntimeFailure extends Error {}

/**
 * Mark a moment for measurements, once: the first of its kind counts.
 * @param {string} name
 * @param {object} [detail]
 * @param {number} [startTime] ms since the page was asked for; now if left out
 */
export function mark(name, detail, startTime = performance.now()) {
  if (performance.getEntriesByName(`nameplate:${name}`).length > 0) return;
  performance.mark(`nameplate:${name}`, { detail, startTime: Math.max(0, startTime) });
}

/**
 * Take the worker that early-start.mjs has started, if it has, and the messages that came from it so far.
 * @returns {{ worker: Worker, messages: any[] } | undefined}
 */
function takeEarlyWorker() {
  const page = /** @type {any} */ (globalThis);
  const early = page.nameplateEarly;
  delete page.nameplateEarly;
  return early;
}

/**
 * Starts Python when it is asked to, and passes calls on to it. Dispatches a `change` event whenever `state`,
 * `progress` or `problem` change.
 */
export class Runtime extends EventTarget {
  /** @type {State} */ state = "idle";
  /** @type {Progress} */ progress = { stage: "download", loaded: 0, total: 1 };
  /** What went wrong, when `state` is `failed`. */
  problem = "";
  /** @type {Worker | undefined} */ #worker;
  /** Calls without an answer yet, by their number. @type {Map<number, Call>} */ #open = new Map();
  #calls = 0;
  #starts = 0;

  /** Begin to load, unless that was done before. */
  start() {
    if (this.state !== "idle") return;
    mark("start");
    const name = this.#starts++ ? "nameplate reload" : "nameplate";
    this.#change("loading");
    try {
      const { worker, messages } = takeEarlyWorker() ?? { worker: new Worker(at("worker.mjs"), { type: "module", name }), messages: [] };
      this.#worker = worker;
      worker.onmessage = ({ data }) => this.#receive(data);
      // An error before the first message: the worker's own file, or one that it imports, did not come.
      worker.onerror = (event) => {
        event.preventDefault();
        this.#fail(event.message || "its program did not arrive");
      };
      for (const { data, message } of messages) this.#receive(data ?? { type: "failed", message: message || "it did not start" });
    } catch (error) {
      this.#fail(String(error));
    }
  }

  /** Begin again after a failure. */
  retry() {
    if (this.state !== "failed") return;
    this.state = "idle";
    this.start();
  }

  /**
   * Call a function of nameplate.browser; load the runtime if need be.
   * @param {string} call
   * @param {string[]} args
   * @returns {Promise<string>} rejected with RuntimeFailure if there is no runtime, with Error if Python raised one
   */
  call(call, ...args) {
    this.start();
    if (!this.#worker) return Promise.reject(new RuntimeFailure(this.problem));
    const id = ++this.#calls;
    const answer = new Promise((resolve, reject) => this.#open.set(id, { resolve, reject }));
    this.#worker.postMessage({ id, call, args });
    return answer;
  }

  /** @param {any} message see worker.mjs */
  #receive(message) {
    if (message.type === "progress") {
      if (message.stage === "start") mark("downloaded");
      this.progress = message;
      this.#change(this.state);
    } else if (message.type === "ready") {
      for (const [name, moment] of message.stages) mark(`worker-${name}`, undefined, moment - performance.timeOrigin);
      mark("ready", { way: message.way });
      this.#change("ready");
      setTimeout(() => keepThisPage(() => mark("kept")).catch(console.info), KEEP_AFTER); // the reader need not know
    } else if (message.type === "failed") {
      this.#fail(message.message);
    } else if (message.type !== "download") {
      const call = this.#open.get(message.id);
      this.#open.delete(message.id);
      if (message.type === "answer") call?.resolve(message.value);
      else call?.reject(new Error(message.message));
    }
  }

  /** @param {string} problem */
  #fail(problem) {
    if (this.state === "failed") return;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.problem = problem;
    this.progress = { stage: "download", loaded: 0, total: 1 };
    this.#change("failed");
    for (const { reject } of this.#open.values()) reject(new RuntimeFailure(problem));
    this.#open.clear();
  }

  /** @param {State} state */
  #change(state) {
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }
}

export const runtime = new Runtime();
